//! A replica goes on, whatever became of what was sent.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{path::Path, sync::Arc};

use tokio::sync::watch;
use vibesheets_core::durability::{Durability, SegmentWriter, names};
use vibesheets_ops::{
    archive::{Archive, ArchiveError, ArchivePlace},
    backup,
    shipping::{Shipping, ShippingError},
};
use vibesheets_store_contract::support::{Lab, TestOrganisation, new};
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

async fn store(path: &Path) -> (Arc<SqliteStore>, Lab, TestOrganisation) {
    let store = Arc::new(
        SqliteStore::open(&Location::File(path.join("vibesheets.db")), &Options::default()).unwrap(),
    );
    let lab = Lab::default();
    let team = lab.found(&*store, 1).await;
    (store, lab, team)
}

async fn write(store: &SqliteStore, lab: &Lab, team: &TestOrganisation, day: usize) {
    let start = format!("2026-03-{day:02}T08:00:00Z");
    let entry = lab.entry(team.member(0), &start, Some(&start));
    lab.write_entries(store, &team.scope(), team.member(0), vec![new(entry)]).await.unwrap();
}

/// Ships what is there, and ends.
async fn shipped(shipping: Shipping) -> Result<(), ShippingError> {
    let (_stop, stopped) = watch::channel(true);
    shipping.run(stopped).await
}

/// The segment of the commits after `commit`, as it was sent when there were no later ones.
async fn segment_after(store: &SqliteStore, commit: u64) -> Vec<u8> {
    let batches = store.read_batches(commit, usize::MAX).await.unwrap();
    let mut segment = SegmentWriter::begin(store.store_id(), commit + 1);
    segment.group(&batches).unwrap();
    segment.into_bytes()
}

#[tokio::test]
async fn a_segment_whose_answer_was_lost_is_built_upon() {
    let folder = tempfile::tempdir().unwrap();
    let (store, lab, team) = store(folder.path()).await;
    let place = ArchivePlace::Folder(folder.path().join("replica"));
    let archive = Archive::open(&place, true).unwrap();
    let source: Arc<dyn Durability> = Arc::<SqliteStore>::clone(&store);
    let shipping = Shipping::begin(source, archive.clone(), folder.path().to_owned()).await.unwrap();
    let before = store.last_commit();
    write(&store, &lab, &team, 1).await;
    let kept = segment_after(&store, before).await;
    let object = folder.path().join("replica/segments").join(names::segment_file(before + 1));
    std::fs::write(object, &kept).unwrap();
    for day in 2..5 {
        write(&store, &lab, &team, day).await;
    }
    shipped(shipping).await.unwrap();
    let verified = backup::verify(&archive).await.unwrap();
    assert_eq!(verified.findings, Vec::<String>::new());
    assert_eq!(verified.last.map(|(commit, _)| commit), Some(store.last_commit()));
    assert_eq!(verified.segments, 2);
}

#[tokio::test]
async fn another_stores_segment_in_its_place_ends_it() {
    let [folder, elsewhere] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let (store_here, lab, team) = store(folder.path()).await;
    let (other, other_lab, other_team) = store(elsewhere.path()).await;
    let archive = Archive::open(&ArchivePlace::Folder(folder.path().join("replica")), true).unwrap();
    let source: Arc<dyn Durability> = Arc::<SqliteStore>::clone(&store_here);
    let shipping = Shipping::begin(source, archive, folder.path().to_owned()).await.unwrap();
    let before = store_here.last_commit();
    write(&store_here, &lab, &team, 1).await;
    write(&other, &other_lab, &other_team, 2).await;
    let object = folder.path().join("replica/segments").join(names::segment_file(before + 1));
    std::fs::write(object, segment_after(&other, before).await).unwrap();
    let ended = shipped(shipping).await;
    assert!(matches!(ended, Err(ShippingError::Archive(ArchiveError::Diverged { .. }))), "{ended:?}");
}

/// Two may copy one commit at once: their files differ in sessions, which are not restorable.
#[tokio::test]
async fn of_two_snapshots_of_one_commit_the_manifest_is_that_of_the_file_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (store, ..) = store(folder.path()).await;
    let archive = Archive::open(&ArchivePlace::Folder(folder.path().join("backups")), true).unwrap();
    let first = store.snapshot(&folder.path().join("first.db")).await.unwrap();
    std::fs::copy(folder.path().join("first.db"), folder.path().join("second.db")).unwrap();
    let second = {
        // What is not restorable differs: here the version that SQLite counts up in the header.
        let mut bytes = std::fs::read(folder.path().join("second.db")).unwrap();
        bytes[27] ^= 1;
        std::fs::write(folder.path().join("second.db"), &bytes).unwrap();
        vibesheets_core::durability::SnapshotManifest {
            file_digest: vibesheets_core::journal::Hash(
                sha2::Digest::finalize(sha2::Digest::chain_update(
                    <sha2::Sha256 as sha2::Digest>::new(),
                    &bytes,
                ))
                .into(),
            ),
            ..first.clone()
        }
    };
    archive.put_snapshot(&first, &folder.path().join("first.db")).await.unwrap();
    archive.put_snapshot(&second, &folder.path().join("second.db")).await.unwrap();
    let verified = backup::verify(&archive).await.unwrap();
    assert_eq!((verified.snapshots, verified.findings), (1, Vec::new()));
}
