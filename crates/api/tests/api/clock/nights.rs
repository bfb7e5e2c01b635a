//! Nights in which clocks change, clocked as they pass (I3).

use serde_json::json;

use super::{clocked_in, pressed};
use crate::support::TestServer;

struct Night {
    zone: &'static str,
    came: &'static str,
    left: &'static str,
    shown: [&'static str; 2],
    seconds: i64,
}

const NIGHTS: [Night; 4] = [
    Night {
        zone: "Europe/Vienna",
        came: "2026-03-28T21:00:00Z",
        left: "2026-03-29T04:00:00Z",
        shown: ["2026-03-28T22:00:00+01:00", "2026-03-29T06:00:00+02:00"],
        seconds: 7 * 3_600,
    },
    Night {
        zone: "Europe/Vienna",
        came: "2026-10-24T20:00:00Z",
        left: "2026-10-25T05:00:00Z",
        shown: ["2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00"],
        seconds: 9 * 3_600,
    },
    Night {
        zone: "Australia/Lord_Howe",
        came: "2026-04-04T11:00:00Z",
        left: "2026-04-04T19:30:00Z",
        shown: ["2026-04-04T22:00:00+11:00", "2026-04-05T06:00:00+10:30"],
        seconds: 8 * 3_600 + 1_800,
    },
    Night {
        zone: "Australia/Lord_Howe",
        came: "2026-10-03T11:30:00Z",
        left: "2026-10-03T19:00:00Z",
        shown: ["2026-10-03T22:00:00+10:30", "2026-10-04T06:00:00+11:00"],
        seconds: 7 * 3_600 + 1_800,
    },
];

#[tokio::test]
async fn a_night_is_as_long_as_it_was_whatever_the_clocks_on_the_wall_did() {
    for night in NIGHTS {
        let (server, owner) = TestServer::owner().await;
        server.time.set(night.came);
        let owner = server.another_session(&owner).await;
        owner.ask(crate::support::patch("/me").json(&json!({"time_zone": night.zone}))).await.expect(200);
        let open = clocked_in(&owner).await;
        server.time.set(night.left);
        let owner = server.another_session(&owner).await;
        let running = owner.get("/status").await.expect(200).json();
        assert_eq!(running["elapsed_seconds"], night.seconds);
        let closed = pressed(&owner, "out").await["entry"].clone();
        assert_eq!([&closed["start"], &closed["end"]], night.shown.map(|time| json!(time)).each_ref());
        assert_eq!((&closed["seconds"], &closed["time_zone"]), (&json!(night.seconds), &json!(night.zone)));
        assert_eq!(closed["work_date"], open["work_date"]);
        assert_eq!(closed["work_date"], night.shown[0][..10]);
    }
}
