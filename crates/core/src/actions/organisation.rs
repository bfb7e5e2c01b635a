//! The organisation's own settings.

use super::{
    ActionError, Caller, Command, Context, DirectoryDecision, Refusal, change_directory,
    directory::{Decided, expect_permitted, expect_version},
};
use crate::{
    Name, Organisation, Reason,
    journal::{DirectoryChange, Operation},
    policy::{Action, Target},
    store::Answer,
    time::{FirstDayOfWeek, Zone},
};

/// The longest week there is, in seconds: nobody can be expected to work more.
pub const LONGEST_WEEK_TARGET_SECONDS: u32 = 7 * 86_400;

/// What changes in the organisation; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationEdit {
    /// Its name.
    pub name: Option<Name>,
    /// The zone that new members start with; members who are there keep theirs.
    pub time_zone: Option<Zone>,
    /// Where its weeks begin: totals of weeks are views, so weeks of the past are cut anew too.
    pub first_day_of_week: Option<FirstDayOfWeek>,
    /// What a member is expected to work in a week, in seconds.
    pub week_target_seconds: Option<u32>,
}

/// Changes the organisation.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::Stale`]; [`Refusal::Invalid`] for a target of more than a week.
pub async fn edit_organisation(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    expected_version: u32,
    edit: &OrganisationEdit,
    render: impl Fn(&Organisation) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteOrganisation, Target::Organisation)?;
    change_directory(context, caller, command, context.time.now(), |directory| {
        expect_permitted(directory, caller, Action::WriteOrganisation, Target::Organisation)?;
        let Decided { after, changes } = edited(&directory.organisation, expected_version, edit)?;
        Ok(DirectoryDecision { operation: Operation::OrganisationEdit, changes, answer: render(&after) })
    })
    .await
}

fn edited(
    before: &Organisation,
    expected_version: u32,
    edit: &OrganisationEdit,
) -> Result<Decided<Organisation>, Refusal> {
    expect_version(before.version, expected_version)?;
    let mut after = before.clone();
    after.name = edit.name.clone().unwrap_or(after.name);
    after.time_zone = edit.time_zone.clone().unwrap_or(after.time_zone);
    after.first_day_of_week = edit.first_day_of_week.unwrap_or(after.first_day_of_week);
    after.week_target_seconds = edit.week_target_seconds.unwrap_or(after.week_target_seconds);
    if after.week_target_seconds > LONGEST_WEEK_TARGET_SECONDS {
        return Err(Refusal::invalid(
            "/week_target_seconds",
            Reason::new("week_target_too_long", "must be at most 604800, the seconds of a week"),
        ));
    }
    if after == *before {
        return Ok(Decided::unchanged(after));
    }
    after.version += 1;
    Ok(Decided::edited(before, after, DirectoryChange::Organisation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::example::directory;

    #[test]
    fn a_week_target_is_at_most_a_week() {
        let before = directory().organisation;
        let target = |seconds| OrganisationEdit { week_target_seconds: Some(seconds), ..Default::default() };
        for seconds in [0, 604_800] {
            let decided = edited(&before, 1, &target(seconds)).expect("a possible week");
            assert_eq!((decided.after.week_target_seconds, decided.after.version), (seconds, 2));
            let revision = crate::journal::Revision { before: Some(before.clone()), after: decided.after };
            assert_eq!(decided.changes, [DirectoryChange::Organisation(revision)]);
        }
        let refusal = edited(&before, 1, &target(604_801)).expect_err("longer than a week");
        assert!(matches!(refusal, Refusal::Invalid(errors) if errors[0].pointer == "/week_target_seconds"));
    }

    #[test]
    fn a_stale_edit_is_refused_and_one_that_changes_nothing_leaves_no_record() {
        let before = directory().organisation;
        let rename = OrganisationEdit { name: Some(before.name.clone()), ..Default::default() };
        assert_eq!(edited(&before, 2, &rename), Err(Refusal::Stale { current: 1 }));
        assert_eq!(edited(&before, 1, &rename), Ok(Decided::unchanged(before)));
    }
}
