//! The form of the intake: questions in order of deadline, grouped by the stage that needs them first.

use std::borrow::Cow;

use desk::pages::{Faults, Fields, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use packs::Library;
use serde_json::Value;
use ui::component::{ButtonKind, Field, FieldKind, button, field, time};
use ui::{Locale, t};

use super::conflicts::seen;
use crate::ask::{Ask, AskKind, Need, kind_of, name_of};
use crate::case::Case;
use crate::heads::{heads, typed};
use crate::pages::parameter;
use crate::plan::{Applies, Incident};

/// What the form is drawn from.
pub(super) struct Sheet<'a> {
    pub visitor: &'a Visitor,
    pub library: &'a Library,
    pub case: &'a Case,
    pub incident: &'a Incident,
    /// What was sent and refused, to be shown again.
    pub sent: &'a Fields,
    pub faults: &'a Faults,
}

/// Questions shown at once; the rest waits below.
const FIRST: usize = 8;
/// Zones of States that have several.
const MORE_ZONES: [&str; 7] = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "UTC",
];

/// A name for the parameters of a question, which may also be an id.
pub(in crate::pages) fn slug(key: &str) -> String {
    key.chars().map(|c| if c.is_ascii_alphanumeric() || "_.".contains(c) { c } else { '-' }).collect()
}

/// The form with every question.
pub(super) fn form(sheet: &Sheet<'_>, asks: &[Ask]) -> Markup {
    let locale = sheet.visitor.locale;
    let (csrf, token) = sheet.visitor.csrf();
    let action = format!("/notify/incidents/{}/intake", sheet.case.id);
    let edited = edited(sheet);
    let shown: Vec<&Ask> = edited
        .iter()
        .chain(asks.iter().filter(|ask| edited.as_ref().is_none_or(|one| one.key != ask.key)))
        .collect();
    let first = shown.len().min(FIRST);
    if shown.is_empty() {
        return html! { p { (t!(locale, "notify-intake-nothing")) } };
    }
    html! {
        form.form method="post" action=(action) data-autosave=(t!(locale, "notify-autosave-lost")) {
            input type="hidden" name=(csrf) value=(token);
            @for group in groups(&shown[..first]) { (group_of(sheet, group)) }
            @if shown.len() > first {
                details {
                    summary { (t!(locale, "notify-intake-later", count = shown.len() - first)) }
                    @for group in groups(&shown[first..]) { (group_of(sheet, group)) }
                }
            }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "notify-save-on")))
                span.muted role="status" data-autosave-note { }
            }
        }
    }
}

/// What `?edit=` asks to correct.
fn edited(sheet: &Sheet<'_>) -> Option<Ask> {
    let key = parameter(sheet.visitor, "edit")?;
    let key = sheet.library.words.canonical(&key);
    let known = !heads(sheet.case, sheet.library, key).is_empty();
    known.then(|| Ask {
        key: key.to_owned(),
        name: name_of(sheet.library, key),
        kind: kind_of(sheet.library, key),
        need: Need::Place,
        stage: None,
        title: None,
        due: None,
    })
}

