//! Taking objects in: inspect, decide, seal, submit. One bad object never costs the others their place.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;

use desk::sql::SqlError;
use desk::submit::SubmitError;
use desk::{Desk, edge};
use formats::json::Limits;
use formats::stix::{self, Inspected, KnownMarking};
use model::{AgreementId, Digest, GroupId, Marking, PartyId, Timestamp, Tlp};
use records::Marked;
use records::delivery::Refused;

use crate::clip::{LONGEST_MESSAGE, LONGEST_NAME, clipped};
use crate::identity::UNVERSIONED;
use crate::key::key_of;
use crate::placed::{self, Standing};
use crate::sealing::Sealer;
use crate::seen::Seen;
use crate::two::Two;

/// The gate of what this node fetches from others.
pub const PULL: &str = "pull";

/// How and for whom objects come in.
#[derive(Debug, Clone)]
pub struct Intake {
    /// The gate, as deliveries name it.
    pub gate: &'static str,
    /// Who or what brought them.
    pub source: String,
    /// The agreements to publish under; none keeps them in the own organisation.
    pub under: Vec<AgreementId>,
    /// The marking of objects that carry none; `None` leaves them unmarked, and so unreleased.
    pub marking: Option<Marking>,
    /// Named recipients for every object, or for those of TLP:RED only.
    pub to: Vec<PartyId>,
    /// The group of this party that alone may have them.
    pub group: Option<GroupId>,
    /// Named recipients for single objects by STIX id.
    pub to_by_id: HashMap<String, Vec<PartyId>>,
    /// Markings that the input defines anywhere, also behind the objects that carry them.
    pub definitions: HashMap<String, KnownMarking>,
    /// Who brings them, when it may not see everything that is held: a conflict with what it does not see would tell
    /// of it. `None` for those who may see all.
    pub seen_by: Option<share::Receiver>,
}

/// What became of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted now.
    Accepted,
    /// Held already, byte for byte.
    Known,
    /// Refused; the bytes are in quarantine.
    Refused,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The delivery's id.
    pub id: String,
    /// When it was taken in, µs.
    pub at_us: i64,
    /// Id and version of every object accepted or known, in order.
    pub taken: Vec<(String, String)>,
    /// How many were accepted now.
    pub accepted: u64,
    /// How many were held already.
    pub known: u64,
    /// The refused, with reasons.
    pub refused: Vec<Refused>,
    /// The arrival number after which views show everything; 0 when nothing was stored.
    pub last_seq: u64,
}

/// Why a whole batch was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The views could not be read.
    #[error("cannot read the views: {0}; see `entente doctor`")]
    Views(#[from] SqlError),
    /// The input could not be read to its end.
    #[error("cannot read the input: {0}; what came before is stored, run the import again")]
    Input(String),
    /// An agreement that is not known here.
    #[error("no agreement {0} is known here; `entente accord list` shows those that are")]
    UnknownAgreement(AgreementId),
}

/// Key, version and audience of an object.
type Slot = (i64, i64, u64);

/// Objects on their way to the views: what a second request must see before the first is folded.
#[derive(Debug, Default)]
struct InFlight {
    held: Mutex<Held>,
    /// What to forget, by the arrival number that must be folded first.
    waiting: Mutex<Vec<(u64, Vec<Slot>)>>,
}

/// What is held, as far as memory knows.
#[derive(Debug, Default)]
struct Held {
    flying: HashMap<Slot, Digest>,
    /// Keys that the views may hold; `None` until they were read once.
    seen: Option<Seen>,
}

/// How long the first batch after a start waits for the views to know the whole ledger.
const CATCH_UP: Duration = Duration::from_secs(600);

/// The intake of one desk.
#[derive(Debug)]
pub struct Intaker {
    desk: std::sync::Arc<Desk>,
    flight: InFlight,
    limits: Limits,
}

/// One object of an input, and where it begins there.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// Byte offset in the input.
    pub at: u64,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// One object after inspection.
pub(crate) struct Judged<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) digest: Digest,
    pub(crate) id: String,
    version_text: String,
    key: i64,
    version: i64,
    pub(crate) object_type: String,
    pub(crate) marked: Marked,
    pub(crate) fault: Option<String>,
}

