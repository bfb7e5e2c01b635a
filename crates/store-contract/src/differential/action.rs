//! Random actions.

use vibesheets_core::{
    Entry, EntryId, Label, Labels, Name, Note,
    actions::{
        ActionError, Caller, ClockAction, ClockRequest, ClockState, Command,
        clients::create_client,
        clock,
        entries::{EntryRequest, create_entry, delete_entry, edit_entry, restore_entry},
        once,
        projects::{NewProject, ProjectEdit, create_project, edit_project},
        status,
        tags::create_tag,
    },
    store::{Answer, EntryCursor},
    time::{Instant, Zone},
};

use super::Side;
use crate::support::SeededRandom;

/// What somebody does. Numbers choose among what there is, modulo how much there is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    kind: u64,
    who: u64,
    which: u64,
    time: u64,
    text: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Answered(String),
    Refused(String),
}

const KINDS: u64 = 24;
const ZONES: [&str; 4] = ["Europe/Vienna", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"];
const TEXTS: [&str; 4] = ["", "Pier 7", "Überstunden ☕", "line one\nline two"];

fn render(entry: &Entry) -> Answer {
    Answer(format!("{entry:?}").into_bytes())
}

impl Choice {
    pub fn random(random: &SeededRandom) -> Self {
        let next = || random.next_number() >> 16;
        Self { kind: next() % KINDS, who: next(), which: next(), time: next(), text: next() }
    }

    fn text(self) -> &'static str {
        TEXTS[self.text as usize % TEXTS.len()]
    }
}

