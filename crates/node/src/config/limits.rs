//! Upper bounds, each with its key; what they mean together stands in `docs/limits.md`.

use std::time::Duration;

use anyhow::Result;
use desk::consumers::ConsumerLimits;
use desk::past::Bounds;
use serde::Deserialize;

use super::sections::section;
use crate::admission::{AdmissionLimits, Patience};
use crate::exit::Ending;
use crate::server::ServerLimits;

section! {
    /// Upper bounds.
    Limits {
        /// The largest body of one request, bytes.
        #[serde(default = "max_content_bytes")]
        max_content_bytes: usize = "104_857_600",
        /// Objects on a TAXII page when the client names no limit.
        #[serde(default = "page_objects")]
        page_objects: usize = "5_000",
        /// Objects on a TAXII page at most.
        #[serde(default = "max_page_objects")]
        max_page_objects: usize = "10_000",
        /// Connections open at once; beyond it new ones wait.
        #[serde(default = "max_connections")]
        max_connections: usize = "4_096",
        /// Connections of one address; beyond it new ones are closed. Behind a proxy everybody has its address.
        #[serde(default = "max_connections")]
        max_connections_per_address: usize = "4_096",
        /// Requests worked on at once; beyond it the answer is 503 with Retry-After. `/health` and `/ready` do not count.
        #[serde(default = "max_requests")]
        max_requests: usize = "256",
        /// Of them, those that read, each on a core; others wait for their turn. 0 means two for each core.
        #[serde(default)]
        max_reads: usize = "0",
        /// Requests of people who have signed in, beyond `max_requests`; of them, those that read, beyond `max_reads`.
        #[serde(default = "people_requests")]
        people_requests: usize = "32",
        /// See `people_requests`.
        #[serde(default = "people_reads")]
        people_reads: usize = "2",
        /// Milliseconds to wait for a turn to read; beyond it the answer is 503 with Retry-After.
        #[serde(default = "wait_ms")]
        wait_ms: u64 = "1_000",
        /// The same while more is asked than the node can do: while somebody has been waiting without a pause for
        /// `overload_after_ms`, or most requests of such a time were later than this when the node came to look at them.
        #[serde(default = "overload_wait_ms")]
        overload_wait_ms: u64 = "50",
        /// See `overload_wait_ms`.
        #[serde(default = "overload_after_ms")]
        overload_after_ms: u64 = "100",
        /// Requests of one consumer worked on at once; beyond it the answer is 429 with Retry-After.
        #[serde(default = "max_requests_per_consumer")]
        max_requests_per_consumer: usize = "64",
        /// Requests each second of one consumer to one route; 0 leaves it to `entente party consumer add --rate`.
        #[serde(default)]
        route_rate_per_s: u32 = "0",
        /// Seconds for a TLS handshake, for the first request of a connection, and for the head of each.
        #[serde(default = "head_s")]
        head_s: u64 = "10",
        /// Seconds for the body of a TAXII POST.
        #[serde(default = "body_s")]
        body_s: u64 = "300",
        /// Seconds for the body of a form.
        #[serde(default = "form_s")]
        form_s: u64 = "30",
        /// Deepest nesting inside one object of a document; 200 at most.
        #[serde(default = "json_depth")]
        json_depth: u32 = "64",
        /// The longest string in a document, bytes.
        #[serde(default = "json_string_bytes")]
        json_string_bytes: usize = "8_388_608",
        /// The largest object in a document, bytes.
        #[serde(default = "json_object_bytes")]
        json_object_bytes: usize = "16_777_216",
        /// Items of one array and members of one object in a document.
        #[serde(default = "json_items")]
        json_items: usize = "200_000",
        /// Instants of the past kept ready at once; each takes as much disk as the views and the search index.
        #[serde(default = "past_kept")]
        past_kept: usize = "4",
        /// Seconds after which an instant that nobody has asked for is removed.
        #[serde(default = "past_idle_s")]
        past_idle_s: u64 = "1_800",
        /// Seconds that making one ready may take.
        #[serde(default = "past_build_s")]
        past_build_s: u64 = "900",
        /// Seconds that requests under way may take to end when the node stops.
        #[serde(default = "drain_s")]
        drain_s: u64 = "15",
    }
}

fn max_content_bytes() -> usize {
    100 << 20
}

fn page_objects() -> usize {
    5_000
}

fn max_page_objects() -> usize {
    10_000
}

fn max_connections() -> usize {
    4_096
}

fn max_requests() -> usize {
    AdmissionLimits::default().requests
}

fn people_requests() -> usize {
    AdmissionLimits::default().people
}

fn people_reads() -> usize {
    AdmissionLimits::default().people_reads
}

fn wait_ms() -> u64 {
    Patience::default().calm.as_millis() as u64
}

fn overload_wait_ms() -> u64 {
    Patience::default().target.as_millis() as u64
}

fn overload_after_ms() -> u64 {
    Patience::default().interval.as_millis() as u64
}

fn max_requests_per_consumer() -> usize {
    ConsumerLimits::default().at_once
}

