//! The fields of a report as a form asks for them: the same for the public form and for who writes it down by hand.

use std::borrow::Cow;
use std::collections::BTreeMap;

use desk::pages::{Faults, Fields};
use packs::pack::Binds;
use packs::{Library, Stage};
use records::report::Reporter;
use serde_json::Value;
use ui::component::{Field, FieldKind};
use ui::{Locale, t};

use crate::authority::commands::receive_report::Incoming;

/// Fields that the head of the form asks for under other names: title, exercise, name, sectors, contacts.
const ASKED_ALREADY: [&str; 6] = ["A01", "A02", "B01", "B05", "B09", "B10"];
/// The field in which what happened is told in words.
const WHAT_HAPPENED: &str = "D01";
/// Fields that are one line, whatever stands in them.
const SHORT: [char; 3] = ['A', 'B', 'C'];

/// The stages of these regimes that an entity may report, each with its regime; all regimes when none is named.
pub(super) fn stages(regimes: &[String]) -> Vec<(&'static str, &'static Stage)> {
    let library = Library::embedded();
    let packs =
        library.packs.values().filter(|pack| regimes.is_empty() || regimes.contains(&pack.head.regime));
    packs
        .flat_map(|pack| {
            let ids = pack.stage_ids();
            ids.into_iter().filter_map(move |id| Some((pack.head.regime.as_str(), pack.stage_on(id, None)?)))
        })
        .filter(|(_, stage)| stage.binds == Binds::Entity && !stage.required.is_empty())
        .collect()
}

/// The codes that a stage asks for beside the head of the form: those it needs, then those it needs where they apply.
pub(super) fn codes(stage: &Stage) -> Vec<(&str, bool)> {
    // Whatever the stage needs: people want to say what happened, and that first.
    let mut found: Vec<(&str, bool)> = vec![(WHAT_HAPPENED, true)];
    for (codes, needed) in [(&stage.required, true), (&stage.conditional, false)] {
        for code in codes.iter().filter(|code| !ASKED_ALREADY.contains(&code.as_str())) {
            if !found.iter().any(|(known, _)| known == code) {
                found.push((code, needed));
            }
        }
    }
    found
}

/// Who reports.
pub(super) fn head<'a>(locale: Locale, sent: &'a Fields, faults: &Faults) -> Vec<Field<'a>> {
    let text = |name: &'static str, at: &str, label, hint, required| Field {
        name,
        label,
        hint,
        required,
        value: sent.get(name).into(),
        error: faults.of(at),
        ..Field::default()
    };
    let none = || Cow::Borrowed("");
    vec![
        text("name", "reporter.name", t!(locale, "reports-ask-name"), none(), true),
        text(
            "contact",
            "reporter.contact",
            t!(locale, "reports-ask-contact"),
            t!(locale, "reports-ask-contact-hint"),
            false,
        ),
        text(
            "country",
            "reporter.country",
            t!(locale, "reports-ask-country"),
            t!(locale, "reports-ask-country-hint"),
            false,
        ),
        text("sector", "reporter.sector", t!(locale, "reports-ask-sector"), none(), false),
        text(
            "incident",
            "incident",
            t!(locale, "reports-ask-incident"),
            t!(locale, "reports-ask-incident-hint"),
            false,
        ),
        Field {
            kind: FieldKind::Check,
            ..text("critical", "", t!(locale, "reports-ask-critical"), none(), false)
        },
        Field {
            kind: FieldKind::Check,
            ..text("exercise", "", t!(locale, "notify-exercise"), none(), false)
        },
    ]
}

/// What happened, as far as the stage asks. Nothing is forced: a report that lacks something is better than none.
pub(super) fn body<'a>(
    locale: Locale,
    stage: &'a Stage,
    sent: &'a Fields,
    faults: &Faults,
) -> Vec<Field<'a>> {
    codes(stage).into_iter().map(|(code, needed)| one(locale, code, needed, sent, faults)).collect()
}

fn one<'a>(locale: Locale, code: &'a str, needed: bool, sent: &'a Fields, faults: &Faults) -> Field<'a> {
    let path = Library::embedded().words.fields.get(code).map_or("", |field| field.path.as_str());
    let kind = match () {
        () if is_question(path) => FieldKind::Select(vec![
            ("".into(), t!(locale, "notify-unknown")),
            ("yes".into(), t!(locale, "notify-yes")),
            ("no".into(), t!(locale, "notify-no")),
        ]),
        () if code.starts_with(SHORT) => FieldKind::Text,
        () => FieldKind::Area,
    };
    Field {
        name: code,
        label: super::words::field_name(locale, code).into(),
        value: sent.get(code).into(),
        kind,
        hint: if needed { Cow::Borrowed("") } else { t!(locale, "reports-ask-where-applicable") },
        error: faults.of(code),
        ..Field::default()
    }
}

/// Fields that are answered by yes or no.
fn is_question(path: &str) -> bool {
    path.ends_with("suspected_malicious")
        || path.ends_with("cross_border_suspected")
        || path.ends_with(".ongoing")
}

/// The report that the form says.
pub(super) fn read(stage: &Stage, sent: &Fields) -> Incoming {
    let said = |code: &str| match sent.get(code) {
        "" => None,
        text if is_question(Library::embedded().words.fields.get(code).map_or("", |field| &field.path)) => {
            Some(Value::Bool(text == "yes"))
        }
        text => Some(Value::from(text)),
    };
    let asked = codes(stage).into_iter().filter_map(|(code, _)| Some((code.to_owned(), said(code)?)));
    let mut fields: BTreeMap<String, Value> = asked.collect();
    for (code, name) in [("B01", "name"), ("B05", "sector"), ("B10", "contact")] {
        if !sent.get(name).is_empty() {
            fields.insert(code.into(), sent.get(name).into());
        }
    }
    Incoming {
        stage: stage.id.clone(),
        reporter: Reporter {
            name: sent.get("name").into(),
            contact: sent.get("contact").into(),
            country: sent.get("country").into(),
            sector: sent.get("sector").into(),
            party: None,
            critical: sent.get("critical") == "on",
        },
        incident: sent.get("incident").into(),
        fields,
        exercise: sent.get("exercise") == "on",
    }
}
