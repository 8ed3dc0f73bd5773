//! The hand-over of a shift: everything since this officer last acknowledged, and the button that acknowledges it.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::edge;
use desk::pages::{App, Faults, Fields, May, Page, PageError, Part, Signed, Visitor, party_link};
use maud::{Markup, html};
use model::{Marking, Timestamp};
use records::handover::Handover;
use records::{Marked, Seal};
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, Tone, alert, button, card, error_summary, field, heading,
    kind_name, marking, stix_type, table, time, time_full,
};
use ui::t;

use crate::access::ShiftHandOver;
use crate::held::Thing;
use crate::sight::Sight;
use crate::since::{self, Note, Since};

/// The longest note, in characters.
const MAX_NOTE: usize = 4_000;

pub async fn page(State(app): State<App>, visitor: May<ShiftHandOver>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &Fields::default(), &Faults::default())).await
}

/// Acknowledging is a record: who, up to which moment, and what they leave to the next shift.
pub async fn acknowledge(State(app): State<App>, sent: Signed<ShiftHandOver>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let visitor = &sent.visitor;
        let mut faults = Faults::default();
        let note = sent.fields.get("note");
        faults.check(note.chars().count() > MAX_NOTE, "note", t!(visitor.locale, "picture-handover-long"));
        // What the page showed; nobody has seen what has not come yet.
        let shown: Option<Timestamp> = sent.fields.get("upto").parse().ok();
        let stale = || PageError::Wrong(t!(visitor.locale, "picture-handover-stale").into());
        let upto = shown.filter(|upto| *upto <= edge::now()).ok_or_else(stale)?;
        if !faults.is_empty() {
            return Ok(faults.answer(show(app, visitor, &sent.fields, &faults)?));
        }
        let body = Handover { by: visitor.account.name.clone(), upto, note: note.to_owned() };
        // What an officer writes is as strict as the most that they may see.
        let marked = Marked::Known(Marking::tlp(visitor.account.clearance));
        let sealed = Seal { marked, ..app.desk.seal::<Handover>(visitor.now) }.body(&body, edge::salt());
        app.desk.submit_and_fold(vec![sealed]).map_err(PageError::broken)?;
        Ok(Redirect::to("/picture/handover").into_response())
    })
    .await
}

fn show(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now, None)?;
    let since = since::since(&sight, &visitor.account.name)?;
    let parts: Vec<Part> = app.site.since.iter().map(|part| part(app, visitor, since.from)).collect();
    let title = t!(locale, "picture-handover-title");
    let lede = html! {
        @if since.acknowledged { (t!(locale, "picture-since")) } @else { (t!(locale, "picture-since-day")) }
        " " (time_full(locale, since.from, visitor.now, None))
    };
    let body = html! {
        (heading(&title, lede, html! {}))
        div.stack {
            @for note in &since.notes { (left(visitor, &sight, note)) }
            (card(&t!(locale, "picture-since-things"), html! {}, things(app, visitor, &sight, &since)))
            @for part in &parts { (part.cards) }
            (card(&t!(locale, "picture-since-events"), html! {}, events(app, visitor, &since)))
            (card(&t!(locale, "picture-handover-do"), html! {}, form(visitor, &since, sent, faults)))
        }
    };
    let marking =
        parts.iter().filter_map(|part| part.marking).chain(since.marking).reduce(Marking::strictest);
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn left(visitor: &Visitor, sight: &Sight<'_>, note: &Note) -> Markup {
    let locale = visitor.locale;
    let title = t!(locale, "picture-handover-left", by = note.by.as_str());
    alert(
        Tone::Info,
        &title,
        html! {
            p { (time_full(locale, note.at, visitor.now, None)) " " (marking(locale, sight.marking(note.class))) }
            @for line in note.text.lines() { p { (line) } }
        },
    )
}

fn things(app: &App, visitor: &Visitor, sight: &Sight<'_>, since: &Since) -> Markup {
    let locale = visitor.locale;
    let row = |thing: &Thing| {
        vec![
            thing.link(locale),
            stix_type(locale, thing.kind.stix_type()),
            marking(locale, sight.marking(thing.class)),
            html! { @if let Some(author) = sight.author(thing.class) { (party_link(locale, &app.desk.known(), author)) } },
            time(locale, thing.at, visitor.now),
        ]
    };
    let list = Table {
        caption: t!(locale, "picture-since-things"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-type")),
            Column::text(t!(locale, "word-marking")),
            Column::text(t!(locale, "word-author")),
            Column::text(t!(locale, "word-received")),
        ],
        rows: since.things.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-since-none")) } }),
        ..Table::default()
    };
    html! {
        (table(locale, &list))
        @if since.more { p.muted { (t!(locale, "picture-since-more", count = since::LISTED)) } }
    }
}

fn events(app: &App, visitor: &Visitor, since: &Since) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let list = Table {
        caption: t!(locale, "picture-since-events"),
        columns: vec![
            Column::text(t!(locale, "word-kind")),
            Column::text(t!(locale, "word-author")),
            Column::number(t!(locale, "word-count")),
        ],
        rows: since
            .events
            .iter()
            .map(|((author, kind), count)| {
                vec![
                    html! { (kind_name(locale, kind)) },
                    party_link(locale, &known, *author),
                    html! { (locale.count(*count)) },
                ]
            })
            .collect(),
        empty: Some(html! { p { (t!(locale, "picture-since-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn form(visitor: &Visitor, since: &Since, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let fields = [Field {
        name: "note",
        label: t!(locale, "picture-handover-note"),
        value: sent.get("note").to_owned().into(),
        kind: FieldKind::Area,
        hint: t!(locale, "picture-handover-note-hint", tlp = visitor.account.clearance.to_string()),
        error: faults.of("note"),
        ..Field::default()
    }];
    html! {
        (error_summary(locale, &fields))
        form.form method="post" action="/picture/handover" novalidate {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="upto" value=(since.upto);
            @for one in &fields { (field(locale, one)) }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "picture-handover-acknowledge"))) }
            p.muted { (t!(locale, "picture-handover-record", upto = locale.utc(since.upto).as_str())) }
        }
    }
}
