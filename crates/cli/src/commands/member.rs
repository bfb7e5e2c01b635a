//! `vibesheets member`.

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::{ServerFlag, Shell};
use crate::{
    client::{
        Client, Request, member_by,
        replies::{Invited, Member, Members},
    },
    failure::Failure,
    output::{Table, date_and_time},
};

/// What to do with members.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Which server.
    #[command(flatten)]
    pub server: ServerFlag,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List everyone
    List,
    /// Add a member and print the link with which they sign up
    Invite {
        /// What they are called
        name: String,
        /// Their e-mail address
        #[arg(long)]
        email: Option<String>,
        /// What they may do
        #[arg(long, value_enum, default_value_t = Role::Member)]
        role: Role,
        /// Where their clock stands [default: the organisation's zone]
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
    },
    /// Change what a member may do
    Role {
        /// Their name, e-mail address or id
        member: String,
        /// What they may do from now on
        role: Role,
    },
    /// Archive a member: they can no longer sign in, and their time stays
    Archive {
        /// Their name, e-mail address or id
        member: String,
        /// Take them back
        #[arg(long)]
        undo: bool,
    },
    /// Erase an archived member: name, address, sign-in and time are gone for ever, the journal's hashes stay
    Erase {
        /// Their name, e-mail address or id
        member: String,
        /// Yes: nothing brings them back
        #[arg(long)]
        for_ever: bool,
    },
}

/// What a member may do; each may do what those before may.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Role {
    /// Their own time
    Member,
    /// Everyone's time, projects, clients and tags
    Manager,
    /// Members, imports and settings
    Admin,
    /// Other owners
    Owner,
}

impl Role {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Manager => "manager",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let client = shell.client()?;
    match &arguments.action {
        Action::List => list(&client, shell),
        Action::Invite { name, email, role, time_zone } => {
            let mut body = json!({ "name": name, "role": role.as_str() });
            for (field, value) in [("email", email), ("time_zone", time_zone)] {
                if let Some(value) = value {
                    body[field] = json!(value);
                }
            }
            invite(&client, &body, shell)
        }
        Action::Role { member, role } => edit(&client, member, &json!({ "role": role.as_str() }), shell),
        Action::Erase { member, for_ever } => erase(&client, member, *for_ever, shell),
        Action::Archive { member, undo } => edit(&client, member, &json!({ "archived": !undo }), shell),
    }
}

fn list(client: &Client, shell: &Shell) -> Result<(), Failure> {
    let reply = client.get("/members")?;
    let Members { members } = reply.read()?;
    shell.answer(&reply.value, || {
        let mut table = Table::new(["NAME", "E-MAIL", "ROLE", "ZONE", "SIGN-IN"]);
        for member in members {
            let sign_in = state(&member).to_owned();
            let email = member.email.unwrap_or_else(|| "-".to_owned());
            table.row([member.name, email, member.role, member.time_zone, sign_in]);
        }
        table.render(0)
    })
}

fn state(member: &Member) -> &str {
    if member.archived { "archived" } else { &member.sign_in }
}

fn invite(client: &Client, body: &serde_json::Value, shell: &Shell) -> Result<(), Failure> {
    let reply = client.change("POST", "/members", body, None)?;
    let Invited { member, invitation } = reply.read()?;
    shell.answer(&reply.value, || match invitation {
        Some(invitation) => format!(
            "{} is a member. They sign up here until {} UTC:\n{}\n",
            member.name,
            date_and_time(&invitation.expires_at),
            invitation.url
        ),
        None => format!("{} is a member without a sign-in.\n", member.name),
    })
}

fn erase(client: &Client, named: &str, for_ever: bool, shell: &Shell) -> Result<(), Failure> {
    let member = member_by(client, named)?;
    if !for_ever {
        return Err(Failure::refused(format!(
            "{} would lose name, address, sign-in and all of their time, and nothing brings that back; say --for-ever if that \
             is meant, and export their time first: `vibesheets export --member {}`",
            member.name, member.id
        )));
    }
    let reply = client.send(&Request::change("POST", format!("/members/{}/erasure", member.id)))?;
    shell.answer(&reply.value, || {
        format!(
            "{} is erased. Backups, mirror and replica hold them until these are pruned (35 days, unless told otherwise); a \
             restore erases them again.\n",
            member.name
        )
    })
}

fn edit(client: &Client, named: &str, change: &serde_json::Value, shell: &Shell) -> Result<(), Failure> {
    let member = member_by(client, named)?;
    let reply = client.change("PATCH", &format!("/members/{}", member.id), change, Some(member.version))?;
    let after: Member = reply.read()?;
    shell.answer(&reply.value, || {
        let archived = if after.archived { ", archived" } else { "" };
        format!("{} is {}{archived}.\n", after.name, after.role)
    })
}
