//! How one wants to be told: ways, urgency, quiet hours, digest, and how early a legal clock breaks them.

use std::borrow::Cow;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use model::time::civil::Time;
use ui::component::{ButtonKind, Field, FieldKind, breadcrumb, button, card, error_summary, field, heading};
use ui::{Locale, t};

use super::super::app::App;
use super::super::error::PageError;
use super::super::faults::Faults;
use super::super::fields::{Fields, Signed};
use super::super::frame::Page;
use super::super::may::May;
use super::super::visitor::Visitor;
use super::{address, webhook};
use crate::access::NoticeRead;
use crate::notice::{Digests, MOST_QUIET_H, Quiet, Upward, Wishes};

pub(in super::super) async fn ask(
    State(app): State<App>,
    visitor: May<NoticeRead>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, None, &Faults::default())).await
}

pub(in super::super) async fn submit(
    State(app): State<App>,
    sent: Signed<NoticeRead>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let visitor = &sent.visitor;
        let mut faults = Faults::default();
        let wishes = read(visitor.locale, &sent.fields, &mut faults);
        if !faults.is_empty() {
            return Ok(faults.answer(show(app, visitor, Some(&sent.fields), &faults)?));
        }
        app.desk.local.set_wishes(&visitor.account.name, &wishes, visitor.now)?;
        Ok(Redirect::to("/account/notices").into_response())
    })
    .await
}

fn read(locale: Locale, sent: &Fields, faults: &mut Faults) -> Wishes {
    let mut upward = |name: &str| {
        let chosen = Upward::of(sent.get(name));
        faults.check(chosen.is_none(), name, t!(locale, "form-choose"));
        chosen.unwrap_or_default()
    };
    let (mail, webhook) = (upward("mail"), upward("webhook"));
    let language = Locale::from_code(sent.get("language"));
    faults.check(language.is_none(), "language", t!(locale, "form-choose"));
    let clock_h = sent.get("clock_h").parse().ok().filter(|hours| (1..=Wishes::MOST_CLOCK_H).contains(hours));
    faults.check(clock_h.is_none(), "clock_h", t!(locale, "notice-clock-wrong", most = Wishes::MOST_CLOCK_H));
    Wishes {
        language: language.unwrap_or_default().code().to_owned(),
        mail,
        webhook,
        quiet: quiet(locale, sent, faults),
        digests: digests(locale, sent, faults),
        clock_h: clock_h.unwrap_or_default(),
    }
}

fn quiet(locale: Locale, sent: &Fields, faults: &mut Faults) -> Option<Quiet> {
    let (from, until) = (sent.get("quiet_from"), sent.get("quiet_until"));
    if from.is_empty() && until.is_empty() {
        return None;
    }
    let mut time = |name: &str, text: &str| {
        let read = clock(text);
        faults.check(read.is_none(), name, t!(locale, "notice-time-wrong"));
        read
    };
    let quiet = Quiet { from: time("quiet_from", from)?, until: time("quiet_until", until)? };
    let fits = quiet.hours() > 0.0 && quiet.hours() <= MOST_QUIET_H as f64;
    faults.check(!fits, "quiet_until", t!(locale, "notice-quiet-long", most = MOST_QUIET_H));
    Some(quiet)
}

fn digests(locale: Locale, sent: &Fields, faults: &mut Faults) -> Digests {
    match sent.get("digest") {
        "off" => Digests::Off,
        "hourly" => Digests::Hourly,
        "daily" => {
            let time = clock(sent.get("digest_at"));
            faults.check(time.is_none(), "digest_at", t!(locale, "notice-time-wrong"));
            Digests::Daily(time.unwrap_or_default())
        }
        _ => {
            faults.say("digest", t!(locale, "form-choose"));
            Digests::Off
        }
    }
}

/// `22:00`, and nothing else.
fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// The page with what is kept, or with what was sent and is wrong.
pub(super) fn show(
    app: &App,
    visitor: &Visitor,
    sent: Option<&Fields>,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let title = t!(locale, "notice-wishes-title");
    let body = html! {
        (breadcrumb(locale, &[("/account", &t!(locale, "account-title"))], &title))
        (heading(&title, html! { (t!(locale, "notice-wishes-lede")) }, html! {}))
        div.stack {
            (address::card(app, visitor, sent, faults))
            (webhook::card(app, visitor, sent, faults))
            (card(&t!(locale, "notice-how"), html! {}, form(app, visitor, sent, faults)))
        }
    };
    Ok(Page { title, ..Page::default() }.show(app, visitor, body))
}

