//! The node's own part of the HTTP API, version 1.

use axum::Json;
use axum::extract::State;
use ledger::State as LedgerState;
use model::{Bilingual, Digest, PartyId, Side};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::app::App;
use super::error::PageError;
use super::health;
use super::may::May;
use super::names;
use super::problem::Problem;
use crate::access::{LedgerRead, PartyRead};

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Text {
    en: String,
    fr: String,
}

/// A party as this node knows it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PartyItem {
    /// `party:<32 hex digits>`.
    id: String,
    short: String,
    name: Text,
    /// `EU`, `US`, `NATO` or `OTHER`.
    side: String,
    roles: Vec<String>,
    /// SHA-256 over both public keys, in groups of four hexadecimal digits.
    fingerprint: String,
    trusted: bool,
    /// True for the party of this node.
    own: bool,
}

/// Every party.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PartyList {
    parties: Vec<PartyItem>,
}

/// One log of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LogItem {
    party: String,
    realm: String,
    size: u64,
    /// Merkle root, lower-case hexadecimal.
    root: String,
    /// The newest stored checkpoint (C2SP signed note), if there is one.
    checkpoint: Option<String>,
}

/// The ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LedgerStatus {
    /// `ready` or `read-only`.
    state: String,
    /// Entries that have arrived, over all logs.
    arrived: u64,
    /// Entries that the views show.
    folded: u64,
    logs: Vec<LogItem>,
}

/// The parties this node knows.
#[utoipa::path(get, path = "/api/v1/parties", tag = "parties", responses(
    (status = 200, description = "every party", body = PartyList),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn parties(State(app): State<App>, _: May<PartyRead>) -> Json<PartyList> {
    let known = app.desk.known();
    let item = |(id, party): (&PartyId, &crate::views::Party)| PartyItem {
        id: id.to_string(),
        short: party.card.short.clone(),
        name: text(&party.card.name),
        side: side(party.card.side).to_owned(),
        roles: party.card.roles.iter().map(word).collect(),
        fingerprint: names::fingerprint(party),
        trusted: party.trusted,
        own: *id == app.desk.me,
    };
    Json(PartyList { parties: known.parties.iter().map(item).collect() })
}

/// Size, root and last checkpoint of every log.
#[utoipa::path(get, path = "/api/v1/ledger", tag = "ledger", responses(
    (status = 200, description = "the ledger", body = LedgerStatus),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn ledger(
    State(app): State<App>,
    _: May<LedgerRead>,
) -> Result<Json<LedgerStatus>, PageError> {
    app.blocking(|app| Ok(Json(ledger_status(app)?))).await
}

fn ledger_status(app: &App) -> Result<LedgerStatus, PageError> {
    let reader = app.desk.ledger.reader()?;
    let mut logs = Vec::new();
    for (log, key, _) in app.desk.ledger.logs() {
        let size = reader.size(log)?;
        let root: Digest = reader.root(log, size)?;
        let checkpoint = reader.checkpoint_upto(log, size)?.map(|note| note.text().to_owned());
        let (party, realm) = (key.party.to_string(), key.realm.to_string());
        logs.push(LogItem { party, realm, size, root: root.to_string(), checkpoint });
    }
    let state = match app.desk.ledger.state() {
        LedgerState::Ready => "ready",
        LedgerState::ReadOnly { .. } => "read-only",
    };
    let (arrived, folded) = (app.desk.ledger.last_seq(), app.desk.views.folded());
    Ok(LedgerStatus { state: state.to_owned(), arrived, folded, logs })
}

fn text(both: &Bilingual) -> Text {
    Text { en: both.en.clone(), fr: both.fr.clone() }
}

/// The word that a plain enum serialises to.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

const fn side(side: Side) -> &'static str {
    match side {
        Side::Eu => "EU",
        Side::Us => "US",
        Side::Nato => "NATO",
        Side::Other => "OTHER",
    }
}

#[derive(OpenApi)]
#[openapi(
    paths(parties, ledger, super::find::api::find, health::health, health::ready),
    components(schemas(Problem)),
    tags((name = "parties"), (name = "ledger"), (name = "find"), (name = "node"))
)]
struct Described;

/// The description of these paths, to be merged into the node's document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Described::openapi()
}
