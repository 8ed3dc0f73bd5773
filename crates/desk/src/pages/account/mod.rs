//! One's own account: who am I here, how do I sign in, what is open of me, and which programs act for me.

pub(super) mod address;
pub(super) mod confirm;
pub(super) mod factor;
pub(super) mod notices;
pub(super) mod passkeys;
pub(super) mod password;
mod qr;
pub(super) mod sessions;
pub(super) mod tokens;
pub(super) mod webhook;

use axum::extract::State;
use maud::{Markup, html};
use ui::component::{Tone, alert, card, facts, heading, status, time_full, tlp};
use ui::t;

use super::accounts::role_name;
use super::app::App;
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use crate::access::{GlassBreak, OwnAccount};

/// Everything about oneself, with ways to each part.
pub(super) async fn page(State(app): State<App>, visitor: May<OwnAccount>) -> Result<Markup, PageError> {
    let (locale, local) = (visitor.locale, &app.desk.local);
    let name = &visitor.account.name;
    let (second, left) = (local.has_second_factor(name)?, local.recovery_left(name)?);
    let stay = local.stay(name)?.and_then(|stay| stay.bounds());
    let mut about = vec![
        (t!(locale, "login-user"), html! { (name) }),
        (
            t!(locale, "word-role"),
            html! { (role_name(locale, visitor.account.role)) " · " a href="/accounts/roles" { (t!(locale, "access-roles-title")) } },
        ),
        (t!(locale, "consumer-clearance"), tlp(locale, visitor.account.clearance)),
    ];
    if let Some((_, until)) = stay {
        about.push((
            t!(locale, "account-stay-until"),
            time_full(locale, until, visitor.now, visitor.zone.as_ref()),
        ));
    }
    let way = |href: &'static str, words: std::borrow::Cow<'static, str>, note: Markup| {
        html! { li { div { a href=(href) { (words) } } (note) } }
    };
    let factor = html! {
        @if second { (status(Tone::Ok, &t!(locale, "factor-on", count = left))) }
        @else { (status(Tone::Warn, &t!(locale, "factor-off"))) }
    };
    let title = t!(locale, "account-title");
    let body = html! {
        (heading(&title, html! {}, html! {}))
        div.stack {
            @if second && left == 0 { (alert(Tone::Warn, &t!(locale, "factor-no-codes"), html! {})) }
            (card(&t!(locale, "account-about"), html! {}, facts(about)))
            (card(&t!(locale, "account-safety"), html! {}, html! {
                ul.steps {
                    (way("/account/settings", t!(locale, "settings-title"), html! {}))
                    (way("/account/notices", t!(locale, "notice-wishes-title"), html! {}))
                    (way("/account/password", t!(locale, "account-password-title"), html! {}))
                    (way("/account/factor", t!(locale, "factor-title"), factor))
                    (way("/account/passkeys", t!(locale, "passkey-title"), html! {}))
                    (way("/account/sessions", t!(locale, "session-title"), html! {}))
                    (way("/account/tokens", t!(locale, "token-title"), html! {}))
                    @if visitor.may::<GlassBreak>() { (way("/access/glass", t!(locale, "glass-title"), html! {})) }
                }
            }))
        }
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, body))
}
