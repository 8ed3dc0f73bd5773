//! Filing a stage over the link from the console: with whom, exactly what goes, and what stands in its way. What is sent
//! is what was looked at: when something was stated meanwhile, the page shows it anew and sends nothing.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, May, Page, PageError, Signed, Visitor, party_link, party_name};
use maud::{Markup, html};
use model::PartyId;
use packs::Library;
use ui::component::{
    ButtonKind, Tone, alert, breadcrumb, button, button_link, card, facts, heading, json, marking, reason,
};
use ui::t;

use super::super::find;
use super::found;
use crate::access::StageSubmit;
use crate::case::Case;
use crate::commands::MARKING;
use crate::commands::file_stage::{MARKED, filing, lacking};
use crate::held::Asked;
use crate::pages::parameter;
use crate::plan::Obligation;
use crate::sending::{Offer, Order, digest, offers, send, wish};
use crate::{ask::name_of, law};

pub async fn form(
    State(app): State<App>,
    visitor: May<StageSubmit>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let to = parameter(&visitor, "to").and_then(|text| text.parse().ok());
        let sector = parameter(&visitor, "sector").unwrap_or_default();
        show(app, &visitor, &case, &stage, (to, &sector), None)
    })
    .await
}

pub async fn submit(
    State(app): State<App>,
    Path((id, stage)): Path<(String, String)>,
    form: Signed<StageSubmit>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&form.visitor, &form.fields);
        let case = find(app, visitor, &id)?;
        let again = |fault: String| {
            let to = fields.get("to").parse().ok();
            let page = show(app, visitor, &case, &stage, (to, fields.get("sector")), Some(&fault))?;
            Ok((http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        };
        let locale = visitor.locale;
        let Ok(to) = fields.get("to").parse() else { return again(t!(locale, "filing-choose").into_owned()) };
        let (duty, _) = found(app, visitor, &case, &stage)?;
        let order = order(visitor, to, fields.get("sector"), fields.get("seen"));
        match send(&app.desk, &case, &duty, &order) {
            Ok(_) => {
                let there = format!("/notify/incidents/{}/stages/{stage}", case.id);
                Ok(Redirect::to(&there).into_response())
            }
            Err(error) => again(error.theirs().map_err(PageError::broken)?.say(visitor.locale)),
        }
    })
    .await
}

fn order<'a>(visitor: &'a Visitor, to: PartyId, sector: &'a str, seen: &'a str) -> Order<'a> {
    let name = &visitor.account.name;
    Order { to, sector, seen, by: name, account: name }
}

fn show(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    stage: &str,
    (to, sector): (Option<PartyId>, &str),
    fault: Option<&str>,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let (duty, _) = found(app, visitor, case, stage)?;
    let library = law::now(&app.desk.views)?;
    let offers = offers(&app.desk, &library, case, &duty);
    let open: Vec<&Offer> = offers.iter().filter(|offer| offer.withheld.is_none()).collect();
    let to = to.or_else(|| open.first().filter(|_| open.len() == 1).map(|offer| offer.to));
    let chosen = open.iter().find(|offer| Some(offer.to) == to);
    let here = format!("/notify/incidents/{}", case.id);
    let there = format!("{here}/stages/{stage}");
    let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "filing-title"));
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title), (&there, locale.pick(&duty.title))], &title))
        (heading(&title, html! { (locale.pick(&duty.title)) " · " (t!(locale, "filing-lede")) }, html! {}))
        div.stack {
            @if let Some(fault) = fault { (alert(Tone::Err, fault, html! {})) }
            @if case.exercise { (alert(Tone::Info, &t!(locale, "notify-exercise-stays"), html! {})) }
            @let ways = duty.channels.iter().map(|way| locale.pick(&way.name)).collect::<Vec<_>>().join(", ");
            (alert(Tone::Info, &t!(locale, "filing-ways", ways = ways.as_str()), html! { p { (t!(locale, "filing-ways-hint")) } }))
            (lacks(visitor, &library, case, stage))
            (card(&t!(locale, "filing-to"), html! {}, choices(app, visitor, &there, &offers, (to, sector))))
            @if let Some(offer) = chosen.filter(|_| !case.exercise) {
                (preview(app, visitor, &library, case, &duty, (offer.to, sector))?)
            }
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: None }.show(app, visitor, body))
}

