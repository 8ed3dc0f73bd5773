//! The countdown board: what is due next over all incidents; for one officer, for one incident, or for a wall.

use std::sync::Arc;

use axum::extract::{Extension, State};
use axum::response::{IntoResponse as _, Response};
use desk::pages::{App, May, Page, PageError, Visitor};
use http::HeaderValue;
use http::header::REFRESH;
use maud::{Markup, html};
use model::{IncidentId, Timestamp};
use share::Receiver;
use ui::component::{
    ButtonKind, Column, Tab, Table, Tone, alert, button_link, heading, live, status, table, tabs, time,
};
use ui::{Locale, query, t};

use super::{Readable, Stretch, awaits, parameter, pill};
use crate::access::IncidentRead;
use crate::board::{Board, Line, Planned, order};
use crate::commands::MARKING;
use crate::held::Waiting;
use crate::plan::State as Standing;

/// Duties on a wall: more nobody can read from across the room.
const ON_WALL: usize = 12;
/// Seconds after which a wall without scripts asks again.
const WALL_S: &str = "60";

pub async fn page(
    State(app): State<App>,
    Extension(board): Extension<Arc<Board>>,
    visitor: May<IncidentRead>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let wall = parameter(&visitor, "wall").is_some();
        let mut response = show(app, &board, &visitor, wall)?.into_response();
        if wall {
            response.headers_mut().insert(REFRESH, HeaderValue::from_static(WALL_S));
        }
        Ok(response)
    })
    .await
}

/// The duties that this receiver may see of the incidents that `asked` picks, the most urgent first.
pub(super) fn readable_lines(
    app: &App,
    board: &Board,
    receiver: &Receiver,
    now: Timestamp,
    asked: impl Fn(&Planned) -> bool,
) -> Result<Vec<Line>, PageError> {
    let mut found = Vec::new();
    let mut may = Readable::by(receiver.clone());
    for planned in board.incidents(&app.desk.views, now)? {
        if asked(&planned) && may.read(app, planned.class, now) {
            found.extend(planned.lines(now));
        }
    }
    order(&mut found);
    Ok(found)
}

/// The same as the address asks.
fn lines(app: &App, board: &Board, visitor: &Visitor) -> Result<Vec<Line>, PageError> {
    let (officer, incident) = (parameter(visitor, "officer"), parameter(visitor, "incident"));
    let incident = incident.map(|id| id.parse::<IncidentId>().ok());
    let asked = |planned: &Planned| {
        let theirs = officer.is_none() || planned.officer.as_deref() == officer.as_deref();
        theirs && incident.is_none_or(|id| id == Some(planned.id))
    };
    readable_lines(app, board, &visitor.receiver(app), visitor.now, asked)
}

/// Incidents of which nobody has said which laws apply: they have no clock, and may need one.
fn blank(app: &App, board: &Board, visitor: &Visitor) -> Result<Vec<(IncidentId, Arc<str>)>, PageError> {
    let all = board.incidents(&app.desk.views, visitor.now)?;
    let mut may = Readable::by(visitor.receiver(app));
    let found = all.iter().filter(|planned| planned.is_blank() && may.read(app, planned.class, visitor.now));
    Ok(found.map(|planned| (planned.id, Arc::clone(&planned.title))).collect())
}

