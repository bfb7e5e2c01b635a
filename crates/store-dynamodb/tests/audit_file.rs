//! An audit file on its way from SQLite through DynamoDB and back.

mod support;

use std::sync::Arc;

use jiff::Timestamp;
use vibesheets_core::{
    audit_file::{AuditFile, export},
    moving::{MoveError, Moved, RecordSource, move_store},
    store::Store,
};
use vibesheets_store_contract::{Fault, Instrumented, support::live_in};
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

fn sqlite() -> SqliteStore {
    SqliteStore::open(&Location::Memory, &Options::default()).expect("a store")
}

async fn exported(source: &(impl RecordSource + ?Sized)) -> Vec<u8> {
    let mut file = Vec::new();
    export(source, &mut file, None, &|_, _| ()).await.expect("it is exported");
    file
}

async fn imported(file: &[u8], target: &dyn Store) -> Result<Moved, MoveError> {
    let source = AuditFile::open(file.to_vec(), &|_| ()).expect("a whole file");
    move_store(&source, target, Timestamp::default(), &|_| ()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_of_either_store_is_the_same_to_the_byte() {
    let source = sqlite();
    live_in(&source).await;
    let file = exported(&source).await;
    let there = support::empty_store().await;
    let moved = imported(&file, &there).await.expect("it is imported");
    assert!(moved.records > 150, "{moved:?}");
    assert!(exported(&there).await == file, "DynamoDB gives the file that SQLite gave");
    let back = sqlite();
    imported(&exported(&there).await, &back).await.expect("it is imported back");
    assert!(exported(&back).await == file);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_is_interrupted_goes_on_where_it_was() {
    let source = sqlite();
    live_in(&source).await;
    let file = exported(&source).await;
    let target = Arc::new(support::empty_store().await);
    let mut attempts = 0;
    for call in (30..).step_by(95) {
        let faulty = Instrumented::new(Arc::clone(&target) as Arc<dyn Store>);
        faulty.fail(call, if call % 2 == 0 { Fault::Before } else { Fault::After });
        attempts += 1;
        match imported(&file, &faulty).await {
            Ok(_) => break,
            Err(MoveError::Store { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert!(attempts > 3, "only {attempts} attempts");
    assert!(exported(&*target).await == file);
}
