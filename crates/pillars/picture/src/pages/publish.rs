//! Publishing the landscape report: what goes out is written down first, so that the next report knows of it.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use claims::{Audience, Shown};
use desk::access::Permit as _;
use desk::edge;
use desk::pages::{App, PageError, Signed, Visitor};
use maud::{Markup, html};
use records::publication::Publication;
use records::{Marked, Seal};
use ui::component::{ButtonKind, Column, Table, button_link, card, table, time_full};
use ui::{Locale, query, t};

use super::report::{Asked, checked};
use super::trends::topic_name;
use crate::access::ReportPublish;
use crate::ask;
use crate::guarded::{Before, Figure};
use crate::landscape::{Landscape, word};

/// Writes down what goes out, then leads back to it.
pub async fn submit(State(app): State<App>, sent: Signed<ReportPublish>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let visitor = &sent.visitor;
        let locale = visitor.locale;
        let asked = Asked {
            audience: ask::audience(app, visitor, sent.fields.get("audience"))?,
            period: ask::period(sent.fields.get("days"))?,
        };
        if matches!(asked.audience, Audience::Organisation(_)) {
            return Err(PageError::Wrong(t!(locale, "publish-inside").into()));
        }
        let before = Before::of(&ask::sight(app, visitor)?, &asked.audience)?;
        if let Some(until) = before.rests_until(asked.period, visitor.now) {
            let text = t!(locale, "publish-rests", until = locale.utc(until).as_str());
            return Err(PageError::Conflict(text.into()));
        }
        let Ok(report) = checked(app, visitor, &asked)? else {
            return Err(PageError::Conflict(t!(locale, "publish-leak").into()));
        };
        let body = Publication {
            audience: word(&asked.audience),
            days: asked.period.days,
            by: visitor.account.name.clone(),
            figures: report.figures.iter().filter_map(|figure| figure.kept.clone()).collect(),
        };
        // It says who is behind each figure: as strict as the most that its author may see.
        let marked = Marked::Known(model::Marking::tlp(visitor.account.clearance));
        let seal = Seal { marked, ..app.desk.seal::<Publication>(visitor.now) };
        app.desk.submit_and_fold(vec![seal.body(&body, edge::salt())]).map_err(PageError::broken)?;
        let days = body.days.to_string();
        let to = query::with("/picture/report", &[("audience", Some(&body.audience)), ("days", Some(&days))]);
        Ok(Redirect::to(&to).into_response())
    })
    .await
}

/// The figures over what may not go itself, as a block of the report.
pub(super) fn figures(locale: Locale, report: &Landscape) -> Markup {
    let row = |figure: &Figure| {
        vec![
            html! { (topic_name(locale, figure.topic)) },
            html! { (figure.name) },
            match figure.shown {
                Shown::Exactly(count) | Shown::Kept(count) => html! { (locale.count(count)) },
                Shown::Fewer(than) => html! { (t!(locale, "publish-fewer", than = than)) },
                Shown::Withheld => html! {},
            },
        ]
    };
    let title = t!(locale, "publish-figures");
    let list = Table {
        caption: title.clone(),
        columns: vec![
            Column::text(t!(locale, "snapshot-topic")),
            Column::text(t!(locale, "word-name")),
            Column::number(t!(locale, "picture-now")),
        ],
        rows: report.figures.iter().filter(|figure| figure.goes_out()).map(row).collect(),
        empty: Some(html! { p { (t!(locale, "publish-none")) } }),
        ..Table::default()
    };
    let text =
        t!(locale, "publish-method", contributors = claims::CONTRIBUTORS, hours = claims::SETTLED.as_hours());
    card(&title, html! {}, html! { p { (text) } (table(locale, &list)) })
}

/// When it was published last, and the way to publishing it again: over what would go out, and what would not.
pub(super) fn form(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    if matches!(asked.audience, Audience::Organisation(_)) || visitor.past.is_some() {
        return Ok(html! {});
    }
    let before = Before::of(&ask::sight(app, visitor)?, &asked.audience)?;
    let body = html! {
        (published(visitor, &before, asked))
        @if visitor.holds(&ReportPublish::PERMISSION) {
            div.actions { (button_link(ButtonKind::Primary, &preview(asked), &t!(locale, "publish-preview"))) }
        }
    };
    Ok(html! { div.no-print { (card(&t!(locale, "publish-title"), html! {}, body)) } })
}

/// Where it is shown what would go out.
fn preview(asked: &Asked) -> String {
    let (audience, days) = (word(&asked.audience), asked.period.days.to_string());
    query::with("/picture/report/preview", &[("audience", Some(&audience)), ("days", Some(&days))])
}

/// When it went out last, and whether it has to rest.
pub(super) fn published(visitor: &Visitor, before: &Before, asked: &Asked) -> Markup {
    let locale = visitor.locale;
    html! {
        p {
            @match before.last(&asked.audience) {
                Some(last) => {
                    (t!(locale, "publish-last", days = last.said.days, by = last.said.by.as_str())) " "
                    (time_full(locale, last.at, visitor.now, visitor.zone.as_ref()))
                }
                None => { (t!(locale, "publish-never")) }
            }
        }
        @if let Some(until) = before.rests_until(asked.period, visitor.now) {
            p { (t!(locale, "publish-rests", until = locale.utc(until).as_str())) }
        }
    }
}
