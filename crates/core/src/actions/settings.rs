//! What members set for themselves.

use super::{
    ActionError, Caller, Command, Context, DirectoryDecision, change_directory,
    directory::{Decided, expect_permitted},
};
use crate::{
    DurationFormat, Locale, Member, Name, Organisation,
    journal::{DirectoryChange, Operation},
    policy::{Action, Target},
    store::Answer,
    time::Zone,
};

/// What changes; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsEdit {
    /// What they are called.
    pub name: Option<Name>,
    /// Where their clock runs from now on; entries keep the zone they were made in.
    pub time_zone: Option<Zone>,
    /// Their language.
    pub locale: Option<Locale>,
    /// How they read durations.
    pub duration_format: Option<DurationFormat>,
}

/// Changes the caller's own settings, whatever their version: nobody else changes these, and each is replaced whole.
/// `render` gets the caller and their organisation as they are from now on.
///
/// # Errors
/// [`Refusal::Forbidden`](super::Refusal::Forbidden), or the store's error.
pub async fn edit_settings(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    edit: &SettingsEdit,
    render: impl Fn(&Member, &Organisation) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    let own = Target::Member(caller.member.id);
    caller.authorize(Action::WriteOwnSettings, own)?;
    change_directory(context, caller, command, context.time.now(), |directory| {
        let before = expect_permitted(directory, caller, Action::WriteOwnSettings, own)?;
        let Decided { after, changes } = edited(before, edit);
        let answer = render(&after, &directory.organisation);
        Ok(DirectoryDecision { operation: Operation::MemberEdit, changes, answer })
    })
    .await
}

fn edited(before: &Member, edit: &SettingsEdit) -> Decided<Member> {
    let mut after = before.clone();
    after.name = edit.name.clone().unwrap_or(after.name);
    after.time_zone = edit.time_zone.clone().unwrap_or(after.time_zone);
    after.locale = edit.locale.unwrap_or(after.locale);
    after.duration_format = edit.duration_format.unwrap_or(after.duration_format);
    if after == *before {
        return Decided::unchanged(after);
    }
    after.version += 1;
    Decided::edited(before, after, DirectoryChange::Member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Role, actions::example::member};

    #[test]
    fn settings_that_are_not_named_stay_and_the_version_counts() {
        let before = member(1, Role::Member);
        let edit = SettingsEdit { locale: Some(Locale::De), ..Default::default() };
        let decided = edited(&before, &edit);
        assert_eq!(decided.after, Member { locale: Locale::De, version: 2, ..before.clone() });
        assert_eq!(decided.changes.len(), 1);
        assert_eq!(edited(&decided.after, &edit), Decided::unchanged(decided.after));
    }
}
