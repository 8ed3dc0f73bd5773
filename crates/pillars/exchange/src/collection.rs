//! Collections: one for each agreement, with an id that every rebuild and every restart gives again.

use desk::sql::SqlError;
use desk::{Desk, edge};
use model::{AgreementId, Digest};
use rusqlite::OptionalExtension;
use share::Reason;
use uuid::Uuid;

/// A collection of one agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Its id in URLs: a UUID of version 4, since clients insist on that form.
    pub id: Uuid,
    /// The agreement.
    pub agreement: AgreementId,
    /// The word of the API root.
    pub root: String,
    /// What it is called.
    pub title: String,
}

impl Collection {
    /// Whether its agreement releases anything now, or why not.
    pub fn in_force(&self, desk: &Desk) -> Result<(), Reason> {
        desk.known().book.in_force(&self.agreement, edge::now()).map(|_| ())
    }
}

/// The alias under which each API root's collection may be asked for.
pub const ALIAS: &str = "objects";

/// The id of an agreement's collection: derived, so that it survives a rebuild of the views.
pub fn id_of(agreement: &AgreementId) -> Uuid {
    let digest = Digest::of(format!("entente collection {agreement}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.0[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// Every agreement with at least one fully signed version, as a collection, sorted by id.
pub fn all(desk: &Desk) -> Vec<Collection> {
    let known = desk.known();
    let mut collections: Vec<Collection> = known
        .agreements
        .iter()
        .filter_map(|(id, state)| {
            let signed = state.newest_signed()?;
            Some(Collection {
                id: id_of(id),
                agreement: *id,
                root: signed.agreement.name.clone(),
                title: signed.agreement.title.en.replace('.', ""),
            })
        })
        .collect();
    collections.sort_by_key(|collection| collection.id);
    collections
}

/// The number of an agreement's collection in the views; `None` before anything was published under it.
pub(crate) fn number(desk: &Desk, agreement: &AgreementId) -> Result<Option<i64>, SqlError> {
    desk.views
        .read()?
        .prepare_cached("SELECT n FROM exchange_collection WHERE agreement = ?1")?
        .query_row([agreement.to_string()], |row| row.get(0))
        .optional()
}
