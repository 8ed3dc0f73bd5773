//! A verdict in words of the chosen language, and the receivers that a node knows.

use anyhow::Result as Outcome;
use desk::consumers::receiver_of;
use desk::views::Known;
use model::{PartyId, Realm};
use serde::Serialize;
use share::{Basis, Receiver, Verdict};
use ui::Locale;
use ui::locale::lookup;

use crate::commands::party;

/// One answer.
#[derive(Debug, Serialize)]
pub struct Told {
    pub receiver: String,
    pub released: bool,
    /// The reason code of a withheld record.
    pub reason: Option<&'static str>,
    /// What a release rests on.
    pub basis: Option<String>,
    pub sentence: String,
}

impl Told {
    /// Puts a verdict into words.
    pub fn of(receiver: String, verdict: &Verdict, known: &Known, locale: Locale) -> Self {
        match verdict {
            Verdict::Withhold(reason) => {
                let code = reason.code();
                let sentence = lookup(locale, &format!("reason-{code}-why"))
                    .or_else(|| lookup(locale, &format!("reason-{code}")))
                    .map_or_else(|| code.to_owned(), std::borrow::Cow::into_owned);
                Self { receiver, released: false, reason: Some(code), basis: None, sentence }
            }
            Verdict::Release(basis) => {
                let (basis, sentence) = grounds(basis, known, locale);
                Self { receiver, released: true, reason: None, basis: Some(basis), sentence }
            }
        }
    }

    /// One line for people.
    pub fn line(&self) -> String {
        match self.reason {
            Some(code) => format!("{}: withheld, {code}. {}", self.receiver, self.sentence),
            None => format!("{}: released. {}", self.receiver, self.sentence),
        }
    }
}

fn grounds(basis: &Basis, known: &Known, locale: Locale) -> (String, String) {
    match basis {
        Basis::OwnOrganisation => ("own-organisation".to_owned(), String::new()),
        Basis::Named => ("named".to_owned(), String::new()),
        Basis::Grant { agreement, version, grant } => {
            let state = known.agreements.get(agreement).and_then(|state| state.versions.get(version));
            let (name, purpose) = state.map_or_else(Default::default, |state| {
                let purpose =
                    state.agreement.grants.get(*grant).map(|grant| locale.pick(&grant.purpose).to_owned());
                (state.agreement.name.clone(), purpose.unwrap_or_default())
            });
            (
                format!("{agreement} version {version} grant {}", grant + 1),
                format!("{name} v{version}: {purpose}"),
            )
        }
    }
}

/// The party or consumer that a command names.
pub fn receiver(known: &Known, text: &str) -> Outcome<Receiver> {
    let name = text.strip_prefix("consumer ").unwrap_or(text);
    match (party::find(known, text), known.consumers.get(name)) {
        (Ok((id, _)), None) => Ok(Receiver::node(Realm::Real, id)),
        (Err(_), Some(consumer)) => Ok(receiver_of(consumer, Realm::Real)),
        (Ok((id, _)), Some(consumer)) => {
            // `consumer x` says which is meant when a party has the same name.
            Ok(if name == text {
                Receiver::node(Realm::Real, id)
            } else {
                receiver_of(consumer, Realm::Real)
            })
        }
        (Err(error), None) => Err(error.context("no consumer of that name either")),
    }
}

/// Every trusted party and open consumer, by name.
pub fn everybody(known: &Known, me: PartyId) -> Vec<(String, Receiver)> {
    let parties = known.parties.iter().filter(|(id, party)| party.trusted && **id != me);
    let mut all: Vec<(String, Receiver)> =
        parties.map(|(id, party)| (party.card.short.clone(), Receiver::node(Realm::Real, *id))).collect();
    let open = known.consumers.values().filter(|consumer| consumer.active);
    all.extend(open.map(|one| (format!("consumer {}", one.name), receiver_of(one, Realm::Real))));
    all
}

/// Reads the language of the answer.
pub fn language(text: &str) -> Result<Locale, String> {
    Locale::from_code(text).ok_or_else(|| "expected en or fr".to_owned())
}
