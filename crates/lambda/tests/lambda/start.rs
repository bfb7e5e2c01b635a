//! From spawn to the first poll.

use std::time::Duration;

use crate::support::{Bootstrap, packaged};

const SPAWNS: usize = 24;
/// What the program that is deployed may take.
const BUDGET: Duration = Duration::from_millis(25);
/// What the one that tests run may take, which is built without optimisation.
const WITHOUT_OPTIMISATION: Duration = Duration::from_millis(500);

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_function_polls_soon_after_it_is_spawned() {
    let mut took = Vec::new();
    for _ in 0..SPAWNS {
        let function = Bootstrap::start(&[
            ("VIBESHEETS_ENV", "production"),
            ("VIBESHEETS_FUNCTION", "clock-in-out"),
            ("VIBESHEETS_PUBLIC_URL", "https://time.example.com"),
            ("VIBESHEETS_SECRET_ARN", "vibesheets/session-key"),
            ("VIBESHEETS_STORE", "dynamodb:vibesheets-?suffix=-prod"),
            ("VIBESHEETS_TRANSFER_BUCKET", "vibesheets-transfers"),
        ]);
        let function = function.await;
        took.push(function.api.first_poll().await - function.spawned_at);
    }
    took.sort_unstable();
    let (median, most) = (took[SPAWNS / 2], took[SPAWNS - 1]);
    println!("spawn to first poll, {SPAWNS} times: median {median:.1?}, most {most:.1?}");
    let budget = if packaged().is_some() { BUDGET } else { WITHOUT_OPTIMISATION };
    assert!(median <= budget, "{took:?}");
}
