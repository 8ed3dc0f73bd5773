//! What goes out in one message: the notices of one account by one way that are due together.

use std::collections::BTreeMap;

use model::Digest;

use super::Way;
use super::store::Kept;

/// Notices of one message; more wait for the next.
const MOST_LINES: usize = 50;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parcel {
    /// The same for every try: whoever received it before recognises it.
    pub id: String,
    /// Whom.
    pub account: String,
    /// How.
    pub way: Way,
    /// What, the oldest first.
    pub notices: Vec<Kept>,
}

/// Packs what is due: what was tried together before stays together, the rest of an account goes together.
pub(super) fn pack(due: Vec<(Way, String, Kept)>) -> Vec<Parcel> {
    let mut together: BTreeMap<(String, Way, String), Vec<Kept>> = BTreeMap::new();
    for (way, tried, notice) in due {
        together.entry((notice.account.clone(), way, tried)).or_default().push(notice);
    }
    let mut parcels = Vec::new();
    for ((account, way, tried), notices) in together {
        if !tried.is_empty() {
            parcels.push(Parcel { id: tried, account, way, notices });
            continue;
        }
        for lines in notices.chunks(MOST_LINES) {
            let id = id(&account, way, lines);
            parcels.push(Parcel { id, account: account.clone(), way, notices: lines.to_vec() });
        }
    }
    parcels
}

fn id(account: &str, way: Way, lines: &[Kept]) -> String {
    let mut text = format!("parcel\0{account}\0{}", way.word());
    for one in lines {
        text.push('\0');
        text.push_str(&one.key);
    }
    Digest::of(text.as_bytes()).hex()[..32].to_owned()
}
