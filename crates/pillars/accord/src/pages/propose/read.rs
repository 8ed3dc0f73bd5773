//! The agreement that the fields describe, or what is wrong with which of them.

use desk::pages::{App, Faults, Fields, Visitor};
use model::{
    Agreement, AgreementParty, Bilingual, Commitment, Grant, Onward, PartyId, Role, Selector, Timestamp, Tlp,
};
use ui::t;

use super::{Goal, sketch};
use crate::pages::moment;

/// Reads it; `None` when something is wrong.
pub(super) fn agreement(
    app: &App,
    visitor: &Visitor,
    goal: Goal<'_>,
    fields: &Fields,
    faults: &mut Faults,
) -> Option<Agreement> {
    let mut form = Form { visitor, fields, faults };
    let name = goal.before.map_or_else(|| fields.get("name").to_owned(), |before| before.name.clone());
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let wrong = !(1..=40).contains(&name.len()) || !name.bytes().all(fits);
    form.faults.check(wrong, "name", t!(visitor.locale, "accord-propose-name-hint"));
    let (title, text) = (form.bilingual("title"), form.bilingual("text"));
    let parties = parties(app, goal, &mut form);
    let grants = sketch::kept(fields, "g", "grants").into_iter().map(|n| grant(n, &mut form)).collect();
    let commitments = sketch::kept(fields, "c", "commitments")
        .into_iter()
        .filter_map(|n| commitment(n, &mut form))
        .collect();
    let (active_from, active_until) = (form.moment("from"), form.moment("until"));
    let backwards = active_from.zip(active_until).is_some_and(|(from, until)| from >= until);
    form.faults.check(backwards, "until", t!(visitor.locale, "accord-propose-backwards"));
    let past = active_until.is_some_and(|until| until <= visitor.now);
    form.faults.check(past, "until", t!(visitor.locale, "accord-propose-past"));
    let version = goal.before.map_or(0, |before| before.version).saturating_add(1);
    let (active_from, active_until) = active_from.zip(active_until)?;
    form.faults.is_empty().then_some(Agreement {
        id: goal.id,
        version,
        name,
        title,
        text,
        parties,
        grants,
        commitments,
        active_from,
        active_until,
    })
}

struct Form<'a> {
    visitor: &'a Visitor,
    fields: &'a Fields,
    faults: &'a mut Faults,
}

impl Form<'_> {
    /// Both languages of a text; what is signed is both.
    fn bilingual(&mut self, name: &str) -> Bilingual {
        let text = |lang: &str| self.fields.get(&format!("{name}_{lang}")).replace("\r\n", "\n");
        let (en, fr) = (text("en"), text("fr"));
        let missing = t!(self.visitor.locale, "accord-propose-both-languages");
        self.faults.check(en.is_empty(), &format!("{name}_en"), missing.clone());
        self.faults.check(fr.is_empty(), &format!("{name}_fr"), missing);
        Bilingual::new(en, fr)
    }

    fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let found = moment::read(self.fields.get(name)).ok().flatten();
        self.faults.check(found.is_none(), name, t!(self.visitor.locale, "accord-propose-moment"));
        found
    }

    fn named(&self, name: &str) -> Vec<PartyId> {
        self.fields.all(name).filter_map(|id| id.parse().ok()).collect()
    }
}

/// Those that were chosen. Whoever signed before keeps name and role.
fn parties(app: &App, goal: Goal<'_>, form: &mut Form<'_>) -> Vec<AgreementParty> {
    let known = app.desk.known();
    let mut chosen = form.named("party");
    chosen.retain(|id| *id != app.desk.me);
    chosen.insert(0, app.desk.me);
    form.faults.check(chosen.len() < 2, "party", t!(form.visitor.locale, "accord-propose-two-parties"));
    let before = |id: &PartyId| goal.before?.parties.iter().find(|party| party.party == *id).cloned();
    let fresh = |id: &PartyId| {
        let card = &known.parties.get(id)?.card;
        let role = card.roles.first().copied().unwrap_or(Role::Observer);
        Some(AgreementParty { party: *id, name: card.name.en.clone(), role })
    };
    chosen.iter().filter_map(|id| before(id).or_else(|| fresh(id))).collect()
}

fn grant(n: usize, form: &mut Form<'_>) -> Grant {
    let at = |what: &str| format!("g{n}_{what}");
    let locale = form.visitor.locale;
    let mut what: Vec<Selector> = Vec::new();
    if form.fields.get(&at("everything")) == "on" {
        what.push(Selector::Everything);
    }
    let named = form.fields.get(&at("what")).split([',', ' ', '\n']).filter(|one| !one.is_empty());
    // A record kind has dots (`crisis.sitrep.v1`), a STIX type never (STIX 2.1, 2.2).
    what.extend(named.map(|one| {
        if one.contains('.') { Selector::Kind(one.to_owned()) } else { Selector::ObjectType(one.to_owned()) }
    }));
    form.faults.check(what.is_empty(), &at("what"), t!(locale, "accord-propose-what-missing"));
    let up_to = form.fields.get(&at("up_to")).parse::<Tlp>().ok();
    form.faults.check(up_to.is_none(), &at("up_to"), t!(locale, "accord-propose-choose"));
    let words = [Onward::Organisation, Onward::Clients, Onward::AsMarked];
    let onward =
        words.into_iter().find(|onward| sketch::onward_word(*onward) == form.fields.get(&at("onward")));
    form.faults.check(onward.is_none(), &at("onward"), t!(locale, "accord-propose-choose"));
    Grant {
        from: form.named(&at("from")),
        to: form.named(&at("to")),
        what,
        up_to: up_to.unwrap_or(Tlp::Clear),
        purpose: form.bilingual(&at("purpose")),
        onward: onward.unwrap_or(Onward::Organisation),
    }
}

fn commitment(n: usize, form: &mut Form<'_>) -> Option<Commitment> {
    let at = |what: &str| format!("c{n}_{what}");
    let party = form.fields.get(&at("party")).parse().ok();
    form.faults.check(party.is_none(), &at("party"), t!(form.visitor.locale, "accord-propose-choose"));
    let text = form.bilingual(&at("text"));
    let due = moment::read(form.fields.get(&at("due")));
    form.faults.check(due.is_err(), &at("due"), t!(form.visitor.locale, "accord-propose-moment"));
    Some(Commitment { party: party?, text, due: due.ok().flatten() })
}
