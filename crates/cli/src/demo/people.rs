//! The organisation with its clients, projects and labels, and everyone's sign-in.

use vibesheets_core::{
    ClientId, Email, InvitationId, Label, Name, PasswordHash, ProjectId, Reason,
    actions::{
        ActionError, Caller, Context, Refusal,
        accounts::caller_of,
        clients::create_client,
        invitations::{InvitationKey, InvitationToken},
        members::{NewMember, create_member},
        projects::{NewProject, create_project},
        sign_up::{Person, SignUp, SignedUp, accept_invitation, set_up},
        tags::create_tag,
    },
    store::{Answer, Store},
    time::{Instant, Zone},
};

use super::{
    cast::{CLIENTS, CastMember, ORGANISATION, PROJECTS, TAGS, TEAM, address},
    play::{SetTime, command},
};
use crate::system::SystemRandom;

/// The organisation as it stands before anyone works.
pub struct Organised {
    /// The team in its order.
    pub callers: Vec<Caller>,
    /// The projects in their order.
    pub projects: Vec<ProjectId>,
}

/// Founds the organisation at `founded`; everyone's password has the hash `password`.
///
/// # Errors
/// What an action refuses: the demo's own defect, or the store's error.
pub async fn organise(
    store: &dyn Store,
    founded: Instant,
    password: &PasswordHash,
) -> Result<Organised, ActionError> {
    let time = SetTime::at(founded);
    let context = Context { store, time: &time, random: &SystemRandom };
    let owner = sign_up(&TEAM[0], password)?;
    let owner = set_up(context, command(&time).id, &owner, &text(ORGANISATION)?).await?;
    let owner = caller(context, &owner).await?;
    let mut clients = Vec::new();
    for name in CLIENTS {
        let made =
            create_client(context, &owner, command(&time), &text(name)?, |client| told(client.id)).await?;
        clients.push(id::<ClientId>(&made)?);
    }
    let mut projects = Vec::new();
    for project in &PROJECTS {
        let request = NewProject {
            name: text(project.name)?,
            client_id: project.client.map(|place| clients[place]),
            color: None,
            billable: Some(project.billable),
        };
        let made =
            create_project(context, &owner, command(&time), &request, |project| told(project.id)).await?;
        projects.push(id::<ProjectId>(&made)?);
    }
    for tag in TAGS {
        let label = Label::new(tag).map_err(|error| Refusal::invalid("/tag", error))?;
        create_tag(context, &owner, command(&time), &label, |tag| told(tag.id)).await?;
    }
    let mut callers = vec![owner.clone()];
    for member in &TEAM[1..] {
        callers.push(join(context, &time, &owner, member, password).await?);
    }
    Ok(Organised { callers, projects })
}

/// Invites a member and signs them up by the invitation.
async fn join(
    context: Context<'_>,
    time: &SetTime,
    owner: &Caller,
    member: &CastMember,
    password: &PasswordHash,
) -> Result<Caller, ActionError> {
    let key = InvitationKey([0; 32]);
    let sign_up = sign_up(member, password)?;
    let request = NewMember {
        name: sign_up.name.clone(),
        email: Some(email(member)?),
        role: member.role,
        time_zone: Some(sign_up.time_zone.clone()),
    };
    let invited = create_member(context, owner, command(time), &key, &request, |_, invitation| {
        invitation.map_or(Answer(Vec::new()), |invitation| told(invitation.id))
    });
    let invitation = id::<InvitationId>(&invited.await?)?;
    let token = InvitationToken::of(&key, owner.organisation.id, invitation).to_string();
    let joined = accept_invitation(context, command(time).id, &sign_up, &key, &token).await?;
    caller(context, &joined).await
}

async fn caller(context: Context<'_>, signed_up: &SignedUp) -> Result<Caller, ActionError> {
    let caller = caller_of(context, signed_up.account.id, signed_up.membership).await?;
    caller.ok_or_else(|| Refusal::NotFound("member").into())
}

fn sign_up(member: &CastMember, password: &PasswordHash) -> Result<SignUp, Refusal> {
    Ok(SignUp {
        person: Person::New { email: email(member)?, password: password.clone() },
        name: text(member.name)?,
        time_zone: Zone::named(member.zone).map_err(|error| Refusal::invalid("/time_zone", error))?,
        locale: Some(member.locale),
    })
}

fn email(member: &CastMember) -> Result<Email, Refusal> {
    Email::new(&address(member.mailbox)).map_err(|error| Refusal::invalid("/email", error))
}

fn text(text: &str) -> Result<Name, Refusal> {
    Name::new(text).map_err(|error| Refusal::invalid("/name", error))
}

/// An answer that only tells an id.
fn told(id: impl ToString) -> Answer {
    Answer(id.to_string().into_bytes())
}

fn id<T: std::str::FromStr>(answer: &Answer) -> Result<T, Refusal> {
    let text = String::from_utf8_lossy(&answer.0);
    text.parse().map_err(|_| Refusal::invalid("/id", Reason::new("not_an_id", format!("{text} is no id"))))
}
