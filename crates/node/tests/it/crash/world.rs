//! Two linked nodes, what they have acknowledged, and the checks after each kill.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::AtomicU32;
use std::time::{Duration, Instant};

use crate::away;
use crate::crash::load::Load;
use crate::crash::seed::Seed;
use crate::node::{Node, Said};
use crate::run::Running;
use crate::share::agree;

/// Two parties, one of which is killed at a time.
pub struct World {
    pub seed: Seed,
    pub eu: Node,
    pub us: Node,
    pub writer: String,
    pub next: AtomicU32,
    pub acknowledged: Mutex<BTreeSet<u32>>,
    /// How long each command takes, as far as is known: the instants lie within.
    lasts: BTreeMap<&'static str, Duration>,
    story: Vec<String>,
    /// How many commands had ended before they were to be killed.
    spared: u32,
    pub killed: u32,
}

/// Longer than any command here takes before it was timed.
const UNKNOWN: Duration = Duration::from_millis(250);

impl World {
    pub fn made(seed: Seed) -> Self {
        let (eu, us) = agree(away::linked("eu"), away::linked("us"));
        let writer = away::consumer(&eu);
        Self {
            seed,
            eu,
            us,
            writer,
            next: AtomicU32::new(1),
            acknowledged: Mutex::default(),
            lasts: BTreeMap::new(),
            story: Vec::new(),
            spared: 0,
            killed: 0,
        }
    }

    pub fn tell(&mut self, line: String) {
        self.story.push(line);
    }

    /// How many lines the story has: a number that no earlier scene had.
    pub fn story(&self) -> usize {
        self.story.len()
    }

    /// An instant within something that lasts this long.
    pub fn instant_within(&mut self, lasts: Duration) -> Duration {
        lasts.mul_f64(self.seed.part())
    }

    /// Runs a command and kills it at some instant; what it said when it had ended before.
    pub fn killed_while(&mut self, us: bool, what: &'static str, arguments: &[&str]) -> Option<Said> {
        let lasts = *self.lasts.get(what).unwrap_or(&UNKNOWN);
        let instant = self.instant_within(lasts);
        let node = if us { &self.us } else { &self.eu };
        let begun = Instant::now();
        let mut child =
            node.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        // An end before the instant is noticed only then; what a command says is far less than a pipe holds.
        let mut ended = None;
        while begun.elapsed() < instant && ended.is_none() {
            ended = child.try_wait().expect("its state").map(|_| begun.elapsed());
            std::thread::sleep(Duration::from_micros(500));
        }
        let _ = child.kill(); // gone already when it had ended
        let output = child.wait_with_output().expect("it ends");
        let told = match (ended, output.status.code()) {
            (Some(took), _) => format!("ended by itself after {took:?}"),
            (None, None) => format!("killed after {instant:?}"),
            (None, Some(_)) => "ended at the instant of the kill".to_owned(),
        };
        self.tell(format!("  {} {what}: {told}", if us { "us" } else { "eu" }));
        // What lasts longer than thought is given more time, what was faster less.
        self.lasts.insert(what, ended.map_or(lasts.mul_f64(1.05), |took| took.mul_f64(1.02)));
        match output.status.code() {
            None => self.killed += 1,
            Some(_) => self.spared += 1,
        }
        output.status.code().map(|_| Said::from(output))
    }

    /// A running node under load, killed at some instant within `lasts`.
    pub fn killed_under_load(&mut self, lasts: Duration) {
        let instant = self.instant_within(lasts);
        let running = Running::start(&self.eu);
        let before = self.acknowledged.lock().expect("sound").len();
        let address = running.address.clone();
        let load = Load {
            address: &address,
            token: &self.writer,
            next: &self.next,
            acknowledged: &self.acknowledged,
        };
        load.until(|| {
            std::thread::sleep(instant);
            running.kill();
        });
        self.killed += 1;
        let after = self.acknowledged.lock().expect("sound").len();
        self.tell(format!("  eu serve: killed after {instant:?}, {} acknowledged", after - before));
    }

    /// The node that was killed.
    pub fn check(&self, us: bool) {
        let (name, node) = if us { ("us", &self.us) } else { ("eu", &self.eu) };
        let verified = node.run(&["ledger", "verify", "--json"]);
        assert_eq!(verified.code, 0, "{name}: {}{}", verified.out, verified.err);
        let sum = verified.json();
        assert_eq!(sum["signatures"], sum["checkpoints"], "{name}: {sum}");
        let compared = node.run(&["views", "rebuild", "--compare", "--json"]);
        assert_eq!(compared.code, 0, "{name}: {}{}", compared.out, compared.err);
        if !us {
            self.compare_receipts();
        }
    }

    /// Every object whose receipt was given is there, and each version once.
    fn compare_receipts(&self) {
        let held = objects(&self.eu, &[]);
        let mut versions = BTreeSet::new();
        for object in &held {
            assert!(versions.insert(object), "{object:?} is there twice");
        }
        let ids: BTreeSet<&str> = held.iter().map(|(id, _)| id.as_str()).collect();
        for n in self.acknowledged.lock().expect("sound").iter() {
            assert!(ids.contains(id(*n).as_str()), "{} was acknowledged and is lost", id(*n));
        }
    }

    /// Both nodes are left alone until one has what the other may give it.
    pub fn settle(&mut self) {
        let signed = self.eu.run(&["ledger", "checkpoint", "--json"]).well().json();
        let wanted = signed["size"].as_u64().expect("a size");
        let (eu, us) = (Running::start(&self.eu), Running::start(&self.us));
        away::wait("everything has come", || away::held(&us) >= wanted);
        us.stop();
        eu.stop();
        let here: BTreeSet<_> = objects(&self.eu, &[]).into_iter().collect();
        let there: BTreeSet<_> = objects(&self.us, &[]).into_iter().collect();
        assert!(here == there, "{} here, {} there", here.len(), there.len());
        self.check(false);
        self.check(true);
    }

    pub fn sum_up(&self) {
        let acknowledged = self.acknowledged.lock().expect("sound").len();
        eprintln!(
            "{} processes killed, {} had ended before; {acknowledged} objects acknowledged, none lost",
            self.killed, self.spared
        );
    }
}

impl Drop for World {
    /// Whatever went wrong, what had happened is told.
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the story:\n{}", self.story.join("\n"));
        }
    }
}

/// The STIX id of an object of the load.
pub fn id(n: u32) -> String {
    format!("indicator--00000000-0000-4000-8000-{n:012}")
}

/// Ids and versions of the objects that the organisation of a node may see.
fn objects(node: &Node, more: &[&str]) -> Vec<(String, String)> {
    let file = node.arg("held.ndjson");
    let export = ["exchange", "export", "-o", &file, "--format", "ndjson", "--force"];
    node.run(&[&export[..], more].concat()).well();
    let text = std::fs::read_to_string(&file).expect("what was exported");
    let read = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).expect("an object");
        let text = |name: &str| object[name].as_str().unwrap_or_default().to_owned();
        (text("id"), text("modified"))
    };
    text.lines().map(read).collect()
}
