//! The columns that exist, and what each tool calls them.

use crate::variant::{Tool, Variant};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    User,
    Email,
    Group,
    Client,
    Project,
    Task,
    Description,
    Tags,
    Kind,
    Billable,
    Invoiced,
    InvoiceId,
    Approval,
    ApprovedBy,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    DurationDecimal,
    BillableRate,
    Amount,
    DateOfCreation,
}

impl Column {
    pub(crate) fn heading(self, variant: &Variant) -> String {
        let (toggl, clockify) = match self {
            Self::User => ("User", "User"),
            Self::Email => ("Email", "Email"),
            Self::Group => ("Group", "Group"),
            Self::Client => ("Client", "Client"),
            Self::Project => ("Project", "Project"),
            Self::Task => (variant.task_heading, variant.task_heading),
            Self::Description => ("Description", "Description"),
            Self::Tags => ("Tags", "Tags"),
            Self::Kind => ("Type", "Type"),
            Self::Billable => ("Billable", "Billable"),
            Self::Invoiced => ("Invoiced", "Invoiced"),
            Self::InvoiceId => ("Invoice ID", "Invoice ID"),
            Self::Approval => ("Approval", "Approval"),
            Self::ApprovedBy => ("Approved by", "Approved by"),
            Self::StartDate => ("Start date", "Start Date"),
            Self::StartTime => ("Start time", "Start Time"),
            Self::EndDate => ("End date", "End Date"),
            Self::EndTime => ("End time", "End Time"),
            Self::Duration => ("Duration", "Duration (h)"),
            Self::DurationDecimal => ("Duration (decimal)", "Duration (decimal)"),
            Self::DateOfCreation => ("Date of creation", "Date of creation"),
            Self::BillableRate | Self::Amount => return self.money_heading(variant),
        };
        match variant.tool {
            Tool::Toggl => toggl.to_owned(),
            Tool::Clockify => clockify.to_owned(),
        }
    }

    fn money_heading(self, variant: &Variant) -> String {
        let what = match (variant.tool, self) {
            (Tool::Toggl, _) => "Amount",
            (Tool::Clockify, Self::BillableRate) => "Billable Rate",
            (Tool::Clockify, _) => "Billable Amount",
        };
        format!("{what} ({})", variant.currency)
    }
}
