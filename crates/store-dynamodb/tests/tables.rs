//! Making the tables.

mod support;

use aws_sdk_dynamodb::types::TimeToLiveStatus;
use support::faults::{Fault, Faults};
use vibesheets_store_dynamodb::{Location, keys::Table};

async fn is_expiring(location: &Location, table: Table) -> bool {
    let request = support::client().describe_time_to_live().table_name(location.table_name(table));
    let told = request.send().await.expect("it is told").time_to_live_description;
    told.and_then(|told| told.time_to_live_status) == Some(TimeToLiveStatus::Enabled)
}

/// Whichever request the first attempt got to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_that_were_left_half_made_are_completed() {
    for request in 0.. {
        let location = support::new_location();
        let faults = Faults::at(request, Fault::Death);
        let dying = support::store_at(&location, Some(faults.client())).await;
        let survived = tokio::select! {
            made = dying.create_tables() => made.is_ok(),
            () = faults.died() => false,
        };
        let exact = support::store_at(&location, None).await;
        exact.create_tables().await.expect("the tables are made");
        for table in Table::ALL {
            assert_eq!(is_expiring(&location, table).await, table.expires(), "{table:?}, at {request}");
        }
        if survived {
            return;
        }
    }
}
