//! Who works there, on what and for whom.

use vibesheets_core::{Locale, Role};

use super::rota::Rota;

/// What the organisation is called.
pub const ORGANISATION: &str = "Alpenlicht Facility Services";
/// Where it is.
pub const ZONE: &str = "Europe/Vienna";
/// Everyone's password: this is a demo on somebody's own machine.
pub const PASSWORD: &str = "demo-demo-demo";

/// Who pays.
pub const CLIENTS: [&str; 3] = ["Klinikum Nord", "Stadtwerke Linz", "Messe Wien"];

/// What time is spent on.
pub struct CastProject {
    /// Its name.
    pub name: &'static str,
    /// A place in [`CLIENTS`].
    pub client: Option<usize>,
    /// Whether somebody pays.
    pub billable: bool,
    /// What people write about it.
    pub notes: &'static [&'static str],
}

/// The control room, which never sleeps, is the first.
pub const PROJECTS: [CastProject; 6] = [
    CastProject {
        name: "Control room",
        client: Some(0),
        billable: true,
        notes: &["", "", "Quiet", "Two alarms, both false", "Handover to the next shift in the log"],
    },
    CastProject {
        name: "Lift maintenance",
        client: Some(1),
        billable: true,
        notes: &["Lift 4: door sensor", "Lift 2: annual inspection", "Spare parts for lift 7", ""],
    },
    CastProject {
        name: "Energy audit",
        client: Some(2),
        billable: true,
        notes: &["Hall A: meters read", "Report, chapter 3", "Hall C: thermography", ""],
    },
    CastProject {
        name: "Trade fair setup",
        client: Some(2),
        billable: true,
        notes: &["Rigging in hall B", "Power for 40 stands", ""],
    },
    CastProject {
        name: "Website relaunch",
        client: None,
        billable: false,
        notes: &["Texts for the services page", "Review with the agency", ""],
    },
    CastProject {
        name: "Office",
        client: None,
        billable: false,
        notes: &["", "Mail", "Planning of next week", "Payroll", "Team meeting"],
    },
];

/// Suggested labels.
pub const TAGS: [&str; 4] = ["on-site", "on-call", "travel", "training"];

/// Somebody.
pub struct CastMember {
    /// Their name.
    pub name: &'static str,
    /// Before `@demo.example`.
    pub mailbox: &'static str,
    /// What they may do.
    pub role: Role,
    /// When they work.
    pub rota: Rota,
    /// Places in [`PROJECTS`], the usual one first.
    pub projects: &'static [usize],
    /// Where their clock stands.
    pub zone: &'static str,
    /// Their language.
    pub locale: Locale,
}

const fn member(
    name: &'static str,
    mailbox: &'static str,
    role: Role,
    rota: Rota,
    projects: &'static [usize],
) -> CastMember {
    CastMember { name, mailbox, role, rota, projects, zone: ZONE, locale: Locale::De }
}

/// The team; the first founded it.
pub const TEAM: [CastMember; 12] = [
    CastMember {
        locale: Locale::En,
        ..member("Mara Lindqvist", "owner", Role::Owner, Rota::Office, &[5, 4, 2])
    },
    member("Jonas Brandstätter", "admin", Role::Admin, Rota::Office, &[5, 4]),
    member("Leyla Yıldız", "manager", Role::Manager, Rota::Office, &[3, 5, 1]),
    CastMember { locale: Locale::En, ..member("Tom Okafor", "member", Role::Member, Rota::Office, &[1, 3]) },
    member("Ana Kovačević", "ana", Role::Member, Rota::Shifts { offset: 0 }, &[0]),
    member("Ömer Aksoy", "oemer", Role::Member, Rota::Shifts { offset: 2 }, &[0]),
    member("Nguyễn Minh Anh", "minh", Role::Member, Rota::Shifts { offset: 4 }, &[0]),
    member("Piotr Zieliński", "piotr", Role::Member, Rota::Shifts { offset: 6 }, &[0]),
    member("Sophie Dubois", "sophie", Role::Member, Rota::Mornings, &[5, 4]),
    member("Élodie Gruber", "elodie", Role::Member, Rota::Office, &[2, 3]),
    member("Dávid Horváth", "david", Role::Member, Rota::Office, &[1, 3]),
    CastMember {
        zone: "Asia/Kathmandu",
        locale: Locale::En,
        ..member("Priya Shrestha", "priya", Role::Member, Rota::Office, &[2, 4])
    },
];

/// The address of a member of the team.
pub fn address(mailbox: &str) -> String {
    format!("{mailbox}@demo.example")
}