/// Marking definitions met in one batch, and what this node holds of the others it asked for.
type Definitions = RefCell<HashMap<String, Option<KnownMarking>>>;

impl Intaker {
    /// An intake for `desk`, with bounds on what it reads.
    pub fn new(desk: std::sync::Arc<Desk>, limits: Limits) -> Self {
        Self { desk, flight: InFlight::default(), limits }
    }

    /// The local store of its desk, where gates keep their places.
    pub(crate) fn local(&self) -> &desk::local::Local {
        &self.desk.local
    }

    /// The bounds in force.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Takes in objects that are already split. Blocks until they are durable; call it off the async threads.
    pub fn take(
        &self,
        objects: &[Piece<'_>],
        intake: &Intake,
        flaws: Vec<Refused>,
    ) -> Result<Report, IngestError> {
        self.take_parts(None, objects, intake, flaws)
    }

    /// The same for objects that are parts of `whole`: their bytes are shared with it, not copied.
    pub fn take_parts(
        &self,
        whole: Option<&Bytes>,
        objects: &[Piece<'_>],
        intake: &Intake,
        flaws: Vec<Refused>,
    ) -> Result<Report, IngestError> {
        for id in &intake.under {
            if !self.desk.known().agreements.contains_key(id) {
                return Err(IngestError::UnknownAgreement(*id));
            }
        }
        let now = edge::now();
        // Definitions first: a bundle may put them behind the objects that carry them.
        let defined = objects.iter().filter_map(|piece| stix::definition_in(piece.bytes, &self.limits));
        let local = Definitions::new(defined.map(|(id, defines)| (id, Some(defines))).collect());
        let two = Two::of(&self.desk, intake)?;
        let mut judged = Vec::with_capacity(objects.len());
        for piece in objects {
            let mut object = self.judge(*piece, intake, &local)?;
            if object.fault.is_none() {
                object.fault = two.fault(&self.desk, intake, (&object.object_type, object.marked), now);
            }
            judged.push(object);
        }
        let plan = self.plan(judged, intake)?;
        self.store(whole, plan, intake, now, flaws)
    }

    fn judge<'a>(
        &self,
        piece: Piece<'a>,
        intake: &Intake,
        local: &Definitions,
    ) -> Result<Judged<'a>, IngestError> {
        let bytes = piece.bytes;
        let object = match stix::inspect(bytes, &self.limits) {
            Ok(object) => object,
            Err(unusable) => return Ok(unusable_object(piece, &unusable)),
        };
        let fault = object
            .findings
            .iter()
            .find(|finding| finding.severity == stix::Severity::Error)
            .map(|finding| clipped(&finding.to_string(), LONGEST_MESSAGE));
        let version = object.version();
        let marked = self.marking(&object, intake, local);
        Ok(Judged {
            bytes,
            digest: Digest::of(bytes),
            id: object.id.to_string(),
            version_text: version.map_or_else(String::new, |version| version.as_str().to_owned()),
            key: key_of(&object.id),
            version: version.map_or(UNVERSIONED, |version| version.micros()),
            object_type: object.object_type.to_string(),
            marked,
            fault,
        })
    }

    /// The object's own marking, else the intake's. Marking definitions of TLP and PAP mark everything, so they
    /// count as TLP:CLEAR themselves; a marking that cannot be resolved is never guessed.
    fn marking(&self, object: &Inspected<'_>, intake: &Intake, local: &Definitions) -> Marked {
        let lookup = |id: &str| {
            if let Some(known) = local.borrow().get(id) {
                return *known;
            }
            let known = intake.definitions.get(id).copied().or_else(|| self.definition(id));
            local.borrow_mut().insert(id.to_owned(), known);
            known
        };
        match stix::marking_of(object, lookup) {
            stix::Marked::Known { marking, .. } => Marked::Known(marking),
            stix::Marked::Unknown(_) => Marked::Unknown,
            stix::Marked::None { .. } if stix::official(&object.id).is_some() => {
                Marked::Known(Marking::tlp(Tlp::Clear))
            }
            stix::Marked::None { pap } => intake.marking.map_or(Marked::Missing, |marking| {
                Marked::Known(Marking { tlp: marking.tlp, pap: marking.pap.max(pap) })
            }),
        }
    }

