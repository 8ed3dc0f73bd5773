//! The audit trail on its way to the ledger: views are gathered for a minute, acts are written down at once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use records::audit::{Audit, Deed, Line};

use crate::desk::Desk;
use crate::edge;
use crate::submit::SubmitError;

/// Different lines gathered before they are written down, however short the minute was.
const MOST_LINES: usize = 500;
/// Different lines of one session or token in a minute; of what comes beyond, the number alone is kept.
const MOST_OF_ONE: usize = 100;

/// Lines that wait for the end of their minute.
#[derive(Debug, Default)]
pub(crate) struct Gathered(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    lines: Vec<Line>,
    /// Where a line stands that is counted up when the same happens again.
    places: HashMap<(String, String, String, Deed), usize>,
    of_one: HashMap<String, usize>,
    more: u64,
}

/// What should happen after a line was gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nothing: a minute runs already.
    Wait,
    /// It is the first: write down in a minute.
    Begin,
    /// There are enough: write down now.
    Write,
}

impl Gathered {
    pub(crate) fn add(&self, line: Line) -> Next {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = waiting.lines.is_empty() && waiting.more == 0;
        let key = (line.by.clone(), line.act.clone(), line.what.clone(), line.deed);
        if let Some(place) = waiting.places.get(&key).copied() {
            waiting.lines[place].count += line.count;
            return Next::Wait;
        }
        let of_one = waiting.of_one.entry(line.by.clone()).or_default();
        *of_one += 1;
        if *of_one > MOST_OF_ONE {
            waiting.more += 1;
        } else {
            let place = waiting.lines.len();
            waiting.places.insert(key, place);
            waiting.lines.push(line);
        }
        match first {
            _ if waiting.lines.len() >= MOST_LINES => Next::Write,
            true => Next::Begin,
            false => Next::Wait,
        }
    }

    fn take(&self) -> Option<Audit> {
        let waiting = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let empty = waiting.lines.is_empty() && waiting.more == 0;
        (!empty).then_some(Audit { lines: waiting.lines, more: waiting.more })
    }
}

impl Desk {
    /// Writes down what was gathered, and waits until it is shown. Nothing to write is fine.
    pub fn write_audit(&self) -> Result<(), SubmitError> {
        match self.audit.take() {
            Some(audit) => self.note(&audit).map(drop),
            None => Ok(()),
        }
    }

    /// Writes one line down now; resolves once it is durable.
    pub(crate) async fn write_line(&self, line: Line) -> Result<(), SubmitError> {
        let audit = Audit { lines: vec![line], more: 0 };
        let sealed = self.seal::<Audit>(edge::now()).body(&audit, edge::salt());
        self.submit(vec![sealed]).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(by: &str, what: &str) -> Line {
        Line {
            at: "2026-11-25T02:03:04Z".parse().expect("an instant"),
            who: "m.roe".into(),
            by: by.into(),
            program: false,
            act: "exchange object read".into(),
            what: what.into(),
            deed: Deed::Saw,
            count: 1,
            reason: String::new(),
        }
    }

    #[test]
    fn the_same_is_counted_and_the_first_begins_a_minute() {
        let gathered = Gathered::default();
        assert_eq!(gathered.add(line("a", "/x")), Next::Begin);
        assert_eq!(gathered.add(line("a", "/x")), Next::Wait);
        assert_eq!(gathered.add(line("b", "/x")), Next::Wait);
        let audit = gathered.take().expect("lines");
        assert_eq!(audit.lines.iter().map(|line| line.count).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(gathered.take(), None);
        assert_eq!(gathered.add(line("a", "/x")), Next::Begin);
    }

    #[test]
    fn one_session_cannot_fill_the_trail_and_many_cannot_fill_the_memory() {
        let gathered = Gathered::default();
        for n in 0..MOST_OF_ONE + 7 {
            gathered.add(line("a", &format!("/{n}")));
        }
        let audit = gathered.take().expect("lines");
        assert_eq!((audit.lines.len(), audit.more), (MOST_OF_ONE, 7));
        let next: Vec<Next> = (0..MOST_LINES).map(|n| gathered.add(line(&format!("{n}"), "/"))).collect();
        assert_eq!(next.last(), Some(&Next::Write));
    }
}
