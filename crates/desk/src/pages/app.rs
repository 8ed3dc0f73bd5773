//! What every handler of the console is given: the desk, and what the node plugged in beside it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use maud::Markup;
use model::{AgreementId, Marking, PartyId, RecordId, Timestamp};
use records::release_draft::ReleaseDraft;
use tokio::sync::Semaphore;
use ui::component::{Due, Tile};
use ui::{Icon, Locale};

use super::compare::Telling;
use super::cookie;
use super::error::PageError;
use super::rate::Attempts;
use super::visitor::Visitor;
use crate::access::{self, Permission};
use crate::desk::Desk;
use crate::edge;
use crate::find::Source;
use crate::notice::{self, Couriers};
use crate::sso::Sso;
use crate::webauthn;

/// A question the pages ask somebody else's room; the node plugs the answer in.
pub type Door<Ask, Answer> = Arc<dyn Fn(Ask) -> Answer + Send + Sync>;

/// Carries out an act that a second person has approved: the draft and who approved; where to look at what came of it.
pub type CarryOut = Arc<dyn Fn(&App, &ReleaseDraft, &str) -> Result<String, PageError> + Send + Sync>;

/// Event streams open at once.
const MAX_STREAMS: usize = 256;
/// Passwords checked at once: each check takes 19 MB and a core.
const MAX_CHECKS: usize = 2;

/// Sessions looked up at once to see whether somebody may take a place kept for people.
const MAX_LOOKS: usize = 4;

/// The state of all console routers.
#[derive(Clone, Debug)]
pub struct App {
    /// The party at work.
    pub desk: Arc<Desk>,
    /// What the node plugged in.
    pub site: Arc<Site>,
    pub(super) attempts: Arc<Attempts>,
    pub(super) streams: Arc<Semaphore>,
    pub(super) checks: Arc<Semaphore>,
    pub(super) verifications: Arc<Semaphore>,
    looks: Arc<Semaphore>,
    pub(crate) bells: Arc<notice::Bells>,
}

/// How the console is served, and what other rooms add to its pages.
pub struct Site {
    /// True when browsers reach it over TLS: `__Host-` cookies and HSTS.
    pub secure: bool,
    /// Menu entries of the pillars.
    pub nav: Vec<NavEntry>,
    /// What each pillar has to find.
    pub sources: Vec<Source>,
    /// The permissions of the pillars.
    pub permissions: Vec<&'static [Permission]>,
    /// Who sees a menu entry of a pillar: its address and the permission; everybody sees those that are not here.
    pub needs: Vec<(&'static str, Permission)>,
    /// The organisation's identity provider, when there is one.
    pub sso: Option<Arc<Sso>>,
    /// The URL under which browsers reach the node, without a path; by the `Host` they send where it is not configured.
    pub origin: Option<String>,
    /// The acts that may be held for a second person, and what carries them out.
    pub carry_out: Vec<(&'static str, CarryOut)>,
    /// The laws under which reports are filed, by name: a rule of two may be for some of them alone.
    pub regimes: Vec<String>,
    /// Tiles of the pillars for the overview, as this visitor may see them.
    pub tiles: Vec<fn(&App, &Visitor) -> Vec<Tile<'static>>>,
    /// What else the pillars have to say on the overview, as this visitor may see it.
    pub parts: Vec<fn(&App, &Visitor) -> Part>,
    /// What the pillars know to have arrived since a moment, for the hand-over of a shift.
    pub since: Vec<fn(&App, &Visitor, Timestamp) -> Part>,
    /// What the pillars have to tell people who do not look.
    pub notices: Vec<notice::Source>,
    /// How notices leave the console.
    pub couriers: Option<Arc<Couriers>>,
    /// Cards of the pillars for the page of links.
    pub link_parts: Vec<fn(&App, &Visitor) -> Markup>,
    /// The state of every link.
    pub links: Door<(), Vec<LinkRow>>,
    /// Who received a record, and who did not.
    pub deliveries: Door<RecordId, Vec<Delivery>>,
    /// The release class now in force for the entry of that arrival number, where a pillar has changed it: a narrowed
    /// object.
    pub class_now: Option<Door<u64, Option<u32>>>,
    /// What the pillars say of an entry between two instants.
    pub telling: Vec<Telling>,
    /// Figures of two instants side by side.
    pub compared: Vec<Compared>,
    /// What flowed under an agreement, as a block for its page.
    pub flow: Option<Door<(AgreementId, Visitor), Part>>,
    /// The regimes whose reports anybody may send by a public form; none, and there is no such form.
    pub public_reports: Vec<String>,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            secure: false,
            nav: Vec::new(),
            sources: Vec::new(),
            permissions: Vec::new(),
            needs: Vec::new(),
            sso: None,
            origin: None,
            carry_out: Vec::new(),
            regimes: Vec::new(),
            tiles: Vec::new(),
            parts: Vec::new(),
            since: Vec::new(),
            notices: Vec::new(),
            couriers: None,
            link_parts: Vec::new(),
            links: Arc::new(|()| Vec::new()),
            deliveries: Arc::new(|_| Vec::new()),
            class_now: None,
            telling: Vec::new(),
            compared: Vec::new(),
            flow: None,
            public_reports: Vec::new(),
        }
    }
}

