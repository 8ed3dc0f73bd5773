//! The connection to the servers: the ledger's streams, publishing to them and reading from them.
//!
//! - `<name>-commits` holds headers and order. Deleting and purging are denied, by the server, for ever.
//! - `<name>-packs` holds bodies and openings, from which single messages can be erased securely.
//! - `<name>-shared` holds what nodes share beside the ledger, see `commons`.

use std::time::Duration;

use async_nats::jetstream::stream::{
    Config, DiscardPolicy, Info, LastRawMessageErrorKind, RetentionPolicy, StorageType, Stream,
};
use async_nats::jetstream::{
    self, ErrorCode,
    context::{PublishAckFuture, PublishErrorKind},
};
use async_nats::{Client, HeaderMap, Subscriber, header};
use bytes::Bytes;
use tokio::sync::watch;

use super::address::Cluster;
use super::commit::{Id, hex};
use super::commons::Change;
use super::connection::{self, REQUEST};
use super::pack::{Piece, Stored};

/// How long an acknowledgement may take. Electing a leader takes servers several seconds; asking again while they do costs
/// nothing, waiting for an answer that will not come does.
const ACKNOWLEDGEMENT: Duration = Duration::from_millis(2500);

/// The server forgets ids of messages after this; what comes later is told apart by its expected sequence.
const DUPLICATE_WINDOW_S: u64 = 120;

/// Most bytes of one message, also when the servers would take more: larger ones hold up the others.
const MESSAGE_BYTES: usize = 1 << 20;

/// Room for headers of a message.
const HEADER_ROOM: usize = 4096;

/// Something did not work with the servers; the text says what.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(crate) struct WireError(pub String);

impl WireError {
    fn of(what: &str, error: impl std::fmt::Display) -> Self {
        Self(format!("{what}: {error}"))
    }
}

/// Connected, with both streams known.
#[derive(Clone)]
pub(crate) struct Wire {
    pub client: Client,
    /// Grows whenever there is a new connection.
    pub renewed: watch::Receiver<u64>,
    context: jetstream::Context,
    commits: Stream<()>,
    packs: Stream<()>,
    shared: Stream<()>,
    name: String,
}

/// Whose word on a stream is taken: copies answer several times as many questions, and may lag or be wrong, see `fetch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// Any copy.
    Any,
    /// The leader.
    Leader,
}

/// A message that waits for the server's word.
pub(crate) type Publishing = PublishAckFuture;

impl Wire {
    /// Connects, and creates the streams when they are not there.
    pub async fn connect(cluster: &Cluster) -> Result<Self, WireError> {
        let wire = Self::attach(cluster).await?;
        for config in [commits_config, packs_config, shared_config] {
            make(&wire.context, config(&cluster.name, cluster.replicas)).await?;
        }
        Ok(wire)
    }

    /// Connects to streams that may be there.
    pub async fn attach(cluster: &Cluster) -> Result<Self, WireError> {
        let (client, renewed) = connection::connect(cluster)
            .await
            .map_err(|error| WireError::of("no server of the cluster answers", error))?;
        let context = jetstream::ContextBuilder::new()
            .timeout(REQUEST)
            .ack_timeout(ACKNOWLEDGEMENT)
            .max_ack_inflight(4096)
            .build(client.clone());
        let name = cluster.name.clone();
        let stream = async |kind: &str| {
            let stream = context.get_stream_no_info(format!("{name}-{kind}")).await;
            stream.map_err(|error| WireError::of("the name of the ledger", error))
        };
        let (commits, packs, shared) =
            (stream("commits").await?, stream("packs").await?, stream("shared").await?);
        Ok(Self { client, renewed, context, commits, packs, shared, name })
    }

    /// Bytes that one message of ours may hold.
    pub fn message_bytes(&self) -> usize {
        self.client.server_info().max_payload.min(MESSAGE_BYTES).saturating_sub(HEADER_ROOM).max(1024)
    }

    /// Sends one part of a commit, to be stored only when the stream ends at `expected`, and there with the message
    /// `after` when that is not known to be stored yet: another node's may have taken its place.
    pub async fn send_part(
        &self,
        id: &str,
        expected: u64,
        after: Option<&str>,
        message: Bytes,
    ) -> Result<Publishing, WireError> {
        let mut headers = HeaderMap::new();
        headers.insert(header::NATS_EXPECTED_LAST_SEQUENCE, expected.to_string());
        if let Some(after) = after {
            headers.insert(header::NATS_EXPECTED_LAST_MESSAGE_ID, after);
        }
        headers.insert(header::NATS_MESSAGE_ID, id);
        self.send(format!("{}.commits", self.name), headers, message).await
    }

