//! `/picture/report/preview`: before anything is published, each figure as the audience would see it, what is suppressed, and
//! why. It tells more than the report: it stays inside, and bears the marking of everything that was counted.

use axum::extract::State;
use claims::{Audience, CONTRIBUTORS, Shown};
use desk::access::Permit as _;
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use model::Marking;
use ui::component::{
    ButtonKind, Column, Table, Tone, breadcrumb, button, card, heading, marking, status, table,
};
use ui::{Locale, query, t};

use super::publish::published;
use super::report::{Asked, audience_name, blocked, checked};
use super::trends::{period_name, topic_name};
use crate::access::{PictureRead, ReportPublish};
use crate::ask;
use crate::guarded::{Before, Figure};
use crate::landscape::word;

pub async fn page(State(app): State<App>, visitor: May<PictureRead>) -> Result<Markup, PageError> {
    if !visitor.holds(&ReportPublish::PERMISSION) {
        return Err(PageError::Forbidden);
    }
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let asked = Asked::of(app, visitor)?;
    let title = t!(locale, "publish-preview-title");
    let (audience, days) = (word(&asked.audience), asked.period.days.to_string());
    let up = query::with("/picture/report", &[("audience", Some(&audience)), ("days", Some(&days))]);
    let clearance = Marking::tlp(visitor.account.clearance);
    let (content, strictest) = if matches!(asked.audience, Audience::Organisation(_)) {
        (html! { p { (t!(locale, "publish-inside")) } }, None)
    } else {
        match checked(app, visitor, &asked)? {
            Ok(report) => {
                let marks = report.figures.iter().map(|figure| figure.marking);
                let strictest = marks.chain(report.marking).reduce(Marking::strictest);
                (figures(app, visitor, &asked, &report.figures)?, strictest)
            }
            Err(hit) => (blocked(locale, &hit), Some(clearance)),
        }
    };
    let body = html! {
        (breadcrumb(locale, &[(up.as_str(), &t!(locale, "picture-report-title"))], &title))
        (heading(&title, html! {
            (audience_name(app, locale, &asked.audience)) " · " (period_name(locale, asked.period))
        }, html! {}))
        div.stack { (content) }
    };
    Ok(Page { title, marking: strictest, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn figures(app: &App, visitor: &Visitor, asked: &Asked, figures: &[Figure]) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let before = Before::of(&ask::sight(app, visitor)?, &asked.audience)?;
    let (out, held): (Vec<&Figure>, Vec<&Figure>) = figures.iter().partition(|figure| figure.goes_out());
    let (csrf, token) = visitor.csrf();
    Ok(html! {
        (card(&t!(locale, "publish-goes-out"), html! {}, list(locale, &t!(locale, "publish-goes-out"), &out)))
        (card(&t!(locale, "publish-stays"), html! {}, list(locale, &t!(locale, "publish-stays"), &held)))
        (card(&t!(locale, "publish-title"), html! {}, html! {
            (published(visitor, &before, asked))
            @if before.rests_until(asked.period, visitor.now).is_none() {
                form.form method="post" action="/picture/report" {
                    input type="hidden" name=(csrf) value=(token);
                    input type="hidden" name="audience" value=(word(&asked.audience));
                    input type="hidden" name="days" value=(asked.period.days);
                    p { (t!(locale, "publish-do-lede")) }
                    div.actions { (button(ButtonKind::Primary, &t!(locale, "publish-do"))) }
                }
            }
        }))
    })
}

fn list(locale: Locale, title: &str, figures: &[&Figure]) -> Markup {
    let row = |figure: &&Figure| {
        vec![
            html! { (topic_name(locale, figure.topic)) },
            html! { (figure.name) },
            html! { (locale.count(figure.counted)) },
            html! { (locale.count(figure.contributors as u64)) },
            seen(locale, figure),
            html! { (why(locale, figure)) },
            marking(locale, figure.marking),
        ]
    };
    let list = Table {
        caption: title.to_owned().into(),
        columns: vec![
            Column::text(t!(locale, "snapshot-topic")),
            Column::text(t!(locale, "word-name")),
            Column::number(t!(locale, "publish-counted")),
            Column::number(t!(locale, "publish-parties")),
            Column::text(t!(locale, "publish-seen")),
            Column::text(t!(locale, "publish-why")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows: figures.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "publish-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

/// What the audience sees.
fn seen(locale: Locale, figure: &Figure) -> Markup {
    match figure.shown {
        Shown::Exactly(count) | Shown::Kept(count) => html! { (locale.count(count)) },
        Shown::Fewer(than) => html! { (t!(locale, "publish-fewer", than = than)) },
        Shown::Withheld => status(Tone::Warn, &t!(locale, "publish-nothing")),
    }
}

/// Why it sees no more.
fn why(locale: Locale, figure: &Figure) -> String {
    match figure.shown {
        Shown::Exactly(_) => t!(locale, "publish-as-counted").into_owned(),
        Shown::Kept(_) => t!(
            locale,
            "publish-kept-why",
            changed = figure.changed,
            enough = CONTRIBUTORS,
            hours = claims::SETTLED.as_hours()
        )
        .into_owned(),
        Shown::Fewer(than) => t!(locale, "publish-fewer-why", than = than).into_owned(),
        Shown::Withheld => {
            t!(locale, "publish-withheld-why", parties = figure.contributors, enough = CONTRIBUTORS)
                .into_owned()
        }
    }
}
