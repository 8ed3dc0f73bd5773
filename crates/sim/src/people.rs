//! What people do at a node: each act goes through the command that a console or a gate would call.

use std::collections::HashMap;
use std::sync::Arc;

use desk::reactors::catch_up;
use desk::submit::draft;
use desk::{Desk, edge};
use exchange::ingest::{Intake, Piece};
use exchange::retract::{Take, retract};
use model::{
    Agreement, AgreementId, AgreementParty, Bilingual, Grant, GroupId, Marking, Onward, PartyId, Role,
    Selector, Timestamp, Tlp,
};
use records::delivery::OBJECT;
use records::group::Group;
use records::{Marked, Recipients, Seal};
use uuid::Uuid;

use crate::cast::cast;
use crate::chance::Chance;
use crate::check::Violation;
use crate::node::Up;
use crate::step::{Act, At, Step};
use crate::world::World;

const DAY_S: i64 = 86_400;

impl World {
    /// One act of the people at a node; what the product refuses is refused.
    pub fn people(&mut self, Step { act, dice }: Step) -> Result<(), Violation> {
        let at = match act {
            Act::Publish { at, .. }
            | Act::PublishSlowly { at }
            | Act::Propose { at, .. }
            | Act::Amend { at }
            | Act::Sign { at }
            | Act::Withdraw { at }
            | Act::Retract { at }
            | Act::Group { at }
            | Act::React { at } => at,
            _ => return Ok(()),
        };
        self.stand_at(at, dice);
        let mut chance = Chance::new(dice ^ 0x5151);
        let others = self.parties_beside(at);
        let Some(up) = &self.nodes[at].up else { return Ok(()) };
        let desk = &up.desk;
        let done = match act {
            Act::Publish { objects, .. } => publish(up, &others, objects, &mut chance),
            Act::PublishSlowly { .. } => {
                self.tally.fault("slow disk");
                write_slowly(desk, &self.nodes[at].disk, &others, &mut chance);
                return Ok(());
            }
            Act::Propose { wide, .. } => propose(desk, &others, wide, &mut chance),
            Act::Amend { .. } => amend(desk, &others, &mut chance),
            Act::Sign { .. } => sign(desk, &mut chance),
            Act::Withdraw { .. } => withdraw(desk, &mut chance),
            Act::Retract { .. } => {
                let own = self.own_objects(at);
                take_back(desk, &own, &mut chance)
            }
            Act::Group { .. } => regroup(desk, &others, &mut chance),
            Act::React { .. } => catch_up(desk).is_ok(),
            _ => false,
        };
        if done {
            self.tally.did(word(act));
            self.acknowledged(at)?;
        }
        Ok(())
    }

    fn parties_beside(&self, at: At) -> Vec<PartyId> {
        let others = self.setting.circle(at).filter(|other| *other != at);
        others.map(|other| self.nodes[other].party).collect()
    }

    /// Ids and versions of the objects that a node wrote.
    fn own_objects(&self, at: At) -> Vec<(String, String)> {
        let me = self.nodes[at].party.to_string();
        let statements = self.nodes[at].statements.iter();
        let own = statements.filter(|s| s.author == me && s.kind == OBJECT && !s.erased);
        own.filter_map(|s| {
            let text = |name: &str| s.body[name].as_str().map(str::to_owned);
            Some((text("id")?, text("modified")?))
        })
        .collect()
    }
}

fn word(act: Act) -> &'static str {
    match act {
        Act::Propose { .. } => "agreements proposed",
        Act::Amend { .. } => "amendments proposed",
        Act::Sign { .. } => "signatures",
        Act::Withdraw { .. } => "withdrawals",
        Act::Retract { .. } => "objects taken back or narrowed",
        Act::Group { .. } => "groups changed",
        Act::React { .. } => "answers",
        _ => "intakes of objects",
    }
}

fn some<T: Copy>(from: &[T], chance: &mut Chance) -> Vec<T> {
    let mut chosen: Vec<T> = from.iter().copied().filter(|_| chance.once_in(2)).collect();
    if chosen.is_empty() {
        chosen.extend(chance.pick(from));
    }
    chosen
}

