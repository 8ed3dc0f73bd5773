//! The permissions of this pillar.

use desk::local::Role;

/// Whom incidents concern: everybody but the press desk.
const CONCERNED: &[Role] = &[
    Role::Officer,
    Role::Analyst,
    Role::Compliance,
    Role::ProductSecurity,
    Role::Policy,
    Role::Observer,
    Role::Guest,
    Role::Administrator,
    Role::Auditor,
];
/// Who keeps an incident's file.
const KEEPERS: &[Role] = &[Role::Officer, Role::Analyst, Role::Compliance, Role::ProductSecurity];

desk::permissions! {
    /// See incidents and what is due for them.
    IncidentRead = "notify incident read", CONCERNED;
    /// Open an incident.
    IncidentOpen = "notify incident open", KEEPERS;
    /// State what became known of an incident.
    FactState = "notify fact state", KEEPERS;
    /// Decide what the law leaves to people: significant, major, severe.
    IncidentDetermine = "notify incident determine", &[Role::Officer, Role::Compliance], sensitive;
    /// Note what was really submitted to an authority.
    StageSubmit = "notify stage submit", &[Role::Officer, Role::Compliance, Role::ProductSecurity], sensitive;
    /// See what others reported to this authority, and what was handed on.
    ReportRead = "notify report read", CONCERNED;
    /// Look after a report: write it down, assess it, answer, ask, hold it back, close it.
    ReportHandle = "notify report handle", &[Role::Officer, Role::Analyst, Role::Compliance];
    /// See by which methods risk is assessed, and by whom.
    MethodRead = "notify method read", CONCERNED;
    /// Say how this party assesses risk.
    MethodDeclare = "notify method declare", &[Role::Officer, Role::Compliance, Role::Policy];
    /// Hand a report on to other parties, or warn them.
    ReportForward = "notify report forward", &[Role::Officer], sensitive;
    /// Write down which public bodies have pledged not to pay ransoms.
    PledgeEndorse = "notify pledge endorse", &[Role::Officer, Role::Policy], sensitive;
}
