//! What the node plugs into the console: menu, tiles, the state of links, and who received a record.

use std::sync::Arc;

use desk::Desk;
use desk::links::{LinkState, LinkStatus, Statuses, dispatched_to, refused_by, stopped};
use desk::pages::{self, Delivery, DeliveryState, LinkRow};
use ledger::LogKey;
use model::{PartyId, RecordId, Timestamp};
use records::Header;
use share::{Class, Receiver, Verdict, verdict};

/// The console of `desk` as this node serves it.
pub fn site(desk: &Arc<Desk>, links: Option<Arc<Statuses>>, secure: bool) -> pages::Site {
    let (asked, told) = (Arc::clone(desk), Arc::clone(desk));
    let (judged, flowed) = (Arc::clone(desk), Arc::clone(desk));
    pages::Site {
        secure,
        nav: exchange::pages::NAV.into_iter().chain([notify::NAV, accord::NAV]).collect(),
        search: Some(exchange::pages::SEARCH),
        tiles: vec![exchange::pages::tiles, accord::tiles],
        links: Arc::new(move |()| links.as_ref().map_or_else(Vec::new, |links| rows(&asked, links))),
        deliveries: Arc::new(move |record| deliveries(&told, record)),
        class_now: Some(Arc::new(move |seq| exchange::select::class_now(&judged, seq))),
        flow: Some(Arc::new(move |(id, visitor)| exchange::pages::flow(&flowed, id, &visitor))),
    }
}

/// One row for each trusted party, whether or not a session was ever open.
fn rows(desk: &Desk, links: &Statuses) -> Vec<LinkRow> {
    let statuses = links.all();
    let known = desk.known();
    let peers = known.parties.iter().filter(|(id, party)| party.trusted && **id != desk.me);
    peers.map(|(id, _)| row(desk, *id, statuses.get(id).cloned().unwrap_or_default())).collect()
}

fn row(desk: &Desk, peer: PartyId, status: LinkStatus) -> LinkRow {
    let ours = desk.ledger.size(desk.log);
    let mirror = desk.ledger.find(&LogKey { party: peer, realm: desk.realm.clone() });
    let their_size = mirror.map_or(0, |log| desk.ledger.size(log)).max(status.held);
    let at = |us: i64| (us > 0).then(|| Timestamp::from_microsecond(us).ok()).flatten();
    let stopped = stopped(&desk.local, &peer);
    LinkRow {
        peer,
        state: match status.state {
            _ if stopped.is_some() => pages::LinkState::Stopped,
            LinkState::Up => pages::LinkState::Connected,
            LinkState::Dialling => pages::LinkState::Connecting,
            LinkState::Down if their_size > 0 => pages::LinkState::Silent,
            LinkState::Down => pages::LinkState::Offline,
        },
        connected_since: at(status.since_us).filter(|_| status.state == LinkState::Up),
        their_size,
        our_size_there: status.acked,
        last_checkpoint: at(status.verified_us),
        lag: ours.saturating_sub(status.acked),
        error: status.last_error,
        stopped,
    }
}

/// Who received a record of ours, who refused it, and from whom it is withheld.
pub fn deliveries(desk: &Desk, record: RecordId) -> Vec<Delivery> {
    let Ok(reader) = desk.ledger.reader() else { return Vec::new() };
    let Ok(Some((log, position))) = reader.find_record(&[desk.log], &record) else { return Vec::new() };
    let mut class = None;
    let read = reader.at(log, position, |entry| {
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        class = header.map(|header| Class::of(&header, entry.openings));
    });
    let (Ok(true), Some(class)) = (read, class) else { return Vec::new() };
    let number = desk.views.classes().iter().position(|known| **known == class);
    let known = desk.known();
    let peers = known.parties.iter().filter(|(id, party)| party.trusted && **id != desk.me);
    peers.filter_map(|(peer, _)| delivery(desk, *peer, &class, number? as u32, position.0)).collect()
}

fn delivery(desk: &Desk, peer: PartyId, class: &Class, number: u32, position: u64) -> Option<Delivery> {
    if let Ok(Some(reason)) = refused_by(&desk.local, &peer, position) {
        return Some(Delivery { party: peer, state: DeliveryState::Refused(reason), at: None });
    }
    if let Ok(Some(sent)) = dispatched_to(&desk.local, &peer, number, position) {
        let at = Timestamp::from_microsecond(sent.at_us).ok();
        return Some(Delivery { party: peer, state: DeliveryState::Sent, at });
    }
    let receiver = Receiver::node(desk.realm.clone(), peer);
    match verdict(class, &receiver, &desk.known().book, desk::edge::now()) {
        // Released and not yet acknowledged: neither sent nor withheld.
        Verdict::Release(_) => None,
        Verdict::Withhold(reason) => {
            Some(Delivery { party: peer, state: DeliveryState::Withheld(reason.code().to_owned()), at: None })
        }
    }
}