    /// The meaning of a marking definition that this node holds.
    fn definition(&self, id: &str) -> Option<KnownMarking> {
        let reader = self.desk.views.read().ok()?;
        let body: Vec<u8> = reader
            .prepare_cached("SELECT body FROM exchange_marking WHERE id = ?1")
            .ok()?
            .query_row([id], |row| row.get(0))
            .ok()?;
        stix::inspect(&body, &self.limits).ok()?.defines
    }

    /// Decides for each object: accepted, known, or refused.
    fn plan<'a>(
        &self,
        judged: Vec<Judged<'a>>,
        intake: &Intake,
    ) -> Result<Vec<(Judged<'a>, Outcome)>, IngestError> {
        self.forget_folded();
        let audience = audience_key(intake);
        let mut held_now = self.flight.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Held { flying, seen } = &mut *held_now;
        let seen = match seen {
            Some(seen) => seen,
            none => none.insert(self.load_seen()?),
        };
        let reader = self.desk.views.read()?;
        let snapshot = reader.unchecked_transaction()?; // one lock for the batch instead of one per object
        let mut plan = Vec::with_capacity(judged.len());
        for mut object in judged {
            if object.fault.is_some() {
                plan.push((object, Outcome::Refused));
                continue;
            }
            let digest = object.digest;
            let slot = (object.key, object.version, audience);
            let held = match flying.get(&slot) {
                Some(held) => Some(*held),
                None if !seen.perhaps(object.key) => None,
                None => {
                    let mut rows = placed::standing(&snapshot, object.key)?;
                    rows.retain(|place| place.version == object.version);
                    self.held_digest(&rows, &object.id, digest, intake)
                }
            };
            let outcome = match held {
                Some(held) if held == digest => Outcome::Known,
                Some(held) => {
                    object.fault = Some(format!(
                        "conflict: this version is held already with other bytes (sha-256 {held}); the first is kept, \
                         send a new version with a later `modified`"
                    ));
                    Outcome::Refused
                }
                None => {
                    flying.insert(slot, digest);
                    seen.insert(object.key);
                    Outcome::Accepted
                }
            };
            plan.push((object, outcome));
        }
        Ok(plan)
    }

    /// The digest of what the own log holds of this object for the same audience: `wanted` if that is among it, else
    /// the first that whoever brings it may see.
    fn held_digest(&self, rows: &[Standing], id: &str, wanted: Digest, intake: &Intake) -> Option<Digest> {
        let classes = self.desk.views.classes();
        let seen = intake.seen_by.as_ref().map(|receiver| self.desk.released(receiver, edge::now()));
        let own: Vec<(u64, bool)> = rows
            .iter()
            .filter(|place| {
                classes.get(place.class as usize).is_some_and(|facts| {
                    facts.author == self.desk.me && facts.under == intake.under && facts.group == intake.group
                })
            })
            .map(|place| (place.seq, seen.as_ref().is_none_or(|seen| seen.contains(place.class))))
            .collect();
        if own.is_empty() {
            return None;
        }
        let (mut held, mut same) = (None, false);
        let reader = self.desk.ledger.reader().ok()?;
        for (seq, visible) in own {
            let _ = reader.bodies(&[seq], |_, body| {
                let named =
                    |body: &&[u8]| crate::identity::Identity::read(body).is_some_and(|it| it.id == id);
                let Some(digest) = body.filter(named).map(Digest::of) else { return };
                same |= digest == wanted;
                held = held.or(visible.then_some(digest));
            });
        }
        if same { Some(wanted) } else { held }
    }

    fn store(
        &self,
        whole: Option<&Bytes>,
        plan: Vec<(Judged<'_>, Outcome)>,
        intake: &Intake,
        now: Timestamp,
        flaws: Vec<Refused>,
    ) -> Result<Report, IngestError> {
        let audience = audience_key(intake);
        // A delivery quotes what was refused, so it is as narrow as that; of what could not even be read nobody knows.
        let mut told = if flaws.is_empty() { OWN_STAFF } else { Marked::Missing };
        let mut report = Report {
            id: edge::uuid().to_string(),
            at_us: now.as_microsecond(),
            refused: flaws,
            ..Report::default()
        };
        let sealer = Sealer::new(&self.desk, intake, now, whole);
        let mut salts = edge::salts(plan.len()).into_iter();
        let mut salt = || salts.next().unwrap_or_else(edge::salt);
        let mut sealed = Vec::with_capacity(plan.len() + 1);
        let mut reserved = Vec::new();
        for (object, outcome) in plan {
            match outcome {
                Outcome::Accepted => {
                    sealed.push(sealer.object(&object, salt()));
                    reserved.push((object.key, object.version, audience));
                    report.accepted += 1;
                    report.taken.push((object.id, object.version_text));
                }
                Outcome::Known => {
                    report.known += 1;
                    report.taken.push((object.id, object.version_text));
                }
                Outcome::Refused => {
                    told = strictest(told, object.marked);
                    sealed.push(sealer.refused(&object, salt()));
                    report.refused.push(Refused {
                        id: clipped(&object.id, LONGEST_NAME),
                        version: object.version_text,
                        message: object.fault.unwrap_or_default(),
                    });
                }
            }
        }
        if intake.gate == PULL && sealed.is_empty() && report.refused.is_empty() {
            return Ok(report); // asking again and again for the same must not grow the ledger
        }
        sealed.push(sealer.delivery(&report, told));
        let stored = self.desk.submit_blocking(sealed);
        match stored {
            Ok(receipt) => {
                report.last_seq = receipt.last_seq();
                let mut waiting = self.flight.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                waiting.push((receipt.last_seq(), reserved));
                Ok(report)
            }
            Err(error) => {
                let mut held = self.flight.held.lock().unwrap_or_else(PoisonError::into_inner);
                for slot in reserved {
                    held.flying.remove(&slot);
                }
                Err(error.into())
            }
        }
    }

    /// Every key the views hold, once they know the whole ledger: what a crash left unfolded counts too.
    fn load_seen(&self) -> Result<Seen, IngestError> {
        let _ = self.desk.views.wait_blocking(self.desk.ledger.last_seq(), CATCH_UP);
        let reader = self.desk.views.read()?;
        Ok(Seen::load(&reader)?)
    }

    /// Entries leave the in-flight table once the views answer for them.
    fn forget_folded(&self) {
        let folded = self.desk.views.folded();
        let done: Vec<_> = {
            let mut waiting = self.flight.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.extract_if(.., |(seq, _)| *seq <= folded).collect()
        };
        if done.is_empty() {
            return;
        }
        let mut held = self.flight.held.lock().unwrap_or_else(PoisonError::into_inner);
        for slot in done.into_iter().flat_map(|(_, slots)| slots) {
            held.flying.remove(&slot);
        }
    }
}

