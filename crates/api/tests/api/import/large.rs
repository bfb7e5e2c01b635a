use super::support::{number, send};
use crate::support::TestServer;
use foreign_exports::{Tool, Variant, generate};
#[tokio::test]
async fn large() {
    let variant = Variant::named(Tool::Clockify, "classic").expect("the form");
    let made = generate(Tool::Clockify, variant, 150_000, 3);
    eprintln!("{} bytes", made.csv.len());
    let (_server, owner) = TestServer::owner().await;
    for (dry, status) in [(true, 200), (false, 201), (false, 201)] {
        #[expect(clippy::disallowed_methods, reason = "x")]
        let t = std::time::Instant::now();
        let answer = send(&owner, &made.csv, made.truth.time_zone, dry, "").await;
        eprintln!("dry {dry}: {:?}, {} bytes", t.elapsed(), answer.body.len());
        let report = answer.expect(status).json();
        eprintln!("{}", report["rows"]);
        assert_eq!(number(&report, "rows/total"), 150_000);
    }
}
