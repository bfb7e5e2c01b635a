//! Making the demo's store, whole or not at all.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use vibesheets_api::auth::Passwords;
use vibesheets_core::{
    TimeSource,
    actions::ActionError,
    store::{AttemptSubject, Store},
    time::{DateRange, Instant, Zone},
};
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

use super::{
    calendar,
    cast::{PASSWORD, TEAM, ZONE},
    events::events,
    people::{Organised, organise},
    play::play,
};
use crate::{
    failure::{Exit, Failure},
    output::Progress,
    private_file, store,
    system::{SystemRandom, SystemTime},
};

/// Makes the database at `path` unless it is there; whether it made it.
///
/// # Errors
/// [`Failure`] where it could not be made; then there is none.
pub async fn build_once(path: &Path) -> Result<bool, Failure> {
    let failed = |error: io::Error| Failure::new(Exit::Store, format!("{}: {error}", path.display()));
    if path.exists() {
        return Ok(false);
    }
    private_file::create_folder(path.parent().unwrap_or(Path::new("."))).map_err(failed)?;
    // Half a demo would be kept for ever: it takes its name only once it is whole.
    let unfinished = path.with_extension("unfinished");
    remove(&unfinished).map_err(failed)?;
    let store = SqliteStore::open(&Location::File(unfinished.clone()), &Options::default())
        .map_err(|error| store::open_error(&error))?;
    fill(Arc::new(store), SystemTime.now()).await?;
    fs::rename(&unfinished, path).map_err(failed)?;
    remove(&unfinished).map_err(failed)?;
    Ok(true)
}

/// Removes a database and what SQLite and we keep beside it.
///
/// # Errors
/// The operating system's.
pub fn remove(path: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm", ".lock"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Founds the organisation three months before `now` and lets everyone work until then. Closes the store.
///
/// # Errors
/// [`Failure`] for the demo's own defects and the store's errors.
pub async fn fill(store: Arc<SqliteStore>, now: jiff::Timestamp) -> Result<DateRange, Failure> {
    let zone = Zone::named(ZONE).map_err(Failure::internal)?;
    let now = Instant::from_timestamp(now).map_err(Failure::internal)?;
    let range = calendar::range(zone.date_at(now), &zone);
    let founded = zone.start_of(range.first).unwrap_or(now).saturating_add_seconds(-FOUNDED_SECONDS_BEFORE);
    let nobody = AttemptSubject::of("address", "the demo");
    let password = Passwords::default().hash(nobody, PASSWORD.to_owned(), &SystemRandom).await;
    let password = password.map_err(|_| Failure::internal("the demo's password cannot be hashed"))?;
    let progress = Progress::spinner("Making three months of history for a team of twelve");
    let organised = organise(&*store, founded, &password).await.map_err(|error| defect(&error))?;
    let mut people = tokio::task::JoinSet::new();
    let Organised { callers, projects } = organised;
    for (person, (caller, member)) in callers.into_iter().zip(&TEAM).enumerate() {
        let (store, projects) = (Arc::clone(&store), projects.clone());
        let events = events(member, person, &caller.member.time_zone, range, now);
        people.spawn(async move { play(&*store as &dyn Store, &caller, &projects, &events).await });
    }
    while let Some(played) = people.join_next().await {
        played.map_err(Failure::internal)?.map_err(|error| defect(&error))?;
    }
    drop(progress);
    Ok(range)
}

/// Three days.
const FOUNDED_SECONDS_BEFORE: i64 = 3 * 86_400;

fn defect(error: &ActionError) -> Failure {
    Failure::internal(format!("the demo could not be made: {error}"))
}
