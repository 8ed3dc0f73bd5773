//! Looks for wrong copies: what a server that was paused while it led answers readers with when it comes back, compared
//! with what the cluster agreed on.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::Duration;

use super::bare::Bare;
use super::now;
use crate::servers::Servers;

const STREAM: &str = "forks";

/// Messages that wait at the leader when it wakes up, and messages that the others take meanwhile.
const WAITING: u64 = 2_000;
const MEANWHILE: u64 = 20;

/// How long the server that came back is asked.
const LOOKED: Duration = Duration::from_secs(4);

pub fn look(servers: &mut Servers, rounds: u64) {
    let all = Bare::connect(&servers.urls());
    all.make(STREAM);
    let mut wrong_rounds = 0;
    for round in 0..rounds {
        let leader = current_leader(&all);
        let paused = Servers::index(&leader);
        let urls = servers.urls();
        let others: Vec<String> = urls
            .iter()
            .enumerate()
            .filter(|(index, _)| *index != paused)
            .map(|(_, url)| url.clone())
            .collect();
        let (at_leader, at_others) = (Bare::connect(&urls[paused..=paused]), Bare::connect(&others));
        let number = |n| (round + 1) * 1_000_000 + n;
        servers.pause(paused);
        at_leader.throw(STREAM, (0..WAITING).map(number));
        sleep(Duration::from_millis(500));
        let said = super::bare::Said::default();
        for n in 0..MEANWHILE {
            at_others.publish(STREAM, number(500_000 + n), &said);
        }
        let first = said.first();
        servers.resume(paused);
        let mut seen: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        let began = now();
        let reader = Bare::connect(&urls[paused..=paused]);
        while began.elapsed() < LOOKED {
            for sequence in first..first + MEANWHILE {
                if let Some(n) = reader.read_copy(STREAM, sequence) {
                    let values = seen.entry(sequence).or_default();
                    if !values.contains(&n) {
                        values.push(n);
                    }
                }
            }
        }
        let wrong: Vec<String> = seen
            .iter()
            .filter_map(|(sequence, values)| {
                let agreed = all.read_leader(STREAM, *sequence)?;
                let others: Vec<&u64> = values.iter().filter(|n| **n != agreed).collect();
                (!others.is_empty()).then(|| format!("{sequence} is {agreed}, and was said to be {others:?}"))
            })
            .collect();
        wrong_rounds += u64::from(!wrong.is_empty());
        println!("round {round}, {leader} paused: {} wrong copies {wrong:?}", wrong.len());
    }
    println!("wrong copies in {wrong_rounds} of {rounds} rounds");
}

fn current_leader(all: &Bare) -> String {
    for _ in 0..300 {
        if let Some(leader) = all.leader_of(STREAM) {
            return leader;
        }
        sleep(Duration::from_millis(200));
    }
    panic!("the stream has no leader");
}
