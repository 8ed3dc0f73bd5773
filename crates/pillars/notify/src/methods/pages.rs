//! The register on pages: all methods and how parties assess risk, one method, and two side by side.

use axum::extract::{Path, State};
use desk::pages::{App, May, Page, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::Marking;
use packs::method::{Crosswalk, Level, Measures, Method, Side, Step};
use packs::{Methods, method};
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, breadcrumb, button, button_link, card, english, facts,
    field, heading, live, marking as banner, table, time_full,
};
use ui::{Locale, t};

use super::{Said, practices};
use crate::access::{MethodDeclare, MethodRead};
use crate::pages::parameter;

const HERE: &str = "/notify/methods";

pub async fn list(State(app): State<App>, visitor: May<MethodRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let (mut said, mut strictest) = (Vec::new(), None::<Marking>);
        for one in practices(&app.desk.views)? {
            if let Some(marked) = desk::pages::readable_marking(app, &visitor, one.seq)? {
                strictest = Some(strictest.map_or(marked, |strictest| strictest.strictest(marked)));
                said.push((one, marked));
            }
        }
        Ok(register(app, &visitor, &said, strictest))
    })
    .await
}

fn register(app: &App, visitor: &Visitor, said: &[(Said, Marking)], strictest: Option<Marking>) -> Markup {
    let locale = visitor.locale;
    let title = t!(locale, "methods-title");
    let list = Table {
        caption: title.clone(),
        columns: vec![
            Column::text(t!(locale, "methods-method")),
            Column::text(t!(locale, "methods-publisher")),
            Column::text(t!(locale, "methods-side")),
            Column::text(t!(locale, "methods-sure")),
        ],
        rows: Methods::embedded().methods.values().map(|method| row(locale, method)).collect(),
        ..Table::default()
    };
    let body = html! {
        (heading(&title, html! { (t!(locale, "methods-lede")) }, html! {
            @if visitor.may::<MethodDeclare>() {
                (button_link(ButtonKind::Primary, "/notify/methods/declare", &t!(locale, "methods-declare")))
            }
        }))
        (table(locale, &list))
        (pick(locale, "", ""))
        h2 { (t!(locale, "methods-practices")) }
        (live("practices", &visitor.path, &["notify"], html! {
            div.stack {
                @for (one, marked) in said { (practice(app, visitor, one, *marked)) }
                @if said.is_empty() { p { (t!(locale, "methods-practices-empty")) } }
            }
        }))
    };
    Page { title, marking: strictest, updated: None }.show(app, visitor, body)
}

fn row(locale: Locale, method: &Method) -> Vec<Markup> {
    vec![
        html! { a href={ (HERE) "/" (method.id) } { (locale.pick(&method.title)) } br; span.muted { (english(locale, &method.edition)) } },
        english(locale, &method.publisher),
        html! { (side(locale, method.side)) },
        html! { (method.confidence) ", " (method.reviewed) },
    ]
}

fn side(locale: Locale, side: Side) -> std::borrow::Cow<'static, str> {
    match side {
        Side::Eu => t!(locale, "methods-side-eu"),
        Side::Us => t!(locale, "methods-side-us"),
        Side::International => t!(locale, "methods-side-both"),
    }
}

fn practice(app: &App, visitor: &Visitor, said: &Said, marked: Marking) -> Markup {
    let locale = visitor.locale;
    let one = &said.practice;
    let known = Methods::embedded().methods.get(&one.method);
    let name = known.map_or(one.method.as_str(), |method| locale.pick(&method.title));
    let aside = html! {
        (banner(locale, marked)) " " (party_link(locale, &app.desk.known(), said.by)) " "
        (time_full(locale, said.at, visitor.now, visitor.zone.as_ref()))
    };
    let pairs = [
        ("methods-scope", &one.scope),
        ("methods-edition", &one.edition),
        ("methods-departs", &one.departs),
        ("methods-contact", &one.contact),
    ];
    let told = |key: &str| match key {
        "methods-scope" => t!(locale, "methods-scope"),
        "methods-edition" => t!(locale, "methods-edition"),
        "methods-departs" => t!(locale, "methods-departs"),
        _ => t!(locale, "methods-contact"),
    };
    let pairs = pairs.into_iter().filter(|(_, text)| !text.is_empty());
    card(name, aside, facts(pairs.map(|(key, text)| (told(key), html! { (text) }))))
}

pub async fn one(
    State(app): State<App>,
    visitor: May<MethodRead>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    let method = Methods::embedded().methods.get(&id).ok_or(PageError::NotFound)?;
    let locale = visitor.locale;
    let name = |id: &String| {
        let known = Methods::embedded().activities.iter().find(|activity| activity.id == *id);
        known.map_or(String::new(), |activity| locale.pick(&activity.name).to_owned())
    };
    let steps = Table {
        caption: t!(locale, "methods-steps"),
        show_caption: true,
        columns: vec![
            Column::text(t!(locale, "methods-place")),
            Column::text(t!(locale, "methods-step")),
            Column::text(t!(locale, "methods-does")),
        ],
        rows: method
            .steps
            .iter()
            .map(|step| {
                let does: Vec<String> = step.does.iter().map(name).collect();
                vec![
                    english(locale, &step.place),
                    html! { (locale.pick(&step.title)) },
                    html! { ul { @for one in &does { li { (one) } } } },
                ]
            })
            .collect(),
        ..Table::default()
    };
    let title = locale.pick(&method.title).to_owned();
    let body = html! {
        (breadcrumb(locale, &[(HERE, &t!(locale, "methods-title"))], &title))
        (heading(&title, html! { (locale.pick(&method.about)) }, html! {}))
        (facts([
            (t!(locale, "methods-publisher"), english(locale, &method.publisher)),
            (t!(locale, "methods-edition"), english(locale, &method.edition)),
            (t!(locale, "methods-side"), html! { (side(locale, method.side)) }),
            (t!(locale, "methods-sure"), html! { (method.confidence) ", " (method.reviewed) }),
            (t!(locale, "methods-sources"), english(locale, &method.sources.join("; "))),
        ]))
        (table(locale, &steps))
        @for scale in &method.scales { (levels(locale, scale)) }
        @if method.scales.is_empty() { p { (t!(locale, "methods-no-scales")) } }
        (pick(locale, &method.id, ""))
    };
    Ok(Page { title: title.into(), ..Page::default() }.show(&app, &visitor, body))
}

