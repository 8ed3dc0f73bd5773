//! Causes that several entities share, and who has not reported yet although they are expected to.

use desk::sql::SqlError;
use desk::views::Views;
use records::cause::{Cause, Expected};

use super::docket::Docket;

/// A cause with who reported it.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Its record's arrival number: who may read that may read it.
    pub seq: u64,
    /// The cause.
    pub cause: Cause,
    /// Names of those who reported it, in order of arrival.
    pub reported: Vec<String>,
    /// Those who are expected and have not.
    pub silent: Vec<Expected>,
}

/// Every cause, by its name.
pub fn causes(views: &Views, dockets: &[Docket]) -> Result<Vec<Shared>, SqlError> {
    let reader = views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT seq, body FROM notify_cause ORDER BY cause LIMIT 1000")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let mut found = Vec::new();
    for row in rows {
        let (seq, body) = row?;
        if let Ok(cause) = serde_json::from_slice::<Cause>(&body) {
            found.push(shared(seq as u64, cause, dockets));
        }
    }
    Ok(found)
}

fn shared(seq: u64, cause: Cause, dockets: &[Docket]) -> Shared {
    let of_it = dockets
        .iter()
        .rev()
        .filter(|docket| docket.triage().is_some_and(|triage| triage.cause == cause.cause));
    let mut reported: Vec<String> = Vec::new();
    for docket in of_it {
        let name = &docket.report.reporter.name;
        if !reported.iter().any(|known| same(known, name)) {
            reported.push(name.clone());
        }
    }
    let silent = cause.expected.iter().filter(|one| !reported.iter().any(|known| same(known, &one.name)));
    Shared { seq, silent: silent.cloned().collect(), reported, cause }
}

/// Names are written by people: case and spaces do not count.
fn same(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}
