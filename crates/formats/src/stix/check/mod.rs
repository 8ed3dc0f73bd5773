//! Reads the tables of [`super::schema`] against a document and collects findings.

mod bundle;
mod container;
mod extensions;
mod forms;
mod granular;
mod marking;
mod object;
mod relationship;
mod rules;
mod value;

pub use bundle::check_bundle_head;
pub(crate) use object::check_object;

use super::finding::{Findings, Place, Severity};

/// State of one check.
pub(crate) struct Check<'f> {
    pub findings: &'f mut Findings,
    /// A STIX 2.0 object is held to the tables of 2.1 only as a hint: errors become warnings.
    pub lenient: bool,
    /// Inside the deprecated container, where references are keys and objects have no id.
    pub in_container: bool,
    /// The object says that its values are defanged, so their form proves nothing.
    pub defanged: bool,
}

impl Check<'_> {
    fn error(
        &mut self,
        place: &Place<'_>,
        clause: &'static str,
        code: &'static str,
        message: impl Into<String>,
    ) {
        let severity = if self.lenient { Severity::Warning } else { Severity::Error };
        self.findings.add(severity, place, clause, code, message);
    }

    fn warning(
        &mut self,
        place: &Place<'_>,
        clause: &'static str,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.findings.add(Severity::Warning, place, clause, code, message);
    }

    fn info(
        &mut self,
        place: &Place<'_>,
        clause: &'static str,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.findings.add(Severity::Info, place, clause, code, message);
    }
}

/// The first characters of somebody else's text, for a message.
fn excerpt(text: &str) -> String {
    let mut out: String = text.chars().take(60).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
