//! Functions: each can be mounted alone.

use std::collections::BTreeMap;

use vibesheets_api::{Mount, functions, openapi, router_of};

use crate::support::{TestServer, operations};

#[test]
fn each_operation_is_in_exactly_one_function() {
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for function in functions() {
        for operation in operations(function.router.get_openapi()) {
            places.entry(operation).or_default().push(function.name);
        }
    }
    let all: Vec<String> = places.keys().cloned().collect();
    assert_eq!(all, operations(&openapi()));
    places.retain(|_, functions| functions.len() != 1);
    assert!(places.is_empty(), "{places:?}");
}

#[test]
fn each_function_has_a_name_of_its_own() {
    let mut names: Vec<_> = functions().iter().map(|function| function.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "{names:?}");
}

#[tokio::test]
async fn a_function_alone_answers_its_own_paths_under_both_mounts() {
    let (server, owner) = TestServer::owner().await;
    for (mount, prefix) in [(Mount::Api, ""), (Mount::Root, "/")] {
        let own = functions().into_iter().filter(|function| function.name == "auth").collect();
        let alone = server.behind(router_of(own, server.state.clone(), mount));
        let browser = alone.with_session_of(&owner);
        browser.get(format!("{prefix}/me")).await.expect(200);
        browser.get(format!("{prefix}/health")).await.expect_problem(404, "not_found");
    }
}
