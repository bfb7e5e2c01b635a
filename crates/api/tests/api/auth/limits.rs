//! Limits on guessing at passwords: in staging and production, five wrong ones in any 15 minutes for each address and
//! each account.

use futures_util::future::join_all;
use serde_json::{Value, json};
use vibesheets_api::{ApiSettings, Environment, SignUpMode};

use crate::support::{Answered, Client, PASSWORD, TestServer, post, settings};

const WRONG: &str = "correct horse battery stapler";

async fn limited() -> (TestServer, Client) {
    let server = TestServer::with(ApiSettings { environment: Environment::Staging, ..settings() });
    let owner = server.founded().await;
    (server, owner)
}

/// The same server, as it sees requests from `address`.
fn from(server: &TestServer, address: &str) -> TestServer {
    server.seen_from(address)
}

fn credentials(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password})
}

async fn log_in(server: &TestServer, email: &str, password: &str) -> Answered {
    server.anonymous().post("/auth/login", credentials(email, password)).await
}

/// Guesses wrong five times, each from an address of its own.
async fn use_up(server: &TestServer, email: &str) {
    for number in 1..=5 {
        let answer = log_in(&from(server, &format!("198.51.100.{number}")), email, WRONG).await;
        answer.expect_problem(401, "wrong_credentials");
    }
}

#[tokio::test]
async fn after_five_wrong_passwords_even_the_right_one_waits_until_the_window_has_slid_on() {
    let (server, _) = limited().await;
    let mut told = Vec::new();
    for email in ["olga@example.com", "nobody@example.com"] {
        use_up(&server, email).await;
        server.time.advance(600);
        let answer = log_in(&from(&server, "203.0.113.9"), email, PASSWORD).await;
        assert_eq!(answer.header("retry-after"), "300");
        assert_eq!(answer.header("ratelimit-policy"), "\"sign-in\";q=5;w=900");
        assert_eq!(answer.header("ratelimit"), "\"sign-in\";r=0;t=300");
        assert_eq!(answer.header("set-cookie"), "");
        told.push(answer.expect_problem(429, "too_many_attempts")["detail"].clone());
        server.time.advance(300);
    }
    assert_eq!(told[0], told[1], "an unknown address is told alike");
    log_in(&from(&server, "203.0.113.9"), "olga@example.com", PASSWORD).await.expect(204);
}

#[tokio::test]
async fn one_address_guesses_five_times_whatever_the_accounts() {
    let (server, _) = limited().await;
    let theirs = from(&server, "2001:db8:1:22ff::1");
    for number in 1..=5 {
        log_in(&theirs, &format!("p{number}@example.com"), WRONG)
            .await
            .expect_problem(401, "wrong_credentials");
    }
    let neighbour = from(&server, "2001:db8:1:2200::2");
    log_in(&neighbour, "olga@example.com", PASSWORD).await.expect_problem(429, "too_many_attempts");
    let token = neighbour.program().post("/auth/token", credentials("olga@example.com", PASSWORD)).await;
    token.expect_problem(429, "too_many_attempts");
    log_in(&from(&server, "2001:db8:1:2300::1"), "olga@example.com", PASSWORD).await.expect(204);
}

#[tokio::test]
async fn what_is_refused_or_right_is_not_counted() {
    let (server, _) = limited().await;
    let office = from(&server, "192.0.2.1");
    for _ in 0..7 {
        log_in(&office, "olga@example.com", PASSWORD).await.expect(204);
    }
    use_up(&server, "nobody@example.com").await;
    for _ in 0..7 {
        log_in(&office, "nobody@example.com", WRONG).await.expect_problem(429, "too_many_attempts");
    }
    log_in(&office, "olga@example.com", PASSWORD).await.expect(204);
}

