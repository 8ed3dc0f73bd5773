//! What a State makes of a directive: its act, to whom reports go there, and how it counts.

use model::Bilingual;
use packs::{Counts, Library, Overlay, Pack, Status};

use crate::wording::same;

/// The sentences about the law of one State; none for a law that binds without one.
pub fn notes(library: &Library, pack: &Pack, country: &str) -> Vec<Bilingual> {
    let directive = pack.head.status == Status::NationalTransposition;
    let member =
        library.calendar(country).is_some_and(|calendar| calendar.id.len() == 2 && calendar.id != "US");
    let overlay = pack.overlays.iter().find(|overlay| overlay.country == country);
    let name = library.calendar(country).map_or_else(|| same(country), |calendar| calendar.name.clone());
    match overlay {
        Some(overlay) => of(library, overlay, &name),
        None if directive && member => {
            let law = same(&*pack.head.regime);
            vec![library.words.say("plan-national-unrecorded", &[("country", &name), ("law", &law)])]
        }
        None => Vec::new(),
    }
}

fn of(library: &Library, overlay: &Overlay, country: &Bilingual) -> Vec<Bilingual> {
    let words = &library.words;
    let law = same(&*overlay.law);
    let mut said = match overlay.status {
        Status::Proposed => vec![words.say("plan-not-transposed", &[("country", country), ("law", &law)])],
        _ => {
            let sure = same(&*overlay.confidence);
            vec![words.say("plan-national", &[("country", country), ("law", &law), ("sure", &sure)])]
        }
    };
    let to = overlay.authority.as_ref();
    said.extend(to.map(|to| words.say("plan-national-to", &[("to", &same(&**to))])));
    let counting = overlay.counting.as_ref();
    let counting = counting.map_or_else(|| words.term("plan-counts-unnamed"), |law| same(&**law));
    let code = match overlay.counts {
        Counts::AsEu => "plan-counts-as_eu",
        Counts::NotEarlier => "plan-counts-not_earlier",
        Counts::Unknown => "plan-counts-unknown",
    };
    said.push(words.say(code, &[("counting", &counting)]));
    said.extend(overlay.note.clone());
    said
}