fn tlp(chance: &mut Chance) -> Tlp {
    Tlp::ALL[chance.below(Tlp::ALL.len())]
}

/// Agreements that the node knows, in the order of their ids.
fn known_agreements(desk: &Desk) -> Vec<AgreementId> {
    desk.known().agreements.keys().copied().collect()
}

fn publish(up: &Up, others: &[PartyId], objects: usize, chance: &mut Chance) -> bool {
    let book = &up.desk.known().book;
    let mut agreements = known_agreements(&up.desk);
    if !chance.once_in(4) {
        agreements.retain(|id| book.in_force(id, edge::now()).is_ok());
    }
    let under = if chance.once_in(8) { Vec::new() } else { agreements };
    let mut under: Vec<AgreementId> = under.into_iter().filter(|_| !chance.once_in(4)).collect();
    under.truncate(2);
    let texts: Vec<String> = (0..objects).map(|_| object(chance)).collect();
    let pieces: Vec<Piece<'_>> = texts.iter().map(|text| Piece { at: 0, bytes: text.as_bytes() }).collect();
    let groups: Vec<GroupId> = up.desk.known().groups.keys().copied().collect();
    let intake = Intake {
        gate: "sim",
        source: "sim".into(),
        under,
        marking: (!chance.once_in(10)).then(|| Marking::tlp(tlp(chance))),
        to: if chance.once_in(2) { some(others, chance) } else { Vec::new() },
        group: if chance.once_in(6) { chance.pick(&groups).copied() } else { None },
        to_by_id: HashMap::new(),
        definitions: HashMap::new(),
        seen_by: None,
    };
    up.intaker.take(&pieces, &intake, Vec::new()).is_ok()
}

/// A small valid STIX object.
fn object(chance: &mut Chance) -> String {
    let id = uuid(chance);
    let at = "2026-11-01T00:00:00.000Z";
    if chance.once_in(3) {
        return format!(
            "{{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"identity--{id}\",\"created\":\"{at}\",\
             \"modified\":\"{at}\",\"name\":\"somebody\"}}"
        );
    }
    format!(
        "{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--{id}\",\"created\":\"{at}\",\
         \"modified\":\"{at}\",\"pattern\":\"[ipv4-addr:value = '192.0.2.1']\",\"pattern_type\":\"stix\",\
         \"valid_from\":\"{at}\"}}"
    )
}

