//! What a member was told, to be held against what the server shows after a crash.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use serde_json::{Value, json};

use super::http::{Answer, Person};

/// A punch as it was sent.
#[derive(Debug, Clone)]
pub struct Punch {
    /// Its command id.
    pub id: String,
    /// Its body.
    pub body: Value,
}

/// What a member was told.
pub struct Ledger {
    member: usize,
    sent: usize,
    acknowledged: usize,
    /// Start and end by entry.
    entries: BTreeMap<String, (Value, Value)>,
    clocked_in: bool,
    last: Option<(Punch, Answer)>,
    unanswered: Option<Punch>,
}

impl Ledger {
    /// Of the `member`th member.
    pub fn of(member: usize) -> Self {
        Self {
            member,
            sent: 0,
            acknowledged: 0,
            entries: BTreeMap::new(),
            clocked_in: false,
            last: None,
            unanswered: None,
        }
    }

    /// The punch that comes next, which nobody answered yet.
    pub fn next(&mut self) -> Punch {
        self.sent += 1;
        let action = if self.clocked_in { "out" } else { "in" };
        let id = self.id(self.sent);
        let punch = Punch { id, body: json!({"action": action, "note": format!("punch {}", self.sent)}) };
        self.unanswered = Some(punch.clone());
        punch
    }

    fn id(&self, number: usize) -> String {
        format!("00000000-0000-4000-8{:03}-{number:012}", self.member)
    }

    /// Writes down that `punch` was answered.
    pub fn acknowledge(&mut self, punch: Punch, answer: Answer) {
        assert_eq!(answer.status, 200, "{punch:?}: {}", String::from_utf8_lossy(&answer.body));
        let entry = &answer.json()["entry"];
        let id = entry["id"].as_str().expect("an id").to_owned();
        self.entries.insert(id, (entry["start"].clone(), entry["end"].clone()));
        self.clocked_in = entry["end"].is_null();
        self.acknowledged += 1;
        self.last = Some((punch, answer));
        self.unanswered = None;
    }

    /// Writes down that the punch that came next was refused for good.
    pub fn refuse(&mut self) {
        self.unanswered = None;
    }

    /// After a restart: the last answer is given again, the unanswered punch takes effect once, and everything that
    /// was acknowledged is there.
    pub fn settle(&mut self, person: &Person) {
        if let Some((punch, answer)) = &self.last {
            let again = person.command("/clock", &punch.id, &punch.body).expect("an answer");
            assert_eq!(again, *answer, "the first answer, byte for byte");
        }
        if let Some(punch) = self.unanswered.take() {
            let answer = person.command("/clock", &punch.id, &punch.body).expect("an answer");
            self.acknowledge(punch, answer);
        }
        self.is_shown_to(person);
    }

    /// The server shows what was acknowledged, and nothing else.
    pub fn is_shown_to(&self, person: &Person) {
        assert_eq!(shown(person), self.entries);
    }

    /// Sends the punch that was refused again, and those after it, until one is refused; how many were taken.
    pub fn punch_until_refused(&mut self, person: &Person) -> usize {
        (0..).find(|_| !self.punch_again(person)).expect("a disk ends")
    }

    /// The punch that was refused is refused again.
    pub fn is_still_refused(&mut self, person: &Person) {
        assert!(!self.punch_again(person), "the punch of a disk that fails is taken");
    }

    /// Sends the punch that was refused again; whether it is taken. Otherwise it is refused with the promise that it is not
    /// made twice.
    fn punch_again(&mut self, person: &Person) -> bool {
        let punch = self.unanswered.clone().expect("a punch was refused");
        let answer = person.command("/clock", &punch.id, &punch.body).expect("an answer");
        if answer.status == 200 {
            self.acknowledge(punch, answer);
            self.next();
            return true;
        }
        assert_eq!((answer.status, &answer.json()["code"]), (503, &json!("unavailable")), "{answer:?}");
        false
    }

    /// The command ids of what was acknowledged.
    pub fn acknowledged_ids(&self) -> impl Iterator<Item = String> {
        let unanswered = self.unanswered.as_ref().map(|punch| punch.id.clone());
        (1..=self.sent).map(|number| self.id(number)).filter(move |id| Some(id) != unanswered.as_ref())
    }

    /// How many punches were acknowledged.
    pub const fn acknowledged(&self) -> usize {
        self.acknowledged
    }

    /// How many entries there must be.
    pub fn entries(&self) -> usize {
        self.entries.len()
    }
}

/// Start and end of every entry that the server shows.
fn shown(person: &Person) -> BTreeMap<String, (Value, Value)> {
    let get = |path: &str| person.send("GET", path, None, None).expect("an answer").json();
    let today: Date = get("/status")["today"].as_str().expect("a date").parse().expect("a date");
    // A run may go on past midnight, or its clock jump.
    let (first, last) = (today - Span::new().days(10), today + Span::new().days(10));
    let mut entries = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let page = get(&format!("/timesheets?start_date={first}&end_date={last}&limit=1000{cursor}"));
        for entry in page["entries"].as_array().expect("entries") {
            let id = entry["id"].as_str().expect("an id").to_owned();
            entries.insert(id, (entry["start"].clone(), entry["end"].clone()));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return entries,
        }
    }
}
