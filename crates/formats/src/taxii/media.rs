//! Media types and their negotiation (§1.6.8, §3.6).

/// The Content-Type of every TAXII answer, errors included. Never quoted: taxii2-client looks for
/// the literal token `version=2.1`.
pub const CONTENT_TYPE: &str = "application/taxii+json;version=2.1";

/// The media type of collections that hold STIX 2.1.
pub const STIX_CONTENT_TYPE: &str = "application/stix+json;version=2.1";

/// Outcome of looking at `Accept`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// Serve TAXII 2.1.
    Serve,
    /// The header is missing, which a TAXII client must not do; serving is up to the server.
    Missing,
    /// Nothing in the header can be served: 406.
    NotAcceptable,
}

/// Outcome of looking at the Content-Type of a POST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostBody {
    /// TAXII 2.1 as the standard asks.
    Taxii,
    /// A STIX type, as OpenCTI sends it; the body may be a bundle.
    Stix,
    /// No type, or plain JSON: against the standard but readable. Log it.
    Tolerated,
    /// Anything else: 415.
    Unsupported,
}

/// One media range: type, version, weight in thousandths.
#[derive(Debug, PartialEq, Eq)]
struct Range<'a> {
    essence: &'a str,
    version: Option<&'a str>,
    weight: u16,
}

/// Reads `type/subtype; version="2.1" ; charset=utf-8; q=0.5`.
fn range(text: &str) -> Option<Range<'_>> {
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().filter(|essence| essence.contains('/') || *essence == "*")?;
    let mut range = Range { essence, version: None, weight: 1000 };
    for part in parts {
        let Some((name, value)) = part.split_once('=') else { continue };
        let value = value.trim().trim_matches('"');
        match name.trim() {
            name if name.eq_ignore_ascii_case("version") => range.version = Some(value),
            name if name.eq_ignore_ascii_case("q") => {
                let weight = value.parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight));
                range.weight = weight.map_or(1000, |weight| (weight * 1000.0) as u16);
            }
            _ => {}
        }
    }
    Some(range)
}

/// Negotiates the answer. Undefined types are served only when they clearly mean JSON or anything,
/// so that curl and browsers work; a defined type is never refused.
pub fn accept(header: Option<&str>) -> Accept {
    let Some(header) = header.map(str::trim).filter(|header| !header.is_empty()) else {
        return Accept::Missing;
    };
    // The most specific range decides: an explicit q=0 for TAXII is not undone by `*/*`.
    let mut verdict: Option<(u8, bool)> = None;
    for range in header.split(',').take(64).filter_map(|part| range(part.trim())) {
        let essence = range.essence.to_ascii_lowercase();
        let (rank, served) = match essence.as_str() {
            "application/taxii+json" if matches!(range.version, None | Some("2.1")) => (3, true),
            "application/json" | "application/*" => (2, true),
            "*/*" | "*" => (1, true),
            _ => (0, false),
        };
        let candidate = (rank, served && range.weight > 0);
        verdict = verdict.max(Some(candidate));
    }
    match verdict {
        Some((_, true)) => Accept::Serve,
        _ => Accept::NotAcceptable,
    }
}

/// Judges the Content-Type of a POST.
pub fn post_body(header: Option<&str>) -> PostBody {
    let Some(header) = header.map(str::trim).filter(|header| !header.is_empty()) else {
        return PostBody::Tolerated;
    };
    let Some(range) = range(header) else { return PostBody::Unsupported };
    let version_fits = matches!(range.version, None | Some("2.0" | "2.1"));
    match range.essence.to_ascii_lowercase().as_str() {
        "application/taxii+json" if matches!(range.version, None | Some("2.1")) => PostBody::Taxii,
        "application/stix+json" | "application/vnd.oasis.stix+json" if version_fits => PostBody::Stix,
        "application/json" => PostBody::Tolerated,
        _ => PostBody::Unsupported,
    }
}

/// What the Content-Type of another server's answer says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerBody {
    /// TAXII 2.1, or JSON that may well be; a missing type is given the benefit of the doubt.
    Taxii,
    /// TAXII 2.0, which pages by ranges and is not followed.
    Old,
    /// Something else, such as the page of a portal.
    Other,
}

/// Judges the Content-Type of an answer.
pub fn answer_body(header: Option<&str>) -> AnswerBody {
    let Some(header) = header.map(str::trim).filter(|header| !header.is_empty()) else {
        return AnswerBody::Taxii;
    };
    let Some(range) = range(header) else { return AnswerBody::Other };
    match (range.essence.to_ascii_lowercase().as_str(), range.version) {
        ("application/vnd.oasis.taxii+json", _) | ("application/taxii+json", Some("2.0")) => AnswerBody::Old,
        ("application/taxii+json" | "application/json", _) => AnswerBody::Taxii,
        ("application/stix+json" | "application/vnd.oasis.stix+json", _) => AnswerBody::Taxii,
        _ => AnswerBody::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_others_are_taken_for_what_they_say() {
        for header in [None, Some(""), Some(CONTENT_TYPE), Some("application/json; charset=utf-8")] {
            assert_eq!(answer_body(header), AnswerBody::Taxii, "{header:?}");
        }
        assert_eq!(answer_body(Some("application/vnd.oasis.taxii+json; version=2.0")), AnswerBody::Old);
        for header in ["text/html", "application/octet-stream", "nonsense"] {
            assert_eq!(answer_body(Some(header)), AnswerBody::Other, "{header}");
        }
    }

    #[test]
    fn defined_types_are_served_in_every_spelling() {
        for header in [
            "application/taxii+json;version=2.1",
            "application/taxii+json; version=\"2.1\"",
            "APPLICATION/TAXII+JSON ; Version=2.1 ; charset=utf-8",
            "application/taxii+json",
            "text/html, application/taxii+json;version=2.1;q=0.1",
            "application/taxii+json;version=2.0, application/taxii+json;version=2.1",
            "*/*",
            "text/html,application/xhtml+xml,*/*;q=0.8",
            "application/json",
        ] {
            assert_eq!(accept(Some(header)), Accept::Serve, "{header}");
        }
    }

    #[test]
    fn what_cannot_be_served_is_refused() {
        for header in [
            "text/html",
            "application/taxii+json;version=2.0",
            "application/vnd.oasis.taxii+json; version=2.0",
            "application/taxii+json;version=2.1;q=0, */*",
            "nonsense",
        ] {
            assert_eq!(accept(Some(header)), Accept::NotAcceptable, "{header}");
        }
        assert_eq!(accept(None), Accept::Missing);
        assert_eq!(accept(Some(" ")), Accept::Missing);
    }

    #[test]
    fn posts_are_judged_by_their_type() {
        assert_eq!(post_body(Some(CONTENT_TYPE)), PostBody::Taxii);
        assert_eq!(post_body(Some("application/stix+json; version=2.1")), PostBody::Stix);
        assert_eq!(
            post_body(Some("application/vnd.oasis.stix+json; version=2.1; charset=utf-8")),
            PostBody::Stix
        );
        assert_eq!(post_body(Some("application/json")), PostBody::Tolerated);
        assert_eq!(post_body(None), PostBody::Tolerated);
        assert_eq!(post_body(Some("text/plain")), PostBody::Unsupported);
        assert_eq!(post_body(Some("application/taxii+json;version=2.0")), PostBody::Unsupported);
    }
}
