//! One incident: its duties by urgency, what stands against what, what does not apply and why, and what was stated.
//! With `?at=` as it was known at that moment.

use axum::extract::{Path, State};
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use packs::Library;
use records::determination::Outcome;
use ui::component::{
    ButtonKind, Column, Table, Tone, alert, breadcrumb, button_link, card, heading, live, post_button, said,
    status, table, time_full,
};
use ui::{Locale, t};

use super::{asked_at, duties, find, history, intake};
use crate::access::{FactState, IncidentRead};
use crate::ask::undecided;
use crate::case::{Case, Said, Statement};
use crate::commands::MARKING;
use crate::held::Waiting;
use crate::law;
use crate::plan::{self, Plan};

pub async fn page(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &id)).await
}

fn show(app: &App, visitor: &Visitor, id: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let case = find(app, visitor, id)?;
    let at = asked_at(visitor)?;
    // A moment of the past is planned by the law as it was known then.
    let library = law::as_of(&app.desk.views, at.as_microsecond())?;
    let planned = case
        .incident(&library, at)
        .map(|incident| (plan::plan(&library, &incident, at), undecided(&library, &incident).len()));
    let list = t!(locale, "notify-incidents-title");
    let lede = html! {
        @if case.exercise { (status(Tone::Info, &t!(locale, "notify-exercise"))) " " }
        @if let Some(officer) = case.officer() { (t!(locale, "notify-officer")) ": " (officer) " · " }
        (t!(locale, "notify-as-of")) " " (time_full(locale, at, visitor.now, visitor.zone.as_ref()))
    };
    let content = match &planned {
        Ok((plan, open)) => {
            let waiting = crate::held::waiting(&app.desk)?;
            blocks(visitor, &library, &case, plan, (*open, &waiting))
        }
        Err(fault) => alert(
            Tone::Err,
            &t!(locale, "notify-unsound"),
            html! { p { (said(&fault.sentence().say(locale))) } },
        ),
    };
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list)], &case.title))
        (heading(&case.title, lede, actions(visitor, &case)))
        (live("incident", &visitor.path, &["notify", "release"], html! {
            div.stack {
                (content)
                (history::reminders(app, visitor, &case, at)?)
                (history::show(app, visitor, &case, at)?)
                (card(&t!(locale, "notify-statements"), html! {}, statements(visitor, &case, at)))
            }
        }))
    };
    let page = Page { title: case.title.as_str().into(), marking: Some(MARKING), updated: Some(visitor.now) };
    Ok(page.show(app, visitor, body))
}

/// What can be done with it, for those who may.
fn actions(visitor: &Visitor, case: &Case) -> Markup {
    let (locale, here) = (visitor.locale, format!("/notify/incidents/{}", case.id));
    let go = |kind, end: &str, label: &str| button_link(kind, &format!("{here}/{end}"), label);
    let mine = case.officer() == Some(&visitor.account.name);
    let officer = if mine { "" } else { visitor.account.name.as_str() };
    let label = if mine { t!(locale, "notify-let-go") } else { t!(locale, "notify-take") };
    html! {
        @if visitor.may::<FactState>() {
            (go(ButtonKind::Primary, "intake", &t!(locale, "notify-intake-title")))
            (go(ButtonKind::Plain, "decide", &t!(locale, "notify-decide-verb")))
            (post_button(ButtonKind::Plain, &format!("{here}/assign"), &label, &[visitor.csrf(), ("officer", officer)]))
        }
        (go(ButtonKind::Plain, "ransom", &t!(locale, "ransom-title")))
        (go(ButtonKind::Plain, "whatif", &t!(locale, "notify-whatif-title")))
    }
}