    /// Sends one message of a pack, to be stored only when there is none: a copy that comes late must not stand for what
    /// has been erased meanwhile.
    pub async fn send_pack(&self, piece: Piece, message: Bytes) -> Result<Publishing, WireError> {
        let mut headers = HeaderMap::new();
        headers.insert(header::NATS_EXPECTED_LAST_SUBJECT_SEQUENCE, "0");
        self.send(self.pack_subject(piece), headers, piece.message(false, &message)).await
    }

    /// Waits for the server's word that this message of a pack is there; that a copy of it was there before is as good.
    pub async fn packed(&self, piece: Piece, publishing: Publishing) -> Result<(), WireError> {
        match publishing.await {
            Ok(_) => Ok(()),
            // A server may say so while the copy is still on its way, so that it is looked for.
            Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => {
                self.pack_piece_now(piece).await.map(drop)
            }
            Err(error) => Err(WireError::of("the cluster did not store a pack", error)),
        }
    }

    /// Sends the message that stands for a piece from now on, when the one at `last` stands for it now.
    pub async fn send_rewritten(&self, piece: Piece, last: u64, message: &[u8]) -> Result<u64, WireError> {
        let mut headers = HeaderMap::new();
        headers.insert(header::NATS_EXPECTED_LAST_SUBJECT_SEQUENCE, last.to_string());
        let sent = self.send(self.pack_subject(piece), headers, piece.message(true, message)).await?;
        acknowledged(sent).await
    }

    async fn send(
        &self,
        subject: String,
        headers: HeaderMap,
        message: Bytes,
    ) -> Result<Publishing, WireError> {
        self.context
            .publish_with_headers(subject, headers, message)
            .await
            .map_err(|error| WireError::of("cannot send to the cluster", error))
    }

    fn pack_subject(&self, piece: Piece) -> String {
        format!("{}.packs.{}.{}", self.name, hex(&piece.id), piece.index)
    }

    /// The sequence of the last message of the commits, by the word of the leader of the stream.
    pub async fn last_sequence(&self) -> Result<u64, WireError> {
        Ok(self.commits_info().await?.state.last_sequence)
    }

    /// Hears from nodes that lose every race against a busy one.
    pub async fn listen_turns(&self) -> Result<Subscriber, WireError> {
        let subject = format!("{}.turn", self.name);
        self.client.subscribe(subject).await.map_err(|error| WireError::of("cannot listen", error))
    }

    /// Asks the other nodes to leave a gap.
    pub async fn ask_for_a_turn(&self, me: &[u8]) {
        drop(self.client.publish(format!("{}.turn", self.name), Bytes::copy_from_slice(me)).await);
    }

    pub async fn commits_info(&self) -> Result<Info, WireError> {
        self.commits
            .get_info()
            .await
            .map_err(|error| WireError::of("the stream of commits has no leader", error))
    }

    pub async fn packs_info(&self) -> Result<Info, WireError> {
        self.packs.get_info().await.map_err(|error| WireError::of("the stream of packs has no leader", error))
    }

    /// One message of the commits, from any copy of the stream, or from its leader.
    pub async fn commit_message(&self, sequence: u64, from: From) -> Result<Bytes, WireError> {
        if from == From::Any
            && let Ok(message) = self.commits.direct_get(sequence).await
        {
            return Ok(message.payload);
        }
        match self.commits.get_raw_message(sequence).await {
            Ok(message) => Ok(message.payload),
            Err(error) => Err(WireError::of(&format!("message {sequence} of the stream of commits"), error)),
        }
    }

    /// One piece of a pack, from any copy of the stream, or from its leader.
    pub async fn pack_piece(&self, piece: Piece, from: From) -> Result<Stored, WireError> {
        if from == From::Any
            && let Ok(message) = self.packs.direct_get_last_for_subject(self.pack_subject(piece)).await
            && let Ok(stored) = piece.read(message.sequence, message.payload)
        {
            return Ok(stored);
        }
        self.pack_piece_now(piece).await
    }

    /// One piece of a pack as it is now, by the word of the leader of the stream.
    pub async fn pack_piece_now(&self, piece: Piece) -> Result<Stored, WireError> {
        let subject = self.pack_subject(piece);
        match self.packs.get_last_raw_message_by_subject(&subject).await {
            Ok(message) => piece
                .read(message.sequence, message.payload)
                .map_err(|error| WireError::of(&format!("the pack {subject}"), error)),
            Err(error) => Err(WireError::of(&format!("the pack {subject}"), error)),
        }
    }

