//! The API's description, made from the handlers.

use utoipa::{
    OpenApi,
    openapi::{
        Components, Content, ContentBuilder, Ref, RefOr, Response, ResponseBuilder,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    functions,
    problem::{Code, ProblemBody, ProblemField},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "VibeSheets",
        description = "The timesheet you can prove. Changes take an `Idempotency-Key`; edits need `If-Match` with the \
                       version that was read. Times are RFC 3339; durations are whole seconds.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/api", description = "Where the server mounts it.")),
    components(schemas(ProblemBody<'static>, ProblemField<'static>, Code)),
    security(("cookie" = []), ("bearer" = [])),
)]
struct Description;

/// The whole API as OpenAPI 3.1.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = Description::openapi();
    for function in functions() {
        document.merge(function.router.into_openapi());
    }
    let components = document.components.get_or_insert_with(Components::default);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let cookie = ApiKey::Cookie(ApiKeyValue::new("__Host-vibesheets"));
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    for path in document.paths.paths.values_mut() {
        for operation in operations(path) {
            operation.responses.responses.insert("default".to_owned(), RefOr::T(problem()));
        }
    }
    document
}

fn operations(
    path: &mut utoipa::openapi::PathItem,
) -> impl Iterator<Item = &mut utoipa::openapi::path::Operation> {
    [&mut path.get, &mut path.put, &mut path.post, &mut path.patch, &mut path.delete].into_iter().flatten()
}

fn problem() -> Response {
    let content: Content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new()
        .description("Anything else; `code` tells what.")
        .content("application/problem+json", content)
        .build()
}
