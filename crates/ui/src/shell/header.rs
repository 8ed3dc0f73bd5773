//! The bar at the top: whose node this is, search, liveness, language, appearance, account.

use maud::{Markup, html};
use model::time::TimeZone;

use super::{Shell, User};
use crate::{Icon, Locale, Theme, assets, component, icon, query, t};

pub(super) fn header(shell: &Shell<'_>) -> Markup {
    html! {
        header.top {
            @if !shell.nav.is_empty() {
                a.top-menu href="#menu" { (icon(Icon::Menu)) span { (t!(shell.locale, "shell-menu")) } }
            }
            a.brand href="/" aria-label=(t!(shell.locale, "shell-home")) {
                img src=(assets::mark().path) alt="" width="26" height="26";
                span { "Entente" }
            }
            @if let Some(party) = &shell.party { (component::party(shell.locale, &party.name, party.side)) }
            @if let Some(action) = &shell.search { (component::search_box(shell.locale, action, "q", "")) }
            @if shell.palette.is_some() { (super::palette::button(shell)) }
            div.top-end {
                (live(shell))
                (as_of(shell))
                @if let Some(waiting) = &shell.bell { (super::bell(shell.locale, waiting)) }
                (language(shell))
                (theme(shell))
                @if let Some(user) = &shell.user { (account(shell.locale, user)) }
            }
        }
    }
}

/// To which instant the page is true, and whether it keeps itself so.
fn live(shell: &Shell<'_>) -> Markup {
    html! {
        @if let Some(updated) = shell.updated {
            span.live data-live-state="" {
                @if shell.events.is_some() {
                    span.live-on hidden { span.live-dot {} span { (t!(shell.locale, "shell-live")) } }
                    span.live-lost hidden { (icon(Icon::Warning)) span { (t!(shell.locale, "shell-live-lost")) } }
                }
                time datetime=(updated) title=(t!(shell.locale, "shell-updated", time = shell.locale.utc(updated).as_str())) {
                    (shell.locale.clock(updated, &TimeZone::UTC)) " UTC"
                    @if let Some(zone) = &shell.zone { span.muted { " · " (shell.locale.clock(updated, zone)) } }
                }
            }
        }
    }
}

/// The way to the same page at another instant.
fn as_of(shell: &Shell<'_>) -> Markup {
    html! {
        @if let Some(as_of) = &shell.as_of {
            a.top-link href=(as_of) data-past="" title=(t!(shell.locale, "shell-as-of")) {
                (icon(Icon::Clock)) span.visually-hidden { (t!(shell.locale, "shell-as-of")) }
            }
        }
    }
}

/// A link in the other language, to the same page.
fn language(shell: &Shell<'_>) -> Markup {
    let other = match shell.locale {
        Locale::En => Locale::Fr,
        Locale::Fr => Locale::En,
    };
    let href = query::with(&shell.path, &[("lang", Some(other.code()))]);
    html! {
        a.top-link href=(href) lang=(other.code()) hreflang=(other.code()) rel="alternate"
            title=(t!(shell.locale, "shell-language-switch")) {
            (icon(Icon::Globe)) span.wide { (other.endonym()) } span.narrow aria-hidden="true" { (other.code()) }
        }
    }
}

fn theme(shell: &Shell<'_>) -> Markup {
    html! {
        details.drop {
            summary.top-link title=(t!(shell.locale, "shell-theme")) {
                (icon(Icon::Contrast)) span.visually-hidden { (t!(shell.locale, "shell-theme")) }
            }
            ul.drop-list {
                @for theme in Theme::ALL {
                    li {
                        a href=(query::with(&shell.path, &[("theme", Some(theme.code()))])) data-theme-choice=(theme.code())
                            aria-current=[(theme == shell.theme).then_some("true")] { (theme_name(shell.locale, theme)) }
                    }
                }
            }
        }
    }
}

fn theme_name(locale: Locale, theme: Theme) -> std::borrow::Cow<'static, str> {
    match theme {
        Theme::System => t!(locale, "shell-theme-system"),
        Theme::Light => t!(locale, "shell-theme-light"),
        Theme::Dark => t!(locale, "shell-theme-dark"),
        Theme::Contrast => t!(locale, "shell-theme-contrast"),
    }
}

fn account(locale: Locale, user: &User<'_>) -> Markup {
    html! {
        details.drop {
            summary.top-link {
                (icon(Icon::User)) span { (user.name) }
            }
            div.drop-list {
                p.muted { (t!(locale, "shell-user", name = user.name.as_ref())) }
                p { a href=(user.account) { (t!(locale, "shell-account")) } }
                form method="post" action=(user.sign_out) {
                    input type="hidden" name="csrf" value=(user.csrf);
                    button.button type="submit" { (t!(locale, "shell-sign-out")) }
                }
            }
        }
    }
}
