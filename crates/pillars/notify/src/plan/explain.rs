//! How a date came about, in sentences: from the event, over what is counted and what is not, to both dates.

use model::time::TimeZone;
use model::time::civil::Date;
use model::{Bilingual, Timestamp};
use packs::{Library, Pack, Period};

use crate::clocks::Due;
use crate::wording::{self, same};

/// What is explained.
pub(super) struct Explained<'a> {
    pub library: &'a Library,
    pub pack: &'a Pack,
    pub zone: &'a TimeZone,
    pub period: Period,
}

impl Explained<'_> {
    /// The steps to `due`, after the event and the way of counting were named.
    pub fn steps(&self, due: &Due) -> Vec<Bilingual> {
        let words = &self.library.words;
        match due {
            Due::At(at) => vec![words.say("step-limit", &[("at", &self.at(*at))])],
            Due::On(day) => vec![words.say("step-day", &[("day", &self.day(*day))])],
            Due::EuHours(hours) => {
                let period = wording::period(self.library, self.period);
                let safe = self.at(hours.conservative);
                let mut steps = vec![
                    words.say("step-safe", &[("period", &period), ("at", &safe)]),
                    words.say("step-eu-hour", &[("at", &self.at(hours.limit))]),
                ];
                steps.extend(hours.disputed.then(|| words.term("step-disputed")));
                steps
            }
            Due::EuDays(days) => {
                let moved = match days.last == days.nominal {
                    true => words.term("step-not-rolled"),
                    false => words.say("step-rolled", &[("day", &self.day(days.last))]),
                };
                vec![
                    words.say("step-eu-day", &[("day", &self.day(days.nominal))]),
                    moved,
                    words.say("step-limit", &[("at", &self.at(days.limit))]),
                ]
            }
            Due::ByClass(classes) => classes.iter().map(|(class, at)| self.class(class, *at)).collect(),
            Due::Named(dates) => dates.iter().flat_map(|(name, due)| self.named(name, due)).collect(),
        }
    }

    fn class(&self, id: &str, at: Timestamp) -> Bilingual {
        let known = self.pack.classes.iter().find(|class| class.id == id);
        let name = known.map_or_else(|| same(id), |class| class.name.clone());
        self.library.words.say("step-class", &[("class", &name), ("at", &self.at(at))])
    }

    fn named(&self, name: &str, due: &Due) -> Vec<Bilingual> {
        let name = same(name.replace('_', " "));
        let inner = self.steps(due).into_iter();
        inner.map(|what| self.library.words.say("step-named", &[("name", &name), ("what", &what)])).collect()
    }

    /// An instant on the wall clock where it is counted, the same in both languages.
    fn at(&self, at: Timestamp) -> Bilingual {
        same(at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string())
    }

    fn day(&self, day: Date) -> Bilingual {
        same(day.to_string())
    }
}
