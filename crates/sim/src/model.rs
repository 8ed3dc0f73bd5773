//! Who may know what, said once more and as plainly as possible: the specification that the product is held against.
//!
//! It reads the records themselves, as JSON, and shares no code with `share`, `records` or the views. What a node
//! knows is the list of statements that it can read; everything else follows from that list, looked up anew each time.

use std::collections::BTreeMap;

use serde_json::Value;

/// One readable record.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub id: [u8; 32],
    pub author: String,
    pub realm: String,
    pub kind: String,
    pub object_type: String,
    /// 0 for CLEAR to 4 for RED; `None` when it is missing or unknown.
    pub tlp: Option<u8>,
    pub at: String,
    pub under: Vec<String>,
    pub group: Option<String>,
    /// The parties named, as far as the reader can tell.
    pub named: Option<Vec<String>>,
    /// The body, where it is JSON.
    pub body: Value,
    /// SHA-256 of the body, as the header gives it (base64).
    pub digest: String,
    /// Its place in its author's log.
    pub place: u64,
    /// The node has said that it erased the body.
    pub erased: bool,
}

/// What travels to those it names, and what never travels; everything else needs an agreement.
const NAMED: [&str; 7] = [
    "party.card.v1",
    "party.rotation.v1",
    "accord.proposal.v1",
    "accord.signature.v1",
    "accord.withdrawal.v1",
    "exchange.retraction.v1",
    "exchange.receipt.v1",
];
const OWN: [&str; 7] = [
    "party.trust.v1",
    "party.consumer.v1",
    "party.group.v1",
    "ledger.erasure.v1",
    "exchange.delivery.v1",
    "exchange.quarantine.v1",
    "link.equivocation.v1",
];
const WORDS: [&str; 5] = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"];

