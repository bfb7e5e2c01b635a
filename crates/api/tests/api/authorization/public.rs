//! Signing in, one's own, and what needs no session.

use serde_json::json;

use super::row::{Row, Who, nobody, row};
use crate::support::{PASSWORD, delete, get, patch, post};

pub fn rows() -> Vec<Row> {
    use Who::{Anonymous, Member};
    vec![
        row("GET /health", Anonymous, 200, |_, _| get("/health")),
        row("GET /health/live", Anonymous, 204, |_, _| get("/health/live")),
        row("GET /health/ready", Anonymous, 204, |_, _| get("/health/ready")),
        row("GET /openapi.json", Anonymous, 200, |_, _| get("/openapi.json")),
        row("GET /auth", Anonymous, 200, |_, _| get("/auth")),
        row("POST /auth/signup", Anonymous, 201, |world, _| {
            post("/auth/signup").json(&json!({
                "email": "nora@example.com", "password": PASSWORD, "name": "Nora", "time_zone": "UTC",
                "invitation": world.invitation,
            }))
        }),
        row("POST /auth/invitation", Anonymous, 200, |world, _| {
            post("/auth/invitation").json(&json!({"invitation": world.invitation}))
        }),
        row("POST /auth/login", Anonymous, 204, |_, _| {
            post("/auth/login").json(&json!({"email": "mia@example.com", "password": PASSWORD}))
        }),
        row("POST /auth/token", Anonymous, 200, |_, _| {
            post("/auth/token").json(&json!({"email": "mia@example.com", "password": PASSWORD}))
        }),
        row("POST /auth/logout", Anonymous, 204, |_, _| post("/auth/logout")),
        row("GET /sessions", Member, 200, |_, _| get("/sessions")),
        row("DELETE /sessions/{id}", Member, 204, |world, who| {
            delete(format!("/sessions/{}", world.of(who).session))
        }),
        // Somebody else's session is nobody's business.
        nobody("DELETE /sessions/{id}", |world, who| {
            let other = if who == Who::Owner { Member } else { Who::Owner };
            delete(format!("/sessions/{}", world.of(other).session))
        }),
        row("GET /me", Member, 200, |_, _| get("/me")),
        row("PATCH /me", Member, 200, |_, _| patch("/me").json(&json!({"locale": "de"}))),
        row("POST /me/password", Member, 204, |_, _| {
            let body = json!({"current_password": PASSWORD, "new_password": "another battery staple"});
            post("/me/password").json(&body)
        }),
    ]
}
