//! The HTTP side of a node: console, API and TAXII behind one listener.

use std::convert::Infallible;
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use desk::Desk;
use desk::links::{LinkState as Driven, LinkStatus, Statuses, dispatched_to, refused_by};
use desk::pages::{self, App, Delivery, DeliveryState, LinkRow, LinkState};
use exchange::ingest::Intaker;
use exchange::taxii::{Taxii, TaxiiOptions};
use ledger::LogKey;
use model::{RecordId, Timestamp};
use records::Header;
use share::{Class, Receiver};
use tower::ServiceExt as _;
use tower::service_fn;

/// How the listener is reached.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// True when it speaks TLS.
    pub tls: bool,
    /// The URL that consumers use, without a final slash.
    pub public_url: Option<String>,
    /// The largest body of a TAXII POST, bytes; `None` for the default.
    pub max_content_length: Option<usize>,
}

/// Everything a node serves over HTTP.
pub fn router(
    desk: Arc<Desk>,
    intaker: Arc<Intaker>,
    links: Option<Arc<Statuses>>,
    site: &Site,
) -> Result<Router> {
    let defaults = TaxiiOptions::default();
    let options = TaxiiOptions {
        public_url: site.public_url.clone(),
        tls: site.tls,
        max_content_length: site.max_content_length.unwrap_or(defaults.max_content_length),
        ..defaults
    };
    let taxii = exchange::taxii::routes(Taxii::new(Arc::clone(&desk), Arc::clone(&intaker), options));
    let console = console(desk, intaker, links, site)?;
    let dispatch = service_fn(move |request: Request<Body>| {
        let path = request.uri().path();
        let is_taxii = path == "/taxii2" || path.starts_with("/taxii2/");
        let router = if is_taxii { taxii.clone() } else { console.clone() };
        async move { router.oneshot(request).await as Result<Response, Infallible> }
    });
    Ok(Router::new().fallback_service(dispatch))
}

fn console(
    desk: Arc<Desk>,
    intaker: Arc<Intaker>,
    links: Option<Arc<Statuses>>,
    site: &Site,
) -> Result<Router> {
    let (for_links, for_deliveries) = (Arc::clone(&desk), Arc::clone(&desk));
    let site = pages::Site {
        secure: site.tls,
        nav: vec![accord::NAV],
        tiles: vec![accord::tiles],
        links: Arc::new(move |()| link_rows(&for_links, links.as_deref())),
        deliveries: Arc::new(move |record| deliveries(&for_deliveries, &record)),
        ..pages::Site::default()
    };
    let app = App::new(desk, site);
    Ok(pages::router(app.clone()).merge(accord::routes(app)))
}

/// One row for each trusted peer, whether or not its link is running.
fn link_rows(desk: &Desk, links: Option<&Statuses>) -> Vec<LinkRow> {
    let statuses = links.map(Statuses::all).unwrap_or_default();
    let known = desk.known();
    let peers = known.parties.values().filter(|party| party.trusted && party.card.party != desk.me);
    peers
        .map(|party| {
            let peer = party.card.party;
            let status = statuses.get(&peer).cloned();
            let key = LogKey { party: peer, realm: desk.realm.clone() };
            let their_size = desk.ledger.find(&key).map_or(0, |log| desk.ledger.size(log));
            link_row(desk, peer, status, their_size)
        })
        .collect()
}

fn link_row(desk: &Desk, peer: model::PartyId, status: Option<LinkStatus>, their_size: u64) -> LinkRow {
    let own = desk.ledger.size(desk.log);
    let at = |us: i64| (us > 0).then(|| Timestamp::from_microsecond(us).ok()).flatten();
    let Some(status) = status else {
        return LinkRow {
            peer,
            state: LinkState::Offline,
            connected_since: None,
            their_size,
            our_size_there: 0,
            last_checkpoint: None,
            lag: own,
            error: None,
        };
    };
    let state = match (status.state, &status.last_error) {
        (Driven::Up, _) => LinkState::Connected,
        (Driven::Dialling, _) => LinkState::Connecting,
        (Driven::Down, Some(_)) => LinkState::Silent,
        (Driven::Down, None) => LinkState::Offline,
    };
    LinkRow {
        peer,
        state,
        connected_since: at(status.since_us).filter(|_| state == LinkState::Connected),
        their_size,
        our_size_there: status.acked,
        last_checkpoint: at(status.verified_us),
        lag: own.saturating_sub(status.acked),
        error: status.last_error.filter(|_| state != LinkState::Connected),
    }
}

/// Who received one of our records, and who did not and why.
pub fn deliveries(desk: &Desk, record: &RecordId) -> Vec<Delivery> {
    let Ok(reader) = desk.ledger.reader() else { return Vec::new() };
    let Ok(Some((log, position))) = reader.find_record(&[desk.log], record) else { return Vec::new() };
    let mut class = None;
    let _ = reader.at(log, position, |entry| {
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        class = header.map(|header| Class::of(&header, entry.openings));
    });
    let Some(class) = class else { return Vec::new() };
    let id = desk.views.classes().iter().position(|known| **known == class).map(|id| id as u32);
    let known = desk.known();
    let peers = known.parties.values().filter(|party| party.trusted && party.card.party != desk.me);
    peers
        .map(|party| {
            let peer = party.card.party;
            let sent = id.and_then(|id| dispatched_to(&desk.local, &peer, id, position.0).ok().flatten());
            let refused = refused_by(&desk.local, &peer, position.0).ok().flatten();
            let state = match (refused, &sent) {
                (Some(reason), _) => DeliveryState::Refused(reason),
                (None, Some(_)) => DeliveryState::Sent,
                (None, None) => {
                    let receiver = Receiver::node(desk.realm.clone(), peer);
                    let verdict = share::verdict(&class, &receiver, &known.book, desk::edge::now());
                    let code = verdict.reason().map_or("not-yet-sent", |reason| reason.code());
                    DeliveryState::Withheld(code.to_owned())
                }
            };
            let at = sent.and_then(|sent| Timestamp::from_microsecond(sent.at_us).ok());
            Delivery { party: peer, state, at }
        })
        .collect()
}
