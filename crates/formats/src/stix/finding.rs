//! What a validator has to say about an object: severity, place, clause and a stable code.

use std::fmt;

use serde::Serialize;

/// How bad a finding is. `Error` quarantines the object; the rest annotate it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing: custom content, a word outside an open vocabulary.
    Info,
    /// Against a SHOULD, or against a MUST that the field at large breaks without harm.
    Warning,
    /// Against a MUST: the object is kept raw in quarantine and goes nowhere.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where: JSON pointer (RFC 6901) into the object; empty for the object as a whole.
    pub pointer: String,
    /// The section of STIX 2.1 (errata 01) that says so, such as `§4.7.1`.
    pub clause: &'static str,
    /// Stable kebab-case name of the rule.
    pub code: &'static str,
    /// What happened and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(f, "{severity} {place}: {} [{}, STIX 2.1 {}]", self.message, self.code, self.clause)
    }
}

/// A place inside an object, kept on the stack; the pointer is written only for a finding.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'p> {
    Root,
    Key(&'p Place<'p>, &'p str),
    Item(&'p Place<'p>, usize),
}

impl<'p> Place<'p> {
    pub(crate) const fn key(&'p self, key: &'p str) -> Place<'p> {
        Place::Key(self, key)
    }

    pub(crate) const fn item(&'p self, index: usize) -> Place<'p> {
        Place::Item(self, index)
    }

    pub(crate) fn pointer(&self) -> String {
        match self {
            Place::Root => String::new(),
            Place::Key(parent, key) => {
                format!("{}/{}", parent.pointer(), key.replace('~', "~0").replace('/', "~1"))
            }
            Place::Item(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }
}

/// Collects findings up to a bound.
#[derive(Debug)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    most: usize,
}

impl Findings {
    pub(crate) const fn new(most: usize) -> Self {
        Self { list: Vec::new(), most }
    }

    pub(crate) fn add(
        &mut self,
        severity: Severity,
        place: &Place<'_>,
        clause: &'static str,
        code: &'static str,
        message: impl Into<String>,
    ) {
        if self.list.len() < self.most || severity == Severity::Error {
            let (pointer, message) = (place.pointer(), message.into());
            self.push(Finding { severity, pointer, clause, code, message });
        } else {
            self.cut();
        }
    }

    /// Errors displace what is less bad, so that a flood of remarks never hides one.
    fn push(&mut self, finding: Finding) {
        if self.list.len() < self.most {
            self.list.push(finding);
        } else if let Some(lesser) =
            self.list[..self.most].iter_mut().rev().find(|kept| kept.severity < finding.severity)
        {
            *lesser = finding;
            self.cut();
        } else {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.list.last().is_some_and(|last| last.code != "more-findings") {
            self.list.push(Finding {
                severity: Severity::Info,
                pointer: String::new(),
                clause: "§1.1",
                code: "more-findings",
                message: format!("more than {} findings; the rest is not listed", self.most),
            });
        }
    }
}
