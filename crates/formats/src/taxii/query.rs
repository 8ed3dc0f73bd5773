//! The query string of a TAXII request (§3.3 to §3.5).

use super::filter::{Filter, VersionPick, VersionSelector};
use super::percent;
use super::time::{TaxiiTime, parse_time};

const MAX_BYTES: usize = 64 << 10;
const MAX_VALUES: usize = 1000;

/// What a request asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// `added_after` in microseconds; strictly after.
    pub added_after: Option<i64>,
    /// `limit`, at least 1.
    pub limit: Option<u64>,
    /// `next`; an empty one is the first page, as MISP means it.
    pub next: Option<String>,
    /// `match[…]`.
    pub filter: Filter,
    /// Names that were ignored, for the log.
    pub ignored: Vec<String>,
}

/// Why a query string cannot be answered (400).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// Broken percent-encoding.
    #[error("a parameter is not percent-encoded UTF-8")]
    Encoding,
    /// The query string is too long, or a filter has too many values.
    #[error("the query is too long; send at most 64 KiB and 1000 values per filter")]
    TooLong,
    /// A field given twice.
    #[error("{0} is given more than once; list its values with commas")]
    Repeated(String),
    /// A filter without a value.
    #[error("{0} has no value; leave it out")]
    Empty(String),
    /// `limit` is no positive number.
    #[error("limit must be a whole number of at least 1")]
    Limit,
    /// `added_after` is no timestamp.
    #[error("added_after must be one timestamp like 2026-11-25T09:30:00.000000Z")]
    AddedAfter,
    /// A version that is no word and no timestamp.
    #[error("match[version] takes last, first, all or timestamps; {0:?} is none of these")]
    Version(String),
    /// `all` beside other versions.
    #[error("match[version]=all stands alone")]
    AllNotAlone,
}

impl Query {
    /// Parses the part of the URL after `?`.
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        if raw.len() > MAX_BYTES {
            return Err(QueryError::TooLong);
        }
        let mut query = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = percent::decode(name).ok_or(QueryError::Encoding)?;
            if seen.iter().any(|known| *known == *name) {
                return Err(QueryError::Repeated(name.into_owned()));
            }
            if query.take(&name, value)? {
                seen.push(name.into_owned());
            } else if query.ignored.len() >= MAX_VALUES {
                return Err(QueryError::TooLong);
            } else {
                // An unknown name may come twice: it means nothing either way.
                query.ignored.push(name.into_owned());
            }
        }
        Ok(query)
    }

    /// Takes a parameter over; false when its name is unknown.
    fn take(&mut self, name: &str, value: &str) -> Result<bool, QueryError> {
        let decoded = || percent::decode(value).ok_or(QueryError::Encoding);
        match name {
            "added_after" => {
                self.added_after = Some(parse_time(&decoded()?).ok_or(QueryError::AddedAfter)?);
            }
            "limit" => self.limit = Some(limit(&decoded()?)?),
            "next" => self.next = Some(decoded()?.into_owned()).filter(|next| !next.is_empty()),
            "match[id]" => self.filter.ids = values(name, &decoded()?)?,
            "match[type]" => self.filter.types = values(name, &decoded()?)?,
            "match[spec_version]" => self.filter.spec_versions = values(name, &decoded()?)?,
            "match[version]" => self.filter.versions = versions(&values(name, &decoded()?)?)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The lasting part of the query (everything but `limit` and `next`) as a query string.
    pub fn lasting(&self) -> String {
        let mut out = self.filter.to_query();
        if let Some(micros) = self.added_after {
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str("added_after=");
            percent::encode(TaxiiTime::from_micros(micros).as_str(), &mut out);
        }
        out
    }

    /// The whole query as a query string, for asking another server: some refuse a `next` that
    /// comes without the filters it was given for.
    pub fn to_query_string(&self) -> String {
        let mut out = self.lasting();
        for (name, value) in
            [("limit", self.limit.map(|limit| limit.to_string())), ("next", self.next.clone())]
        {
            let Some(value) = value else { continue };
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(name);
            out.push('=');
            percent::encode(&value, &mut out);
        }
        out
    }
}

/// A number too large for us is still a number: the server's own limit applies.
fn limit(text: &str) -> Result<u64, QueryError> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(QueryError::Limit);
    }
    match text.parse().unwrap_or(u64::MAX) {
        0 => Err(QueryError::Limit),
        limit => Ok(limit),
    }
}

