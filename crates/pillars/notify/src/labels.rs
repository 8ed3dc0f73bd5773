//! How a refusal names facts, fields and questions: to a program by the code that it sent, to a person by the label that
//! stands on the page.

use model::Bilingual;
use packs::{Anchor, Library};
use ui::locale::{Locale, Part, quoted};
use ui::t;

use crate::ask::name_of;
use crate::wording;

/// What a sentence is about.
pub(crate) fn field(code: &str) -> Part {
    Part::named(code, label(code))
}

/// Another field, named within a sentence.
pub(crate) fn other(code: &str) -> Part {
    Part::named(format!("`{code}`"), marked(code))
}

/// A field, within a sentence that programs read with its bare code.
pub(crate) fn coded(code: &str) -> Part {
    Part::named(code, marked(code))
}

/// A stage, by its title to people.
pub(crate) fn stage(id: &str) -> Part {
    let stage = Library::embedded().pack_of(id).and_then(|pack| pack.stage_on(id, None));
    Part::named(id, stage.map_or_else(|| wording::same(format!("`{id}`")), |stage| stage.title.clone()))
}

/// Several fields.
pub(crate) fn several(codes: &[String]) -> Part {
    let labels: Vec<Bilingual> = codes.iter().map(|code| label(code)).collect();
    Part::named(codes.join(", "), wording::joined(&labels, ", "))
}

/// The label between quotation marks.
fn marked(code: &str) -> Bilingual {
    let label = label(code);
    Bilingual::new(quoted(Locale::En, &label.en), quoted(Locale::Fr, &label.fr))
}

/// The label of a code; one that stands on no page is shown as a code.
fn label(code: &str) -> Bilingual {
    let library = Library::embedded();
    if let Some(anchor) = anchor(code) {
        return wording::anchor(library, &anchor);
    }
    if let Some(question) = library.words.determinations.get(code) {
        return question.name();
    }
    let known = name_of(library, library.words.canonical(code));
    if known.en == code { on_forms(code) } else { known }
}

/// `submitted(nis2.ew)` in a fact, `submitted nis2.ew` where it is told.
fn anchor(code: &str) -> Option<Anchor> {
    let of = |head: &str| {
        let rest = code.strip_prefix(head)?;
        let stage = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        stage.or_else(|| rest.strip_prefix(' ')).map(str::to_owned)
    };
    of("submitted").map(Anchor::Submitted).or_else(|| of("received").map(Anchor::Received))
}

/// Fields of forms that are no facts.
fn on_forms(code: &str) -> Bilingual {
    if let Some(law) = code.strip_prefix("applies ") {
        return both(|locale| t!(locale, "notify-law-applies", law = law.to_owned()).into_owned());
    }
    if let Some(line) = line(code) {
        return line;
    }
    match code {
        "title" => both(|locale| t!(locale, "word-name").into_owned()),
        "exercise" => both(|locale| t!(locale, "notify-open-exercise").into_owned()),
        "evidence_file" => both(|locale| t!(locale, "notify-evidence-file").into_owned()),
        "to" => both(|locale| t!(locale, "filing-to").into_owned()),
        "subjects" => both(|locale| t!(locale, "ransom-subjects").into_owned()),
        "version" => both(|locale| t!(locale, "word-version").into_owned()),
        "since" => both(|locale| t!(locale, "pledges-since").into_owned()),
        other => wording::same(format!("`{other}`")),
    }
}

/// `expected, line 3, name`: one of many lines in one box.
fn line(code: &str) -> Option<Bilingual> {
    let (line, what) = code.strip_prefix("expected, line ")?.split_once(", ")?;
    let line: u32 = line.parse().ok()?;
    let what = |locale| match what {
        "name" => t!(locale, "word-name"),
        "country" => t!(locale, "reports-ask-country"),
        "sector" => t!(locale, "reports-ask-sector"),
        _ => t!(locale, "reports-ask-contact"),
    };
    Some(both(|locale| t!(locale, "reports-cause-line", line = line, what = what(locale)).into_owned()))
}

fn both(say: impl Fn(Locale) -> String) -> Bilingual {
    Bilingual::new(say(Locale::En), say(Locale::Fr))
}
