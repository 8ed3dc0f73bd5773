//! A trusted peer that lies: whatever it sends, the mirror holds only what its author signed, the session ends
//! with the reason, and two stories about one log are kept as evidence (I3).

use desk::links::{LinkState, export};
use ledger::keys::{PartyKeys, RotationStatement};
use ledger::{CheckpointNote, LogKey};
use link::{Frame, Item};
use model::{Digest, Marking, PartyId, Position, Realm, Side, Tlp};
use records::Marked;
use records::retraction::{Action, Retraction};
use records::rotation::Rotation;

use super::pair::{Node, until};
use super::raw::{LINK_GROUP, LINK_VERSION, Wire, client, own_certificate};

/// The liar's log, and the node that follows it.
pub struct Court {
    pub liar: Node,
    pub node: Node,
}

/// A batch as an honest feeder sends it.
#[derive(Clone)]
pub struct Batch {
    pub first: u64,
    pub items: Vec<Item>,
    pub note: bytes::Bytes,
}

impl Batch {
    pub fn frame(self) -> Frame {
        let Batch { first, items, note } = self;
        Frame::Batch { first, items, note }
    }

    /// Replaces text in the part that `part` chooses in the last record.
    fn alter(&mut self, part: impl Fn(&mut Item) -> Option<&mut bytes::Bytes>, from: &str, to: &str) {
        let chosen = self.items.iter_mut().rev().find_map(part).expect("a record");
        let text = String::from_utf8(chosen.to_vec()).expect("text");
        assert!(text.contains(from), "{from:?} is not in {text}");
        *chosen = text.replacen(from, to, 1).into();
    }
}

impl Court {
    /// The node follows the liar's first three records truthfully; four more are ready to be lied about.
    pub async fn opened() -> Self {
        Self::opened_by(false).await
    }

    /// With `calls` the node has the smaller id and calls the liar.
    pub async fn opened_by(calls: bool) -> Self {
        let (one, two) = (Node::found("one", Side::Eu), Node::found("two", Side::Us));
        // Of two that listen the smaller id dials, so the node never calls and its last error stays.
        let (liar, mut node) = if (one.desk.me < two.desk.me) != calls { (one, two) } else { (two, one) };
        if calls {
            node.trust(&node); // its own card says that it listens
        }
        node.trust(&liar);
        node.start().await;
        let court = Self { liar, node };
        court.state(3);
        let mut wire = court.session().await;
        wire.send(&court.batch(0).frame()).await;
        court.acknowledged(&mut wire, court.size()).await;
        drop(wire);
        court.state(4);
        court
    }

    /// Appends records that name the node, so that it takes them without an agreement.
    fn state(&self, count: usize) {
        for n in 0..count {
            let retraction = Retraction {
                object: format!("indicator--{n}"),
                version: None,
                action: Action::Delete,
                tlp: None,
                reason: format!("reason {n}"),
            };
            let marked = Marked::Known(Marking::tlp(Tlp::Green));
            self.liar.desk.send(&retraction, marked, &[self.node.desk.me], &[]).expect("stated");
        }
    }

    fn size(&self) -> u64 {
        self.liar.desk.ledger.size(self.liar.desk.log)
    }

    fn key(&self) -> LogKey {
        LogKey { party: self.liar.desk.me, realm: Realm::Real }
    }

    /// Size and root of the node's mirror.
    pub fn mirror(&self) -> (u64, Digest) {
        let ledger = &self.node.desk.ledger;
        let log = ledger.find(&self.key()).expect("a mirror");
        let size = ledger.size(log);
        (size, ledger.reader().expect("a reader").root(log, size).expect("a root"))
    }

    fn root(&self, size: u64) -> Digest {
        let reader = self.liar.desk.ledger.reader().expect("a reader");
        reader.root(self.liar.desk.log, size).expect("a root")
    }

    fn note(&self, size: u64) -> CheckpointNote {
        let desk = &self.liar.desk;
        desk.ledger.checkpoint_at(desk.log, size, &desk.keys).expect("a checkpoint")
    }

