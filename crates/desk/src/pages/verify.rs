//! Verifying the whole ledger from the page, as far as a browser can wait; beyond that the command line does it.

use std::time::Duration;

use ledger::keys::VerifyingKeys;
use ledger::{LogKey, Verified};
use maud::{Markup, html};
use model::from_base64;
use records::rotation::Rotation;
use ui::component::{Tone, alert};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::visitor::Visitor;
use crate::card;
use crate::desk::Desk;
use crate::sql::SqlError;

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
            let keys = |log: &LogKey| keys_of(&app.desk, log).unwrap_or_default();
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

/// Every pair of keys that the author of a log has had, as far as this node knows: those of its card, and those
/// that its rotations led to.
pub fn keys_of(desk: &Desk, log: &LogKey) -> Result<Vec<VerifyingKeys>, SqlError> {
    let mut all = Vec::new();
    let known = desk.known();
    if let Some(party) = known.parties.get(&log.party) {
        let bytes = |text: &str| from_base64(text).unwrap_or_default();
        let first = VerifyingKeys::new(&bytes(&party.card.ed25519), &bytes(&party.card.ml_dsa_87));
        all.extend(first);
        all.push(party.keys.clone());
    }
    if log.party == desk.me {
        all.push(desk.keys.verifying().clone());
    }
    let reader = desk.views.read()?;
    let mut statement = reader.prepare("SELECT body FROM party_rotation WHERE id = ?1 ORDER BY seq")?;
    let rotations = statement.query_map([log.party.to_string()], |row| row.get::<_, Vec<u8>>(0))?;
    for body in rotations {
        let rotation = serde_json::from_slice::<Rotation>(&body?).ok();
        let next = rotation.and_then(|rotation| all.iter().find_map(|old| card::rotated(old, &rotation)));
        all.extend(next);
    }
    all.dedup();
    Ok(all)
}
