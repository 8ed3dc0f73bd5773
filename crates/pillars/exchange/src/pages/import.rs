//! Importing by hand: paste, look at who would receive what and why not, then publish.

use std::collections::HashMap;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Fields, Looked, May, Page, PageError, Upload, Visitor, party_link, party_name};
use maud::{Markup, html};
use model::Marking;
use share::Reason;
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, Tone, alert, button, button_link, card, english, field,
    heading, reason, stix_type, table,
};
use ui::locale::Part;
use ui::sentence;
use ui::t;

use super::held::hold;
use super::preview::{Outlook, Preview, Seen, Wish, preview};
use super::{InRoom, choices, show};
use crate::access::ObjectSubmit;
use crate::import::{Imported, definitions, import};
use crate::ingest::{IngestError, Intake, Intaker};
use crate::search::Outside;
use crate::two::CONSOLE;

/// Objects and refusals listed on the page.
const LISTED: usize = 100;
/// How long the answer waits for the views, so that the list shows what was just published.
const PATIENCE: Duration = Duration::from_secs(5);

pub async fn form(State(app): State<App>, visitor: May<ObjectSubmit>) -> Result<Markup, PageError> {
    app.blocking(move |app| Ok(show(app, &visitor, html! { (ask(app, &visitor, &Wish::default())) }))).await
}

pub async fn dry_run(
    State(app): State<App>,
    room: InRoom,
    Upload(form): Upload<ObjectSubmit>,
) -> Result<(Extension<Looked>, Markup), PageError> {
    app.blocking(move |app| {
        let (visitor, wish) = (&form.visitor, wish(&form.fields)?);
        let seen = preview(&app.desk, room.intaker.limits(), &wish, visitor.now);
        let body = html! {
            (outlook(app, visitor, &wish, &seen))
            (card(&t!(visitor.locale, "exchange-import-again"), html! {}, ask(app, visitor, &wish)))
        };
        Ok((Extension(Looked), show(app, visitor, body)))
    })
    .await
}

/// Where whoever had to sign in again in between comes back to: nothing was published.
pub async fn again(_: May<ObjectSubmit>) -> Result<Redirect, PageError> {
    Ok(Redirect::to("/exchange/import"))
}

pub async fn publish(
    State(app): State<App>,
    room: InRoom,
    Upload(form): Upload<ObjectSubmit>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, wish) = (&form.visitor, wish(&form.fields)?);
        if let Some(draft) = hold(app, &room.intaker, visitor, &wish)? {
            return Ok(Redirect::to(&format!("/release/{draft}")).into_response());
        }
        let done = publish_as(&room.intaker, wish, &visitor.account.name)?;
        if let Err(late) = app.desk.views.wait_blocking(done.last_seq, PATIENCE) {
            tracing::warn!(%late, "imported, not yet folded"); // durable all the same
        }
        let locale = visitor.locale;
        let tone = if done.refused_count > 0 { Tone::Warn } else { Tone::Ok };
        let body = html! {
            (alert(tone, &t!(locale, "exchange-import-done", count = done.accepted), html! {
                @if done.refused_count > 0 {
                    p { (t!(locale, "exchange-import-refused", count = done.refused_count)) }
                    ul { @for refused in done.refused.iter().take(LISTED) {
                        li { code { (show::short(&refused.id, 80)) } " " span lang="en" { (refused.message) } }
                    } }
                }
            }))
            div.actions {
                (button_link(ButtonKind::Primary, "/exchange/objects", &t!(locale, "nav-objects")))
                (button_link(ButtonKind::Plain, "/exchange/import", &t!(locale, "action-import")))
            }
        };
        Ok(show(app, visitor, body).into_response())
    })
    .await
}

/// Publishes what was wished for, in the name of who wished it.
pub(super) fn publish_as(intaker: &Intaker, wish: Wish, source: &str) -> Result<Imported, PageError> {
    let intake = Intake {
        gate: CONSOLE,
        source: source.to_owned(),
        under: wish.under.into_iter().collect(),
        marking: wish.marking.map(Marking::tlp),
        to: wish.to,
        group: None,
        to_by_id: HashMap::new(),
        definitions: definitions(wish.document.as_bytes(), intaker.limits()),
        seen_by: None,
    };
    import(intaker, wish.document.as_bytes(), &intake, |_, _| {}).map_err(refusal)
}

