//! From the URL that an operator has, which may be discovery, an API root or a collection, to the collection.

use desk::outbound::Url;
use formats::taxii::{Discovery, read};
use serde::Deserialize;
use serde_json::Value;

use super::Source;
use super::ask::Asker;
use super::error::PullError;

/// The collection to walk through.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its title, or its id.
    pub title: String,
    /// Its URL, ending in `/`.
    pub url: Url,
}

/// API roots looked into, and collections listed, at most.
const MAX_ROOTS: usize = 50;
const MAX_LISTED: usize = 50;

pub(super) async fn collection(asker: &Asker<'_>, source: &Source) -> Result<Found, PullError> {
    let url = start(&source.url)?;
    let value = resource(asker, &url).await?;
    if value.get("api_roots").is_some() || value.get("default").is_some_and(Value::is_string) {
        return in_roots(asker, source, &url, value).await;
    }
    if value.get("collections").is_some() || url.path().ends_with("/collections/") {
        return choose(listed(&url, &value), Vec::new(), source);
    }
    let is_root = value.get("versions").is_some() || value.get("max_content_length").is_some();
    if !is_root && (value.get("can_read").is_some() || url.path().contains("/collections/")) {
        let collection = Offered::of(&url, &value);
        return collection.and_then(|one| one.checked()).unwrap_or_else(|| Err(not_taxii(&url)));
    }
    let all = url.join("collections/")?;
    let value = resource(asker, &all).await?;
    choose(listed(&all, &value), Vec::new(), source)
}

/// Paths end in `/` (§3.1); a bare host means discovery, and the objects of a collection mean the collection.
fn start(url: &Url) -> Result<Url, PullError> {
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/objects").unwrap_or(path);
    Ok(url.at(&if path.is_empty() { "/taxii2/".to_owned() } else { format!("{path}/") })?)
}

async fn resource(asker: &Asker<'_>, url: &Url) -> Result<Value, PullError> {
    let answer = asker.ask(url).await?;
    match read::<Value>(&answer.body) {
        Ok(value) if value.is_object() => Ok(value),
        _ => Err(not_taxii(url)),
    }
}

fn not_taxii(url: &Url) -> PullError {
    PullError::NotTaxii { url: url.to_string(), found: "no TAXII resource".to_owned() }
}

async fn in_roots(asker: &Asker<'_>, source: &Source, url: &Url, value: Value) -> Result<Found, PullError> {
    let discovery: Discovery = serde_json::from_value(value).map_err(|_| not_taxii(url))?;
    let mut roots = discovery.api_roots;
    if let Some(default) = discovery.default.filter(|default| !roots.contains(default)) {
        roots.insert(0, default);
    }
    let (mut offered, mut elsewhere) = (Vec::new(), Vec::new());
    for root in roots.iter().take(MAX_ROOTS) {
        let root = url.join(&format!("{}/", root.trim_end_matches('/')))?;
        // Credentials stay where they were given.
        if root.origin() != url.origin() {
            elsewhere.push(root.to_string());
            continue;
        }
        let all = root.join("collections/")?;
        match resource(asker, &all).await {
            Ok(value) => offered.extend(listed(&all, &value)),
            // One root of many may be closed to us.
            Err(PullError::Denied { .. } | PullError::Refused { .. }) if roots.len() > 1 => {}
            Err(error) => return Err(error),
        }
    }
    choose(offered, elsewhere, source)
}

/// A collection as a server offers it.
#[derive(Debug, Clone)]
struct Offered {
    id: String,
    alias: Option<String>,
    title: String,
    readable: bool,
    url: Url,
}

#[derive(Deserialize)]
struct Raw {
    id: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    alias: Option<String>,
    #[serde(default)]
    can_read: Option<bool>,
}

impl Offered {
    /// Reads one at its own URL.
    fn of(url: &Url, value: &Value) -> Option<Self> {
        let raw: Raw = serde_json::from_value(value.clone()).ok()?;
        let title = raw.title.filter(|title| !title.is_empty()).unwrap_or_else(|| raw.id.clone());
        // A server that does not say whether it may be read is asked and will tell.
        let readable = raw.can_read != Some(false);
        Some(Self { id: raw.id, alias: raw.alias, title, readable, url: url.clone() })
    }

    fn answers_to(&self, name: &str) -> bool {
        self.id.eq_ignore_ascii_case(name) || self.title == name || self.alias.as_deref() == Some(name)
    }

    fn checked(self) -> Option<Result<Found, PullError>> {
        Some(if self.readable {
            Ok(Found { title: self.title, url: self.url })
        } else {
            Err(PullError::Unreadable(self.title))
        })
    }
}

/// The collections of a list; ids that would change the path are left out.
fn listed(all: &Url, value: &Value) -> Vec<Offered> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    let items = value.get("collections").and_then(Value::as_array).into_iter().flatten();
    items
        .filter_map(|item| {
            let id = item.get("id")?.as_str()?;
            let is_plain =
                !id.is_empty() && id.len() <= 200 && id != "." && id != ".." && id.bytes().all(fits);
            is_plain.then(|| all.join(&format!("{id}/")).ok())?.and_then(|url| Offered::of(&url, item))
        })
        .collect()
}

fn choose(offered: Vec<Offered>, elsewhere: Vec<String>, source: &Source) -> Result<Found, PullError> {
    let which = |reason: &str| {
        let names = offered.iter().take(MAX_LISTED).map(|one| format!("{} ({})", one.id, one.title));
        let mut names: Vec<String> = names.collect();
        names.extend(elsewhere.iter().map(|root| format!("those of {root}, when that URL is given itself")));
        let choices = if names.is_empty() { "the account sees none".to_owned() } else { names.join(", ") };
        PullError::Which { reason: reason.to_owned(), choices }
    };
    let picked: Vec<&Offered> = match &source.collection {
        Some(name) => offered.iter().filter(|one| one.answers_to(name)).collect(),
        None => offered.iter().filter(|one| one.readable).collect(),
    };
    match (picked.as_slice(), &source.collection) {
        ([one], _) => (*one).clone().checked().unwrap_or_else(|| Err(which("there is no collection"))),
        ([], Some(name)) => Err(which(&format!("there is no collection {name:?}"))),
        ([], None) => Err(which("there is no collection to read")),
        (_, _) => Err(which("there are several collections")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn every_url_an_operator_may_have_leads_to_a_resource() {
        for (given, asked) in [
            ("https://a.example", "https://a.example/taxii2/"),
            ("https://a.example/api1", "https://a.example/api1/"),
            (
                "https://a.example/api1/collections/x/objects/?limit=3",
                "https://a.example/api1/collections/x/",
            ),
        ] {
            assert_eq!(start(&url(given)).expect("a URL").to_string(), asked);
        }
    }

    #[test]
    fn an_id_never_leads_out_of_the_list() {
        let all = url("https://a.example/api1/collections/");
        let value = serde_json::json!({"collections": [
            {"id": "../../admin"}, {"id": ".."}, {"id": "a:b"}, {"id": "//evil.example"}, {"id": ""}, {"id": 7},
            {"id": "91a7b528-80eb-42ed-a74d-c6fbd5a26116", "title": "good", "can_read": true},
        ]});
        let offered = listed(&all, &value);
        assert_eq!(offered.len(), 1, "{offered:?}");
        assert!(offered[0].url.to_string().ends_with("/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/"));
    }
}
