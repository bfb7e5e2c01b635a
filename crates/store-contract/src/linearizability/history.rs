//! What clients asked of one member's clock, when, and what they were told.

use std::fmt;

use vibesheets_core::{EntryId, actions::ClockAction};

/// What a client asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Request {
    /// A press of the button, as the history's command of this number.
    Press { action: ClockAction, command: usize },
    /// A look at the clock.
    Status,
}

/// What a press answers; kept with its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Pressed {
    /// The entry that was begun or closed.
    pub entry: EntryId,
    /// Its start, in seconds since the history began.
    pub start: i64,
    /// Its end, likewise; `None` while it is open.
    pub end: Option<i64>,
    /// Today's seconds, the running ones included.
    pub today_seconds: i64,
}

/// What a client was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Pressed(Pressed),
    AlreadyClockedIn(EntryId),
    NotClockedIn,
    Overlap(EntryId),
    /// The open entry begins after the time of the press.
    OpenEntryAhead,
    CommandReused,
    Shown {
        open: Option<EntryId>,
        today_seconds: i64,
    },
    /// The store says that it did nothing.
    NotApplied,
}

/// One request and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operation {
    /// Who asked, from 0.
    pub client: usize,
    /// Of which member's clock, from 0.
    pub member: usize,
    pub request: Request,
    /// The server's time at the request, in seconds since the history began.
    pub now: i64,
    /// When it was asked, in ticks of the history.
    pub called: u64,
    /// When it was answered, in ticks; `None` where the store did not say whether it did it. Then it may have been done
    /// at any time since, or never, and `outcome` is what it was about to answer.
    pub answered: Option<u64>,
    pub outcome: Outcome,
}

impl Operation {
    /// Whether the clock cannot look different after it than before, whatever it was told.
    pub fn changes_nothing(&self) -> bool {
        !matches!((self.request, self.outcome), (Request::Press { .. }, Outcome::Pressed(_)))
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ticks = match self.answered {
            Some(answered) => format!("{}–{answered}", self.called),
            None => format!("{}–?", self.called),
        };
        let request = match self.request {
            Request::Press { action, command } => format!("{action:?} (command {command})"),
            Request::Status => "Status".to_owned(),
        };
        let (client, now) = (self.client, self.now);
        write!(f, "ticks {ticks:<9} client {client}  at {now:>4} s  {request:<20} → ")?;
        if self.answered.is_none() {
            f.write_str("not told yet; if done: ")?;
        }
        write!(f, "{}", self.outcome)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pressed(Pressed { entry, start, end: None, today_seconds }) => {
                write!(f, "{} open from {start} s; today {today_seconds} s", brief(*entry))
            }
            Self::Pressed(Pressed { entry, start, end: Some(end), today_seconds }) => {
                write!(f, "{} closed, {start} to {end} s; today {today_seconds} s", brief(*entry))
            }
            Self::AlreadyClockedIn(entry) => write!(f, "already clocked in, {} is open", brief(*entry)),
            Self::NotClockedIn => f.write_str("not clocked in"),
            Self::Overlap(entry) => write!(f, "overlaps {}", brief(*entry)),
            Self::OpenEntryAhead => f.write_str("the open entry begins later"),
            Self::CommandReused => f.write_str("this command id was another request's"),
            Self::Shown { open: None, today_seconds } => write!(f, "clocked out; today {today_seconds} s"),
            Self::Shown { open: Some(entry), today_seconds } => {
                write!(f, "{} is open; today {today_seconds} s", brief(*entry))
            }
            Self::NotApplied => f.write_str("not available, nothing done"),
        }
    }
}

/// The end of an id, which is random.
fn brief(id: EntryId) -> String {
    let text = id.to_string();
    format!("entry {}", &text[text.len() - 4..])
}