fn form(app: &App, visitor: &Visitor, sent: Option<&Fields>, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let kept = kept(&app.desk.local.wishes(&visitor.account.name));
    // Another form of the page may have been sent: then this one shows what is kept.
    let sent = sent.filter(|sent| !sent.get("clock_h").is_empty() || !sent.get("digest").is_empty());
    let now = sent.unwrap_or(&kept);
    let value = |name: &str| Cow::Owned(now.get(name).to_owned());
    let zone = app.desk.local.zone_of(&visitor.account.name);
    let zone = zone.iana_name().unwrap_or("UTC").replace('_', " ");
    let select = |name, label, options| Field {
        name,
        label,
        value: value(name),
        kind: FieldKind::Select(options),
        error: faults.of(name),
        required: true,
        ..Field::default()
    };
    let time = |name, label, hint| Field {
        name,
        label,
        value: value(name),
        hint,
        error: faults.of(name),
        ..Field::default()
    };
    let languages = Locale::ALL.map(|one| (one.code().into(), one.endonym().into())).to_vec();
    let fields = [
        select("mail", t!(locale, "notice-by-mail"), upwards(locale)),
        select("webhook", t!(locale, "notice-by-webhook"), upwards(locale)),
        select("language", t!(locale, "notice-language"), languages),
        time(
            "quiet_from",
            t!(locale, "notice-quiet-from"),
            t!(locale, "notice-quiet-hint", zone = zone.as_str()),
        ),
        time("quiet_until", t!(locale, "notice-quiet-until"), t!(locale, "notice-time-hint")),
        select(
            "digest",
            t!(locale, "notice-digest"),
            vec![
                ("off".into(), t!(locale, "notice-digest-off")),
                ("hourly".into(), t!(locale, "notice-digest-hourly")),
                ("daily".into(), t!(locale, "notice-digest-daily")),
            ],
        ),
        time("digest_at", t!(locale, "notice-digest-at"), t!(locale, "notice-time-hint")),
        Field {
            name: "clock_h",
            label: t!(locale, "notice-clock"),
            value: value("clock_h"),
            kind: FieldKind::Number,
            hint: t!(locale, "notice-clock-hint"),
            error: faults.of("clock_h"),
            required: true,
            ..Field::default()
        },
    ];
    html! {
        @if sent.is_some() { (error_summary(locale, &fields)) }
        form.form method="post" action="/account/notices" novalidate {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "action-save"))) }
        }
    }
}

fn upwards(locale: Locale) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    let word = |upward| match upward {
        Upward::Off => t!(locale, "notice-from-off"),
        Upward::Urgent => t!(locale, "notice-from-urgent"),
        Upward::Normal => t!(locale, "notice-from-normal"),
        Upward::Low => t!(locale, "notice-from-low"),
    };
    Upward::ALL.map(|upward| (upward.word().into(), word(upward))).to_vec()
}

/// What is kept, as the form would send it.
fn kept(wishes: &Wishes) -> Fields {
    let clock = |time: Time| time.strftime("%H:%M").to_string();
    let quiet = |part: fn(Quiet) -> Time| wishes.quiet.map(part).map(clock).unwrap_or_default();
    let (digest, digest_at) = match wishes.digests {
        Digests::Off => ("off", String::new()),
        Digests::Hourly => ("hourly", String::new()),
        Digests::Daily(time) => ("daily", clock(time)),
    };
    let values = [
        ("mail", wishes.mail.word().to_owned()),
        ("webhook", wishes.webhook.word().to_owned()),
        ("language", wishes.locale().code().to_owned()),
        ("quiet_from", quiet(|quiet| quiet.from)),
        ("quiet_until", quiet(|quiet| quiet.until)),
        ("digest", digest.to_owned()),
        ("digest_at", digest_at),
        ("clock_h", wishes.clock_h.to_string()),
    ];
    Fields(values.map(|(name, value)| (name.to_owned(), value)).to_vec())
}
