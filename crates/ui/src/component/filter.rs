//! Narrowing a list: a GET form, so every state has a URL to share.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::{Locale, t};

/// One filter.
#[derive(Debug, Clone)]
pub enum Filter<'a> {
    /// One of several values; the first option is usually "all", with an empty value.
    Select {
        /// The parameter.
        name: &'a str,
        /// What it narrows.
        label: Cow<'a, str>,
        /// `(value, text)`.
        options: Vec<(Cow<'a, str>, Cow<'a, str>)>,
        /// The value in force.
        value: Cow<'a, str>,
    },
    /// The same of names that others gave, each in its own language.
    Names {
        /// The parameter.
        name: &'a str,
        /// What it narrows.
        label: Cow<'a, str>,
        /// What stands for no choice, with an empty value.
        all: Cow<'a, str>,
        /// Each name.
        options: Vec<Name>,
        /// The value in force.
        value: Cow<'a, str>,
    },
    /// Free text.
    Text {
        /// The parameter.
        name: &'a str,
        /// What it narrows.
        label: Cow<'a, str>,
        /// The value in force.
        value: Cow<'a, str>,
    },
    /// A day.
    Date {
        /// The parameter.
        name: &'a str,
        /// What it narrows.
        label: Cow<'a, str>,
        /// The value in force, `2026-11-25`.
        value: Cow<'a, str>,
    },
}

/// A name to choose.
#[derive(Debug, Clone)]
pub struct Name {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub text: String,
    /// The language of that, where it is not the page's (BCP 47).
    pub language: Option<String>,
}

/// The bar; `keep` are parameters to carry along unchanged, such as the sort order. "Clear" leads to `action`.
pub fn filter_bar(locale: Locale, action: &str, filters: &[Filter<'_>], keep: &[(&str, &str)]) -> Markup {
    html! {
        form.filters method="get" action=(action) aria-label=(t!(locale, "component-filter")) {
            @for (name, value) in keep { input type="hidden" name=(name) value=(value); }
            @for filter in filters { (control(filter)) }
            div.filters-end {
                button.button.button-primary type="submit" { (t!(locale, "action-filter")) }
                a.button.button-quiet href=(action) { (t!(locale, "action-filter-reset")) }
            }
        }
    }
}

fn control(filter: &Filter<'_>) -> Markup {
    html! {
        @match filter {
            Filter::Select { name, label, options, value } => {
                label.filter {
                    span { (label) }
                    select name=(name) {
                        @for (option, text) in options {
                            option value=(option) selected[option == value] { (text) }
                        }
                    }
                }
            }
            Filter::Names { name, label, all, options, value } => {
                label.filter {
                    span { (label) }
                    select name=(name) {
                        option value="" selected[value.is_empty()] { (all) }
                        @for one in options {
                            option value=(one.value) selected[one.value == *value] lang=[one.language.as_deref()] { (one.text) }
                        }
                    }
                }
            }
            Filter::Text { name, label, value } => {
                label.filter { span { (label) } input type="search" name=(name) value=(value) autocomplete="off"; }
            }
            Filter::Date { name, label, value } => {
                label.filter { span { (label) } input type="date" name=(name) value=(value); }
            }
        }
    }
}
