//! What if: one fact is changed for the length of a page, and the duties that would move are shown. Nothing is written.

use axum::extract::{Path, State};
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use packs::Library;
use packs::words::FactKind;
use records::fact::Fact;
use serde_json::{Value, json};
use ui::component::{
    ButtonKind, Change, Field, FieldKind, Tone, alert, breadcrumb, button, card, diff, field, heading, said,
};
use ui::{Locale, t};

use super::{find, parameter};
use crate::access::IncidentRead;
use crate::case::{Case, Said};
use crate::commands::MARKING;
use crate::law;
use crate::moves::{Moved, moves};
use crate::plan;

pub async fn page(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        show(app, &visitor, &case)
    })
    .await
}

fn show(app: &App, visitor: &Visitor, case: &Case) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let library = law::now(&app.desk.views)?;
    let key = parameter(visitor, "fact").unwrap_or_default();
    let value = parameter(visitor, "value").unwrap_or_default();
    let here = format!("/notify/incidents/{}", case.id);
    let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "notify-whatif-title"));
    let fields = [
        Field {
            name: "fact",
            label: t!(locale, "notify-whatif-fact"),
            value: key.as_str().into(),
            kind: FieldKind::Select(choices(locale, &library)),
            required: true,
            ..Field::default()
        },
        Field {
            name: "value",
            label: t!(locale, "notify-value"),
            value: value.as_str().into(),
            hint: t!(locale, "notify-whatif-hint"),
            ..Field::default()
        },
    ];
    let answer = if key.is_empty() {
        html! {}
    } else {
        answer(visitor, &library, case, &key, &value)
    };
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title)], &title))
        (heading(&title, html! { (t!(locale, "notify-whatif-lede")) }, html! {}))
        div.stack {
            form.form method="get" action={ (here) "/whatif" } {
                @for one in &fields { (field(locale, one)) }
                div.actions { (button(ButtonKind::Primary, &t!(locale, "notify-whatif-verb"))) }
            }
            (answer)
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: Some(visitor.now) }.show(app, visitor, body))
}

fn answer(visitor: &Visitor, library: &Library, case: &Case, key: &str, value: &str) -> Markup {
    let locale = visitor.locale;
    let supposed = Fact {
        incident: case.id,
        field: key.to_owned(),
        value: read(value),
        estimate: false,
        as_of: None,
        source: String::new(),
        confidence: String::new(),
        by: visitor.account.name.clone(),
        replaces: None,
    };
    let before = case.incident(library, visitor.now);
    let after = case.with(library, Said::Fact(supposed), visitor.now);
    let (before, after) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(fault), _) | (_, Err(fault)) => {
            return alert(
                Tone::Err,
                &t!(locale, "notify-unsound"),
                html! { p { (said(&fault.sentence().say(locale))) } },
            );
        }
    };
    let before = plan::places(library, &before, visitor.now);
    let after = plan::places(library, &after, visitor.now);
    let changes: Vec<Change<'_>> = moves(&before, &after).iter().map(|moved| change(locale, moved)).collect();
    let title = t!(locale, "notify-whatif-answer");
    card(
        &title,
        html! {},
        html! {
            @if changes.is_empty() { p { (t!(locale, "notify-whatif-nothing")) } }
            @else { (diff(locale, &title, &changes)) }
            p.muted { (t!(locale, "notify-whatif-unwritten")) }
        },
    )
}

fn change(locale: Locale, moved: &Moved) -> Change<'static> {
    let side = |standing: &Option<crate::moves::Place>| {
        standing.as_ref().map(|place| {
            let at = place.alarm.map_or_else(String::new, |at| format!(" · {}", locale.utc(at)));
            format!("{}{at}", super::state_word(locale, place.state)).into()
        })
    };
    Change { key: moved.stage.clone().into(), before: side(&moved.before), after: side(&moved.after) }
}

fn read(value: &str) -> Value {
    match value {
        "" => Value::Null,
        "yes" => json!(true),
        "no" => json!(false),
        text => text.parse::<f64>().map_or_else(|_| json!(text), |number| json!(number)),
    }
}

type Choice<'a> = (std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>);

/// Facts that clocks know, and whether each law applies.
fn choices(locale: Locale, library: &Library) -> Vec<Choice<'_>> {
    let kind = |kind: FactKind| match kind {
        FactKind::Instant => t!(locale, "notify-kind-instant"),
        FactKind::Truth => t!(locale, "notify-kind-truth"),
        FactKind::Number => t!(locale, "notify-kind-number"),
    };
    let facts = library.words.facts.iter().map(|(id, fact)| {
        (id.as_str().into(), format!("{} ({})", locale.pick(&fact.name()), kind(fact.kind)).into())
    });
    let laws = library.packs.keys().map(|regime| {
        (format!("applies {regime}").into(), t!(locale, "notify-law-applies", law = regime.clone()))
    });
    let mut all: Vec<Choice<'_>> = facts.collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all.extend(laws);
    all
}
