//! An incident from a file: chosen or pasted, looked at with its findings, then opened.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, May, Page, PageError, Upload, Visitor};
use maud::{Markup, html};
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, Tone, alert, breadcrumb, button, card, field, heading, said,
    table,
};
use ui::{Locale, t};

use crate::access::IncidentOpen;
use crate::api::write::refused;
use crate::ask::name_of;
use crate::case::Case;
use crate::commands::MARKING;
use crate::heads::typed;
use crate::import::{Contents, Format, judge, read, take};
use crate::law;

pub async fn ask(State(app): State<App>, visitor: May<IncidentOpen>) -> Result<Markup, PageError> {
    Ok(show(&app, &visitor, form(&visitor, "", "")))
}

pub async fn submit(
    State(app): State<App>,
    Upload(sent): Upload<IncidentOpen>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&sent.visitor, &sent.fields);
        let chosen = fields.get("file");
        let document = if chosen.is_empty() { fields.get("document").replace("\r\n", "\n") } else { chosen.to_owned() };
        let format = match fields.get("format") {
            "json" => Format::Json,
            "csv" => Format::Csv,
            "misp" => Format::Misp,
            "stix" => Format::Stix,
            _ => Format::of(&document),
        };
        let contents = read(format, &document);
        if fields.get("sure") == "yes" {
            let (id, judged) = take(&app.desk, None, contents, &visitor.account.name).map_err(refused)?;
            if let Some(id) = id {
                return Ok(Redirect::to(&format!("/notify/incidents/{id}/laws")).into_response());
            }
            return Ok(show(app, visitor, html! { (findings(visitor, &judged)) (form(visitor, &document, "")) }).into_response());
        }
        let library = law::now(&app.desk.views)?;
        let blank = Case::blank(contents.exercise);
        let judged = judge(&library, &blank, contents, &visitor.account.name, visitor.now);
        let body = html! {
            (preview(visitor, &library, &judged))
            (form(visitor, &document, if judged.items.is_empty() && judged.title.is_none() { "" } else { "yes" }))
        };
        Ok(show(app, visitor, body).into_response())
    })
    .await
}

fn show(app: &App, visitor: &Visitor, body: Markup) -> Markup {
    let locale = visitor.locale;
    let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "notify-import-title"));
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list)], &title))
        (heading(&title, html! { (t!(locale, "notify-import-lede")) }, html! {}))
        div.stack { (body) }
    };
    Page { title, marking: Some(MARKING), updated: None }.show(app, visitor, body)
}

/// The form; with `sure`, its button opens the incident that was looked at.
fn form(visitor: &Visitor, document: &str, sure: &str) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let fields = [
        Field {
            name: "file",
            label: t!(locale, "notify-import-file"),
            kind: FieldKind::File,
            ..Field::default()
        },
        Field {
            name: "document",
            label: t!(locale, "notify-import-text"),
            value: document.into(),
            kind: FieldKind::Area,
            hint: t!(locale, "notify-import-hint"),
            ..Field::default()
        },
        Field {
            name: "format",
            label: t!(locale, "notify-import-format"),
            kind: FieldKind::Select(vec![
                ("".into(), t!(locale, "notify-import-guess")),
                ("json".into(), "JSON".into()),
                ("csv".into(), "CSV".into()),
                ("misp".into(), "MISP".into()),
                ("stix".into(), "STIX 2.1".into()),
            ]),
            ..Field::default()
        },
    ];
    html! {
        form.form method="post" action="/notify/incidents/import" enctype="multipart/form-data" {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions {
                @if sure == "yes" {
                    button.button.button-primary type="submit" name="sure" value="yes" { (t!(locale, "notify-import-open")) }
                }
                (button(if sure == "yes" { ButtonKind::Plain } else { ButtonKind::Primary }, &t!(locale, "notify-import-look")))
            }
        }
    }
}

fn preview(visitor: &Visitor, library: &packs::Library, judged: &Contents) -> Markup {
    let locale = visitor.locale;
    let rows = judged.items.iter().map(|item| {
        let key = library.words.canonical(&item.field);
        vec![
            html! { (locale.pick(&name_of(library, key))) " " code.muted translate="no" { (item.field) } },
            html! { (typed(&item.value)) },
            place(locale, &item.place),
        ]
    });
    let title = t!(locale, "notify-import-found", count = judged.items.len());
    let list = Table {
        caption: title.clone(),
        columns: vec![
            Column::text(t!(locale, "notify-what")),
            Column::text(t!(locale, "notify-value")),
            Column::text(t!(locale, "notify-import-place")),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    html! {
        (findings(visitor, judged))
        (card(&title, html! { (judged.title.as_deref().unwrap_or_default()) }, table(locale, &list)))
    }
}

/// A line of a table in words, a place in JSON as it is written.
fn place(locale: Locale, place: &str) -> Markup {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let counted = place.strip_prefix("line ").map(|rest| rest.split_once(", column ").unwrap_or((rest, "")));
    match counted.map(|(line, column)| (number(line), number(column))) {
        Some((Some(line), Some(column))) => {
            html! { (t!(locale, "notify-import-column", line = line, column = column)) }
        }
        Some((Some(line), None)) => html! { (t!(locale, "notify-import-line", line = line)) },
        _ if place == "file" => html! { (t!(locale, "notify-import-file")) },
        _ => html! { code translate="no" { (place) } },
    }
}

fn findings(visitor: &Visitor, judged: &Contents) -> Markup {
    let locale = visitor.locale;
    html! {
        @if !judged.findings.is_empty() {
            (alert(Tone::Warn, &t!(locale, "notify-import-findings", count = judged.findings.len()), html! {
                ul { @for finding in &judged.findings { li { (place(locale, &finding.place)) " " (said(&finding.fault.say(locale))) } } }
            }))
        }
    }
}