fn levels(locale: Locale, scale: &method::Scale) -> Markup {
    let list = Table {
        caption: measures(locale, scale.measures),
        show_caption: true,
        columns: vec![Column::text(t!(locale, "methods-level")), Column::text(t!(locale, "methods-numbers"))],
        rows: scale
            .levels
            .iter()
            .map(|level| vec![html! { (locale.pick(&level.name())) }, html! { (numbers(level)) }])
            .collect(),
        ..Table::default()
    };
    html! { (table(locale, &list)) p.muted { (english(locale, &scale.place)) } }
}

fn numbers(level: &Level) -> String {
    level.from.zip(level.to).map_or_else(|| "–".to_owned(), |(from, to)| format!("{from}–{to}"))
}

fn measures(locale: Locale, of: Measures) -> std::borrow::Cow<'static, str> {
    match of {
        Measures::Likelihood => t!(locale, "methods-likelihood"),
        Measures::Impact => t!(locale, "methods-impact"),
        Measures::Risk => t!(locale, "methods-risk"),
    }
}

pub async fn crosswalk(State(app): State<App>, visitor: May<MethodRead>) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let asked = |name: &str| parameter(&visitor, name).unwrap_or_default();
    let (from, to) = (asked("from"), asked("to"));
    let Some(walk) = Methods::embedded().crosswalk(&from, &to) else { return Err(PageError::NotFound) };
    let title = t!(locale, "methods-crosswalk");
    let body = html! {
        (breadcrumb(locale, &[(HERE, &t!(locale, "methods-title"))], &title))
        (heading(&title, html! { (t!(locale, "methods-crosswalk-lede")) }, html! {}))
        (pick(locale, &from, &to))
        (beside(locale, &walk))
        @for pair in &walk.scales { (scales(locale, &walk, pair)) }
        @if walk.scales.is_empty() { p { (t!(locale, "methods-no-pair")) } }
        p.muted { (t!(locale, "methods-hint")) }
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, body))
}

fn beside(locale: Locale, walk: &Crosswalk<'_>) -> Markup {
    let cell = |steps: &[&Step]| {
        html! {
            @if steps.is_empty() { span.muted { (t!(locale, "methods-nothing")) } }
            @else { ul { @for step in steps { li { (english(locale, &step.place)) " – " (locale.pick(&step.title)) } } } }
        }
    };
    let list = Table {
        caption: t!(locale, "methods-crosswalk"),
        columns: vec![
            Column::text(t!(locale, "methods-activity")),
            Column::text(locale.pick(&walk.from.title)),
            Column::text(locale.pick(&walk.to.title)),
        ],
        rows: walk
            .rows
            .iter()
            .map(|row| vec![html! { (locale.pick(&row.activity.name)) }, cell(&row.from), cell(&row.to)])
            .collect(),
        ..Table::default()
    };
    table(locale, &list)
}

fn scales(locale: Locale, walk: &Crosswalk<'_>, pair: &method::Pair<'_>) -> Markup {
    let list = Table {
        caption: measures(locale, pair.measures),
        show_caption: true,
        columns: vec![Column::text(locale.pick(&walk.from.title)), Column::text(locale.pick(&walk.to.title))],
        rows: pair
            .levels
            .iter()
            .map(|(level, others)| {
                let others: Vec<String> =
                    others.iter().map(|other| locale.pick(&other.name()).to_owned()).collect();
                vec![html! { (locale.pick(&level.name())) }, html! { (others.join(" · ")) }]
            })
            .collect(),
        ..Table::default()
    };
    table(locale, &list)
}

/// Two methods to choose.
fn pick(locale: Locale, from: &str, to: &str) -> Markup {
    let all: Vec<(std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)> = Methods::embedded()
        .methods
        .values()
        .map(|method| (method.id.as_str().into(), locale.pick(&method.title).to_owned().into()))
        .collect();
    let one = |name: &'static str, label, value: &str| Field {
        name,
        label,
        value: value.to_owned().into(),
        kind: FieldKind::Select(all.clone()),
        required: true,
        ..Field::default()
    };
    html! {
        form.form method="get" action="/notify/methods/crosswalk" {
            (field(locale, &one("from", t!(locale, "methods-from"), from)))
            (field(locale, &one("to", t!(locale, "methods-to"), to)))
            div.actions { (button(ButtonKind::Plain, &t!(locale, "methods-compare"))) }
        }
    }
}
