//! I1 at every door: whoever may see GREEN opens every route of a node that knows more, with every id and every question
//! that could tell of it, and gets, byte for byte, what the same node would give that never heard of it.

mod asks;
mod same;
mod things;
mod twins;

use super::rules::{RULES, Rule, Who};
use super::web::Answer;
use same::{TELLS_DEEDS, TELLS_LENGTH, same};
use things::ids_beyond;
use twins::{Reader, Twins};

/// Whoever looks with a clearance that ends at GREEN.
const READERS: [Reader; 7] = [
    Reader::Nobody,
    Reader::Observer,
    Reader::Program,
    Reader::Officer,
    Reader::Administrator,
    Reader::Auditor,
    Reader::Partner,
];

/// Looked at once more before it is called a difference: between two answers a minute may end.
const LOOKS: usize = 3;

/// The routes of which something is asked. Signing out would end the session that asks.
fn routes() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| rule.path != "/logout" && (rule.method == "GET" || rule.path.contains('{')))
}

/// Readers who get no further than the door of this route see one page for all ids.
fn is_for(rule: &Rule, reader: Reader) -> bool {
    match reader {
        Reader::Nobody => rule.who == Who::Anyone,
        Reader::Partner => matches!(rule.who, Who::Consumer | Who::WritingConsumer | Who::MemberOrConsumer),
        _ => !matches!(rule.who, Who::Consumer | Who::WritingConsumer),
    }
}

/// How many addresses of one route they ask: roles that have the same clearance differ in which routes they may use, not in
/// what the verdict lets them see there.
fn most(reader: Reader) -> usize {
    match reader {
        Reader::Observer | Reader::Officer | Reader::Partner | Reader::Chief => usize::MAX,
        Reader::Nobody | Reader::Program | Reader::Administrator | Reader::Auditor => 4,
    }
}

/// What an answer says of what its reader must not know.
fn leaks(answer: &Answer, asked: &str, watched: &[String]) -> Vec<String> {
    let headers = answer.headers.iter().map(|(_, value)| value.as_str());
    let said = headers.chain([answer.body.as_str()]).collect::<Vec<_>>().join("\n").to_lowercase();
    watched
        .iter()
        .filter(|word| !asked.contains(word.as_str()) && said.contains(word.as_str()))
        .cloned()
        .collect()
}

/// Every word that is beyond GREEN.
fn words() -> Vec<String> {
    things::WORDS.iter().map(|place| things::canary(place)).collect()
}

/// The words that not even the chief meets on any route.
fn unseen_by_the_chief(twins: &Twins) -> Vec<String> {
    let mut unseen = words();
    // RED never came over the link, and groups are known to commands alone.
    unseen.retain(|word| ![things::canary("theirred"), things::canary("group")].contains(word));
    for position in 0..twins.made.last {
        let path = format!("/ledger/records/{position}");
        let said = twins.ask(&twins.told, "GET", &path, Reader::Chief).body;
        unseen.retain(|word| !said.contains(word.as_str()));
    }
    for rule in routes().filter(|rule| rule.method == "GET" && is_for(rule, Reader::Chief)) {
        for path in asks::asks(rule, &twins.made) {
            let said = twins.ask(&twins.told, "GET", &path, Reader::Chief).body;
            unseen.retain(|word| path.contains(word.as_str()) || !said.contains(word.as_str()));
        }
    }
    unseen
}

#[test]
fn nobody_learns_from_any_route_of_what_is_beyond_their_verdict() {
    let twins = Twins::made();
    let words = words();
    let mut watched = [words.clone(), ids_beyond()].concat();
    watched.extend([twins.made.snapshot.clone(), twins.made.watched.1.clone()]);
    watched.extend([twins.made.incident.clone(), twins.made.report.clone(), twins::SECRET.to_owned()]);
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for rule in routes() {
        let paths = asks::asks(rule, &twins.made);
        for reader in READERS {
            let mut refused = 0;
            for path in paths.iter().take(most(reader)) {
                let ask = |at| twins.ask(at, rule.method, path, reader);
                let told = ask(&twins.told);
                asked += 1;
                let deeds = TELLS_DEEDS.contains(&rule.path);
                let leaked = leaks(&told, path, if deeds { &words } else { &watched });
                if !leaked.is_empty() {
                    wrong.push(format!("{reader:?} {} {path} shows {leaked:?}", rule.method));
                }
                if !deeds && !TELLS_LENGTH.iter().any(|(open, _)| *open == rule.path) {
                    let mut looked = same(&told, &ask(&twins.untold));
                    for _ in 1..LOOKS {
                        looked = looked.or_else(|_| same(&ask(&twins.told), &ask(&twins.untold)));
                    }
                    if let Err(difference) = looked {
                        wrong.push(format!("{reader:?} {} {path} differs: {difference}", rule.method));
                    }
                }
                refused += usize::from(matches!(told.status, 401 | 403));
                // Three times shut out: the door does not look at ids.
                if !is_for(rule, reader) || refused == 3 {
                    break;
                }
            }
        }
    }
    let unseen = unseen_by_the_chief(&twins);
    assert!(unseen.is_empty(), "nobody sees {unseen:?}, so that this test says nothing of them");
    assert!(
        wrong.is_empty(),
        "{} of {asked} answers tell more than they may:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(asked > 1_000, "only {asked} were asked");
}