fn uuid(chance: &mut Chance) -> Uuid {
    let mut bytes = [0; 16];
    chance.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// A record that waits in front of a slow disk; nobody is told before another commit takes it along.
fn write_slowly(desk: &Arc<Desk>, disk: &ledger::Disk, others: &[PartyId], chance: &mut Chance) {
    let under: Vec<AgreementId> = known_agreements(desk).into_iter().take(1).collect();
    let marking = tlp(chance);
    let to = (marking == Tlp::Red).then(|| Recipients::blind(&some(others, chance), edge::random));
    let seal = Seal {
        author: desk.me,
        realm: &desk.realm,
        stated_at: edge::now(),
        kind: OBJECT,
        object_type: "indicator",
        marked: Marked::Known(Marking::tlp(marking)),
        under: &under,
        to: to.as_ref(),
        group: None,
        about: &[],
    };
    let sealed = seal.bytes(object(chance).into_bytes(), edge::salt());
    disk.delay_next();
    desk.ledger.append_with(desk.log, vec![draft(sealed)], Box::new(|_| {}));
}

fn seconds_from_now(seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(edge::now_us() + seconds * 1_000_000).unwrap_or_default()
}

fn text() -> Bilingual {
    Bilingual::new("text", "texte")
}

/// What an agreement or an amendment says, by chance.
fn terms(id: AgreementId, version: u32, name: String, parties: &[PartyId], chance: &mut Chance) -> Agreement {
    let mut grants = Vec::new();
    for _ in 0..=chance.below(2) {
        let what = match chance.below(4) {
            0 => Selector::ObjectType("indicator".into()),
            1 => Selector::Kind(OBJECT.into()),
            _ => Selector::Everything,
        };
        grants.push(Grant {
            from: if chance.once_in(3) { some(parties, chance) } else { Vec::new() },
            to: if chance.once_in(3) { some(parties, chance) } else { Vec::new() },
            what: vec![what],
            up_to: tlp(chance),
            purpose: text(),
            onward: Onward::Clients,
        });
    }
    let from = if chance.once_in(4) { chance.below(600) as i64 } else { -DAY_S };
    let until = if chance.once_in(3) { from.max(0) + 1 + chance.below(900) as i64 } else { 365 * DAY_S };
    Agreement {
        id,
        version,
        name,
        title: text(),
        text: text(),
        parties: parties
            .iter()
            .map(|&party| AgreementParty { party, name: party.to_string(), role: Role::Agency })
            .collect(),
        grants,
        commitments: Vec::new(),
        active_from: seconds_from_now(from),
        active_until: seconds_from_now(until),
    }
}

fn propose(desk: &Desk, others: &[PartyId], wide: bool, chance: &mut Chance) -> bool {
    let chosen = if wide { others.to_vec() } else { some(others, chance) };
    let parties = [vec![desk.me], chosen].concat();
    let id = AgreementId(uuid(chance));
    let name = format!("a-{}", &id.0.simple().to_string()[..8]);
    let mut terms = terms(id, 1, name, &parties, chance);
    if wide {
        terms.active_from = seconds_from_now(-DAY_S);
        for grant in &mut terms.grants {
            (grant.from, grant.to, grant.up_to) = (Vec::new(), Vec::new(), grant.up_to.max(Tlp::Amber));
        }
    }
    accord::propose(desk, terms).is_ok()
}

fn amend(desk: &Desk, others: &[PartyId], chance: &mut Chance) -> bool {
    let known = desk.known();
    let ids = known_agreements(desk);
    let Some(newest) = chance.pick(&ids).and_then(|id| known.agreements[id].newest()) else { return false };
    let old = &newest.agreement;
    let mut parties: Vec<PartyId> = old.parties.iter().map(|party| party.party).collect();
    if chance.once_in(3) {
        parties = [vec![desk.me], some(others, chance)].concat();
    }
    let terms = terms(old.id, old.version + 1, old.name.clone(), &parties, chance);
    accord::propose(desk, terms).is_ok()
}

fn sign(desk: &Desk, chance: &mut Chance) -> bool {
    let known = desk.known();
    let now = edge::now();
    let waiting: Vec<(AgreementId, u32)> = known
        .agreements
        .iter()
        .filter_map(|(id, state)| {
            accord::standing::awaits_us(state, desk.me, now).map(|v| (*id, v.agreement.version))
        })
        .collect();
    let Some((id, version)) = chance.pick(&waiting) else { return false };
    accord::sign(desk, *id, *version, "somebody").is_ok()
}

fn withdraw(desk: &Desk, chance: &mut Chance) -> bool {
    let ids = known_agreements(desk);
    let Some(id) = chance.pick(&ids) else { return false };
    let effective = chance.once_in(2).then(|| seconds_from_now(chance.below(300) as i64));
    accord::withdraw(desk, *id, effective, "enough").is_ok()
}

fn take_back(desk: &Desk, own: &[(String, String)], chance: &mut Chance) -> bool {
    let Some((id, version)) = chance.pick(own) else { return false };
    let take = match chance.below(3) {
        0 => Take::delete(id, Some(version.clone()), "wrong".into()),
        1 => Take::delete(id, None, "wrong".into()),
        _ => Take::narrow(id, tlp(chance), "too wide".into()),
    };
    retract(desk, &take).is_ok()
}

fn regroup(desk: &Desk, others: &[PartyId], chance: &mut Chance) -> bool {
    let me = cast().iter().position(|party| party.id == desk.me).unwrap_or(0);
    let id = GroupId(Uuid::from_u128(0x4000_8000_0000_0000_0000_u128 | (me as u128 + 1)));
    let version = desk.known().groups.get(&id).map_or(0, |group| group.version) + 1;
    desk.note(&Group { id, version, name: "group".into(), members: some(others, chance) }).is_ok()
}
