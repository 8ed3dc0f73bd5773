//! The permissions of this pillar.

use desk::access::EVERYBODY;
use desk::local::Role;

desk::permissions! {
    /// Read agreements, as far as the verdict allows.
    AgreementRead = "accord agreement read", EVERYBODY;
    /// Propose an agreement or an amendment.
    AgreementPropose = "accord agreement propose", &[Role::Officer, Role::Policy], sensitive;
    /// Sign for the party.
    AgreementSign = "accord agreement sign", &[Role::Officer], sensitive;
    /// Leave an agreement.
    AgreementWithdraw = "accord agreement withdraw", &[Role::Officer], sensitive;
}