impl Side<'_> {
    /// The same for the same choice on both sides.
    pub async fn take(&mut self, choice: Choice) -> Outcome {
        self.lab.time.advance([1, 60, 1800, 7200, 86_400][choice.time as usize % 5]);
        // A copy of an earlier command, perhaps days late.
        let (choice, command) = if choice.kind == 0 && !self.commands.is_empty() {
            self.commands[choice.which as usize % self.commands.len()]
        } else {
            (choice, self.lab.command())
        };
        self.commands.push((choice, command));
        let caller = match choice.who % 4 {
            0 => self.team.owner.clone(),
            member => self.team.members[member as usize - 1].clone(),
        };
        let result = match choice.kind {
            0..=8 => self.press(&caller, command, choice).await,
            9..=12 => self.create(&caller, command, choice).await,
            13..=18 => self.change(&caller, command, choice).await,
            19 => return self.show(&caller).await,
            _ => self.write_nouns(command, choice).await,
        };
        match result {
            Ok(answer) => Outcome::Answered(String::from_utf8_lossy(&answer.0).into_owned()),
            Err(ActionError::Refused(refusal)) => Outcome::Refused(format!("{refusal:?}")),
            Err(ActionError::Store(error)) => panic!("{choice:?}: {error}"),
        }
    }

    async fn press(&self, caller: &Caller, command: Command, choice: Choice) -> Result<Answer, ActionError> {
        let action = [ClockAction::In, ClockAction::Out, ClockAction::Switch][choice.which as usize % 3];
        let request = ClockRequest {
            action,
            project_id: None,
            note: Some(Note::new(choice.text()).expect("a note")),
            tags: None,
            billable: None,
            at: None,
        };
        let render = |entry: &Entry, state: &ClockState| Answer(format!("{entry:?} {state:?}").into_bytes());
        let pressed = clock(self.lab.context(self.store), caller, command, &request, render);
        once(self.lab.context(self.store), caller, command, pressed).await
    }

    async fn show(&self, caller: &Caller) -> Outcome {
        let shown = status(self.lab.context(self.store), caller).await.expect("a status");
        Outcome::Answered(format!("{shown:?}"))
    }

    async fn create(&self, caller: &Caller, command: Command, choice: Choice) -> Result<Answer, ActionError> {
        let member = choice.who.is_multiple_of(4).then(|| self.team.member(choice.which as usize % 3));
        let request = self.request(choice).await;
        let created = create_entry(self.lab.context(self.store), caller, command, member, &request, render);
        once(self.lab.context(self.store), caller, command, created).await
    }

    /// An edit, deletion or restoration of somebody's entry, which may be refused.
    async fn change(&self, caller: &Caller, command: Command, choice: Choice) -> Result<Answer, ActionError> {
        let context = self.lab.context(self.store);
        let entry = self.some_entry(choice).await;
        let id = entry.as_ref().map_or(EntryId::from_bytes([9; 16]), |entry| entry.id);
        let version = entry.map_or(1, |entry| entry.version);
        match choice.kind {
            13..=15 => {
                let request = self.request(choice).await;
                let edited = edit_entry(context, caller, command, id, version, &request, render);
                once(context, caller, command, edited).await
            }
            16 => {
                let deleted = delete_entry(context, caller, command, id, version, render);
                once(context, caller, command, deleted).await
            }
            _ => {
                let restored = restore_entry(context, caller, command, id, render);
                once(context, caller, command, restored).await
            }
        }
    }

    async fn some_entry(&self, choice: Choice) -> Option<Entry> {
        let member = self.team.member(choice.which as usize % 3);
        let scope = self.team.scope();
        let mut entries = Vec::new();
        let mut after = None;
        loop {
            let page = self.store.list_member_entries(&scope, member, after, 5).await.expect("entries");
            after = page.last().map(EntryCursor::of);
            entries.extend(page);
            if after.is_none() {
                break;
            }
        }
        let index = (choice.text / 7) as usize;
        (!entries.is_empty()).then(|| entries[index % entries.len()].clone())
    }

    async fn request(&self, choice: Choice) -> EntryRequest {
        let quarter = i64::try_from(choice.time % 400).expect("small");
        let start = self.lab.now().as_second() / 900 * 900 - quarter * 900;
        let start = Instant::from_unix_seconds(start).expect("an instant");
        let length = i64::try_from(choice.text % 9).expect("small") * 900;
        let directory = self.store.load_directory(&self.team.scope()).await.expect("read").expect("there");
        let project = directory.projects.get(choice.which as usize % 4).map(|project| project.id);
        let labels = [&[][..], &["a"], &["b", "a"]][choice.text as usize % 3];
        let labels = labels.iter().map(|text| Label::new(text).expect("a label")).collect();
        EntryRequest {
            start,
            end: (!choice.text.is_multiple_of(13)).then(|| start.saturating_add_seconds(length)),
            time_zone: Zone::named(ZONES[choice.which as usize % ZONES.len()]).ok(),
            project_id: project,
            note: Note::new(choice.text()).expect("a note"),
            tags: Labels::new(labels).expect("labels"),
            billable: Some(choice.text.is_multiple_of(2)),
        }
    }

    async fn write_nouns(&self, command: Command, choice: Choice) -> Result<Answer, ActionError> {
        let (context, owner) = (self.lab.context(self.store), &self.team.owner);
        let name = Name::new(&format!("Noun {}", choice.text % 6)).expect("a name");
        match choice.kind {
            20 => {
                let request = NewProject { name, client_id: None, color: None, billable: Some(true) };
                let made = create_project(context, owner, command, &request, |project| {
                    Answer(format!("{project:?}").into_bytes())
                });
                once(context, owner, command, made).await
            }
            21 => {
                let directory = self.store.load_directory(&self.team.scope()).await?;
                let projects = directory.expect("there").projects;
                let Some(project) = projects.get(choice.which as usize % 5) else {
                    return Ok(Answer(Vec::new()));
                };
                let edit =
                    ProjectEdit { archived: Some(choice.text.is_multiple_of(3)), ..ProjectEdit::default() };
                let edited =
                    edit_project(context, owner, command, project.id, project.version, &edit, |project| {
                        Answer(format!("{project:?}").into_bytes())
                    });
                once(context, owner, command, edited).await
            }
            22 => {
                let made = create_client(context, owner, command, &name, |client| {
                    Answer(format!("{client:?}").into_bytes())
                });
                once(context, owner, command, made).await
            }
            _ => {
                let label = Label::new(&name).expect("a label");
                let made = create_tag(context, owner, command, &label, |tag| {
                    Answer(format!("{tag:?}").into_bytes())
                });
                once(context, owner, command, made).await
            }
        }
    }
}
