//! The public form: an operator without a node and without an account reports here, and gets a reference and a code.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use desk::pages::{App, Faults, Fields, PageError, Posted, Stranger};
use maud::{Markup, html};
use model::ReportId;
use packs::Stage;
use records::report::Way;
use ui::component::{ButtonKind, Tone, alert, button, button_link, error_summary, facts, field, heading};
use ui::t;

use super::{ask, refused, words};
use crate::authority::commands::receive_report::{Arrival, Taken, receive_report};
use crate::cite::cited;

/// What the form asks for: which stage, or everything about it.
pub async fn page(State(app): State<App>, stranger: Stranger) -> Result<Markup, PageError> {
    open(&app)?;
    let asked = ui::query::get(&stranger.path, "stage").unwrap_or("");
    match find(&app, asked) {
        Some(stage) => {
            let once = Fields(vec![("once".into(), ReportId(desk::edge::uuid()).to_string())]);
            Ok(form(&app, &stranger, stage, &once, &Faults::default()))
        }
        None => Ok(choice(&app, &stranger)),
    }
}

/// Takes the report in.
pub async fn submit(State(app): State<App>, sent: Posted) -> Result<Response, PageError> {
    open(&app)?;
    app.blocking(move |app| {
        let stranger = &sent.stranger;
        let Some(stage) = find(app, sent.fields.get("stage")) else { return Err(PageError::NotFound) };
        let mut faults = Faults::default();
        let arrival = Arrival {
            way: Way::Web,
            source: None,
            by: String::new(),
            id: sent.fields.get("once").parse().ok(),
        };
        match receive_report(&app.desk, ask::read(stage, &sent.fields), arrival) {
            Ok(taken) => Ok((StatusCode::CREATED, thanks(app, stranger, &taken)).into_response()),
            Err(error) => {
                refused(stranger.locale, error, &mut faults)?;
                Ok(faults.answer(form(app, stranger, stage, &sent.fields, &faults)))
            }
        }
    })
    .await
}

/// There is no such page where the operator of the node has not opened it.
pub(super) fn open(app: &App) -> Result<(), PageError> {
    if app.site.public_reports.is_empty() { Err(PageError::NotFound) } else { Ok(()) }
}

fn find(app: &App, id: &str) -> Option<&'static Stage> {
    ask::stages(&app.site.public_reports).into_iter().map(|(_, stage)| stage).find(|stage| stage.id == id)
}

fn choice(app: &App, stranger: &Stranger) -> Markup {
    let locale = stranger.locale;
    let title = t!(locale, "report-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "report-lede")) }, html! {
            (button_link(ButtonKind::Plain, "/report/status", &t!(locale, "report-status-title")))
        }))
        (alert(Tone::Info, &t!(locale, "report-emergency"), html! {}))
        @for regime in &app.site.public_reports {
            section.card {
                div.card-body {
                    h2 { (regime_title(locale, regime)) " " code.muted translate="no" { (regime) } }
                    ul.plain-list {
                        @for (_, stage) in ask::stages(std::slice::from_ref(regime)) {
                            li {
                                a href={ "/report?stage=" (stage.id) } { (locale.pick(&stage.title)) }
                                " " span.muted { (cited(locale, &stage.cite)) }
                            }
                        }
                    }
                }
            }
        }
    };
    stranger.show(app, title, "/report", body)
}

fn regime_title(locale: ui::Locale, regime: &str) -> String {
    let pack = packs::Library::embedded().packs.get(regime);
    pack.map_or_else(|| regime.to_owned(), |pack| locale.pick(&pack.head.title).to_owned())
}

fn form(app: &App, stranger: &Stranger, stage: &'static Stage, sent: &Fields, faults: &Faults) -> Markup {
    let locale = stranger.locale;
    let (head, body) = (ask::head(locale, sent, faults), ask::body(locale, stage, sent, faults));
    let mut all = head.clone();
    all.extend(body.iter().cloned());
    let path = format!("/report?stage={}", stage.id);
    let content = html! {
        (heading(locale.pick(&stage.title), html! { (t!(locale, "report-form-lede")) " " (cited(locale, &stage.cite)) }, html! {}))
        (error_summary(locale, &all))
        form.form method="post" action="/report" novalidate {
            input type="hidden" name="stage" value=(stage.id);
            input type="hidden" name="once" value=(sent.get("once"));
            fieldset.field {
                legend { (t!(locale, "report-who")) }
                div.form { @for one in &head { (field(locale, one)) } }
            }
            fieldset.field {
                legend { (t!(locale, "report-what")) }
                div.form { @for one in &body { (field(locale, one)) } }
            }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "report-send")))
                (button_link(ButtonKind::Plain, "/report", &t!(locale, "action-cancel")))
            }
        }
    };
    stranger.show(app, locale.pick(&stage.title).to_owned().into(), &path, content)
}

fn thanks(app: &App, stranger: &Stranger, taken: &Taken) -> Markup {
    let locale = stranger.locale;
    let title = t!(locale, "report-taken");
    let code = |text: &str| html! { code.secret translate="no" { (text) } };
    let shown = [
        (t!(locale, "reports-reference"), code(&taken.reference)),
        (
            t!(locale, "report-code"),
            if taken.code.is_empty() {
                html! {}
            } else {
                code(&words::grouped(&taken.code))
            },
        ),
    ];
    let body = html! {
        (heading(&title, html! { (t!(locale, "report-taken-lede")) }, html! {}))
        @if taken.code.is_empty() {
            (alert(Tone::Info, &t!(locale, "report-taken-before"), html! {}))
        } @else {
            (alert(Tone::Warn, &t!(locale, "report-keep-code"), html! {}))
        }
        (facts(shown))
        div.actions { (button_link(ButtonKind::Plain, "/report/status", &t!(locale, "report-status-title"))) }
    };
    stranger.show(app, title, "/report", body)
}
