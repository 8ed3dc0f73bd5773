//! Measures how long nobody is answered when a server fails: the bare engine against a node, in one run, at the same
//! servers and the same kill. Run by hand: `cargo xtask bench failover --rounds 10`.
//!
//! Three callers write one after the other without pause. `one stream` publishes to a stream of its own and waits for the
//! word; `two streams` does so to a pair, as every commit of a node needs two; `node` appends to a ledger. All streams
//! are led by the same server when it fails. The bare callers send again, under the same name, what was not
//! acknowledged; in the end every acknowledged message must lie at the sequence that was acknowledged.
//!
//! `--forks 10` looks for copies that are wrong for a while after a paused leader has come back, see `nats::fetch`.

#[path = "../tests/it/cluster/servers.rs"]
mod servers;
mod support;

use support::forks;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ledger::{Cluster, Ledger, conformance};
use servers::Servers;
use support::bare::{self, Bare};
use support::{now, number};

/// How a server fails.
#[derive(Debug, Clone, Copy)]
enum Fault {
    KillLeader,
    PauseLeader,
    KillFollower,
}

/// The longest time one caller waited for one answer, µs.
type Longest = Arc<AtomicU64>;

fn main() {
    // Started by `cargo test --benches` it has nothing to say.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = std::env::temp_dir().join(format!("entente-failover-{}", std::process::id()));
    match number("--forks") {
        Some(rounds) => forks::look(&mut Servers::three(&folder), rounds),
        None => run(&folder, number("--rounds").unwrap_or(5)),
    }
    std::fs::remove_dir_all(&folder).expect("the folder of this run can be removed");
}

fn run(folder: &std::path::Path, rounds: u64) {
    for fault in [Fault::KillLeader, Fault::PauseLeader, Fault::KillFollower] {
        let mut gaps: [Vec<f64>; 4] = Default::default();
        let mut servers = Servers::three(&folder.join(format!("{fault:?}")));
        let cluster = servers.cluster("party");
        let node =
            Ledger::open_cluster(&folder.join(format!("{fault:?}-node")), &cluster, conformance::options())
                .expect("opened");
        let callers = Callers::start(&servers, node);
        for round in 0..rounds {
            let longest = one(&mut servers, &cluster, &callers, fault);
            println!(
                "{fault:?} {round}: one stream {:.2} s, two streams {:.2} s, node {:.2} s, of these after both its streams \
                 had a leader {:.2} s",
                longest[0], longest[1], longest[2], longest[3]
            );
            (0..4).for_each(|caller| gaps[caller].push(longest[caller]));
        }
        callers.stop(&cluster);
        for (who, gaps) in
            ["one stream", "two streams", "node", "node, after the election"].into_iter().zip(&mut gaps)
        {
            gaps.sort_by(f64::total_cmp);
            let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
            println!(
                "{fault:?}, {who}: median {:.2} s, mean {mean:.2} s, worst {:.2} s of {rounds}",
                gaps[gaps.len() / 2],
                gaps[gaps.len() - 1]
            );
        }
    }
}

/// One failure; the longest wait of each caller, in seconds, and what the node waited after the election.
fn one(servers: &mut Servers, cluster: &Cluster, callers: &Callers, fault: Fault) -> [f64; 4] {
    let leader = gather_leaders(cluster, callers);
    let victim = match fault {
        Fault::KillFollower => (leader + 1) % 3,
        Fault::KillLeader | Fault::PauseLeader => leader,
    };
    thread::sleep(Duration::from_secs(1));
    callers.reset();
    let before = callers.answered();
    match fault {
        Fault::PauseLeader => servers.pause(victim),
        Fault::KillLeader | Fault::KillFollower => servers.kill(victim),
    }
    let began = now();
    callers.asker.led(&["party-commits", "party-packs"]);
    let elected = began.elapsed().as_secs_f64();
    // Nobody may have been told yet; then everybody must be answered again.
    thread::sleep(Duration::from_secs(3).saturating_sub(began.elapsed()));
    while callers.waiting() > Duration::from_millis(500)
        || callers.answered().iter().zip(&before).any(|(now, before)| *now < before + 5)
    {
        assert!(began.elapsed() < Duration::from_secs(120), "somebody is never answered again");
        thread::sleep(Duration::from_millis(20));
    }
    let longest = callers.longest();
    match fault {
        Fault::PauseLeader => servers.resume(victim),
        Fault::KillLeader | Fault::KillFollower => servers.restart(victim),
    }
    thread::sleep(Duration::from_secs(3));
    let [one, two, node] = longest;
    [one, two, node, (node - elected).max(0.0)]
}

