//! Measures the cluster engine against the one file, in one run on one machine: three servers started here, three
//! copies of everything. Run by hand: `cargo bench -p ledger --bench cluster`.

#[path = "../tests/it/cluster/network.rs"]
mod network;
#[path = "../tests/it/cluster/servers.rs"]
mod servers;
mod support {
    //! What this bench shares with others.
    pub mod costs;
}

use std::sync::mpsc;
use std::time::{Duration, Instant};

use ledger::{Draft, Ledger, LogId, conformance};
use network::Network;
use servers::Servers;
use support::costs::{Spent, tell_disks};

/// Records for the throughput, in batches like those of an import.
const RECORDS: u64 = 200_000;
const BATCH: u64 = 500;
/// Header and body together are about 1 KB.
const BODY_BYTES: usize = 500;
/// Appends one after the other, for the latency.
const SINGLES: u64 = 1_000;
/// Batches that one caller leaves unanswered.
const UNANSWERED: usize = 64;

#[expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn options() -> ledger::Options {
    conformance::options()
}

fn main() {
    // Started by `cargo test --benches` it has nothing to say.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = std::env::temp_dir().join(format!("entente-bench-{}", std::process::id()));
    run(&folder);
    std::fs::remove_dir_all(&folder).expect("the folder of this run can be removed");
}

fn run(folder: &std::path::Path) {
    println!("{RECORDS} records of about 1 KB in batches of {BATCH}; {SINGLES} single appends");
    let author = conformance::Author::new(1);
    let batches: Vec<Vec<Draft>> =
        (0..RECORDS / BATCH).map(|n| author.drafts(n * BATCH, (n + 1) * BATCH, BODY_BYTES)).collect();
    let alone = Ledger::open(&folder.join("alone"), options()).expect("opened");
    measure("one file (SQLite)", &alone, &batches, &[]);
    drop(alone);
    for nodes in 1..=3 {
        let mut servers = Servers::three(&folder.join(format!("servers-{nodes}")));
        let cluster = servers.cluster("bench");
        let open = |n: usize| {
            let place = folder.join(format!("node-{nodes}-{n}"));
            Ledger::open_cluster(&place, &cluster, options()).expect("opened")
        };
        let ledgers: Vec<Ledger> = (0..nodes).map(open).collect();
        measure(&format!("cluster, {nodes} node(s)"), &ledgers[0], &batches, &ledgers[1..]);
        if nodes == 1 {
            failover(&mut servers, &cluster, &ledgers[0]);
        }
    }
    costs(folder, &batches);
}

/// What one record costs, with every server and the node on wires of their own.
fn costs(folder: &std::path::Path, batches: &[Vec<Draft>]) {
    let Some(network) = Network::made() else { return };
    let servers = Servers::placed(&folder.join("servers-costs"), network.places());
    let place = folder.join("node-costs");
    let ledger = Ledger::open_cluster(&place, &network.cluster(0), options()).expect("opened");
    let author = conformance::Author::new(1);
    let log = ledger.log(&author.key).expect("a log");
    let before = Spent::until_now(&servers, &network);
    append_all(&ledger, log, batches);
    let after = Spent::until_now(&servers, &network);
    after.tell(&format!("a record of a batch of {BATCH}"), &before, RECORDS);
    tell_disks(&servers, &place, RECORDS);
    let drafts: Vec<Draft> = (0..SINGLES).map(|n| author.draft((1 << 41) + n, BODY_BYTES)).collect();
    let before = Spent::until_now(&servers, &network);
    for draft in drafts {
        ledger.append(log, vec![draft]).expect("appended");
    }
    Spent::until_now(&servers, &network).tell("a record appended alone", &before, SINGLES);
}

fn measure(what: &str, ledger: &Ledger, batches: &[Vec<Draft>], others: &[Ledger]) {
    let log = ledger.log(&conformance::Author::new(1).key).expect("a log");
    let began = now();
    append_all(ledger, log, batches);
    let took = began.elapsed();
    for other in others {
        while other.last_seq() < RECORDS {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    let lag = began.elapsed() - took;
    let (median, worst) = latency(ledger, log);
    println!(
        "{what}: {:.0} records/s, {median:.2} ms p50 and {worst:.2} ms p99 for one, others {:.0} ms later",
        RECORDS as f64 / took.as_secs_f64(),
        lag.as_secs_f64() * 1e3
    );
}

fn append_all(ledger: &Ledger, log: LogId, batches: &[Vec<Draft>]) {
    let (answer, answers) = mpsc::channel::<Result<ledger::Receipt, ledger::AppendError>>();
    let mut unanswered = 0;
    for batch in batches {
        while unanswered >= UNANSWERED {
            answers.recv().expect("an answer").expect("appended");
            unanswered -= 1;
        }
        let answer = answer.clone();
        let told = move |receipt| answer.send(receipt).expect("somebody listens");
        ledger.append_with(log, batch.clone(), Box::new(told));
        unanswered += 1;
    }
    for _ in 0..unanswered {
        answers.recv().expect("an answer").expect("appended");
    }
}

/// Milliseconds for one append, in the middle and at the 99th percentile.
fn latency(ledger: &Ledger, log: LogId) -> (f64, f64) {
    let author = conformance::Author::new(1);
    let mut times: Vec<Duration> = (0..SINGLES)
        .map(|n| {
            let draft = author.draft((1 << 40) + n, BODY_BYTES);
            let began = now();
            ledger.append(log, vec![draft]).expect("appended");
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |part: f64| times[(times.len() as f64 * part) as usize].as_secs_f64() * 1e3;
    (at(0.5), at(0.99))
}

/// How long nothing was acknowledged when the leader of the stream was killed.
fn failover(servers: &mut Servers, cluster: &ledger::Cluster, ledger: &Ledger) {
    let author = conformance::Author::new(1);
    let log = ledger.log(&author.key).expect("a log");
    for round in 0..3 {
        let leader = cluster.standing().expect("it answers").commits.leader.expect("a leader");
        let killed = Servers::index(&leader);
        servers.kill(killed);
        let began = now();
        ledger.append(log, author.drafts((2 << 40) + round, (2 << 40) + round + 1, 10)).expect("appended");
        println!("leader killed: the next append took {:.1} s", began.elapsed().as_secs_f64());
        servers.restart(killed);
        std::thread::sleep(Duration::from_secs(3));
    }
}
