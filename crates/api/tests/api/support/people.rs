//! Who there is: two organisations, one of them with somebody in each role.

use vibesheets_api::ApiState;
use vibesheets_core::{
    AccountId, CommandId, Email, Member, MemberId, Membership, Name, PasswordHash, Role, SignIn,
    actions::{
        Caller, Command,
        accounts::{begin_session, caller_of},
        invitations::InvitationToken,
        members::{MemberEdit, NewMember, create_member, edit_member},
        sign_up::{self, SignUp, SignedUp, accept_invitation, open_organisation, set_up},
    },
    journal::Hash,
    store::Answer,
    time::Zone,
};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";
/// Its hash, so that no test waits for one to be made.
const HASH: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$He3oJknbJHjyjEeBIIkh3g$tPhIipqFh+ub8P8K2q4zrEvlUMkGfM0eqg6FaSauR6M";

/// Somebody with a sign-in.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    pub account: AccountId,
    pub membership: Membership,
}

/// Makes the store's first organisation with its owner, or another one.
pub async fn found(state: &ApiState, name: &str, is_first: bool) -> Person {
    let (context, command) = (state.context(), command(state).id);
    let sign_up = person(name);
    let organisation = Name::new(&format!("{name}’s")).expect("a name");
    let signed_up = if is_first {
        set_up(context, command, &sign_up, &organisation).await
    } else {
        open_organisation(context, command, &sign_up, &organisation).await
    };
    joined(signed_up.expect("an organisation"))
}

/// Invites somebody and lets them join.
pub async fn join(state: &ApiState, owner: Person, name: &str, role: Role) -> Person {
    let token = invite(state, owner, name, role).await;
    let signed_up =
        accept_invitation(state.context(), command(state).id, &person(name), &state.invitations, &token)
            .await;
    joined(signed_up.expect("joined"))
}

/// The token of an invitation.
pub async fn invite(state: &ApiState, owner: Person, name: &str, role: Role) -> String {
    let context = state.context();
    let caller = caller(state, owner).await;
    let invited = NewMember {
        name: Name::new(name).expect("a name"),
        email: Some(email(name)),
        role,
        time_zone: Some(vienna()),
    };
    let organisation = caller.organisation.id;
    let answer =
        create_member(context, &caller, command(state), &state.invitations, &invited, |_, invitation| {
            let invitation = invitation.expect("an address was given").id;
            Answer(InvitationToken::of(&state.invitations, organisation, invitation).to_string().into_bytes())
        });
    let Answer(token) = answer.await.expect("an invitation");
    String::from_utf8(token).expect("text")
}

/// Archives a member.
pub async fn archive(state: &ApiState, owner: Person, id: MemberId) {
    let caller = caller(state, owner).await;
    let scope = caller.scope();
    let member = state.store.find_member(&scope, id).await.expect("the store works").expect("a member");
    let edit = MemberEdit { archived: Some(true), ..MemberEdit::default() };
    let render = |_: &Member, _: SignIn| Answer(Vec::new());
    edit_member(state.context(), &caller, command(state), id, member.version, &edit, render)
        .await
        .expect("archived");
}

/// A token of a new session.
pub async fn token(state: &ApiState, person: Person) -> String {
    let account = state.store.find_account(person.account).await.expect("the store works");
    let account = account.expect("an account");
    let session = begin_session(state.context(), &account, person.membership, "test").await;
    state.tokens.issue(&session.expect("the store works").expect("a session"))
}

/// Who asks, for calling core's actions directly.
pub async fn caller(state: &ApiState, person: Person) -> Caller {
    let caller = caller_of(state.context(), person.account, person.membership).await;
    caller.expect("the store works").expect("a member")
}

/// A command that nobody will repeat.
pub fn command(state: &ApiState) -> Command {
    let id = CommandId::generate(state.time.now(), &*state.random);
    Command { id, digest: Hash::ZERO, may_be_repeated: false }
}

fn person(name: &str) -> SignUp {
    SignUp {
        person: sign_up::Person::New { email: email(name), password: PasswordHash(HASH.to_owned()) },
        name: Name::new(name).expect("a name"),
        time_zone: vienna(),
        locale: None,
    }
}

fn joined(SignedUp { account, membership }: SignedUp) -> Person {
    Person { account: account.id, membership }
}

fn email(name: &str) -> Email {
    Email::new(&format!("{}@example.com", name.to_lowercase())).expect("an address")
}

fn vienna() -> Zone {
    Zone::named("Europe/Vienna").expect("a zone")
}