fn refusal(error: IngestError) -> PageError {
    match error {
        IngestError::UnknownAgreement(id) => {
            PageError::Wrong(sentence!("refused-no-agreement", id = id.to_string()))
        }
        IngestError::Input(found) => PageError::Wrong(sentence!("refused-input", error = Part::code(found))),
        IngestError::Submit(_) | IngestError::Views(_) => PageError::broken(error),
    }
}

/// The document, and whether it came as a file. Browsers send the line ends of a text as CR LF (HTML, form submission),
/// where the document had LF; a file is taken byte for byte, also on its way through the dry run.
fn document(fields: &Fields) -> Result<(String, bool), PageError> {
    let raw = |name: &str| fields.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str());
    let wrong = |_| PageError::Wrong(sentence!("refused-not-whole"));
    match (raw("file64"), raw("file")) {
        ("", "") => Ok((fields.get("document").replace("\r\n", "\n"), false)),
        ("", file) => Ok((file.to_owned(), true)),
        (kept, _) => {
            let bytes = model::from_base64(kept).map_err(|_| ()).map_err(wrong)?;
            Ok((String::from_utf8(bytes).map_err(|_| ()).map_err(wrong)?, true))
        }
    }
}

/// What the form asks for.
fn wish(fields: &Fields) -> Result<Wish, PageError> {
    let wrong = || PageError::Wrong(sentence!("refused-choice"));
    let (marking, under) = (fields.get("marking"), fields.get("under"));
    let to = fields.0.iter().filter(|(name, _)| name == "to").map(|(_, value)| value.parse());
    let (document, is_file) = document(fields)?;
    Ok(Wish {
        document,
        is_file,
        marking: if marking.is_empty() { None } else { Some(marking.parse().map_err(|_| wrong())?) },
        under: if under.is_empty() { None } else { Some(under.parse().map_err(|_| wrong())?) },
        to: to.collect::<Result<_, _>>().map_err(|_: model::IdError| wrong())?,
    })
}

fn show(app: &App, visitor: &Visitor, body: Markup) -> Markup {
    let locale = visitor.locale;
    let lede = html! { (t!(locale, "exchange-import-lede")) };
    let body = html! {
        (heading(&t!(locale, "exchange-import-title"), lede, html! {}))
        div.stack { (body) }
    };
    Page { title: t!(locale, "exchange-import-title"), ..Page::default() }.show(app, visitor, body)
}

fn ask(app: &App, visitor: &Visitor, wish: &Wish) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let (csrf, token) = visitor.csrf();
    let document = Field {
        name: "document",
        label: t!(locale, "exchange-import-document"),
        value: if wish.is_file { "".into() } else { wish.document.as_str().into() },
        kind: FieldKind::Area,
        hint: t!(locale, "exchange-import-document-hint"),
        ..Field::default()
    };
    let file = Field {
        name: "file",
        label: t!(locale, "exchange-import-file"),
        kind: FieldKind::File,
        hint: t!(locale, "exchange-import-file-hint"),
        ..Field::default()
    };
    let marking = Field {
        name: "marking",
        label: t!(locale, "exchange-import-marking"),
        value: wish.marking.map_or("", model::Tlp::word).into(),
        kind: FieldKind::Select(choices::labels(visitor, t!(locale, "exchange-import-no-marking"))),
        ..Field::default()
    };
    let none = t!(locale, "exchange-import-no-agreement");
    let under = Field {
        name: "under",
        label: t!(locale, "exchange-import-under"),
        value: wish.under.map(|id| id.to_string()).unwrap_or_default().into(),
        kind: FieldKind::Select(choices::agreements(app, visitor, none)),
        ..Field::default()
    };
    html! {
        form.form method="post" action="/exchange/import" enctype="multipart/form-data" {
            input type="hidden" name=(csrf) value=(token);
            (field(locale, &file))
            (field(locale, &document))
            (field(locale, &marking))
            (field(locale, &under))
            fieldset.field {
                legend { (t!(locale, "exchange-import-to")) }
                @for id in known.parties.keys().filter(|id| **id != app.desk.me) {
                    label { input type="checkbox" name="to" value=(id) checked[wish.to.contains(id)]; " "
                        (party_name(&known, *id)) }
                }
            }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "exchange-import-dry-run"))) }
        }
    }
}

