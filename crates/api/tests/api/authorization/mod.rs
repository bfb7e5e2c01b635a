//! Every operation × role: who gets through, and how the others are told. A new operation without a row fails.

mod entries;
mod nouns;
mod public;
mod row;
mod world;

use std::collections::BTreeSet;

use vibesheets_api::openapi;

use crate::support::operations;
use row::{Row, Who};
use world::World;

fn table() -> Vec<Row> {
    [public::rows(), entries::rows(), nouns::rows()].concat()
}

#[test]
fn every_operation_has_a_row() {
    let rows: BTreeSet<String> = table().iter().map(|row| row.operation.to_owned()).collect();
    let rows: Vec<String> = rows.into_iter().collect();
    assert_eq!(rows, operations(&openapi()));
}

#[tokio::test]
async fn whoever_may_not_is_refused_and_nothing_happens() {
    let world = World::new().await;
    let before = world.everything().await;
    for row in table() {
        for who in Who::ALL.into_iter().filter(|who| !row.lets_through(*who)) {
            let ask = (row.ask)(&world, who);
            let answer = world.client(who).ask(ask).await;
            let expected = if who == Who::Anonymous { 401 } else { row.refused_with };
            assert_eq!(answer.status.as_u16(), expected, "{} by {who:?}: {answer:?}", row.operation);
        }
    }
    assert_eq!(world.everything().await, before);
}

#[tokio::test]
async fn whoever_may_gets_through() {
    let mut world = World::new().await;
    for who in Who::ALL {
        for row in table().into_iter().filter(|row| row.lets_through(who)) {
            let ask = (row.ask)(&world, who);
            let changes_the_world = !ask.is_safe();
            let answer = world.client(who).ask(ask).await;
            assert_eq!(answer.status.as_u16(), row.status, "{} by {who:?}: {answer:?}", row.operation);
            if changes_the_world {
                world = World::new().await;
            }
        }
    }
}

/// I8: ids of one organisation mean nothing in another, not even to its owner.
#[tokio::test]
async fn the_owner_of_another_organisation_finds_nothing_here() {
    let world = World::new().await;
    let before = world.everything().await;
    for row in table().into_iter().filter(|row| row.operation.contains("{id}")) {
        let ask = (row.ask)(&world, Who::Owner);
        let answer = world.stranger.ask(ask).await;
        let problem = answer.expect_problem(404, "not_found");
        let unknown = (row.ask)(&world, Who::Owner).with_other_ids();
        let told = world.stranger.ask(unknown).await.expect_problem(404, "not_found");
        assert_eq!(
            told["detail"], problem["detail"],
            "{}: foreign and unknown ids are told alike",
            row.operation
        );
    }
    assert_eq!(world.everything().await, before);
}
