//! The law by which this party plans: what is in the binary, and the packs that were installed as records since. For a
//! moment of the past it is the law as it was known then, so that an old plan never changes under a newer pack.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use desk::sql::SqlError;
use desk::views::Views;
use packs::{Library, Pack};

/// A library, shared by whoever plans.
pub type Law = Arc<Library>;

static EMBEDDED: LazyLock<Law> = LazyLock::new(|| Arc::new(Library::embedded().clone()));

/// Libraries with installed packs, by the digests of these; the last few are enough.
static KNOWN: Mutex<Vec<(Vec<String>, Law)>> = Mutex::new(Vec::new());
/// How many are remembered.
const REMEMBERED: usize = 8;

/// The law that this binary brings.
pub fn embedded() -> Law {
    Arc::clone(&EMBEDDED)
}

/// The law as it stands.
pub fn now(views: &Views) -> Result<Law, SqlError> {
    as_of(views, i64::MAX)
}

/// The law as it stood at that moment, µs.
pub fn as_of(views: &Views, at_us: i64) -> Result<Law, SqlError> {
    let reader = views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT sha256 FROM notify_pack WHERE at_us <= ?1 ORDER BY seq")?;
    let digests: Vec<String> = statement.query_map([at_us], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if digests.is_empty() {
        return Ok(embedded());
    }
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, law)) = known.iter().find(|(key, _)| *key == digests) {
        return Ok(Arc::clone(law));
    }
    let mut texts = reader.prepare_cached("SELECT text FROM notify_pack WHERE at_us <= ?1 ORDER BY seq")?;
    let texts: Vec<String> = texts.query_map([at_us], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let law = Arc::new(texts.iter().fold(Library::embedded().clone(), |library, text| put(library, text)));
    if known.len() >= REMEMBERED {
        known.remove(0);
    }
    known.push((digests, Arc::clone(&law)));
    Ok(law)
}

/// The library with that pack, if the whole still passes its checks: a text that a newer binary cannot use any more, or
/// that is older than what the binary brings, is left out.
fn put(library: Library, text: &str) -> Library {
    let Ok(pack) = Pack::read(text) else { return library };
    let older =
        library.packs.get(&pack.head.regime).is_some_and(|there| there.head.version > pack.head.version);
    if older {
        return library;
    }
    library.clone().with(pack).checked().unwrap_or(library)
}