/// Makes one server lead everything; its index.
fn gather_leaders(cluster: &Cluster, callers: &Callers) -> usize {
    for _ in 0..600 {
        if let Ok(standing) = cluster.standing()
            && let Some(leader) = standing.commits.leader
            && standing
                .commits
                .followers
                .iter()
                .chain(&standing.packs.followers)
                .all(|(_, current, _)| *current)
        {
            let streams = ["party-packs", "bare-one", "bare-two-a", "bare-two-b"];
            if streams.iter().all(|stream| callers.asker.lead(stream, &leader)) {
                return Servers::index(&leader);
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
    panic!("one server should lead all streams");
}

/// Who writes without pause.
struct Callers {
    asker: Bare,
    stop: Arc<AtomicBool>,
    callers: Vec<Caller>,
    threads: Vec<thread::JoinHandle<()>>,
    said: Arc<bare::Said>,
}

/// What is known of one of them.
#[derive(Clone)]
struct Caller {
    longest: Longest,
    answered: Arc<AtomicU64>,
    /// When it asked what is not answered yet, µs since the beginning.
    asked: Arc<AtomicU64>,
    began: Instant,
}

impl Caller {
    fn new() -> Self {
        Self { longest: Arc::default(), answered: Arc::default(), asked: Arc::default(), began: now() }
    }

    fn since_beginning(&self) -> u64 {
        self.began.elapsed().as_micros() as u64
    }

    /// Does one thing and notes how long it took.
    fn ask(&self, what: impl FnOnce()) {
        let asked = self.since_beginning();
        self.asked.store(asked, Ordering::Relaxed);
        what();
        self.longest.fetch_max(self.since_beginning() - asked, Ordering::Relaxed);
        self.answered.fetch_add(1, Ordering::Relaxed);
    }
}

impl Callers {
    fn start(servers: &Servers, node: Ledger) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let callers = vec![Caller::new(), Caller::new(), Caller::new()];
        let asker = Bare::connect(&servers.urls());
        for stream in ["bare-one", "bare-two-a", "bare-two-b"] {
            asker.make(stream);
        }
        let said = Arc::new(bare::Said::default());
        let mut threads = Vec::new();
        for (caller, streams) in callers.iter().zip([vec!["bare-one"], vec!["bare-two-a", "bare-two-b"]]) {
            let (caller, stop, said) = (caller.clone(), Arc::clone(&stop), Arc::clone(&said));
            let bare = Bare::connect(&servers.urls());
            threads.push(thread::spawn(move || {
                for n in 0_u64.. {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    caller.ask(|| streams.iter().for_each(|stream| bare.publish(stream, n, &said)));
                }
            }));
        }
        let (caller, stopped) = (callers[2].clone(), Arc::clone(&stop));
        threads.push(thread::spawn(move || {
            let author = conformance::Author::new(1);
            let log = node.log(&author.key).expect("a log");
            for n in 0.. {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let drafts = author.drafts(n, n + 1, 500);
                caller.ask(|| {
                    node.append(log, drafts).expect("a node refuses nothing for so short a time");
                });
            }
        }));
        Self { asker, stop, callers, threads, said }
    }

    fn reset(&self) {
        self.callers.iter().for_each(|caller| caller.longest.store(0, Ordering::Relaxed));
    }

    fn answered(&self) -> Vec<u64> {
        self.callers.iter().map(|caller| caller.answered.load(Ordering::Relaxed)).collect()
    }

    /// How long the one who has waited longest waits now.
    fn waiting(&self) -> Duration {
        let waits = self
            .callers
            .iter()
            .map(|caller| caller.since_beginning().saturating_sub(caller.asked.load(Ordering::Relaxed)));
        Duration::from_micros(waits.max().unwrap_or(0))
    }

    fn longest(&self) -> [f64; 3] {
        std::array::from_fn(|caller| self.callers[caller].longest.load(Ordering::Relaxed) as f64 / 1e6)
    }

    /// Ends, and looks whether every acknowledged message lies where it was acknowledged, by the word of every server.
    fn stop(self, cluster: &Cluster) {
        self.stop.store(true, Ordering::Relaxed);
        self.threads.into_iter().for_each(|thread| thread.join().expect("ended"));
        thread::sleep(Duration::from_secs(2));
        for server in cluster.servers.iter().map(|server| format!("nats://{server}")) {
            let looked = Bare::connect(std::slice::from_ref(&server)).compare(&self.said);
            println!("{server}: {looked}");
        }
    }
}
