//! From spawn to the first poll.

use std::time::Duration;

use tokio::time::Instant;

use crate::support::{ApiGateway, Bootstrap, packaged};

const SPAWNS: usize = 24;
/// What the program that is deployed may take.
const BUDGET: Duration = Duration::from_millis(25);
/// What the one that tests run may take, which is built without optimisation.
const WITHOUT_OPTIMISATION: Duration = Duration::from_millis(500);

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_function_polls_soon_after_it_is_spawned() {
    let key = "0f".repeat(32);
    let (mut took, mut answered) = (Vec::new(), Vec::new());
    for _ in 0..SPAWNS {
        let variables = [
            ("VIBESHEETS_ENV", "production"),
            ("VIBESHEETS_FUNCTION", "health"),
            ("VIBESHEETS_PUBLIC_URL", "https://time.example.com"),
            ("VIBESHEETS_SESSION_KEY", &key),
            ("VIBESHEETS_STORE", "dynamodb:vibesheets-?suffix=-prod"),
            ("VIBESHEETS_TRANSFER_BUCKET", "vibesheets-transfers"),
        ];
        let function = Bootstrap::start(&variables).await;
        took.push(function.api.first_poll().await - function.spawned_at);
        let asked_at = Instant::now();
        function.client(ApiGateway::Http).get("/health/live").await.expect(204);
        answered.push(asked_at.elapsed());
    }
    let median = told("spawn to first poll", &mut took);
    told("first event to its answer, which asks nobody", &mut answered);
    let budget = if packaged().is_some() { BUDGET } else { WITHOUT_OPTIMISATION };
    assert!(median <= budget, "{took:?}");
}

fn told(what: &str, took: &mut [Duration]) -> Duration {
    took.sort_unstable();
    let (median, most) = (took[SPAWNS / 2], took[SPAWNS - 1]);
    println!("{what}, {SPAWNS} times: median {median:.1?}, most {most:.1?}");
    median
}