#[tokio::test]
async fn a_browser_that_signed_in_before_is_spared_the_accounts_count_and_has_its_own() {
    let (server, _) = limited().await;
    server.stranger().await;
    let home = from(&server, "192.0.2.1");
    let cookie_of = async |email: &str| {
        let answer = log_in(&home, email, PASSWORD).await.expect(204);
        let cookies: Vec<_> =
            answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("text")).collect();
        assert_eq!(cookies.len(), 2, "{cookies:?}");
        assert!(cookies[1].starts_with("vibesheets-known="), "{cookies:?}");
        assert!(cookies[1].ends_with("; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict"), "{cookies:?}");
        cookies[1].split("; ").next().expect("a cookie").to_owned()
    };
    let (olgas, sams) = (cookie_of("olga@example.com").await, cookie_of("sam@example.com").await);
    use_up(&server, "olga@example.com").await;
    let with = async |address: &str, cookie: &str, password: &str| {
        let ask =
            post("/auth/login").json(&credentials("olga@example.com", password)).header("cookie", cookie);
        from(&server, address).anonymous().ask(ask).await
    };
    with("192.0.2.1", &olgas, PASSWORD).await.expect(204);
    for cookie in [sams.as_str(), &olgas.replace('=', "=0"), &format!("{olgas}A"), "vibesheets-known=1.x"] {
        with("192.0.2.1", cookie, PASSWORD).await.expect_problem(429, "too_many_attempts");
    }
    for number in 1..=5 {
        let address = format!("203.0.113.{number}");
        with(&address, &olgas, WRONG).await.expect_problem(401, "wrong_credentials");
    }
    with("192.0.2.1", &olgas, PASSWORD).await.expect_problem(429, "too_many_attempts");
    server.time.advance(400 * 86_400);
    use_up(&server, "olga@example.com").await;
    with("192.0.2.1", &olgas, PASSWORD).await.expect_problem(429, "too_many_attempts");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_twenty_guesses_at_once_five_are_looked_at() {
    let (server, _) = limited().await;
    let guesses = join_all((0..20).map(|_| log_in(&server, "olga@example.com", WRONG))).await;
    let count = |status: u16| guesses.iter().filter(|guess| guess.status.as_u16() == status).count();
    assert_eq!((count(401), count(429)), (5, 15));
}

#[tokio::test]
async fn of_sixty_sign_ins_at_once_from_one_address_most_are_told_to_come_again_in_a_second() {
    let (server, _) =
        TestServer::owner_in_process("many passwords at once, of which each of the program's checks one")
            .await;
    let sign_ins = join_all((0..60).map(|number| {
        let email = ["olga@example.com", "nobody@example.com"][number % 2].to_owned();
        let server = &server;
        async move { log_in(server, &email, WRONG).await }
    }));
    let mut refused = Vec::new();
    for answer in sign_ins.await {
        if answer.status.as_u16() == 503 {
            assert_eq!(answer.header("retry-after"), "1");
            refused.push(answer.expect_problem(503, "unavailable")["detail"].clone());
        } else {
            answer.expect_problem(401, "wrong_credentials");
        }
    }
    assert!(!refused.is_empty(), "all sixty waited");
    refused.dedup();
    assert_eq!(refused, ["Too many passwords are being checked at this moment. Try again in a second."]);
    log_in(&server, "olga@example.com", PASSWORD).await.expect(204);
}

#[tokio::test]
async fn a_sessions_own_password_is_guessed_at_five_times_apart_from_sign_ins() {
    let (server, owner) = limited().await;
    use_up(&server, "olga@example.com").await;
    let body = |current: &str| json!({"current_password": current, "new_password": "another horse staple"});
    for number in 1..=5 {
        let there = from(&server, &format!("203.0.113.{number}")).with_session_of(&owner);
        there.post("/me/password", body(WRONG)).await.expect_invalid("/current_password");
    }
    let there = from(&server, "203.0.113.6").with_session_of(&owner);
    there.post("/me/password", body(PASSWORD)).await.expect_problem(429, "too_many_attempts");
    server.time.advance(900);
    there.post("/me/password", body(PASSWORD)).await.expect(204);
}

#[tokio::test]
async fn signing_up_with_somebodys_address_is_guessing_too() {
    let server = TestServer::with(ApiSettings {
        environment: Environment::Production,
        sign_up: SignUpMode::Open,
        ..settings()
    });
    server.founded().await;
    use_up(&server, "olga@example.com").await;
    let body = json!({
        "email": "olga@example.com", "password": PASSWORD, "name": "Olga", "time_zone": "UTC", "organisation": "Looms",
    });
    let answer = from(&server, "203.0.113.9").anonymous().post("/auth/signup", body).await;
    answer.expect_problem(429, "too_many_attempts");
}

#[tokio::test]
async fn in_development_there_is_no_limit() {
    let (server, _) = TestServer::owner().await;
    for _ in 0..7 {
        log_in(&server, "olga@example.com", WRONG).await.expect_problem(401, "wrong_credentials");
    }
    log_in(&server, "olga@example.com", PASSWORD).await.expect(204);
}