/// Runs of questions that one stage needs first.
fn groups<'a>(asks: &'a [&'a Ask]) -> impl Iterator<Item = &'a [&'a Ask]> {
    asks.chunk_by(|a, b| a.stage == b.stage && a.need_title() == b.need_title())
}

impl Ask {
    /// Questions without a stage stand under what they are good for.
    fn need_title(&self) -> bool {
        self.need == Need::Threshold
    }
}

fn group_of(sheet: &Sheet<'_>, group: &[&Ask]) -> Markup {
    let locale = sheet.visitor.locale;
    let Some(first) = group.first() else { return html! {} };
    html! {
        fieldset.stack {
            legend {
                @match (&first.title, first.need) {
                    (Some(title), _) => {
                        (locale.pick(title)) " "
                        @if let Some(stage) = &first.stage { code.muted translate="no" { (stage) } }
                        @if let Some(due) = first.due { " · " (time(locale, due, sheet.visitor.now)) }
                    }
                    (None, Need::Threshold) => { (t!(locale, "notify-thresholds")) }
                    (None, _) => { (t!(locale, "notify-intake-first")) }
                }
            }
            @for ask in group { (question(sheet, ask)) }
        }
    }
}

fn question(sheet: &Sheet<'_>, ask: &Ask) -> Markup {
    let locale = sheet.visitor.locale;
    if let AskKind::Decision(question) = &ask.kind {
        let place =
            format!("/notify/incidents/{}/decide?question={}", sheet.case.id, ui::query::encode(question));
        return html! {
            p { (t!(locale, "notify-decide-ask", what = locale.pick(&ask.name))) " "
                a href=(place) { (t!(locale, "notify-decide-verb")) } }
        };
    }
    let slug = slug(&ask.key);
    let standing = heads(sheet.case, sheet.library, &ask.key);
    let value = standing.last().map_or(Value::Null, |head| head.fact.value.clone());
    let was = shown(sheet, &ask.kind, &value);
    html! {
        input type="hidden" name="k" value=(ask.key);
        input type="hidden" id={ "w-" (slug) } name={ "w-" (slug) } value=(was);
        input type="hidden" id={ "s-" (slug) } name={ "s-" (slug) } value=(seen(&standing));
        (input(sheet, ask, &slug, &was))
        details {
            summary { (t!(locale, "notify-how-sure")) }
            (sureness(locale, &slug))
        }
    }
}

/// Whether it is an estimate, where it comes from, how sure it is.
fn sureness(locale: Locale, slug: &str) -> Markup {
    let (estimate, source, confidence) = (format!("e-{slug}"), format!("o-{slug}"), format!("c-{slug}"));
    html! {
        (field(locale, &Field {
            name: &estimate, label: t!(locale, "notify-estimate"), kind: FieldKind::Check, ..Field::default()
        }))
        (field(locale, &Field { name: &source, label: t!(locale, "notify-source"), ..Field::default() }))
        (field(locale, &Field { name: &confidence, label: t!(locale, "notify-confidence"), ..Field::default() }))
    }
}

/// A value as the field shows it: instants on the wall clock of the incident's zone.
fn shown(sheet: &Sheet<'_>, kind: &AskKind, value: &Value) -> String {
    let text = typed(value);
    let at = text.parse::<Timestamp>().ok().filter(|_| *kind == AskKind::Moment);
    at.map_or(text, |at| {
        let local = sheet.incident.facts.time_zone().to_datetime(at).to_string();
        local.chars().take("2026-05-08T10:15".len()).collect()
    })
}

fn input(sheet: &Sheet<'_>, ask: &Ask, slug: &str, was: &str) -> Markup {
    let locale = sheet.visitor.locale;
    let name = format!("f-{slug}");
    let error = sheet.faults.of(&name);
    let value = if error.is_empty() { was } else { sheet.sent.get(&name) };
    if ask.kind == AskKind::Class {
        return classes(sheet, &name, locale.pick(&ask.name), value);
    }
    let (kind, hint): (FieldKind<'_>, Cow<'_, str>) = match &ask.kind {
        AskKind::Moment => (FieldKind::Moment, zone_hint(sheet)),
        AskKind::Truth => (FieldKind::Select(truths(locale)), "".into()),
        AskKind::Zone => (FieldKind::Select(zones(sheet.library, locale, value)), "".into()),
        AskKind::Country => (FieldKind::Select(countries(sheet.library, locale)), "".into()),
        AskKind::Number | AskKind::Class | AskKind::Decision(_) => (FieldKind::Text, "".into()),
        AskKind::Text => (FieldKind::Area, "".into()),
    };
    // A day without an hour does not fit a field for an instant.
    let kind = if ask.kind == AskKind::Moment && value.len() == 10 { FieldKind::Text } else { kind };
    field(
        locale,
        &Field {
            name: &name,
            label: locale.pick(&ask.name).into(),
            value: value.into(),
            kind,
            hint,
            error,
            ..Field::default()
        },
    )
}

fn zone_hint(sheet: &Sheet<'_>) -> Cow<'static, str> {
    let zone = sheet.incident.facts.zone.as_deref().unwrap_or("UTC");
    t!(sheet.visitor.locale, "notify-zone-hint", zone = zone)
}

fn truths(locale: Locale) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    vec![
        ("".into(), t!(locale, "notify-unknown")),
        ("yes".into(), t!(locale, "notify-yes")),
        ("no".into(), t!(locale, "notify-no")),
    ]
}

fn zones<'a>(library: &'a Library, locale: Locale, value: &'a str) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
    let known = library.calendars.values().map(|calendar| calendar.zone.as_str());
    let mut all: Vec<&str> = known.chain(MORE_ZONES).chain((!value.is_empty()).then_some(value)).collect();
    all.sort_unstable();
    all.dedup();
    let none = ("".into(), t!(locale, "notify-unknown"));
    std::iter::once(none).chain(all.into_iter().map(|zone| (zone.into(), zone.into()))).collect()
}

fn countries(library: &Library, locale: Locale) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let states = library.calendars.values().filter(|calendar| calendar.id.len() == 2);
    let mut all: Vec<(Cow<'_, str>, Cow<'_, str>)> =
        states.map(|one| (one.id.as_str().into(), locale.pick(&one.name).into())).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    std::iter::once(("".into(), t!(locale, "notify-unknown"))).chain(all).collect()
}

/// Classes that the laws which apply know; several may be right.
fn classes(sheet: &Sheet<'_>, name: &str, label: &str, value: &str) -> Markup {
    let locale = sheet.visitor.locale;
    let chosen: Vec<&str> = value.split(", ").collect();
    let packs = sheet.library.packs.values();
    let mut list: Vec<(&str, &str)> = Vec::new();
    for class in packs
        .filter(|pack| sheet.incident.applies(&pack.head.regime) == Applies::Yes)
        .flat_map(|p| &p.classes)
    {
        if !list.iter().any(|(id, _)| *id == class.id) {
            list.push((&class.id, locale.pick(&class.name)));
        }
    }
    html! {
        fieldset.field {
            legend { (label) }
            @if list.is_empty() { p.field-hint { (t!(locale, "notify-classes-later")) } }
            @for (id, text) in list {
                label { input type="checkbox" name=(name) value=(id) checked[chosen.contains(&id)]; " " (text) }
            }
        }
    }
}
