//! The tables of duties and of what does not apply.

use std::borrow::Cow;

use desk::pages::Visitor;
use maud::{Markup, html};
use model::Timestamp;
use packs::Library;
use ui::component::{Column, Table, Tone, status, table, time_full};
use ui::t;

use super::{at_place, awaits, pill};
use crate::case::Case;
use crate::cite::cited;
use crate::clocks::Answer;
use crate::held::Waiting;
use crate::plan::{Obligation, Plan};

/// Duties, the most urgent first.
pub fn duties(visitor: &Visitor, case: &Case, plan: &Plan, waiting: &[Waiting]) -> Markup {
    let locale = visitor.locale;
    let list = Table {
        caption: t!(locale, "notify-duties"),
        columns: vec![
            Column::text(t!(locale, "notify-duty")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "notify-alarm")),
            Column::text(t!(locale, "notify-limit")),
            Column::text(t!(locale, "notify-to")),
            Column::number(t!(locale, "notify-missing")),
        ],
        rows: plan.obligations.iter().map(|duty| row(visitor, case, duty, waiting)).collect(),
        empty: Some(html! { p { (t!(locale, "notify-duties-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn row(visitor: &Visitor, case: &Case, duty: &Obligation, waiting: &[Waiting]) -> Vec<Markup> {
    let locale = visitor.locale;
    let instant = |at: Option<Timestamp>, local: &Option<String>| {
        html! {
            @if let Some(at) = at { (time_full(locale, at, visitor.now, visitor.zone.as_ref())) }
            @if let Some(local) = local { br; span.muted { (at_place(locale, local)) } }
        }
    };
    let recipients: Vec<&str> = duty.recipients.iter().map(|to| locale.pick(&to.name)).collect();
    vec![
        html! {
            a href={ "/notify/incidents/" (case.id) "/stages/" (duty.stage) } { (locale.pick(&duty.title)) }
            " " code.muted translate="no" { (duty.stage) }
            details {
                summary { (cited(locale, &duty.clause)) " · " (duty.confidence) }
                ul {
                    @for reason in duty.reasons.iter().chain(&duty.steps) { li { (locale.pick(reason)) } }
                    @for field in &duty.missing { li { (t!(locale, "notify-lacks")) " " (locale.pick(&field.name)) } }
                    li.muted lang="en" { (duty.pack) }
                }
            }
        },
        html! { (pill(locale, duty.state)) (awaits(locale, waiting, case.id, &duty.stage)) },
        instant(duty.alarm, &duty.alarm_local),
        instant(duty.limit, &duty.limit_local),
        html! { (recipients.join(", ")) },
        html! { (locale.count(duty.missing.len() as u64)) },
    ]
}

/// What the numbers say, and what would decide the rest.
pub fn thresholds(visitor: &Visitor, plan: &Plan) -> Markup {
    let locale = visitor.locale;
    let answer = |answer: Answer| match answer {
        Answer::Yes => status(Tone::Warn, &t!(locale, "notify-met")),
        Answer::No => status(Tone::Idle, &t!(locale, "notify-not-met")),
        Answer::Unknown => status(Tone::Info, &t!(locale, "notify-unknown")),
    };
    html! {
        @for threshold in &plan.thresholds {
            h3 { (threshold.regime) " " (answer(threshold.reached)) }
            p { (locale.pick(&threshold.says)) }
            ul {
                @for one in &threshold.criteria {
                    li {
                        (answer(one.met)) " " (locale.pick(&one.title)) " " span.muted { (cited(locale, &one.clause)) }
                        @if !one.asks.is_empty() {
                            ul { @for asked in &one.asks { li { (t!(locale, "notify-asks")) " " (locale.pick(asked)) } } }
                        }
                    }
                }
            }
        }
    }
}

/// What does not apply, and why.
pub fn excluded(visitor: &Visitor, library: &Library, plan: &Plan) -> Markup {
    let locale = visitor.locale;
    let title = |regime: &str, stage: Option<&str>| -> Cow<'_, str> {
        let pack = library.packs.get(regime);
        let of_stage = stage.and_then(|stage| pack?.stage_on(stage, None)).map(|stage| &stage.title);
        let text = of_stage.or_else(|| pack.map(|pack| &pack.head.title));
        text.map_or(Cow::Borrowed(""), |text| Cow::Owned(locale.pick(text).to_owned()))
    };
    let rows = plan.excluded.iter().map(|out| {
        let code = out.stage.as_deref().unwrap_or(&out.regime);
        vec![
            html! { (title(&out.regime, out.stage.as_deref())) " " code.muted translate="no" { (code) } },
            html! { @for reason in &out.reasons { p { (locale.pick(reason)) } } },
        ]
    });
    let list = Table {
        caption: t!(locale, "notify-excluded"),
        columns: vec![Column::text(t!(locale, "notify-duty")), Column::text(t!(locale, "notify-why"))],
        rows: rows.collect(),
        ..Table::default()
    };
    table(locale, &list)
}
