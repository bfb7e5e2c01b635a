//! The time of a program that has only the machine's: `wall_clock.c` stands in for the C library's clock, so that the
//! program under test is the one that is deployed and needs no way in for tests.

use std::{
    ffi::OsString,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use jiff::Timestamp;
use tempfile::{NamedTempFile, TempDir};

/// What programs that were started with its variables read as the time.
pub struct WallClock(NamedTempFile);

impl WallClock {
    pub fn new() -> Self {
        Self(NamedTempFile::new().expect("a file"))
    }

    /// What a program is started with.
    pub fn variables(&self) -> [(OsString, OsString); 2] {
        [("LD_PRELOAD".into(), library().into()), ("STORY_CLOCK".into(), self.0.path().into())]
    }

    /// Shows `time`.
    pub fn show(&self, time: Timestamp) {
        let nanoseconds = i64::try_from(time.as_nanosecond()).expect("between the years 1678 and 2262");
        self.0.as_file().write_all_at(&nanoseconds.to_ne_bytes(), 0).expect("written");
    }
}

fn library() -> &'static Path {
    static LIBRARY: OnceLock<(PathBuf, TempDir)> = OnceLock::new();
    let (library, _) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let library = folder.path().join("wall_clock.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/support/through/wall_clock.c");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"])
            .args([library.as_path(), source.as_path()])
            .status();
        assert!(built.is_ok_and(|status| status.success()), "{} does not build", source.display());
        (library, folder)
    });
    library
}