/// Microseconds since 1970 of an RFC 3339 text.
fn instant(value: &Value) -> Option<i64> {
    value.as_str()?.parse::<model::Timestamp>().ok().map(|at| at.as_microsecond())
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Statement {
    /// Reads a record; `None` when it is not one.
    pub fn read(id: [u8; 32], header: &[u8], body: Option<&[u8]>, openings: Option<&[u8]>) -> Option<Self> {
        let header: Value = serde_json::from_slice(header).ok()?;
        let tlp = header["tlp"].as_str().and_then(|word| WORDS.iter().position(|known| *known == word));
        let opened: Value =
            openings.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or(Value::Null);
        let parties =
            opened.as_array().into_iter().flatten().map(|opening| text(&opening["party"])).collect();
        Some(Self {
            id,
            author: text(&header["author"]),
            realm: text(&header["realm"]),
            kind: text(&header["kind"]),
            object_type: text(&header["type"]),
            tlp: tlp.map(|n| n as u8),
            at: text(&header["at"]),
            under: texts(&header["under"]),
            group: header["group"].as_str().map(str::to_owned),
            named: header["to"].is_array().then_some(parties),
            body: body.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or(Value::Null),
            digest: text(&header["body"]),
            place: 0,
            erased: false,
        })
    }

    pub fn is_named_kind(&self) -> bool {
        NAMED.contains(&self.kind.as_str())
    }

    /// Which record this says was erased, when `me` says it.
    pub fn erases(&self, me: &str) -> Option<String> {
        self.is("ledger.erasure.v1", me).then(|| text(&self.body["record"]))
    }

    /// From which size of its author's log on other keys sign, when this is a change of keys.
    pub fn changes_keys(&self, author: &str) -> Option<u64> {
        let text = self.is("party.rotation.v1", author).then(|| self.body["statement"].as_str())??;
        text.lines().nth(2)?.parse().ok()
    }

    /// True when this is `author`'s word of this kind.
    fn is(&self, kind: &str, author: &str) -> bool {
        self.kind == kind && self.author == author
    }
}

/// What one node can read, in order of arrival, up to where it has folded.
pub(crate) type Knowledge<'a> = &'a [Statement];

/// May `holder`, the author, send its record to `receiver` at `now_us`, knowing what it knows?
pub(crate) fn may_send(record: &Statement, receiver: &str, known: Knowledge<'_>, now_us: i64) -> bool {
    let holder = record.author.as_str();
    let Some(tlp) = record.tlp else { return false };
    // What its author has erased goes nowhere any more.
    if OWN.contains(&record.kind.as_str()) || record.erased {
        return false;
    }
    let is_named = record.named.as_ref().is_some_and(|named| named.iter().any(|party| party == receiver));
    if record.is_named_kind() {
        return is_named;
    }
    if record.named.is_some() && !is_named || tlp == 4 && record.named.is_none() {
        return false;
    }
    if let Some(group) = &record.group
        && !members(group, holder, known).iter().any(|member| member == receiver)
    {
        return false;
    }
    let Some(tlp) = as_narrowed(record, tlp, known) else { return false };
    if tlp == 4 && record.named.is_none() {
        return false;
    }
    record.under.iter().any(|id| granted(id, record, tlp, receiver, known, now_us))
}

/// May a node take `record` from its author at `now_us`, knowing what it knows? Groups are known to the author alone.
pub(crate) fn may_take(record: &Statement, receiver: &str, known: Knowledge<'_>, now_us: i64) -> bool {
    if record.is_named_kind() {
        return true;
    }
    let Some(tlp) = record.tlp else { return false };
    let is_named = record.named.as_ref().is_none_or(|named| named.iter().any(|party| party == receiver));
    is_named
        && !OWN.contains(&record.kind.as_str())
        && (tlp < 4 || record.named.is_some())
        && record.under.iter().any(|id| granted(id, record, tlp, receiver, known, now_us))
}

/// The newest members of the author's own group.
fn members(group: &str, author: &str, known: Knowledge<'_>) -> Vec<String> {
    let versions = known.iter().filter(|s| s.is("party.group.v1", author) && s.body["id"] == group);
    let newest = versions.max_by_key(|s| s.body["version"].as_u64());
    newest.map(|s| texts(&s.body["members"])).unwrap_or_default()
}

/// The marking that holds after its author's retractions; `None` when it was taken back.
fn as_narrowed(record: &Statement, tlp: u8, known: Knowledge<'_>) -> Option<u8> {
    let mut tlp = tlp;
    let after = known.iter().skip_while(|s| s.id != record.id).skip(1);
    for said in after.filter(|s| s.is("exchange.retraction.v1", &record.author)) {
        let (what, version) = (&said.body, &said.body["version"]);
        let same = what["object"] == record.body["id"] && what["object"].is_string();
        if !same || version.is_string() && *version != record.body["modified"] {
            continue;
        }
        match WORDS.iter().position(|word| what["tlp"] == *word) {
            Some(narrower) if what["action"] == "narrow" => tlp = tlp.max(narrower as u8),
            _ => return None,
        }
    }
    Some(tlp)
}

/// Does a grant of the agreement in force let the author's record through to the receiver?
fn granted(id: &str, record: &Statement, tlp: u8, receiver: &str, known: Knowledge<'_>, now_us: i64) -> bool {
    let Some(agreement) = in_force(id, known, now_us) else { return false };
    let both = [record.author.as_str(), receiver].iter().all(|party| is_party(agreement, party));
    let lists = |list: &Value, party: &str| {
        let listed = texts(list);
        listed.is_empty() || listed.iter().any(|one| one == party)
    };
    let covers = |grant: &Value| {
        let up_to = WORDS.iter().position(|word| grant["up_to"] == *word);
        lists(&grant["from"], &record.author)
            && lists(&grant["to"], receiver)
            && up_to.is_some_and(|up_to| tlp as usize <= up_to)
            && grant["what"].as_array().is_some_and(|what| what.iter().any(|one| selects(one, record)))
    };
    both && agreement["grants"].as_array().is_some_and(|grants| grants.iter().any(covers))
}

fn selects(selector: &Value, record: &Statement) -> bool {
    let object = record.kind == "exchange.object.v1";
    selector == "everything" && object
        || selector["kind"] == record.kind.as_str()
        || object && selector["object_type"] == record.object_type.as_str()
}

pub(crate) fn is_party(agreement: &Value, party: &str) -> bool {
    agreement["parties"].as_array().is_some_and(|parties| parties.iter().any(|p| p["party"] == party))
}

/// Every version of an agreement that all its parties have signed, by number.
fn signed<'a>(id: &str, known: Knowledge<'a>) -> BTreeMap<u64, &'a Value> {
    let proposals = known.iter().filter(|s| s.kind == "accord.proposal.v1" && s.body["id"] == id);
    let complete = proposals.filter(|proposal| {
        let parties = proposal.body["parties"].as_array().cloned().unwrap_or_default();
        let has_signed = |party: &str| {
            known.iter().any(|s| {
                s.is("accord.signature.v1", party)
                    && s.body["party"] == party
                    && s.body["ed25519"] != "forged"
                    && same_digest(&s.body["proposal_sha256"], &proposal.digest)
            })
        };
        is_party(&proposal.body, &proposal.author)
            && !parties.is_empty()
            && parties.iter().all(|party| has_signed(party["party"].as_str().unwrap_or_default()))
    });
    complete.map(|proposal| (proposal.body["version"].as_u64().unwrap_or(0), &proposal.body)).collect()
}

/// A digest in hexadecimal and one in base64.
fn same_digest(hex: &Value, base64: &str) -> bool {
    let Some(bytes) = model::from_base64(base64).ok() else { return false };
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.as_str().is_some_and(|hex| hex.trim_start_matches("sha256:") == text)
}

/// The version that has begun last.
fn begun<'a>(versions: &BTreeMap<u64, &'a Value>, now_us: i64) -> Option<&'a Value> {
    let begun = |version: &&&Value| instant(&version["active_from"]).is_some_and(|from| from <= now_us);
    versions.values().rev().find(begun).copied()
}

/// The version of an agreement in force: signed by all, begun, not over, and nobody has left.
pub(crate) fn in_force<'a>(id: &str, known: Knowledge<'a>, now_us: i64) -> Option<&'a Value> {
    let versions = signed(id, known);
    let left = known.iter().filter(|s| s.kind == "accord.withdrawal.v1" && s.body["agreement"] == id);
    for leaving in left {
        // Nobody leaves before saying so.
        let said = instant(&Value::String(leaving.at.clone()));
        let from = instant(&leaving.body["effective"]).max(said).unwrap_or(i64::MAX);
        let bound = begun(&versions, from).or_else(|| versions.values().next_back().copied());
        if from <= now_us && bound.is_some_and(|version| is_party(version, &leaving.author)) {
            return None;
        }
    }
    begun(&versions, now_us)
        .filter(|version| instant(&version["active_until"]).is_some_and(|until| now_us < until))
}
