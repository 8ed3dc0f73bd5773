//! The engine without a node: a client that publishes one message after the other and sends again, under the same
//! name, what was not acknowledged. What anybody would write in twenty lines, and what a node must not be worse than.

use std::sync::Mutex;
use std::time::Duration;

use async_nats::jetstream::stream::{Config, StorageType};
use async_nats::{Client, ConnectOptions, HeaderMap, header, jetstream};
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::runtime::Runtime;

/// How long it waits for a word before it sends again.
const WORD: Duration = Duration::from_secs(1);

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(50);

/// What was acknowledged: stream, sequence, content; and what only a repetition was told to be there.
#[derive(Default)]
pub struct Said {
    stored: Mutex<Vec<(String, u64, u64, bool)>>,
}

impl Said {
    /// The sequence of the first message that was acknowledged.
    pub fn first(&self) -> u64 {
        self.stored.lock().expect("nobody panics").first().map_or(1, |(_, sequence, ..)| *sequence)
    }
}

fn content(n: u64) -> Bytes {
    let mut content = vec![b'x'; 500];
    content[..8].copy_from_slice(&n.to_le_bytes());
    content.into()
}

fn number_in(content: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(content.get(..8)?.try_into().ok()?))
}

/// A connection, and the runtime it lives on.
pub struct Bare {
    runtime: Runtime,
    client: Client,
    context: jetstream::Context,
}

impl Bare {
    pub fn connect(servers: &[String]) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let options = ConnectOptions::new()
            .ignore_discovered_servers()
            .ping_interval(Duration::from_secs(1))
            .connection_timeout(Duration::from_secs(2))
            .reconnect_delay_callback(|attempt| Duration::from_millis((50 * attempt as u64).min(1000)));
        let client = runtime.block_on(options.connect(servers.to_vec())).expect("connected");
        let entered = runtime.enter();
        let context = jetstream::ContextBuilder::new().timeout(WORD).ack_timeout(WORD).build(client.clone());
        drop(entered);
        Self { runtime, client, context }
    }

    /// Makes a stream of three copies.
    pub fn make(&self, name: &str) {
        let config = Config {
            name: name.to_owned(),
            subjects: vec![name.to_owned()],
            storage: StorageType::File,
            num_replicas: 3,
            allow_direct: true,
            ..Config::default()
        };
        // Servers that have just started elect who may make one.
        for _ in 0..30 {
            if self.runtime.block_on(self.context.get_or_create_stream(config.clone())).is_ok() {
                return;
            }
            std::thread::sleep(WORD);
        }
        panic!("the servers make no stream");
    }

    /// Publishes message `n`, until it is acknowledged.
    pub fn publish(&self, stream: &str, n: u64, said: &Said) {
        let content = content(n);
        let (sequence, duplicate) = self.runtime.block_on(async {
            loop {
                let mut headers = HeaderMap::new();
                headers.insert(header::NATS_MESSAGE_ID, format!("{stream}-{n}"));
                if let Ok(sent) =
                    self.context.publish_with_headers(stream.to_owned(), headers, content.clone()).await
                    && let Ok(ack) = sent.await
                {
                    return (ack.sequence, ack.duplicate);
                }
                tokio::time::sleep(PAUSE).await;
            }
        });
        said.stored.lock().expect("nobody panics").push((stream.to_owned(), sequence, n, duplicate));
    }

    /// Asks that `leader` lead the stream; whether it does.
    pub fn lead(&self, stream: &str, leader: &str) -> bool {
        self.runtime.block_on(async {
            let Ok(found) = self.context.get_stream(stream).await else { return false };
            let cluster = found.cached_info().cluster.clone().unwrap_or_default();
            if cluster.leader.as_deref() == Some(leader) {
                return cluster.replicas.iter().all(|replica| replica.current);
            }
            if cluster.replicas.iter().all(|replica| replica.current) {
                let subject = format!("$JS.API.STREAM.LEADER.STEPDOWN.{stream}");
                drop(self.client.request(subject, Bytes::new()).await);
            }
            false
        })
    }

    /// Waits until each of the streams has a leader, asking over and over.
    pub fn led(&self, streams: &[&str]) {
        self.runtime.block_on(async {
            for stream in streams {
                let mut asked = FuturesUnordered::new();
                loop {
                    asked.push(self.context.get_stream(*stream));
                    let soon = tokio::time::timeout(PAUSE, asked.next()).await;
                    if let Ok(Some(Ok(_))) = soon {
                        break;
                    }
                }
            }
        });
    }

    /// Publishes messages without waiting for anything.
    pub fn throw(&self, stream: &str, numbers: impl Iterator<Item = u64>) {
        self.runtime.block_on(async {
            for n in numbers {
                drop(self.client.publish(stream.to_owned(), content(n)).await);
            }
        });
    }

    /// What any copy, which means the server connected to when it has one, says is at this place.
    pub fn read_copy(&self, stream: &str, sequence: u64) -> Option<u64> {
        self.runtime.block_on(async {
            let stream = self.context.get_stream_no_info(stream).await.ok()?;
            stream.direct_get(sequence).await.ok().and_then(|message| number_in(&message.payload))
        })
    }

    /// What the leader says is there.
    pub fn read_leader(&self, stream: &str, sequence: u64) -> Option<u64> {
        self.runtime.block_on(async {
            let stream = self.context.get_stream_no_info(stream).await.ok()?;
            stream.get_raw_message(sequence).await.ok().and_then(|message| number_in(&message.payload))
        })
    }

    /// The leader of a stream whose copies are all up to date.
    pub fn leader_of(&self, stream: &str) -> Option<String> {
        self.runtime.block_on(async {
            let cluster = self.context.get_stream(stream).await.ok()?.cached_info().cluster.clone()?;
            cluster.replicas.iter().all(|replica| replica.current).then_some(cluster.leader?)
        })
    }

    /// Compares what was acknowledged with what this server says lies there.
    pub fn compare(&self, said: &Said) -> String {
        let stored = said.stored.lock().expect("nobody panics");
        let found = self.runtime.block_on(async {
            futures_util::stream::iter(stored.iter())
                .map(|(stream, sequence, n, duplicate)| async move {
                    let stream = self.context.get_stream_no_info(stream).await.expect("a name");
                    let place = stream.direct_get(*sequence).await;
                    let right = place.is_ok_and(|message| message.payload.starts_with(&n.to_le_bytes()));
                    (right, *duplicate)
                })
                .buffer_unordered(64)
                .collect::<Vec<_>>()
                .await
        });
        let wrong = found.iter().filter(|(right, _)| !right).count();
        let of_duplicates = found.iter().filter(|(right, duplicate)| !right && *duplicate).count();
        let duplicates = found.iter().filter(|(_, duplicate)| *duplicate).count();
        format!(
            "{} acknowledged, {wrong} not where they were acknowledged ({of_duplicates} of {duplicates} repeated ones)",
            found.len()
        )
    }
}
