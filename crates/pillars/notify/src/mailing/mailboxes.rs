//! The addresses at which those whom the laws name receive reports: written down by this party, with where they come from.

use desk::outbound::is_address;
use desk::pages::{App, Visitor};
use desk::sql::SqlError;
use desk::views::Views;
use desk::{Desk, Entry, FoldError, Folding};
use ledger::Receipt;
use model::Bilingual;
use packs::Library;
use records::mailbox::Mailbox;
use records::{Marked, Seal};
use ui::locale::{Part, Sentence};
use ui::sentence;

use crate::commands::{MARKING, StateError, short};
use crate::facts::FactError;
use crate::law;
use crate::pages::Readable;
use crate::plan::Obligation;

/// Addresses that are shown.
const MOST: i64 = 1_000;

/// Somebody whom the law names for a stage, and the address when there is one.
#[derive(Debug)]
pub struct Offer {
    /// The code of the packs.
    pub recipient: String,
    /// What people call them.
    pub name: Bilingual,
    /// Where they are written to.
    pub mailbox: Option<Mailbox>,
}

/// Writes an address down, or takes it away where the address is empty.
pub fn set_mailbox(desk: &Desk, mailbox: Mailbox) -> Result<Receipt, StateError> {
    let wrong = |field: &str, fault: Sentence| StateError::from(FactError::at(field, fault));
    let library = law::now(&desk.views)?;
    if !is_private(&library, &mailbox.recipient) {
        return Err(wrong("recipient", sentence!("refused-mail-recipient")));
    }
    let stage = mailbox.stage.trim().to_owned();
    if !stage.is_empty() && library.pack_of(&stage).is_none() {
        return Err(wrong("stage", sentence!("refused-stage", name = Part::quoted(&stage))));
    }
    let address = mailbox.address.trim().to_owned();
    // Servers that speak no SMTPUTF8 are many; who is written to has a plain address too.
    let is_plain = is_address(&address) && address.is_ascii();
    if !address.is_empty() && !is_plain {
        return Err(wrong("address", sentence!("refused-mail-address")));
    }
    if !matches!(mailbox.language.as_str(), "en" | "fr") {
        return Err(wrong("language", sentence!("refused-mail-language")));
    }
    short(sentence!("what-source"), &mailbox.source)?;
    let mailbox = Mailbox { stage, address, ..mailbox };
    let seal = Seal { marked: Marked::Known(MARKING), ..desk.seal::<Mailbox>(desk::edge::now()) };
    Ok(desk.submit_and_fold(vec![seal.body(&mailbox, desk::edge::salt())])?)
}

/// Neither the public nor ourselves.
fn is_private(library: &Library, code: &str) -> bool {
    code != "self" && library.words.recipients.get(code).is_some_and(|known| !known.public)
}

/// Every address, by recipient and stage.
pub fn mailboxes(views: &Views) -> Result<Vec<Mailbox>, SqlError> {
    Ok(all(views)?.into_iter().map(|(_, mailbox)| mailbox).collect())
}

/// Those that this person may read.
pub(crate) fn readable(app: &App, visitor: &Visitor) -> Result<Vec<Mailbox>, SqlError> {
    let mut readable = Readable::by(visitor.receiver(app));
    let mut all = all(&app.desk.views)?;
    all.retain(|(class, _)| readable.read(app, *class, visitor.now));
    Ok(all.into_iter().map(|(_, mailbox)| mailbox).collect())
}

fn all(views: &Views) -> Result<Vec<(u32, Mailbox)>, SqlError> {
    let reader = views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT class, body FROM notify_mailbox ORDER BY recipient, stage LIMIT ?1")?;
    let rows = statement.query_map([MOST], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let read = |(class, body): (u32, Vec<u8>)| Some((class, serde_json::from_slice::<Mailbox>(&body).ok()?));
    Ok(rows.into_iter().filter_map(read).filter(|(_, mailbox)| !mailbox.address.is_empty()).collect())
}

/// The address of a recipient for a stage: the one for that stage alone, else the one for all.
pub fn mailbox_of(views: &Views, recipient: &str, stage: &str) -> Result<Option<Mailbox>, SqlError> {
    let all = mailboxes(views)?;
    let of = |stage: &str| all.iter().find(|one| one.recipient == recipient && one.stage == stage);
    Ok(of(stage).or_else(|| of("")).cloned())
}

/// Those whom the law names for a duty, but for the public: nobody writes to the public by mail.
pub fn offers(views: &Views, library: &Library, duty: &Obligation) -> Result<Vec<Offer>, SqlError> {
    let named = duty.recipients.iter().filter(|to| is_private(library, &to.code));
    let offer = |to: &crate::plan::Named| {
        let mailbox = mailbox_of(views, &to.code, &duty.stage)?;
        Ok(Offer { recipient: to.code.clone(), name: to.name.clone(), mailbox })
    };
    named.map(offer).collect()
}

pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(mailbox), Some(body)) = (entry.read::<Mailbox>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR REPLACE INTO notify_mailbox (recipient, stage, class, body) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((mailbox.recipient, mailbox.stage, entry.class, body))?;
    folding.topics.insert("notify");
    Ok(())
}