impl Site {
    /// Every permission there is: those of the node itself, then those of the pillars.
    pub fn permissions(&self) -> impl Iterator<Item = Permission> {
        std::iter::once(&access::PERMISSIONS).chain(&self.permissions).flat_map(|room| room.iter().copied())
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("secure", &self.secure).finish_non_exhaustive()
    }
}

/// What one pillar says on a page of another room.
#[derive(Debug, Clone)]
pub struct Part {
    /// What somebody should look at.
    pub due: Vec<Due>,
    /// Its cards; may be empty.
    pub cards: Markup,
    /// The strictest marking of anything in it.
    pub marking: Option<Marking>,
}

/// The figures of one pillar at two instants; the second is `None` for the present.
pub type Compared = fn(&App, &Visitor, (Timestamp, Option<Timestamp>)) -> Result<Part, PageError>;

/// Where in the menu an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Under "Picture".
    Picture,
    /// Under "Exchange".
    Exchange,
    /// Under "Notify".
    Notify,
    /// Under "Accord".
    Accord,
    /// Under "Node".
    Node,
}

/// One menu entry.
#[derive(Debug, Clone)]
pub struct NavEntry {
    /// Where in the menu.
    pub place: Place,
    /// Where it leads; it is marked as active on every path below.
    pub href: &'static str,
    /// What it says.
    pub label: fn(Locale) -> Cow<'static, str>,
    /// Its icon.
    pub icon: Icon,
}

/// How a link is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// Connected and verified.
    Connected,
    /// Trying.
    Connecting,
    /// Connected before, nothing heard since.
    Silent,
    /// Stopped for a reason that a person must look at.
    Stopped,
    /// By file only.
    Offline,
    /// Of the past: what had been exchanged is on record, the state of the line is not.
    Recorded,
}

/// One link, as its driver reports it.
#[derive(Debug, Clone)]
pub struct LinkRow {
    /// The peer.
    pub peer: PartyId,
    /// How it is doing.
    pub state: LinkState,
    /// Since when it is connected.
    pub connected_since: Option<Timestamp>,
    /// Records of theirs that are here.
    pub their_size: u64,
    /// Records of ours that are there.
    pub our_size_there: u64,
    /// When the last checkpoint of theirs was verified.
    pub last_checkpoint: Option<Timestamp>,
    /// Records not yet exchanged, both directions together.
    pub lag: u64,
    /// The last problem.
    pub error: Option<String>,
    /// The failed check that stopped it.
    pub stopped: Option<crate::links::Stopped>,
}

/// What became of a record on its way to one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// Sent.
    Sent,
    /// Withheld, with the code of the reason.
    Withheld(String),
    /// Refused by the receiver, in its words.
    Refused(String),
    /// Sent, and no longer what its author says: a newer version or a retraction took its place.
    Superseded {
        /// The record that took its place.
        by: RecordId,
        /// Whether the party has that one.
        there: bool,
    },
}

/// One record and one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The party.
    pub party: PartyId,
    /// What became of it.
    pub state: DeliveryState,
    /// When.
    pub at: Option<Timestamp>,
}

impl App {
    /// The console of `desk`.
    pub fn new(desk: Arc<Desk>, site: Site) -> Self {
        Self {
            desk,
            site: Arc::new(site),
            attempts: Arc::default(),
            streams: Arc::new(Semaphore::new(MAX_STREAMS)),
            checks: Arc::new(Semaphore::new(MAX_CHECKS)),
            verifications: Arc::new(Semaphore::new(1)),
            looks: Arc::new(Semaphore::new(MAX_LOOKS)),
            bells: Arc::default(),
        }
    }

    /// Whether a browser asks in which somebody is signed in. A few are looked up at a time: whoever invents sessions waits
    /// behind others who do.
    pub async fn is_person(&self, headers: &HeaderMap) -> bool {
        let Some(token) = cookie::get(headers, cookie::session_name(self.site.secure)) else { return false };
        let Ok(_look) = self.looks.acquire().await else { return false };
        let token = token.to_owned();
        let known = self.blocking(move |app| Ok(app.desk.local.session(&token, edge::now()).is_some()));
        known.await.unwrap_or(false)
    }

    /// This site as a browser names it that sent `host`.
    pub(super) fn site_of(&self, host: &str) -> webauthn::Site {
        let scheme = if self.site.secure { "https" } else { "http" };
        let by_host = || format!("{scheme}://{host}");
        let origin =
            self.site.origin.as_deref().map_or_else(by_host, |url| url.trim_end_matches('/').to_owned());
        webauthn::Site { origin }
    }

    /// Runs what reads the disk or signs on a thread that may block.
    pub async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, super::PageError> + Send + 'static,
    ) -> Result<T, super::PageError> {
        let app = self.clone();
        match tokio::task::spawn_blocking(move || work(&app)).await {
            Ok(answer) => answer,
            Err(error) => Err(super::PageError::broken(error)),
        }
    }
}