    /// A checkpoint by the liar's true keys over a root that its log never had.
    pub fn second_story(&self, size: u64) -> CheckpointNote {
        CheckpointNote::sign(&self.key().origin(), size, Digest([7; 32]), &self.liar.desk.keys)
    }

    /// What an honest feeder would send from `first` on.
    pub fn batch(&self, first: u64) -> Batch {
        let mut file = Vec::new();
        export(&self.liar.desk, self.node.desk.me, first, &mut file).expect("exported");
        // The file is a line, both parties, the realm, and frames with their lengths; here they are told as one batch.
        let line = file.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
        let head = line + 33 + usize::from(file[line + 32]);
        let mut rest = bytes::Bytes::from(file).slice(head..);
        let mut whole = Batch { first, items: Vec::new(), note: bytes::Bytes::new() };
        while !rest.is_empty() {
            let length = u32::from_be_bytes(rest[..4].try_into().expect("a length")) as usize;
            let frame = Frame::decode(rest.slice(4..4 + length));
            let Ok(Frame::Batch { items, note, .. }) = frame else { panic!("a batch") };
            whole.items.extend(items);
            whole.note = note;
            rest = rest.slice(4 + length..);
        }
        whole
    }

    /// A session as the liar, after both greetings. The node takes one session at a time, so the one before
    /// must have ended.
    pub async fn session(&self) -> Wire {
        let own = own_certificate(&self.liar);
        // A person has looked at what stopped the link before.
        desk::links::resume(&self.node.desk.local, &self.liar.desk.me).expect("resumed");
        for _ in 0..500 {
            let config = client(LINK_GROUP, LINK_VERSION, Some(&own));
            let mut wire = Wire::connect(&self.node, config).await.expect("the certificate is on the card");
            if let Some(Frame::Hello { party, .. }) = wire.receive().await {
                assert_eq!(party, self.node.desk.me);
                wire.send(&self.hello(self.liar.desk.me)).await;
                return wire;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("the node never took a session again");
    }

    fn hello(&self, party: PartyId) -> Frame {
        Frame::Hello { realm: Realm::Real.to_string(), party, held: 0 }
    }

    /// Reads until the node acknowledges `size`; its own log may arrive in between.
    async fn acknowledged(&self, wire: &mut Wire, size: u64) {
        loop {
            match wire.receive().await.expect("the session lives") {
                Frame::Ack { size: stored, .. } if stored == size => return,
                Frame::Bye { reason } => panic!("ended: {reason}"),
                _ => {}
            }
        }
    }

    /// Sends one frame; the session must end with a reason that contains `why`, and the mirror stay as it was.
    pub async fn lie(&self, frame: &Frame, why: &str) {
        self.lie_raw(&frame.encode(), why).await;
    }

    pub async fn lie_raw(&self, bytes: &[u8], why: &str) {
        let before = self.mirror();
        let mut wire = self.session().await;
        wire.send_raw(bytes).await;
        while wire.receive().await.is_some() {}
        let statuses = &self.node.hub.as_ref().expect("a hub").statuses;
        // Down is set together with the reason, so the reason is this session's and not an earlier one's.
        let ended = || statuses.all().remove(&self.liar.desk.me).filter(|s| s.state == LinkState::Down);
        until("the session has ended", || ended().is_some()).await;
        let said = ended().and_then(|status| status.last_error).expect("a reason");
        assert!(said.contains(why), "expected {why:?}, the node said {said:?}");
        assert_eq!(self.mirror(), before, "nothing of a lie is stored");
    }

    /// The same where the node calls by itself, so that its last error may be another.
    pub async fn lie_whatever_the_status_says(&self, frame: &Frame) {
        let mut wire = self.session().await;
        wire.send(frame).await;
        while wire.receive().await.is_some() {}
        let stopped = || desk::links::stopped(&self.node.desk.local, &self.liar.desk.me).is_some();
        until("the link is stopped", stopped).await;
    }

    /// The truth is still taken afterwards, whole.
    pub async fn truth_prevails(&self) {
        self.told_on(self.session().await).await;
    }

    /// This session, which the node has greeted, goes on as it should.
    pub async fn goes_on(&self, mut wire: Wire) {
        wire.send(&self.hello(self.liar.desk.me)).await;
        self.told_on(wire).await;
    }

    async fn told_on(&self, mut wire: Wire) {
        wire.send(&self.batch(self.mirror().0).frame()).await;
        self.acknowledged(&mut wire, self.size()).await;
        assert_eq!(self.mirror(), (self.size(), self.root(self.size())), "I3");
    }
}

fn header(item: &mut Item) -> Option<&mut bytes::Bytes> {
    if let Item::Record { header, .. } = item { Some(header) } else { None }
}

fn body(item: &mut Item) -> Option<&mut bytes::Bytes> {
    if let Item::Record { body, .. } = item { body.as_mut() } else { None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_altered_dropped_or_out_of_order_stops_the_link_and_nothing_is_stored() {
    let court = Court::opened().await;
    let honest = court.batch(court.mirror().0);
    const WRONG_ROOT: &str = "do not give the root that their author signed";

    let mut altered = honest.clone();
    altered.alter(body, "delete", "narrow");
    court.lie(&altered.frame(), "does not match its header").await;

    let mut widened = honest.clone();
    widened.alter(header, "\"tlp\":\"GREEN\"", "\"tlp\":\"CLEAR\"");
    court.lie(&widened.frame(), WRONG_ROOT).await;

    let mut swapped = honest.clone();
    swapped.items.swap(1, 2);
    court.lie(&swapped.frame(), WRONG_ROOT).await;

    let mut doubled = honest.clone();
    doubled.items[2] = doubled.items[1].clone();
    court.lie(&doubled.frame(), WRONG_ROOT).await;

    let mut hidden = honest.clone();
    hidden.items[1] = Item::Withheld(Digest([9; 32]));
    court.lie(&hidden.frame(), WRONG_ROOT).await;

    let mut dropped = honest.clone();
    dropped.items.remove(1);
    court.lie(&dropped.frame(), "its checkpoint speaks of").await;

    court.truth_prevails().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_replayed_or_forged_vouches_for_nothing_new() {
    let court = Court::opened().await;
    let (held, _) = court.mirror();
    let honest = court.batch(held);
    let old = bytes::Bytes::copy_from_slice(court.note(held).as_bytes());

    let replayed = Batch { note: old.clone(), ..honest.clone() };
    court.lie(&replayed.frame(), "its checkpoint speaks of").await;

    let text = String::from_utf8(old.to_vec()).expect("text");
    let forged = text.replacen(&format!("\n{held}\n"), &format!("\n{}\n", court.size()), 1);
    let forged = Batch { note: forged.into(), ..honest.clone() };
    court.lie(&forged.frame(), "the checkpoint is forged or damaged").await;

    let mut other = court.note(court.size()).text().to_owned();
    other.truncate(other.len() / 2);
    court.lie(&Frame::UpToDate { note: other.into() }, "not a signed checkpoint").await;

    let other_log = CheckpointNote::sign("entente/real/other", held, Digest([1; 32]), &court.liar.desk.keys);
    let other_log = bytes::Bytes::copy_from_slice(other_log.as_bytes());
    court.lie(&Frame::UpToDate { note: other_log }, "the checkpoint is of log").await;

    // An old checkpoint of the same history contradicts nothing: it neither harms nor ends the session.
    let mut wire = court.session().await;
    wire.send(&Frame::UpToDate { note: old }).await;
    wire.send(&honest.frame()).await;
    court.acknowledged(&mut wire, court.size()).await;
    assert_eq!(court.mirror(), (court.size(), court.root(court.size())), "I3");
    let evidence = court.node.desk.ledger.reader().expect("a reader").evidence().expect("readable");
    assert!(evidence.is_empty(), "a replay is no equivocation");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_roots_for_one_size_stop_the_link_and_both_notes_are_kept() {
    let court = Court::opened().await;
    let (held, _) = court.mirror();
    let contrary = court.second_story(held);
    let frame = Frame::UpToDate { note: bytes::Bytes::copy_from_slice(contrary.as_bytes()) };
    court.lie(&frame, "two different roots").await;

    let desk = &court.node.desk;
    let evidence = desk.ledger.reader().expect("a reader").evidence().expect("readable");
    assert_eq!(evidence.len(), 1);
    assert_eq!((Some(evidence[0].log), evidence[0].size), (desk.ledger.find(&court.key()), held));
    // Anybody can check it without this node: both notes speak of one size, differ, and are by the liar's keys.
    let keys = court.liar.desk.keys.verifying();
    let notes = [&evidence[0].known, &evidence[0].contrary];
    let [known, second] = notes.map(|note| CheckpointNote::parse(note).expect("a note"));
    for note in [&known, &second] {
        assert_eq!(note.verify(&court.key().origin(), keys), Ok(()));
        assert_eq!(note.size(), held);
    }
    assert_eq!(second, contrary);
    assert_ne!(known.root(), second.root());

    court.lie(&frame, "two different roots").await;
    let again = desk.ledger.reader().expect("a reader").evidence().expect("readable");
    assert_eq!(again.len(), 1, "the same evidence is kept once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_story_told_by_a_batch_is_refused() {
    let court = Court::opened().await;
    let (held, _) = court.mirror();
    let end = court.size();
    // A true continuation under a root that these records do not give.
    let mut batch = court.batch(held);
    batch.note = bytes::Bytes::copy_from_slice(court.second_story(end).as_bytes());
    court.lie(&batch.frame(), "do not give the root that their author signed").await;
    court.truth_prevails().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_that_are_no_frames_end_the_session_and_never_the_node() {
    let court = Court::opened().await;
    court.lie_raw(&u32::MAX.to_be_bytes(), "announced a frame of 4294967295 bytes").await;
    court.lie_raw(&[0, 0, 0, 1, 99], "another version of the link protocol").await;
    court.lie_raw(&[0, 0, 0, 0], "cut short").await;
    let whole = court.batch(court.mirror().0).frame().encode();
    let mut cut = whole.to_vec();
    cut.truncate(whole.len() - 1);
    cut[..4].copy_from_slice(&(whole.len() as u32 - 5).to_be_bytes());
    court.lie_raw(&cut, "cut short").await;
    court.truth_prevails().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_cannot_speak_for_another_party_realm_or_history() {
    let court = Court::opened().await;
    court.lie(&court.hello(PartyId([5; 16])), "the peer speaks as").await;
    let exercise = Frame::Hello { realm: "exercise:run".into(), party: court.liar.desk.me, held: 0 };
    court.lie(&exercise, "in realm exercise:run").await;
    court.lie(&Frame::Ack { size: 1 << 40, refused: vec![] }, "more than were ever sent").await;
    let ahead = Frame::Hello { realm: "real".into(), party: court.liar.desk.me, held: 1 << 40 };
    court.lie(&ahead, "more than were ever sent").await;
    court.truth_prevails().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reveal_of_another_record_stops_the_link() {
    let court = Court::opened().await;
    // Two of the liar's records, whole; the node holds the second only as its hash.
    let held = court.mirror().0;
    let mut batch = court.batch(held);
    let [first, second] = [batch.items[0].clone(), batch.items[1].clone()];
    let Item::Record { header, .. } = &second else { panic!("a record") };
    batch.items[1] = Item::Withheld(records::leaf_hash(header).0);
    let mut wire = court.session().await;
    wire.send(&batch.frame()).await;
    court.acknowledged(&mut wire, court.size()).await;
    drop(wire);

    let reveal = |item: Item| Frame::Reveal { items: vec![link::RevealedItem { position: held + 1, item }] };
    court.lie(&reveal(first), "does not hash to the stored leaf").await;
    let mut altered = second.clone();
    let body = body(&mut altered).expect("a body");
    *body = body.to_ascii_uppercase().into();
    court.lie(&reveal(altered), "does not match its header").await;

    let mut wire = court.session().await;
    wire.send(&reveal(second)).await;
    court.acknowledged(&mut wire, court.size()).await;
    let ledger = &court.node.desk.ledger;
    let log = ledger.find(&court.key()).expect("a mirror");
    let mut whole = false;
    let reader = ledger.reader().expect("a reader");
    reader.at(log, Position(held + 1), |entry| whole = entry.header.is_some()).expect("readable");
    assert!(whole, "the true record is taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_outside_every_grant_is_refused_and_kept_as_its_hash() {
    let court = Court::opened().await;
    let mut wire = court.session().await;
    wire.send(&court.batch(court.mirror().0).frame()).await;
    court.acknowledged(&mut wire, court.size()).await;

    // The liar sends whole what no agreement grants.
    let nowhere = model::AgreementId(desk::edge::uuid());
    let position = court.liar.publish("ungranted", Some(Tlp::Clear), nowhere, None);
    let mut batch = court.batch(position);
    let reader = court.liar.desk.ledger.reader().expect("a reader");
    let copied = |part: Option<&[u8]>| part.map(bytes::Bytes::copy_from_slice);
    let whole = |entry: ledger::EntryRef<'_>| {
        let header = copied(entry.header).expect("a header");
        batch.items[0] = Item::Record { header, body: copied(entry.body), openings: None };
    };
    reader.at(court.liar.desk.log, Position(position), whole).expect("readable");
    wire.send(&batch.frame()).await;
    let refused = loop {
        match wire.receive().await.expect("the session lives") {
            Frame::Ack { size, refused } if size == court.size() => break refused,
            Frame::Bye { reason } => panic!("ended: {reason}"),
            _ => {}
        }
    };
    assert_eq!(refused.len(), 1);
    assert_eq!((refused[0].position, refused[0].reason.contains("outside every grant")), (position, true));
    assert!(!court.node.has(court.liar.desk.me, "ungranted"));
    assert_eq!(
        court.mirror(),
        (court.size(), court.root(court.size())),
        "the hash alone keeps the root (I3)"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_the_old_ones_did_not_sign_are_not_followed() {
    let court = Court::opened().await;
    let honest = court.batch(court.mirror().0);
    let stolen = PartyKeys::generate().expect("keys");
    let RotationStatement { text, new, .. } = RotationStatement::issue(&court.liar.desk.keys, &stolen, 3);
    // Everything is right but for the signature of the old keys.
    let forged =
        Rotation { party: court.liar.desk.me, statement: text, old: new.to_base64(), new: new.to_base64() };
    let body = serde_json::to_vec(&forged).expect("json");
    let note = CheckpointNote::sign(&court.key().origin(), court.size(), court.root(court.size()), &stolen);
    let batch = Batch { note: bytes::Bytes::copy_from_slice(note.as_bytes()), ..honest }.frame();
    let frames = [Frame::Keys { rotations: vec![body.into()] }.encode(), batch.encode()].concat();
    court.lie_raw(&frames, "not signed by the expected keys").await;
    court.truth_prevails().await;
    // Nor does such a record change anything, once it is on the ledger.
    let before = court.node.desk.known().parties[&court.liar.desk.me].keys.clone();
    let marked = Marked::Known(Marking::tlp(Tlp::Green));
    court.liar.desk.send(&forged, marked, &[court.node.desk.me], &[]).expect("stated");
    court.truth_prevails().await;
    until("it is folded", || court.node.desk.views.folded() == court.node.desk.ledger.last_seq()).await;
    assert_eq!(court.node.desk.known().parties[&court.liar.desk.me].keys, before);
}
