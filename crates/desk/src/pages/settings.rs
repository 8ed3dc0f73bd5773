//! How a person wants to see things: the time zone that stands beside UTC.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use ui::component::{
    ButtonKind, Field, FieldKind, button, button_link, error_summary, facts, field, heading, time_full,
};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::faults::Faults;
use super::fields::Signed;
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use crate::access::OwnAccount;
use crate::notice::ZONE;

pub(super) async fn ask(State(app): State<App>, visitor: May<OwnAccount>) -> Markup {
    let now = app.desk.local.preference(&visitor.account.name, ZONE).unwrap_or_default();
    form(&app, &visitor, &now, &Faults::default())
}

pub(super) async fn submit(State(app): State<App>, sent: Signed<OwnAccount>) -> Result<Response, PageError> {
    let visitor = &sent.visitor;
    let zone = sent.fields.get("zone");
    let mut faults = Faults::default();
    let known = zone.is_empty() || model::time::zone_names().any(|name| name == zone);
    faults.check(!known, "zone", t!(visitor.locale, "settings-zone-unknown"));
    if !faults.is_empty() {
        return Ok(faults.answer(form(&app, visitor, zone, &faults)));
    }
    app.desk.local.prefer(&visitor.account.name, ZONE, zone)?;
    Ok(Redirect::to("/account/settings").into_response())
}

fn form(app: &App, visitor: &Visitor, chosen: &str, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let only_utc = ("".into(), t!(locale, "settings-zone-utc"));
    let zones = model::time::zone_names().map(|name| (name.into(), name.replace('_', " ").into()));
    let fields = [Field {
        name: "zone",
        label: t!(locale, "settings-zone"),
        value: chosen.to_owned().into(),
        hint: t!(locale, "settings-zone-hint"),
        kind: FieldKind::Select(std::iter::once(only_utc).chain(zones).collect()),
        error: faults.of("zone"),
        required: false,
        ..Field::default()
    }];
    let title = t!(locale, "settings-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "settings-lede")) }, html! {}))
        (facts([(t!(locale, "settings-now"), time_full(locale, visitor.now, visitor.now, visitor.zone.as_ref()))]))
        (error_summary(locale, &fields))
        form.form method="post" action="/account/settings" {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "action-save")))
                (button_link(ButtonKind::Plain, "/", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}
