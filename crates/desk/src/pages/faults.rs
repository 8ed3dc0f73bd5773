//! What is wrong with a form, field by field: the page is shown again with what was entered, and says what to do.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use maud::Markup;

/// Findings on the fields of one form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    /// Notes what is wrong with a field; the first finding on a field is the one shown.
    pub fn say(&mut self, field: impl Into<String>, what: impl Into<String>) {
        self.0.push((field.into(), what.into()));
    }

    /// The same, when `wrong`.
    pub fn check(&mut self, wrong: bool, field: &str, what: impl Into<String>) {
        if wrong {
            self.say(field, what);
        }
    }

    /// What is wrong with `field`; empty for nothing.
    pub fn of(&self, field: &str) -> Cow<'static, str> {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or(Cow::Borrowed(""), |(_, what)| Cow::Owned(what.clone()))
    }

    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The page, with the status that tells programs that the input was wrong.
    pub fn answer(&self, page: Markup) -> Response {
        let status = if self.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        (status, page).into_response()
    }
}
