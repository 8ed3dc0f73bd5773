//! `/past`: which instant a page shall show, and what has changed between two.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use maud::{Markup, html};
use model::Timestamp;
use model::time::{SignedDuration, TimeZone};
use ui::component::{ButtonKind, Field, FieldKind, button, card, error_summary, field, heading};
use ui::{query, t};

use super::asked::{Asked, asked};
use super::{AT, gate, is_recorded, written, zone};
use crate::access::OverviewRead;
use crate::pages::app::App;
use crate::pages::faults::Faults;
use crate::pages::frame::Page;
use crate::pages::may::May;
use crate::pages::visitor::Visitor;

pub(in crate::pages) async fn page(State(app): State<App>, visitor: May<OverviewRead>) -> Response {
    let of = query::value(&visitor.path, "of").filter(|of| is_recorded(of)).unwrap_or_else(|| "/".to_owned());
    let given = query::value(&visitor.path, AT).unwrap_or_default();
    if query::get(&visitor.path, "go").is_none() {
        return form(&app, &visitor, &of, &given, &Faults::default()).into_response();
    }
    match asked(&given, &zone(&visitor), visitor.now) {
        Ok(Asked::Past(at)) => leads(&of, Some(at)),
        Ok(Asked::Present) => leads(&of, None),
        Err(error) => {
            let mut faults = Faults::default();
            faults.say(AT, gate::why(&visitor, error));
            let page = form(&app, &visitor, &of, &given, &faults);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
    }
}

fn leads(of: &str, at: Option<Timestamp>) -> Response {
    Redirect::to(&query::with(of, &[(AT, at.map(written).as_deref())])).into_response()
}

fn form(app: &App, visitor: &Visitor, of: &str, given: &str, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let mine = zone(visitor);
    let usual = visitor.now - SignedDuration::from_hours(24);
    // What is not an instant stands in the field as it was sent, so that it can be mended.
    let shown = match given.parse::<Timestamp>() {
        Ok(at) => local(at, &mine),
        Err(_) if given.is_empty() => local(usual, &mine),
        Err(_) => given.to_owned(),
    };
    let zone_name = mine.iana_name().unwrap_or("UTC").replace('_', " ");
    let fields = [Field {
        name: AT,
        label: t!(locale, "past-at"),
        value: shown.into(),
        hint: t!(locale, "past-at-hint", zone = zone_name.as_str()),
        kind: FieldKind::Local,
        error: faults.of(AT),
        required: true,
        ..Field::default()
    }];
    let title = t!(locale, "past-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "past-lede")) }, html! {}))
        (error_summary(locale, &fields))
        div.stack {
            form.form method="get" action="/past" {
                input type="hidden" name="of" value=(of);
                input type="hidden" name="go" value="1";
                @for one in &fields { (field(locale, one)) }
                div.actions { (button(ButtonKind::Primary, &t!(locale, "past-show"))) }
            }
            (card(&t!(locale, "past-quick"), html! {}, quick(visitor, of)))
            (card(&t!(locale, "compare-title"), html! {}, html! {
                p { (t!(locale, "compare-lede")) }
                (crate::pages::compare::form(visitor, &local(usual, &mine), ""))
            }))
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}

/// Instants that people ask for most.
fn quick(visitor: &Visitor, of: &str) -> Markup {
    let locale = visitor.locale;
    let ago = |hours| visitor.now - SignedDuration::from_hours(hours);
    let list = [
        (t!(locale, "past-hour"), ago(1)),
        (t!(locale, "past-shift"), ago(8)),
        (t!(locale, "past-day"), ago(24)),
        (t!(locale, "past-week"), ago(7 * 24)),
    ];
    html! {
        ul.list {
            @for (name, at) in list {
                li {
                    a href=(query::with(of, &[(AT, Some(&written(seconds(at))))])) { (name) } " "
                    span.muted { (locale.utc(at)) }
                }
            }
        }
    }
}

/// The instant without parts of a second, for addresses that people read.
fn seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// As a field for a local date and time wants it.
pub(super) fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()
}