    /// Erases every message that has stood for a piece, except the one at `kept`.
    pub async fn erase_older(&self, piece: Piece, kept: u64) -> Result<(), WireError> {
        let subject = self.pack_subject(piece);
        loop {
            match self.packs.get_first_raw_message_by_subject(&subject, 1).await {
                Ok(message) if message.sequence < kept => self.erase_message(message.sequence).await?,
                Ok(_) => return Ok(()),
                Err(error) => return Err(WireError::of("cannot read a pack", error)),
            }
        }
    }

    /// When this returns, what others sent to the packs before is stored or refused. Servers up to 2.9 compare the expected
    /// sequence of a subject when they take a message, not when they store it, so that a second one can be on its way.
    pub async fn settle_packs(&self, me: &Id) -> Result<(), WireError> {
        let subject = format!("{}.packs.settled.{}", self.name, hex(me));
        let sent = self.send(subject, HeaderMap::new(), Bytes::new()).await?;
        let sequence = acknowledged(sent).await?;
        self.erase_message(sequence).await
    }

    /// Overwrites a message of the packs on every server; no error when it is gone already.
    async fn erase_message(&self, sequence: u64) -> Result<(), WireError> {
        use async_nats::jetstream::stream::DeleteMessageErrorKind as Kind;
        match self.packs.delete_message(sequence).await {
            Ok(_) => Ok(()),
            Err(error) => match error.kind() {
                Kind::JetStream(known)
                    if known.error_code() == ErrorCode::STREAM_MESSAGE_DELETE_FAILED
                        || known.error_code() == ErrorCode::SEQUENCE_NOT_FOUND =>
                {
                    self.is_gone(sequence).await
                }
                _ => Err(WireError::of("cannot erase a message of a pack", error)),
            },
        }
    }

    async fn is_gone(&self, sequence: u64) -> Result<(), WireError> {
        match self.packs.get_raw_message(sequence).await {
            Err(error) if is_missing(&error.kind()) => Ok(()),
            Err(error) => Err(WireError::of("cannot read a pack", error)),
            Ok(_) => Err(WireError(format!("the server does not erase message {sequence} of the packs"))),
        }
    }

    /// Sets the value of a shared key.
    pub async fn put_shared(&self, key: &str, value: Bytes) -> Result<(), WireError> {
        let sent = self.send(format!("{}.shared.{key}", self.name), HeaderMap::new(), value).await?;
        let sequence = acknowledged(sent).await?;
        let told = Bytes::copy_from_slice(&sequence.to_le_bytes());
        // When it is lost, the others find out by themselves.
        drop(self.client.publish(format!("{}.told", self.name), told).await);
        Ok(())
    }

    /// The first shared value from this sequence on that is still the last one of its key.
    pub async fn next_shared(&self, sequence: u64) -> Result<Option<Change>, WireError> {
        let subject = format!("{}.shared.*", self.name);
        match self.shared.get_first_raw_message_by_subject(&subject, sequence).await {
            Ok(message) => {
                let prefix = subject.len() - 1;
                let key = message.subject.as_str().get(prefix..).unwrap_or_default().to_owned();
                Ok(Some(Change { sequence: message.sequence, key, value: message.payload }))
            }
            Err(error) if is_missing(&error.kind()) => Ok(None),
            Err(error) => Err(WireError::of("cannot read what is shared", error)),
        }
    }

    /// Ends the stream of commits: nobody can write to it any more.
    pub async fn seal(&self) -> Result<(), WireError> {
        let info = self.commits_info().await?;
        if info.config.sealed {
            return Ok(());
        }
        let config = Config { sealed: true, ..info.config };
        let sealed = self.context.update_stream(config).await;
        sealed.map(drop).map_err(|error| WireError::of("cannot seal the stream of commits", error))
    }

    /// Hears from other nodes that a shared value has changed.
    pub async fn listen_shared(&self) -> Result<Subscriber, WireError> {
        let subject = format!("{}.told", self.name);
        self.client.subscribe(subject).await.map_err(|error| WireError::of("cannot listen", error))
    }

    fn lease_subject(&self, duty: &str) -> String {
        format!("{}.lease.{duty}", self.name)
    }

    /// Where the lease was last renewed or given back, and who holds it; nobody's name is empty.
    pub async fn lease(&self, duty: &str) -> Result<(u64, Bytes), WireError> {
        match self.shared.get_last_raw_message_by_subject(&self.lease_subject(duty)).await {
            Ok(message) => Ok((message.sequence, message.payload)),
            Err(error) if is_missing(&error.kind()) => Ok((0, Bytes::new())),
            Err(error) => Err(WireError::of("cannot read a lease", error)),
        }
    }

