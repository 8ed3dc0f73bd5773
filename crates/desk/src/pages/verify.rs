//! Verifying the whole ledger from the page, as far as a browser can wait; beyond that the command line does it.

use std::time::Duration;

use ledger::keys::VerifyingKeys;
use ledger::{LogKey, Verified};
use maud::{Markup, html};
use ui::component::{Tone, alert};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::visitor::Visitor;
use crate::desk::Desk;

/// Entries that are verified while a browser waits: a few seconds.
const MAX_ENTRIES: u64 = 300_000;
/// How long another verification may hold the turn before this one is refused.
const PATIENCE: Duration = Duration::from_secs(10);

/// Verifies, one at a time, and says what was found.
pub(super) async fn verify(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    if app.desk.ledger.last_seq() > MAX_ENTRIES {
        return Ok(alert(
            Tone::Info,
            &t!(locale, "ledger-verify-large"),
            html! { code { "entente ledger verify" } },
        ));
    }
    let turn =
        tokio::time::timeout(PATIENCE, app.verifications.acquire()).await.map_err(|_| PageError::Busy)?;
    let _turn = turn.map_err(PageError::broken)?;
    let verified = app
        .blocking(|app| {
            let keys = |log: &LogKey| keys_of(&app.desk, log);
            Ok(app.desk.ledger.verify(&keys, &mut |_| {})?)
        })
        .await?;
    Ok(outcome(visitor, &verified))
}

fn outcome(visitor: &Visitor, verified: &Verified) -> Markup {
    let locale = visitor.locale;
    let Some(fault) = verified.faults.first() else {
        let rate = locale.count(verified.entries_per_s() as u64);
        let more = html! { p { (t!(locale, "ledger-verify-rate", rate = rate)) } };
        return alert(Tone::Ok, &t!(locale, "ledger-verify-ok", count = verified.entries), more);
    };
    let title = match fault.position {
        Some(position) => t!(locale, "ledger-verify-wrong", position = position.0),
        None => t!(locale, "ledger-verify-damaged"),
    };
    alert(Tone::Err, &title, html! { @for fault in &verified.faults { p translate="no" { (fault) } } })
}

/// Every pair of keys that the author of a log has had, as far as this node knows.
pub fn keys_of(desk: &Desk, log: &LogKey) -> Vec<VerifyingKeys> {
    let known = desk.known();
    let mut all: Vec<_> =
        known.parties.get(&log.party).into_iter().flat_map(|p| p.line.all().cloned()).collect();
    if log.party == desk.me && !all.contains(desk.keys.verifying()) {
        all.push(desk.keys.verifying().clone());
    }
    all
}
