//! Ransomware: the gate before a payment, screening against sanctions lists, figures without names, and the incident in
//! the forms of others.

mod figures;
mod forms;
mod gate;
mod likeness;
mod lists;
mod screen;
pub mod shelf;
mod xml_lists;

pub use figures::{Figures, figures, figures_of};
pub use forms::{misp, stix};
pub use gate::{Bar, bars};
pub use lists::{Entry, List, ListError, read_list, read_list_from};
pub use screen::{look_for, screen, screenings};

/// The question whose answer is a payment.
pub const PAY: &str = "pay_ransom";
/// The decision of a senior person to pay against the pledge.
pub const OVERRIDE_PLEDGE: &str = "pledge_override";
/// The decision that what a sanctions list holds is somebody else.
pub const CLEARED: &str = "sanctions_cleared";
