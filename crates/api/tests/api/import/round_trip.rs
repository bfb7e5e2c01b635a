//! Our own export, read by our own import.

use foreign_exports::{Generated, Tool, Variant, generate};

use super::support::{exported, number, send};
use crate::support::TestServer;

#[tokio::test]
async fn our_export_comes_into_another_organisation_as_it_was_with_its_formulas_and_zones() {
    let (server, owner) = TestServer::owner().await;
    let variant = Variant::named(Tool::Clockify, "everything").expect("the form");
    let Generated { csv, truth } = generate(Tool::Clockify, variant, 300, 3);
    send(&owner, &csv, truth.time_zone, false, "").await.expect(201);
    let file = owner.get("/export?format=csv&member_id=all").await.expect(200).body;

    let other = server.stranger().await;
    let report = send(&other, &file, "Pacific/Auckland", false, "").await.expect(201).json();
    assert_eq!(report["source"], "vibesheets");
    assert_eq!(number(&report, "rows/refused"), 0, "{report}");
    assert_eq!(number(&report, "total_seconds"), truth.accepted_seconds);
    assert_eq!(exported(&other).await, exported(&owner).await);

    // Where the entries come from, they are there already.
    let back = send(&owner, &file, "UTC", false, "").await.expect(201).json();
    assert_eq!((number(&back, "rows/ready"), number(&back, "rows/refused")), (0, 0), "{back}");
}