fn blocks(
    visitor: &Visitor,
    library: &Library,
    case: &Case,
    plan: &Plan,
    (open, waiting): (usize, &[Waiting]),
) -> Markup {
    let locale = visitor.locale;
    html! {
        (intake::contradictions(visitor, library, case))
        (super::contradicted::show(visitor, library, case))
        @if open > 0 {
            (alert(Tone::Info, &t!(locale, "notify-laws-open", count = open), html! {
                @if visitor.may::<FactState>() {
                    p { a href={ "/notify/incidents/" (case.id) "/laws" } { (t!(locale, "notify-laws-decide")) } }
                }
            }))
        }
        @for conflict in &plan.conflicts {
            (alert(Tone::Warn, &t!(locale, "notify-conflict"), html! {
                p { code { (conflict.silence) } " – " code { (conflict.disclosure) } ": " (locale.pick(&conflict.why)) }
            }))
        }
        @for note in &plan.notes { (alert(Tone::Info, locale.pick(note), html! {})) }
        (card(&t!(locale, "notify-duties"), html! {}, duties::duties(visitor, case, plan, waiting)))
        @if !plan.thresholds.is_empty() {
            (card(&t!(locale, "notify-thresholds"), html! {}, duties::thresholds(visitor, plan)))
        }
        @if !plan.excluded.is_empty() {
            (card(&t!(locale, "notify-excluded"), html! {}, duties::excluded(visitor, library, plan)))
        }
        p.muted { (t!(locale, "notify-made-with")) " " span lang="en" { (plan.made_with) } }
    }
}

fn statements(visitor: &Visitor, case: &Case, at: Timestamp) -> Markup {
    let locale = visitor.locale;
    let known = case.statements.iter().rev().filter(|statement| statement.at_us <= at.as_microsecond());
    let list = Table {
        caption: t!(locale, "notify-statements"),
        columns: vec![
            Column::text(t!(locale, "notify-when")),
            Column::text(t!(locale, "notify-what")),
            Column::text(t!(locale, "notify-value")),
            Column::text(t!(locale, "notify-who")),
        ],
        rows: known.map(|statement| row(visitor, case, statement)).collect(),
        empty: Some(html! { p { (t!(locale, "notify-statements-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn row(visitor: &Visitor, case: &Case, statement: &Statement) -> Vec<Markup> {
    let locale = visitor.locale;
    let at = Timestamp::from_microsecond(statement.at_us).unwrap_or(visitor.now);
    let (what, value, who) = match &statement.said {
        Said::Fact(fact) => (
            html! {
                code translate="no" { (fact.field) } " "
                a href={ "/notify/incidents/" (case.id) "/intake?edit=" (ui::query::encode(&fact.field)) } {
                    (t!(locale, "notify-correct"))
                }
            },
            html! {
                (fact.value.to_string())
                @if fact.estimate { " " (status(Tone::Idle, &t!(locale, "notify-estimate"))) }
                @if !fact.source.is_empty() { span.muted { " · " (fact.source) } }
            },
            &fact.by,
        ),
        Said::Determination(made) => (
            html! { code translate="no" { (made.question) } },
            html! { (outcome(locale, made.outcome)) " · " (locale.utc(made.at)) " · " (made.rationale) },
            &made.by,
        ),
        Said::Submission(sent) => (
            html! { code translate="no" { (sent.stage) } },
            html! { (t!(locale, "notify-state-sent")) " · " (locale.utc(sent.at)) " · " (sent.channel) " " (sent.reference)
                @if let Some(second) = &sent.second { " · " (t!(locale, "filing-second")) " " (second.by) }
            },
            &sent.by,
        ),
        Said::Assignment(to) => (
            html! { (t!(locale, "notify-officer")) },
            html! { @if to.officer.is_empty() { "–" } @else { (to.officer) } },
            &to.by,
        ),
    };
    vec![time_full(locale, at, visitor.now, visitor.zone.as_ref()), what, value, html! { (who) }]
}

fn outcome(locale: Locale, outcome: Outcome) -> Markup {
    match outcome {
        Outcome::Yes => status(Tone::Ok, &t!(locale, "notify-yes")),
        Outcome::No => status(Tone::Idle, &t!(locale, "notify-no")),
        Outcome::Unknown => status(Tone::Warn, &t!(locale, "notify-unknown")),
    }
}
