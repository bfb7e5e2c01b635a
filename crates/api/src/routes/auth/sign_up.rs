//! Signing up: a new organisation, or an invited member's sign-in.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    CommandId, Email, Name, Reason,
    actions::{
        ActionError, Refusal,
        accounts::caller_of,
        invitations::find_invitation,
        sign_up::{self, Person, SignedUp},
    },
    time::Zone,
};

use crate::{
    ApiState, SignUpMode, answer,
    auth::{Credentials, Guesser, SameSite, begin_session, limited, prove},
    dto::{LocaleDto, MeDto, Password},
    extract::Change,
    problem::{Code, Problem},
};

/// Who signs up, and where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUpBody {
    /// Their address; one account each in the whole store.
    #[schema(value_type = String, format = Email)]
    email: Email,
    /// 10 to 256 characters; that of the account, where the address has one.
    #[schema(value_type = String, format = Password, min_length = 10, max_length = 256)]
    password: Password,
    /// What they are called.
    #[schema(value_type = String, max_length = 120, example = "Ada Lovelace")]
    name: Name,
    /// Where their clock runs (IANA).
    #[schema(value_type = String, example = "Europe/Vienna")]
    time_zone: Zone,
    /// The new organisation's name; not with an invitation, which names one.
    #[schema(value_type = Option<String>, max_length = 120, example = "Analytical Engines")]
    organisation: Option<Name>,
    /// The code that the server printed when it started, where `GET /auth` asks for it.
    setup_code: Option<String>,
    /// The token of an invitation's link.
    invitation: Option<String>,
    /// Their language.
    locale: Option<LocaleDto>,
}

/// Sign up
///
/// The first on an empty store becomes its owner. A sign-up is not repeated by its `Idempotency-Key`: the address has
/// an account then, so sign in.
#[utoipa::path(
    post,
    path = "/auth/signup",
    operation_id = "sign_up",
    tag = "auth",
    security(()),
    request_body = SignUpBody,
    responses((status = 201, description = "Signed up and in: with the session's cookie.", body = MeDto)),
)]
pub async fn sign_up(
    _: SameSite,
    State(state): State<ApiState>,
    guesser: Guesser,
    headers: HeaderMap,
    Change { command, body }: Change<SignUpBody>,
) -> Result<Response, Problem> {
    let place = place(&state, &body).await?;
    let SignedUp { account, membership } = take(&state, &guesser, command.id, body, place).await?;
    let session = begin_session(&state, &account, membership, &headers).await?;
    let caller = caller_of(state.context(), account.id, membership).await?;
    let caller = caller.ok_or_else(|| Problem::internal("a member is gone just after signing up"))?;
    let cookie = [(header::SET_COOKIE, state.cookie.set(&state.tokens.issue(&session)))];
    let me = MeDto::new(&account, &caller.member, &caller.organisation, &session);
    Ok((StatusCode::CREATED, cookie, answer::json(&me)).into_response())
}

/// Where a new sign-in belongs.
enum Place {
    First(Name),
    Another(Name),
    Invited(String),
}

/// Settles who may come in before a password is hashed, which is dear.
async fn place(state: &ApiState, body: &SignUpBody) -> Result<Place, Problem> {
    if let Some(token) = &body.invitation {
        if body.organisation.is_some() {
            return Err(Problem::invalid_field(
                "/organisation",
                Reason::new("named_by_invitation", "is named by the invitation; leave it out"),
            ));
        }
        find_invitation(state.context(), &state.invitations, token).await?;
        return Ok(Place::Invited(token.clone()));
    }
    let is_empty = state.store.is_empty().await?;
    if !is_empty && state.settings.sign_up == SignUpMode::Invite {
        return Err(Problem::new(
            Code::Forbidden,
            "New people are invited here; ask an admin for an invitation.",
        ));
    }
    let name = body.organisation.clone();
    let name =
        name.ok_or_else(|| Problem::invalid_field("/organisation", Reason::new("missing", "is missing")))?;
    if !is_empty {
        return Ok(Place::Another(name));
    }
    match &state.settings.setup_code {
        Some(code) if !body.setup_code.as_deref().is_some_and(|typed| code.is(typed)) => {
            Err(Problem::invalid_field(
                "/setup_code",
                Reason::new("wrong_setup_code", "is not the code that the server printed when it started"),
            ))
        }
        _ => Ok(Place::First(name)),
    }
}

async fn take(
    state: &ApiState,
    guesser: &Guesser,
    command: CommandId,
    body: SignUpBody,
    place: Place,
) -> Result<SignedUp, Problem> {
    let sign_up = sign_up::SignUp {
        person: person(state, guesser, body.email, body.password).await?,
        name: body.name,
        time_zone: body.time_zone,
        locale: body.locale.map(Into::into),
    };
    let context = state.context();
    let is_open = state.settings.sign_up == SignUpMode::Open;
    Ok(match place {
        Place::First(organisation) => {
            match sign_up::set_up(context, command, &sign_up, &organisation).await {
                // Somebody else was first just now; where anyone may come in, that takes nothing from whoever is second.
                Err(ActionError::Refused(Refusal::NotAllowed(_))) if is_open => {
                    sign_up::open_organisation(context, command, &sign_up, &organisation).await
                }
                outcome => outcome,
            }
        }
        Place::Another(organisation) => {
            sign_up::open_organisation(context, command, &sign_up, &organisation).await
        }
        Place::Invited(token) => {
            sign_up::accept_invitation(context, command, &sign_up, &state.invitations, &token).await
        }
    }?)
}

/// Somebody with an account proves its password; core refuses an address whose password was not proven.
async fn person(
    state: &ApiState,
    guesser: &Guesser,
    email: Email,
    Password(password): Password,
) -> Result<Person, Problem> {
    let credentials = Credentials { email: email.clone(), password: password.clone() };
    if state.store.find_account_by_email(&email).await?.is_some()
        && let Some(account) =
            limited(state, &guesser.signing_in(state, &email), prove(state, guesser, credentials)).await?
    {
        return Ok(Person::Existing(account));
    }
    let password = state.passwords.hash(guesser.address(), password, &*state.random).await?;
    Ok(Person::New { email, password })
}
