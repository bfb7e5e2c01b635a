//! What a description describes.

use utoipa::openapi::OpenApi;

/// Each operation as `METHOD /path`, sorted.
pub fn operations(description: &OpenApi) -> Vec<String> {
    let mut found = Vec::new();
    for (path, item) in &description.paths.paths {
        for (method, operation) in [
            ("GET", &item.get),
            ("PUT", &item.put),
            ("POST", &item.post),
            ("PATCH", &item.patch),
            ("DELETE", &item.delete),
        ] {
            if operation.is_some() {
                found.push(format!("{method} {path}"));
            }
        }
    }
    found.sort();
    found
}
