//! The permissions of the node's own pages.

use super::{EVERYBODY, STAFF};
use crate::local::Role;

crate::permissions! {
    /// See the overview and be told what changes.
    OverviewRead = "node overview read", EVERYBODY;
    /// Search everything, each room as far as its own permission goes, and keep searches.
    EverythingFind = "node everything find", EVERYBODY;
    /// See one's own account, sessions and tokens, and change how one signs in.
    OwnAccount = "account self manage", EVERYBODY;
    /// See one's own notices, and say how one wants to be told.
    NoticeRead = "account notice read", EVERYBODY;
    /// Say to which mail address notices go.
    NoticeAddress = "account notice address", EVERYBODY, sensitive;
    /// Say to which URL notices are posted.
    NoticeWebhook = "account notice webhook", STAFF, sensitive;
    /// Change the second factor and passkeys of one's own account.
    FactorChange = "account factor change", EVERYBODY, sensitive;
    /// Issue tokens for programs that act for oneself.
    TokenIssue = "account token issue", EVERYBODY, sensitive;
    /// See parties, and fetch the own card.
    PartyRead = "party card read", EVERYBODY;
    /// Trust a party's card, or trust it no longer.
    PartyTrust = "party card trust", &[Role::Officer], sensitive;
    /// Let consumers in and shut them out.
    ConsumerManage = "party consumer manage", &[Role::Administrator], sensitive;
    /// See how the links are doing.
    LinkRead = "link status read", STAFF;
    /// See the ledger: headers and proofs, and what the verdict releases.
    LedgerRead = "ledger record read", EVERYBODY;
    /// Make, change and close accounts, invite guests, end sessions of others.
    AccountManage = "account person manage", &[Role::Administrator], sensitive;
    /// Read who saw, exported and changed what.
    AuditRead = "audit trail read", &[Role::Compliance, Role::Auditor];
    /// Take that away as a file.
    AuditExport = "audit trail export", &[Role::Auditor], sensitive;
    /// Take access beyond one's role for a while, with a reason, in sight of all.
    GlassBreak = "access glass break",
        &[Role::Officer, Role::Analyst, Role::Compliance, Role::ProductSecurity, Role::Policy], sensitive;
    /// Say for which releases two people are needed.
    ReleaseRule = "release rule set", &[Role::Officer], sensitive;
    /// See what waits for a second person.
    ReleaseRead = "release draft read",
        &[Role::Officer, Role::Analyst, Role::Compliance, Role::ProductSecurity, Role::Auditor];
    /// Approve or refuse what waits, as the second person.
    ReleaseApprove = "release draft approve", &[Role::Officer, Role::Compliance], sensitive;
}
