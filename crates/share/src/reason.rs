//! Why a record is withheld. The code is the same on pages, in the API and on the command line;
//! its sentence in English and French is in `locales/*/reasons.ftl` under `reason-<code>`.

use std::fmt;

/// One reason. Later variants come closer to a release, so that of several agreements the most telling
/// reason is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The record belongs to another realm (I6).
    OtherRealm,
    /// The node's own bookkeeping.
    OwnBookkeeping,
    /// It carries no marking.
    MarkingMissing,
    /// It carries a marking this node does not know.
    MarkingUnknown,
    /// TLP:RED without named recipients.
    RedWithoutRecipients,
    /// The receiver is not among the named recipients.
    NotNamed,
    /// The receiver is not a member of the group.
    NotInGroup,
    /// The receiver is cleared for less.
    AboveClearance,
    /// It is published under no agreement.
    NotPublished,
    /// The agreement is not known here.
    AgreementUnknown,
    /// Not every party has signed it.
    AgreementUnsigned,
    /// Its time has not begun.
    AgreementNotYetActive,
    /// Its time is over.
    AgreementExpired,
    /// A party has withdrawn from it.
    AgreementWithdrawn,
    /// The author is not a party to it.
    AuthorNotParty,
    /// The receiver is not a party to it, nor served under it.
    NotParty,
    /// No grant covers this kind or type between these parties.
    NotGranted,
    /// Its marking is above what the grant lets through.
    AboveGrant,
    /// The grant does not let the holder pass it on this far.
    OnwardNotGranted,
    /// TLP:AMBER+STRICT stays in the recipient's organisation.
    OrganisationOnly,
    /// TLP:AMBER goes to the organisation and its clients.
    ClientsOnly,
    /// TLP:GREEN stays in the community.
    CommunityOnly,
}

impl Reason {
    /// Every reason, in order.
    pub const ALL: [Reason; 22] = [
        Reason::OtherRealm,
        Reason::OwnBookkeeping,
        Reason::MarkingMissing,
        Reason::MarkingUnknown,
        Reason::RedWithoutRecipients,
        Reason::NotNamed,
        Reason::NotInGroup,
        Reason::AboveClearance,
        Reason::NotPublished,
        Reason::AgreementUnknown,
        Reason::AgreementUnsigned,
        Reason::AgreementNotYetActive,
        Reason::AgreementExpired,
        Reason::AgreementWithdrawn,
        Reason::AuthorNotParty,
        Reason::NotParty,
        Reason::NotGranted,
        Reason::AboveGrant,
        Reason::OnwardNotGranted,
        Reason::OrganisationOnly,
        Reason::ClientsOnly,
        Reason::CommunityOnly,
    ];

    /// The code, in kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Reason::OtherRealm => "other-realm",
            Reason::OwnBookkeeping => "own-bookkeeping",
            Reason::MarkingMissing => "marking-missing",
            Reason::MarkingUnknown => "marking-unknown",
            Reason::RedWithoutRecipients => "red-without-recipients",
            Reason::NotNamed => "not-named",
            Reason::NotInGroup => "not-in-group",
            Reason::AboveClearance => "above-clearance",
            Reason::NotPublished => "not-published",
            Reason::AgreementUnknown => "agreement-unknown",
            Reason::AgreementUnsigned => "agreement-unsigned",
            Reason::AgreementNotYetActive => "agreement-not-yet-active",
            Reason::AgreementExpired => "agreement-expired",
            Reason::AgreementWithdrawn => "agreement-withdrawn",
            Reason::AuthorNotParty => "author-not-party",
            Reason::NotParty => "not-party",
            Reason::NotGranted => "not-granted",
            Reason::AboveGrant => "above-grant",
            Reason::OnwardNotGranted => "onward-not-granted",
            Reason::OrganisationOnly => "organisation-only",
            Reason::ClientsOnly => "clients-only",
            Reason::CommunityOnly => "community-only",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