fn values(name: &str, text: &str) -> Result<Vec<String>, QueryError> {
    let list: Vec<String> =
        text.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect();
    match list.len() {
        0 => Err(QueryError::Empty(name.to_owned())),
        count if count > MAX_VALUES => Err(QueryError::TooLong),
        _ => Ok(list),
    }
}

fn versions(words: &[String]) -> Result<VersionSelector, QueryError> {
    let all = words.iter().any(|word| word == "all");
    if all {
        return if words.len() == 1 { Ok(VersionSelector::All) } else { Err(QueryError::AllNotAlone) };
    }
    let mut picks = Vec::with_capacity(words.len());
    for word in words {
        let pick = match word.as_str() {
            "first" => VersionPick::First,
            "last" => VersionPick::Last,
            text => {
                let micros = parse_time(text);
                VersionPick::At(micros.ok_or_else(|| QueryError::Version(text.chars().take(60).collect()))?)
            }
        };
        picks.push(pick);
    }
    picks.sort_unstable();
    picks.dedup();
    Ok(if picks == [VersionPick::Last] { VersionSelector::Last } else { VersionSelector::Picks(picks) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_query_of_a_real_client_is_read() {
        let query = Query::parse(
            "added_after=2026-01-01T00%3A00%3A00.000000Z&limit=50&next=&match%5Btype%5D=indicator%2Cmalware&match[version]=first,2018-03-02T01:01:01.5Z,last&match[colour]=red&x=1&x=2",
        )
        .expect("valid");
        assert_eq!(query.added_after, parse_time("2026-01-01T00:00:00Z"));
        assert_eq!((query.limit, query.next.as_deref()), (Some(50), None));
        assert_eq!(query.filter.types, ["indicator", "malware"]);
        let at = parse_time("2018-03-02T01:01:01.500Z").expect("valid");
        let picks = vec![VersionPick::First, VersionPick::Last, VersionPick::At(at)];
        assert_eq!(query.filter.versions, VersionSelector::Picks(picks));
        assert_eq!(query.ignored, ["match[colour]", "x", "x"]);
        assert_eq!(Query::parse("").expect("valid"), Query::default());
    }

    #[test]
    fn what_cannot_be_answered_says_why() {
        for (raw, error) in [
            ("limit=0", QueryError::Limit),
            ("limit=-1", QueryError::Limit),
            ("limit=ten", QueryError::Limit),
            ("added_after=yesterday", QueryError::AddedAfter),
            ("added_after=2026-01-01T00:00:00Z,2026-01-02T00:00:00Z", QueryError::AddedAfter),
            ("match[type]=a&match%5Btype%5D=b", QueryError::Repeated("match[type]".into())),
            ("match[version]=all,first", QueryError::AllNotAlone),
            ("match[version]=newest", QueryError::Version("newest".into())),
            ("match[id]=,", QueryError::Empty("match[id]".into())),
            ("match[id]=%zz", QueryError::Encoding),
            ("match[id]=%ff", QueryError::Encoding),
        ] {
            assert_eq!(Query::parse(raw), Err(error), "{raw}");
        }
        assert_eq!(Query::parse("limit=99999999999999999999").map(|query| query.limit), Ok(Some(u64::MAX)));
    }

    proptest! {
        #[test]
        fn any_query_is_survived_and_what_is_read_is_written_back(raw in "[a-z\\[\\]=&%,0-9T:.Z+ é]{0,120}") {
            let _ = Query::parse(&raw);
        }

        #[test]
        fn a_query_survives_the_wire(
            ids in prop::collection::vec("[a-z-]{3,12}--[0-9a-f]{8}", 0..4),
            types in prop::collection::vec("[a-zé+&= %]{1,8}", 0..4),
            after in prop::option::of(0i64..4_000_000_000_000_000),
            limit in prop::option::of(1u64..10_000),
            next in prop::option::of("[ -~]{1,20}"),
        ) {
            let types: Vec<String> = types.into_iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
            let filter = Filter { ids, types, ..Filter::default() };
            let query = Query { added_after: after, limit, next, filter, ignored: vec![] };
            prop_assert_eq!(Query::parse(&query.to_query_string()), Ok(query));
        }
    }
}