    /// Takes or renews the lease that was last renewed at `last`; `None` when it has been renewed since.
    pub async fn renew_lease(&self, duty: &str, holder: &str, last: u64) -> Result<Option<u64>, WireError> {
        self.set_lease(duty, Bytes::copy_from_slice(holder.as_bytes()), last).await
    }

    /// Gives the lease back.
    pub async fn give_lease_back(&self, duty: &str, last: u64) -> Result<Option<u64>, WireError> {
        self.set_lease(duty, Bytes::new(), last).await
    }

    async fn set_lease(&self, duty: &str, holder: Bytes, last: u64) -> Result<Option<u64>, WireError> {
        let mut headers = HeaderMap::new();
        headers.insert(header::NATS_EXPECTED_LAST_SUBJECT_SEQUENCE, last.to_string());
        match self.send(self.lease_subject(duty), headers, holder).await?.await {
            Ok(ack) => Ok(Some(ack.sequence)),
            Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => Ok(None),
            Err(error) => Err(WireError::of("the cluster did not store a lease", error)),
        }
    }

    /// Hears from other nodes that the stream has grown.
    pub async fn listen(&self) -> Result<Subscriber, WireError> {
        let subject = format!("{}.grown", self.name);
        self.client.subscribe(subject).await.map_err(|error| WireError::of("cannot listen", error))
    }

    /// Tells other nodes that the stream has grown. When it is lost they find out by themselves.
    pub async fn tell(&self, last: u64) {
        let subject = format!("{}.grown", self.name);
        drop(self.client.publish(subject, Bytes::copy_from_slice(&last.to_le_bytes())).await);
    }
}

/// Waits for the server's word; the sequence at which the message lies.
pub(crate) async fn acknowledged(publishing: Publishing) -> Result<u64, WireError> {
    match publishing.await {
        Ok(ack) => Ok(ack.sequence),
        Err(error) => Err(WireError::of("the cluster did not store a message", error)),
    }
}

fn is_missing(kind: &LastRawMessageErrorKind) -> bool {
    matches!(kind, LastRawMessageErrorKind::NoMessageFound)
        || matches!(kind, LastRawMessageErrorKind::JetStream(error)
            if error.error_code() == ErrorCode::NO_MESSAGE_FOUND)
}

/// Makes a stream, or looks whether the one that is there can be relied on.
async fn make(context: &jetstream::Context, config: Config) -> Result<(), WireError> {
    let name = config.name.clone();
    let wanted = config.clone();
    let made = context
        .get_or_create_stream(config)
        .await
        .map_err(|error| WireError::of(&format!("cannot open the stream {name}"), error))?;
    let found = &made.cached_info().config;
    if found.deny_delete != wanted.deny_delete
        || found.deny_purge != wanted.deny_purge
        || found.storage != wanted.storage
        || found.max_bytes > 0
        || found.max_messages > 0
        || !found.max_age.is_zero()
    {
        return Err(WireError(format!(
            "the stream {name} was not made for a ledger (it may drop or delete messages); choose another name"
        )));
    }
    Ok(())
}

fn commits_config(name: &str, replicas: usize) -> Config {
    Config {
        name: format!("{name}-commits"),
        subjects: vec![format!("{name}.commits")],
        deny_delete: true,
        deny_purge: true,
        ..config(replicas)
    }
}

fn packs_config(name: &str, replicas: usize) -> Config {
    Config { name: format!("{name}-packs"), subjects: vec![format!("{name}.packs.*.*")], ..config(replicas) }
}

/// Only the last value of a key counts.
fn shared_config(name: &str, replicas: usize) -> Config {
    Config {
        name: format!("{name}-shared"),
        subjects: vec![format!("{name}.shared.*"), format!("{name}.lease.*")],
        max_messages_per_subject: 1,
        discard: DiscardPolicy::Old,
        ..config(replicas)
    }
}

fn config(replicas: usize) -> Config {
    Config {
        storage: StorageType::File,
        retention: RetentionPolicy::Limits,
        discard: DiscardPolicy::New,
        num_replicas: replicas,
        duplicate_window: Duration::from_secs(DUPLICATE_WINDOW_S),
        allow_direct: true,
        max_messages: -1,
        max_bytes: -1,
        max_messages_per_subject: -1,
        max_consumers: -1,
        ..Config::default()
    }
}