fn head_s() -> u64 {
    10
}

fn body_s() -> u64 {
    300
}

fn form_s() -> u64 {
    30
}

fn json_depth() -> u32 {
    formats::json::Limits::default().max_depth
}

fn json_string_bytes() -> usize {
    formats::json::Limits::default().max_string_bytes
}

fn json_object_bytes() -> usize {
    formats::json::Limits::default().max_object_bytes
}

fn json_items() -> usize {
    formats::json::Limits::default().max_array_items
}

fn past_kept() -> usize {
    Bounds::default().kept
}

fn past_idle_s() -> u64 {
    Bounds::default().idle.as_secs()
}

fn past_build_s() -> u64 {
    Bounds::default().build.as_secs()
}

fn drain_s() -> u64 {
    15
}

impl Limits {
    pub(super) fn check(&self) -> Result<()> {
        let bounds = [
            ("max_content_bytes", self.max_content_bytes, 4_096..=2 << 30),
            ("page_objects", self.page_objects, 1..=self.max_page_objects.max(1)),
            ("max_page_objects", self.max_page_objects, 1..=100_000),
            ("max_connections", self.max_connections, 1..=1_000_000),
            ("max_connections_per_address", self.max_connections_per_address, 1..=1_000_000),
            ("max_requests", self.max_requests, 1..=100_000),
            ("max_reads", self.max_reads, 0..=10_000),
            ("people_requests", self.people_requests, 1..=10_000),
            ("people_reads", self.people_reads, 1..=10_000),
            ("wait_ms", self.wait_ms as usize, self.overload_wait_ms.clamp(1, 60_000) as usize..=60_000),
            ("overload_wait_ms", self.overload_wait_ms as usize, 1..=60_000),
            ("overload_after_ms", self.overload_after_ms as usize, 10..=60_000),
            ("max_requests_per_consumer", self.max_requests_per_consumer, 1..=100_000),
            ("route_rate_per_s", self.route_rate_per_s as usize, 0..=100_000),
            ("head_s", self.head_s as usize, 1..=600),
            ("body_s", self.body_s as usize, 1..=86_400),
            ("form_s", self.form_s as usize, 1..=3_600),
            ("json_depth", self.json_depth as usize, 1..=formats::json::Limits::HARD_DEPTH as usize),
            ("json_string_bytes", self.json_string_bytes, 1_024..=self.json_object_bytes.max(1_024)),
            // The ledger takes no larger body of a record.
            ("json_object_bytes", self.json_object_bytes, 4_096..=64 << 20),
            ("json_items", self.json_items, 100..=10_000_000),
            ("past_kept", self.past_kept, 1..=64),
            ("past_idle_s", self.past_idle_s as usize, 10..=604_800),
            ("past_build_s", self.past_build_s as usize, 1..=86_400),
            ("drain_s", self.drain_s as usize, 0..=3_600),
        ];
        match bounds.into_iter().find(|(_, found, allowed)| !allowed.contains(found)) {
            None => Ok(()),
            Some((key, found, allowed)) => Err(Ending::usage(format!(
                "[limits] {key} = {found} is outside {} to {}",
                allowed.start(),
                allowed.end()
            ))),
        }
    }

    /// How much of a document is read.
    pub fn json(&self) -> formats::json::Limits {
        formats::json::Limits {
            max_depth: self.json_depth,
            max_string_bytes: self.json_string_bytes,
            max_object_bytes: self.json_object_bytes,
            max_array_items: self.json_items,
            ..formats::json::Limits::default()
        }
    }

    /// What the listener bears.
    pub fn server(&self) -> ServerLimits {
        ServerLimits {
            connections: self.max_connections,
            connections_per_address: self.max_connections_per_address,
            head: Duration::from_secs(self.head_s),
            drain: Duration::from_secs(self.drain_s),
        }
    }

    /// What the node takes on at once.
    pub fn admission(&self) -> AdmissionLimits {
        AdmissionLimits {
            requests: self.max_requests,
            reads: self.max_reads,
            people: self.people_requests,
            people_reads: self.people_reads,
            patience: Patience {
                calm: Duration::from_millis(self.wait_ms),
                target: Duration::from_millis(self.overload_wait_ms),
                interval: Duration::from_millis(self.overload_after_ms),
            },
            form_time: Duration::from_secs(self.form_s),
        }
    }

    /// How much of the past is kept ready.
    pub fn past(&self) -> Bounds {
        Bounds {
            kept: self.past_kept,
            idle: Duration::from_secs(self.past_idle_s),
            build: Duration::from_secs(self.past_build_s),
            ..Bounds::default()
        }
    }

    /// What one consumer may ask.
    pub fn consumer(&self) -> ConsumerLimits {
        ConsumerLimits { at_once: self.max_requests_per_consumer, route_rate_per_s: self.route_rate_per_s }
    }
}

impl Default for Limits {
    fn default() -> Self {
        toml::from_str("").expect("every key of the section has a default")
    }
}
