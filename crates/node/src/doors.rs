//! What the node plugs into the console: menu, tiles, the state of links, and who received a record.

use std::sync::Arc;

use desk::Desk;
use desk::access::Permit as _;
use desk::links::{LinkState, LinkStatus, Outcome, Statuses, acknowledged, outcome, stopped};
use desk::pages::{self, Delivery, DeliveryState, LinkRow};
use desk::views::classes::ClassKey;
use exchange::access::{DeliveryRead, ObjectSubmit, QuarantineRead};
use exchange::ingest::Intaker;
use exchange::search::Search;
use exchange::superseded::Successor;
use ledger::LogKey;
use model::{PartyId, RecordId, Timestamp};
use notify::access::{IncidentRead, MethodRead, ReportRead};
use picture::access::ShiftHandOver;
use records::Header;
use share::{Class, Receiver, verdict};

/// The console of `desk` as this node serves it.
pub fn site(
    desk: &Arc<Desk>,
    search: Arc<Search>,
    links: Option<Arc<Statuses>>,
    intaker: Arc<Intaker>,
    secure: bool,
) -> pages::Site {
    let (asked, told) = (Arc::clone(desk), Arc::clone(desk));
    let (judged, flowed) = (Arc::clone(desk), Arc::clone(desk));
    pages::Site {
        secure,
        nav: picture::NAV
            .into_iter()
            .chain(exchange::pages::NAV)
            .chain(notify::NAV)
            .chain([accord::NAV])
            .collect(),
        permissions: vec![
            picture::access::PERMISSIONS,
            exchange::access::PERMISSIONS,
            notify::access::PERMISSIONS,
            accord::access::PERMISSIONS,
        ],
        needs: vec![
            ("/picture/handover", ShiftHandOver::PERMISSION),
            ("/exchange/import", ObjectSubmit::PERMISSION),
            ("/exchange/deliveries", DeliveryRead::PERMISSION),
            ("/exchange/quarantine", QuarantineRead::PERMISSION),
            ("/notify/incidents", IncidentRead::PERMISSION),
            ("/notify/clocks", IncidentRead::PERMISSION),
            ("/notify/reports", ReportRead::PERMISSION),
            ("/notify/methods", MethodRead::PERMISSION),
        ],
        sso: None,
        origin: None,
        carry_out: vec![exchange::pages::carry_out(intaker), accord::carry_out(), notify::held::carry_out()],
        regimes: notify::held::regimes(),
        sources: vec![exchange::pages::source(search), notify::source(), accord::source()],
        tiles: vec![exchange::pages::tiles, accord::tiles],
        parts: vec![picture::board, notify::due_soon, accord::overview, exchange::pages::overview],
        since: vec![exchange::pages::since],
        notices: vec![notify::REMINDERS, picture::REVIEWS],
        couriers: None,
        link_parts: vec![exchange::pages::link_flow],
        links: Arc::new(move |()| links.as_ref().map_or_else(Vec::new, |links| rows(&asked, links))),
        deliveries: Arc::new(move |record| deliveries(&told, record)),
        class_now: Some(Arc::new(move |seq| exchange::select::class_now(&judged, seq))),
        compared: vec![picture::side_by_side],
        telling: vec![exchange::pages::telling, accord::telling, notify::telling],
        flow: Some(Arc::new(move |(id, visitor)| exchange::pages::flow(&flowed, id, &visitor))),
        public_reports: Vec::new(),
    }
}

/// One row for each trusted party, whether or not a session was ever open.
fn rows(desk: &Desk, links: &Statuses) -> Vec<LinkRow> {
    let statuses = links.all();
    let known = desk.known();
    let peers = known.parties.iter().filter(|(id, party)| party.trusted && **id != desk.me);
    peers.map(|(id, _)| row(desk, *id, statuses.get(id).cloned().unwrap_or_default())).collect()
}

/// The same for the past, of which the ledger tells what had come, and nothing tells whether a line was open.
pub fn rows_as_recorded(desk: &Desk) -> Vec<LinkRow> {
    let known = desk.known();
    let peers = known.parties.iter().filter(|(id, party)| party.trusted && **id != desk.me);
    let row = |peer: PartyId| {
        let mirror = desk.ledger.find(&LogKey { party: peer, realm: desk.realm.clone() });
        LinkRow {
            peer,
            state: pages::LinkState::Recorded,
            connected_since: None,
            their_size: mirror.map_or(0, |log| desk.ledger.size(log)),
            our_size_there: acknowledged(&desk.local, &peer, desk.sent_by_us()).unwrap_or(0),
            last_checkpoint: None,
            lag: 0,
            error: None,
            stopped: None,
        }
    };
    peers.map(|(id, _)| row(*id)).collect()
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

/// Who received a record of ours, who refused it, from whom it is withheld, and who was sent what took its place.
pub fn deliveries(desk: &Desk, record: RecordId) -> Vec<Delivery> {
    let Ok(reader) = desk.ledger.reader() else { return Vec::new() };
    let Ok(Some((log, position))) = reader.find_record(&[desk.log], &record) else { return Vec::new() };
    let (mut class, mut seq) = (None, 0);
    let read = reader.at(log, position, |entry| {
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        class = header.map(|header| Class::of(&header, entry.openings));
        seq = entry.seq;
    });
    let (Ok(true), Some(class)) = (read, class) else { return Vec::new() };
    let newer = exchange::superseded::successor(desk, seq).ok().flatten();
    let known = desk.known();
    let peers = known.parties.iter().filter(|(id, party)| party.trusted && **id != desk.me);
    peers.filter_map(|(peer, _)| delivery(desk, *peer, &class, position.0, newer.as_ref())).collect()
}

fn delivery(
    desk: &Desk,
    peer: PartyId,
    class: &Class,
    position: u64,
    newer: Option<&Successor>,
) -> Option<Delivery> {
    let (state, at) = match outcome(&desk.local, &peer, class, position, desk.sent_by_us()).ok()? {
        Outcome::Refused(words) => (DeliveryState::Refused(words), None),
        Outcome::Sent(at) => {
            let superseded = |newer: &Successor| DeliveryState::Superseded {
                by: newer.record,
                there: newer.reached(desk, &peer),
            };
            (newer.map_or(DeliveryState::Sent, superseded), Some(at))
        }
        // Released and not yet acknowledged: neither sent nor withheld.
        Outcome::Open => (DeliveryState::Withheld(withheld(desk, peer, class)?), None),
        Outcome::Held(Some(now)) => {
            let classes = desk.views.classes();
            let now = classes.iter().find(|class| ClassKey::of(class) == now)?;
            (DeliveryState::Withheld(withheld(desk, peer, now)?), None)
        }
        // Taken back before it went out.
        Outcome::Held(None) => {
            let newer = newer?;
            (DeliveryState::Superseded { by: newer.record, there: newer.reached(desk, &peer) }, None)
        }
    };
    Some(Delivery { party: peer, state, at })
}

fn withheld(desk: &Desk, peer: PartyId, class: &Class) -> Option<String> {
    let receiver = Receiver::node(desk.realm.clone(), peer);
    let answer = verdict(class, &receiver, &desk.known().book, desk::edge::now());
    answer.reason().map(|reason| reason.code().to_owned())
}
