//! Periods, anchors and conditions in words, in both languages, from the terms of the packs.

use model::Bilingual;
use packs::{Anchor, Compare, Condition, Library, Pack, Period, Test};

/// The same text in both languages: a name, a number, a date.
pub fn same(text: impl Into<String>) -> Bilingual {
    let text = text.into();
    Bilingual::new(text.clone(), text)
}

/// A number: with a point in English, with a comma in French.
fn number(number: f64) -> Bilingual {
    let text = number.to_string();
    Bilingual::new(text.clone(), text.replace('.', ","))
}

/// Several texts, joined.
pub fn joined(texts: &[Bilingual], between: &str) -> Bilingual {
    let side = |pick: fn(&Bilingual) -> &str| texts.iter().map(pick).collect::<Vec<_>>().join(between);
    Bilingual::new(side(|text| &text.en), side(|text| &text.fr))
}

/// `PT24H` as 24 hours, `P1M` as one month.
pub fn period(library: &Library, period: Period) -> Bilingual {
    let words = &library.words;
    let many = |code: &str, count: i64| words.say(code, &[("n", &same(count.to_string()))]);
    match period {
        period if period.is_zero() => words.term("period-same-date"),
        Period::Minutes(60) => words.term("period-one-hour"),
        Period::Days(1) => words.term("period-one-day"),
        Period::Months(1) => words.term("period-one-month"),
        Period::Minutes(minutes) if minutes % 60 == 0 => many("period-hours", minutes / 60),
        Period::Minutes(minutes) => many("period-minutes", minutes),
        Period::Days(days) => many("period-days", days),
        Period::Months(months) => many("period-months", months),
        Period::BusinessDays(days) => many("period-business", days),
    }
}

/// What people call the event from which a clock runs.
pub fn anchor(library: &Library, anchor: &Anchor) -> Bilingual {
    let words = &library.words;
    let fact = |id: &str| words.facts.get(id).map_or_else(|| same(id), packs::words::Fact::name);
    let title = |id: &str| {
        let stage = library.pack_of(id).and_then(|pack| pack.stage_on(id, None));
        stage.map_or_else(|| same(id), |stage| stage.title.clone())
    };
    match anchor {
        Anchor::Fact(id) => fact(id),
        Anchor::Submitted(id) => words.say("anchor-submitted", &[("title", &title(id))]),
        Anchor::Received(id) => words.say("anchor-received", &[("title", &title(id))]),
        Anchor::Due(id) => words.say("anchor-due", &[("title", &title(id))]),
        Anchor::YearEnd(id) => words.say("anchor-year-end", &[("fact", &fact(id))]),
    }
}

/// What a condition asks for.
pub fn condition(library: &Library, pack: &Pack, condition: &Condition) -> Bilingual {
    let words = &library.words;
    let yes_or_no = |code: &str| format!("{code}-{}", if condition.is { "yes" } else { "no" });
    let fact = |id: &str| words.facts.get(id).map_or_else(|| same(id), packs::words::Fact::name);
    let counted =
        |code: &str, id: &str, count: f64| words.say(code, &[("what", &fact(id)), ("n", &number(count))]);
    match &condition.test {
        Test::Class(id) => {
            let class = pack.classes.iter().find(|class| class.id == *id);
            let name = class.map_or_else(|| same(id.as_str()), |class| class.name.clone());
            words.say(&yes_or_no("when-class"), &[("what", &name)])
        }
        Test::Truth(id, _) => words.say(&yes_or_no("when-truth"), &[("what", &fact(id))]),
        Test::AtLeast(id, count) => counted("when-at-least", id, *count),
        Test::MoreThan(id, count) => counted("when-more-than", id, *count),
        Test::Below(id, count) => counted("when-below", id, *count),
        Test::Later(order) => {
            let (later, than) = (anchor(library, &order.later), than(library, order));
            words.say(&yes_or_no("when-later"), &[("later", &later), ("than", &than)])
        }
    }
}

fn than(library: &Library, order: &Compare) -> Bilingual {
    let than = anchor(library, &order.than);
    let Some(plus) = order.plus else { return than };
    library.words.say("when-later-plus", &[("than", &than), ("period", &period(library, plus))])
}
