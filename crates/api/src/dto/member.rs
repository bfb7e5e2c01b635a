//! A member, and the choices they have.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vibesheets_core::{DurationFormat, Email, Locale, Member, MemberId, Name, Role, SignIn};

macro_rules! mirrored {
    ($(#[$doc:meta])* $dto:ident as $shown:ident of $core:ident { $($(#[$variant_doc:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[schema(as = $shown)]
        pub enum $dto {
            $($(#[$variant_doc])* $variant,)+
        }

        impl From<$core> for $dto {
            fn from(value: $core) -> Self {
                match value {
                    $($core::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$dto> for $core {
            fn from(value: $dto) -> Self {
                match value {
                    $($dto::$variant => Self::$variant,)+
                }
            }
        }
    };
}

mirrored! {
    /// What a member may do; each role may do what those before it may.
    RoleDto as Role of Role {
        /// Their own time.
        Member,
        /// Everyone's time, projects, clients and tags.
        Manager,
        /// Members, imports and settings.
        Admin,
        /// Other owners.
        Owner,
    }
}

mirrored! {
    /// The language of the web app.
    LocaleDto as Locale of Locale {
        /// English.
        En,
        /// German.
        De,
    }
}

mirrored! {
    /// How durations are shown.
    DurationFormatDto as DurationFormat of DurationFormat {
        /// `7:45`
        Clock,
        /// `7.75 h`
        Decimal,
    }
}

mirrored! {
    /// How far a member's sign-in has come.
    SignInDto as SignIn of SignIn {
        /// They have none: imported people, until they are invited.
        None,
        /// They hold a link that still works.
        Invited,
        /// They can sign in, unless they are archived.
        Active,
    }
}

/// A person in one organisation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub struct MemberDto {
    /// Their id.
    #[schema(value_type = String, format = "uuid")]
    pub id: MemberId,
    /// What they are called.
    #[schema(value_type = String, example = "Ada Lovelace")]
    pub name: Name,
    /// Where they are invited.
    #[schema(value_type = Option<String>, format = Email, required)]
    pub email: Option<Email>,
    /// What they may do.
    pub role: RoleDto,
    /// Where their clock runs (IANA).
    #[schema(example = "Europe/Vienna")]
    pub time_zone: String,
    /// Their language.
    pub locale: LocaleDto,
    /// How they read durations.
    pub duration_format: DurationFormatDto,
    /// How far their sign-in has come.
    pub sign_in: SignInDto,
    /// Archived members cannot sign in and take no new entries.
    pub archived: bool,
    /// Erased members have lost name, address, sign-in and time, and never come back.
    pub erased: bool,
    /// Counts their changes from 1; their `ETag`.
    pub version: u32,
    /// When they became a member.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl MemberDto {
    /// A member and how far their sign-in has come.
    pub fn new(member: &Member, sign_in: SignIn) -> Self {
        Self {
            id: member.id,
            name: member.name.clone(),
            email: member.email.clone(),
            role: member.role.into(),
            time_zone: member.time_zone.name().to_owned(),
            locale: member.locale.into(),
            duration_format: member.duration_format.into(),
            sign_in: sign_in.into(),
            archived: member.archived,
            erased: member.erased,
            version: member.version,
            created_at: member.created_at,
        }
    }
}