fn show(app: &App, board: &Board, visitor: &Visitor, wall: bool) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let lines = lines(app, board, visitor)?;
    let blank = blank(app, board, visitor)?;
    let waiting = crate::held::waiting(&app.desk)?;
    let stretch = Stretch::asked(visitor, lines.len());
    let shown = if wall { &lines[..ON_WALL.min(lines.len())] } else { stretch.part(&lines) };
    let rest = lines.len() - shown.len();
    let marking = (!lines.is_empty()).then_some(MARKING);
    let list = Table {
        caption: t!(locale, "notify-clocks-title"),
        columns: vec![
            Column::text(t!(locale, "notify-alarm")),
            Column::text(t!(locale, "notify-duty")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "notify-limit")),
            Column::text(t!(locale, "notify-officer")),
            Column::number(t!(locale, "notify-missing")),
        ],
        rows: shown.iter().map(|line| row(visitor, line, &waiting)).collect(),
        empty: Some(html! { p { (t!(locale, "notify-clocks-empty")) } }),
        ..Table::default()
    };
    let title = t!(locale, "notify-clocks-title");
    let actions = html! {
        (button_link(ButtonKind::Plain, "/notify/calendar", &t!(locale, "notify-calendar-title")))
        @if wall { (button_link(ButtonKind::Plain, "/notify/clocks", &t!(locale, "notify-wall-leave"))) }
        @else { (button_link(ButtonKind::Plain, &query::with(&visitor.path, &[("wall", Some("1"))]), &t!(locale, "notify-wall"))) }
    };
    let body = html! {
        (heading(&title, html! { (t!(locale, "notify-clocks-lede")) }, actions))
        @if !wall { (whose(locale, visitor)) }
        @if !blank.is_empty() {
            (alert(Tone::Warn, &t!(locale, "notify-clocks-blank", count = blank.len()), html! {
                ul { @for (id, title) in blank.iter().take(ON_WALL) {
                    li { a href={ "/notify/incidents/" (id) "/laws" } { (title) } }
                } }
            }))
        }
        div.wall[wall] {
            div data-live-every="30" { (live("clocks", &visitor.path, &["notify", "release"], html! {
                div.stack {
                    (counts(locale, &lines))
                    (table(locale, &list))
                    @if !wall { (stretch.pages(visitor)) }
                    @else if rest > 0 { p.muted { (t!(locale, "notify-clocks-rest", count = rest)) } }
                }
            })) }
        }
    };
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn whose(locale: Locale, visitor: &Visitor) -> Markup {
    let mine = parameter(visitor, "officer").as_deref() == Some(&visitor.account.name);
    let own = query::with("/notify/clocks", &[("officer", Some(&visitor.account.name))]);
    tabs(
        locale,
        &[
            Tab {
                href: "/notify/clocks".into(),
                label: t!(locale, "notify-clocks-all"),
                active: !mine,
                ..Tab::default()
            },
            Tab { href: own.into(), label: t!(locale, "notify-clocks-mine"), active: mine, ..Tab::default() },
        ],
    )
}

/// How many are late, and how many are close.
fn counts(locale: Locale, lines: &[Line]) -> Markup {
    let of = |wanted: Standing| lines.iter().filter(|line| line.state == wanted).count();
    let (late, past) = (of(Standing::Overdue), of(Standing::PastAlarm));
    html! {
        p.row {
            @if late > 0 { (status(Tone::Err, &t!(locale, "notify-count-overdue", count = late))) " " }
            @if past > 0 { (status(Tone::Warn, &t!(locale, "notify-count-past", count = past))) " " }
            (status(Tone::Info, &t!(locale, "notify-count-all", count = lines.len())))
        }
    }
}

fn row(visitor: &Visitor, line: &Line, waiting: &[Waiting]) -> Vec<Markup> {
    let locale = visitor.locale;
    let here = format!("/notify/incidents/{}", line.incident);
    let instant = |at: Option<Timestamp>| {
        html! {
            @if let Some(at) = at {
                (time(locale, at, visitor.now)) br;
                span.muted { (locale.local(at, &line.zone)) }
            } @else { "–" }
        }
    };
    vec![
        instant(line.alarm),
        html! {
            a href={ (here) "/stages/" (line.stage) } { (locale.pick(&line.title)) } " "
            code.muted translate="no" { (line.stage) }
            p.muted {
                (line.incident_title)
                @if line.exercise { " " (status(Tone::Info, &t!(locale, "notify-exercise"))) }
            }
        },
        html! { (pill(locale, line.state)) (awaits(locale, waiting, line.incident, &line.stage)) },
        instant(line.limit),
        html! { (line.officer.as_deref().unwrap_or("–")) },
        html! { (locale.count(line.missing as u64)) },
    ]
}