/// What keeps the report from being sent, each with the place where it is filled.
pub(super) fn lacks(visitor: &Visitor, library: &Library, case: &Case, stage: &str) -> Markup {
    let locale = visitor.locale;
    let open = lacking(library, case, stage);
    html! {
        @if !open.is_empty() {
            (alert(Tone::Err, &t!(locale, "filing-lacks"), html! {
                ul { @for code in &open { li {
                    a href={ "/notify/incidents/" (case.id) "/intake?edit=" (ui::query::encode(code)) } {
                        (locale.pick(&name_of(library, code)))
                    }
                } } }
            }))
        }
    }
}

/// The parties with whom it can be filed, and why not with the others.
fn choices(
    app: &App,
    visitor: &Visitor,
    there: &str,
    offers: &[Offer],
    (to, sector): (Option<PartyId>, &str),
) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    html! {
        @if offers.is_empty() { p { (t!(locale, "filing-nobody")) " " a href="/parties" { (t!(locale, "nav-parties")) } } }
        @else {
            form.form method="get" action={ (there) "/send" } {
                fieldset.field {
                    legend { (t!(locale, "filing-authority")) }
                    @for offer in offers {
                        @let id = format!("to-{}", offer.to.hex());
                        label for=(id) {
                            input id=(id) type="radio" name="to" value=(offer.to) required
                                checked[to == Some(offer.to)] disabled[offer.withheld.is_some()];
                            " " (party_name(&known, offer.to))
                        }
                        @if let Some(why) = offer.withheld { (reason(locale, why.code(), Tone::Warn)) }
                    }
                }
                div.field {
                    label for="sector" { (t!(locale, "filing-sector")) }
                    input #sector name="sector" value=(sector) maxlength="200";
                    p.field-hint { (t!(locale, "filing-sector-hint")) }
                }
                div.actions { (button(ButtonKind::Plain, &t!(locale, "filing-look"))) }
            }
        }
    }
}

/// Exactly what goes, and the button that sends it.
fn preview(
    app: &App,
    visitor: &Visitor,
    library: &Library,
    case: &Case,
    duty: &Obligation,
    (to, sector): (PartyId, &str),
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let filed = wish(library, case, &duty.stage, &order(visitor, to, sector, ""));
    let goes = filing(&app.desk, library, case.id, &filed).map_err(crate::api::write::refused)?;
    let bytes = serde_json::to_vec(&goes).map_err(PageError::broken)?;
    let there = format!("/notify/incidents/{}/stages/{}", case.id, duty.stage);
    let two = crate::held::rules(&app.desk, &Asked::Link { incident: case.id, filed })?;
    let (csrf, token) = visitor.csrf();
    let named = goes.fields.iter().map(|(code, value)| {
        (
            locale.pick(&name_of(library, code)).to_owned().into(),
            html! {
                (crate::heads::typed(value)) " " code.muted translate="no" { (code) }
            },
        )
    });
    let known = app.desk.known();
    let head = facts([
        (t!(locale, "filing-authority"), html! { (party_link(locale, &known, to)) }),
        (t!(locale, "word-marking"), marking(locale, MARKED)),
        (
            t!(locale, "filing-reporter"),
            html! { (goes.reporter.name) " · " (goes.reporter.contact) " " (goes.reporter.country) },
        ),
        (t!(locale, "filing-pack"), html! { (goes.pack) }),
    ]);
    let body = html! {
        (head)
        h3 { (t!(locale, "filing-fields")) }
        @if goes.fields.is_empty() { p { (t!(locale, "filing-no-fields")) } }
        (facts(named))
        details { summary { (t!(locale, "filing-word-for-word")) } (json(locale, &bytes, None)) }
        @for rule in &two { (alert(Tone::Info, &t!(locale, "filing-two", rule = rule.name.as_str()), html! {})) }
        @if lacking(library, case, &duty.stage).is_empty() {
            form.form method="post" action={ (there) "/send" } {
                input type="hidden" name=(csrf) value=(token);
                input type="hidden" name="to" value=(to);
                input type="hidden" name="sector" value=(sector);
                input type="hidden" name="seen" value=(digest(&goes));
                div.actions {
                    @if two.is_empty() { (button(ButtonKind::Primary, &t!(locale, "filing-send"))) }
                    @else { (button(ButtonKind::Primary, &t!(locale, "filing-ask-second"))) }
                    (button_link(ButtonKind::Plain, &there, &t!(locale, "action-cancel")))
                }
            }
        }
    };
    Ok(card(&t!(locale, "filing-goes"), html! {}, body))
}