/// What cannot be read has no id by which it could be found again, so its place is told.
fn unusable_object<'a>(piece: Piece<'a>, unusable: &stix::Unusable) -> Judged<'a> {
    let why = clipped(&unusable.to_string(), LONGEST_MESSAGE);
    Judged {
        bytes: piece.bytes,
        digest: Digest::of(piece.bytes),
        id: String::new(),
        version_text: String::new(),
        key: 0,
        version: UNVERSIONED,
        object_type: String::new(),
        marked: Marked::Missing,
        fault: Some(format!("{why}, in the object that begins at byte {} [{}]", piece.at, unusable.code())),
    }
}

/// The node's own bookkeeping is for the people of this organisation, and never leaves it whatever it is marked.
const OWN_STAFF: Marked = Marked::Known(Marking { tlp: Tlp::AmberStrict, pap: None });

/// The narrower of both; what has no usable marking stays without one.
fn strictest(one: Marked, other: Marked) -> Marked {
    match (one, other) {
        (Marked::Known(one), Marked::Known(other)) => Marked::Known(one.strictest(other)),
        _ => Marked::Missing,
    }
}

/// Objects are the same only for the same audience: published again under another agreement they are new.
fn audience_key(intake: &Intake) -> u64 {
    let group = intake.group.iter().map(ToString::to_string);
    let text: String = intake.under.iter().map(ToString::to_string).chain(group).collect();
    let digest = Digest::of(text.as_bytes());
    u64::from_be_bytes([
        digest.0[0],
        digest.0[1],
        digest.0[2],
        digest.0[3],
        digest.0[4],
        digest.0[5],
        digest.0[6],
        digest.0[7],
    ])
}
