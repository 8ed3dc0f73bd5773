//! A form field with its label, hint and error, tied together for screen readers.

use std::borrow::Cow;

use maud::{Markup, html};

use super::{Tone, alert, said};
use crate::{Locale, icon, t};

/// What may be entered.
#[derive(Debug, Clone, Default)]
pub enum FieldKind<'a> {
    /// A line of text.
    #[default]
    Text,
    /// A secret; never shown again.
    Password,
    /// Several lines.
    Area,
    /// A whole number.
    Number,
    /// A day and time, in UTC.
    Moment,
    /// A day and time where the reader is.
    Local,
    /// A file.
    File,
    /// Yes or no.
    Check,
    /// One of `(value, text)`.
    Select(Vec<(Cow<'a, str>, Cow<'a, str>)>),
}

/// One field.
#[derive(Debug, Clone, Default)]
pub struct Field<'a> {
    /// The parameter, and the id.
    pub name: &'a str,
    /// What to enter.
    pub label: Cow<'a, str>,
    /// The value so far.
    pub value: Cow<'a, str>,
    /// What kind of value.
    pub kind: FieldKind<'a>,
    /// How to enter it; empty for none.
    pub hint: Cow<'a, str>,
    /// What is wrong with it; empty for nothing.
    pub error: Cow<'a, str>,
    /// True when it may not be empty.
    pub required: bool,
    /// The language of the value, where it is not the page's (BCP 47).
    pub language: Option<Cow<'a, str>>,
    /// The `autocomplete` token ("username"), if any.
    pub autocomplete: Option<&'a str>,
}

/// The field. Optional ones say so; required ones are the rule.
pub fn field(locale: Locale, field: &Field<'_>) -> Markup {
    let check = matches!(field.kind, FieldKind::Check);
    let wrong = !field.error.is_empty();
    html! {
        div class={ "field" @if check { " field-check" } @if wrong { " field-wrong" } } {
            label for=(field.name) {
                (field.label)
                @if !field.required && !check { span.muted { " (" (t!(locale, "word-optional")) ")" } }
            }
            @if !field.hint.is_empty() { p.field-hint id={ (field.name) "-hint" } { (field.hint) } }
            @if wrong {
                p.field-error id={ (field.name) "-error" } { (icon(Tone::Err.icon())) span { (said(&field.error)) } }
            }
            (input(field))
        }
    }
}

/// What stands above a form with errors: each one leads to its field.
pub fn error_summary(locale: Locale, fields: &[Field<'_>]) -> Markup {
    let wrong: Vec<_> = fields.iter().filter(|f| !f.error.is_empty()).collect();
    if wrong.is_empty() {
        return html! {};
    }
    let list = html! { ul { @for f in &wrong { li { a href={ "#" (f.name) } { (f.label) } " – " (said(&f.error)) } } } };
    alert(Tone::Err, &t!(locale, "component-error-summary", count = wrong.len()), list)
}

fn input(field: &Field<'_>) -> Markup {
    let mut described = Vec::new();
    if !field.hint.is_empty() {
        described.push(format!("{}-hint", field.name));
    }
    if !field.error.is_empty() {
        described.push(format!("{}-error", field.name));
    }
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = (!field.error.is_empty()).then_some("true");
    let language = field.language.as_deref().filter(|language| !language.is_empty());
    html! {
        @match &field.kind {
            FieldKind::Area => {
                textarea id=(field.name) name=(field.name) rows="8" required[field.required] lang=[language]
                    aria-describedby=[described] aria-invalid=[invalid] { (field.value) }
            }
            FieldKind::Select(options) => {
                select id=(field.name) name=(field.name) required[field.required]
                    aria-describedby=[described] aria-invalid=[invalid] {
                    @for (value, text) in options { option value=(value) selected[*value == field.value] { (text) } }
                }
            }
            FieldKind::Check => {
                input id=(field.name) name=(field.name) type="checkbox" value="on" checked[field.value == "on"]
                    aria-describedby=[described] aria-invalid=[invalid];
            }
            _ => {
                // A secret or a file that was sent once is not sent back.
                input id=(field.name) name=(field.name) type=(input_type(&field.kind)) required[field.required]
                    value=[echoes(&field.kind).then_some(&field.value)] autocomplete=[field.autocomplete] lang=[language]
                    aria-describedby=[described] aria-invalid=[invalid];
            }
        }
    }
}

fn echoes(kind: &FieldKind<'_>) -> bool {
    !matches!(kind, FieldKind::Password | FieldKind::File)
}

fn input_type(kind: &FieldKind<'_>) -> &'static str {
    match kind {
        FieldKind::Password => "password",
        FieldKind::Number => "number",
        FieldKind::Moment | FieldKind::Local => "datetime-local",
        FieldKind::File => "file",
        FieldKind::Check => "checkbox",
        FieldKind::Text | FieldKind::Area | FieldKind::Select(_) => "text",
    }
}