fn outlook(app: &App, visitor: &Visitor, wish: &Wish, seen: &Preview) -> Markup {
    let locale = visitor.locale;
    if seen.objects.is_empty() {
        return alert(Tone::Err, &t!(locale, "exchange-import-nothing"), html! {});
    }
    let reached = seen.outlooks.iter().filter(|outlook| outlook.receives > 0).count();
    let aside = html! { (t!(locale, "exchange-publish-would", count = reached as u64)) };
    card(
        &t!(locale, "exchange-publish-title"),
        aside,
        html! {
            p.muted { (t!(locale, "exchange-publish-lede")) }
            (receivers(app, visitor, &seen.outlooks))
            p { (t!(locale, "exchange-import-counts", good = seen.good, total = seen.objects.len() as u64)) }
            (objects(visitor, &seen.objects))
            @if seen.good > 0 { (confirm(visitor, wish)) }
        },
    )
}

fn receivers(app: &App, visitor: &Visitor, outlooks: &[Outlook]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let why = |(why, count): (&Reason, &u64)| {
        html! { div.row { (locale.count(*count)) " × " (reason(locale, why.code(), Tone::Warn)) } }
    };
    let row = |outlook: &Outlook| {
        let who = match &outlook.outside {
            Outside::Party(party) => party_link(locale, &known, *party),
            Outside::Consumer(name) => html! { code translate="no" { (name) } },
        };
        let stays = html! {
            @if outlook.withheld.is_empty() { "–" }
            @for reason in &outlook.withheld { (why(reason)) }
        };
        vec![who, html! { (locale.count(outlook.receives)) }, stays]
    };
    let list = Table {
        caption: t!(locale, "exchange-publish-title"),
        columns: vec![
            Column::text(t!(locale, "exchange-delivery-receiver")),
            Column::number(t!(locale, "exchange-import-would-get")),
            Column::text(t!(locale, "exchange-import-stays")),
        ],
        rows: outlooks.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "party-parties-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn objects(visitor: &Visitor, seen: &[Seen]) -> Markup {
    let locale = visitor.locale;
    let row = |seen: &Seen| {
        let unreadable = seen.object_type.is_empty();
        vec![
            html! { (show::short(&seen.title, 100)) },
            html! { @if unreadable { "–" } @else { (stix_type(locale, &seen.object_type)) } },
            html! { @if unreadable { "–" } @else { (show::marked(locale, seen.marked)) } },
            english(locale, seen.problem.as_deref().unwrap_or("–")),
        ]
    };
    let list = Table {
        caption: t!(locale, "exchange-import-objects"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-type")),
            Column::text(t!(locale, "word-marking")),
            Column::text(t!(locale, "exchange-import-problem")),
        ],
        rows: seen.iter().take(LISTED).map(row).collect(),
        ..Table::default()
    };
    table(locale, &list)
}

fn confirm(visitor: &Visitor, wish: &Wish) -> Markup {
    let (csrf, token) = visitor.csrf();
    html! {
        form.actions method="post" action="/exchange/import/publish" {
            input type="hidden" name=(csrf) value=(token);
            @if wish.is_file {
                input type="hidden" name="file64" value=(model::to_base64(wish.document.as_bytes()));
            } @else {
                textarea name="document" hidden { (wish.document) }
            }
            @if let Some(tlp) = wish.marking { input type="hidden" name="marking" value=(tlp.word()); }
            @if let Some(id) = wish.under { input type="hidden" name="under" value=(id); }
            @for id in &wish.to { input type="hidden" name="to" value=(id); }
            (button(ButtonKind::Primary, &t!(visitor.locale, "exchange-import-publish")))
        }
    }
}
