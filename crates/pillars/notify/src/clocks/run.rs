//! One run over the law for one set of facts: each stage is worked out once, and stages may refer to each other.

use std::collections::HashMap;

use model::time::TimeZone;
use packs::{Anchor, Combine, Counting, Library, Limb, Pack, Relief, Stage, Standing};

use super::Clock;
use super::due::Due;
use super::judge::{Answer, judge};
use crate::counting::{Ground, business, calendar_day, dora, elapsed, eu_days, eu_hours};
use crate::facts::Facts;
use crate::moment::{Moment, end_of};

/// The run.
pub struct Run<'a> {
    pub(super) library: &'a Library,
    pub(super) facts: &'a Facts,
    pub(super) ground: Ground<'a>,
    federal: Ground<'a>,
    commission: Ground<'a>,
    /// Dates by stage, as far as they were asked for.
    known: HashMap<&'a str, Option<(Due, bool)>>,
    /// Days of events by stage, as far as they were asked for.
    events: HashMap<&'a str, model::time::civil::Date>,
}

impl<'a> Run<'a> {
    /// A run over `facts`.
    pub fn new(library: &'a Library, facts: &'a Facts) -> Self {
        let zone = facts.time_zone();
        let named = facts.calendars.iter().filter_map(|code| library.calendar(code));
        let mut calendars: Vec<_> = named.collect();
        if calendars.is_empty() {
            // Nobody named a calendar: that of the State whose capital keeps this time.
            calendars.extend(facts.zone.as_deref().and_then(|zone| library.calendar_of_zone(zone)));
        }
        let of = |zone: &TimeZone, code: &str| Ground {
            zone: zone.clone(),
            calendars: library.calendar(code).into_iter().collect(),
        };
        let (federal, commission) = (of(&zone, "US"), of(&zone, "US-SEC"));
        let ground = Ground { zone, calendars };
        Self { library, facts, ground, federal, commission, known: HashMap::new(), events: HashMap::new() }
    }

    /// The law of this run.
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// The facts of this run.
    pub fn facts(&self) -> &'a Facts {
        self.facts
    }

    /// The zone of this run.
    pub fn zone(&self) -> TimeZone {
        self.ground.zone.clone()
    }

    /// The clock of a stage; none when the law knows no such stage.
    pub fn clock(&mut self, id: &str) -> Option<Clock<'a>> {
        let (id, pack) = self.library.stage(id)?;
        let day = self.event_day(pack, id);
        let stage = pack.stage_on(id, day)?;
        let standing = match day {
            Some(day) => pack.standing(stage, day),
            None => Standing::on(pack.head.reviewed, stage.status.unwrap_or(pack.head.status), None, None),
        };
        let applies = self.applies(stage);
        let dated = if applies == Answer::No { None } else { self.dated(id) };
        let (date, provisional) = dated.map_or((None, false), |(due, provisional)| (Some(due), provisional));
        Some(Clock { pack, stage, event: day, standing, applies, date, provisional })
    }

    /// Whether the conditions of a stage hold: no as soon as one does not, unknown when one is.
    fn applies(&mut self, stage: &Stage) -> Answer {
        let mut applies = Answer::Yes;
        for when in &stage.when {
            match judge(self, when) {
                Answer::No => return Answer::No,
                Answer::Unknown => applies = Answer::Unknown,
                Answer::Yes => {}
            }
        }
        applies
    }

    /// The date that a stage has if it applies: what `due(stage)` means elsewhere, and whether it is provisional.
    fn dated(&mut self, id: &str) -> Option<(Due, bool)> {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let (id, pack) = self.library.stage(id)?;
        // While a date is worked out it counts as not there; checks keep circles out of the packs.
        self.known.insert(id, None);
        let day = self.event_day(pack, id);
        let (date, provisional) = self.date(pack, pack.stage_on(id, day)?);
        let dated = date.map(|date| (date, provisional));
        self.known.insert(id, dated.clone());
        dated
    }

    /// The moment of an anchor: a fact, or the limit of another stage.
    pub fn moment(&mut self, anchor: &Anchor) -> Option<Moment> {
        let Anchor::Due(stage) = anchor else { return self.facts.moment(anchor) };
        self.dated(stage).map(|(due, _)| due.moment(&self.ground.zone))
    }

    /// The day of the event that decides which version of the law holds: the first anchor that is known.
    fn event_day(&mut self, pack: &'a Pack, id: &'a str) -> Option<model::time::civil::Date> {
        if let Some(known) = self.events.get(id) {
            return Some(*known);
        }
        let limbs = pack.stages.iter().filter(|stage| stage.id == id).flat_map(|stage| &stage.limbs);
        let mut found = None;
        for limb in limbs {
            if let Some(moment) = self.moment(&limb.anchor) {
                found = Some(moment.day(&self.ground.zone));
                break;
            }
        }
        // While a date is worked out, what refers to it may not be there yet: only what was found is remembered.
        if let Some(day) = found {
            self.events.insert(id, day);
        }
        found
    }

    /// The date of a stage, and whether it rests on a limit instead of a submission.
    fn date(&mut self, pack: &Pack, stage: &'a Stage) -> (Option<Due>, bool) {
        let mut dates: Vec<(Option<&String>, Due)> = Vec::new();
        let mut provisional = false;
        for limb in &stage.limbs {
            if limb.when.as_ref().is_some_and(|when| judge(self, when) == Answer::No) {
                continue;
            }
            let (moment, guessed) = match (self.moment(&limb.anchor), &limb.anchor) {
                (Some(moment), _) => (moment, false),
                // Regarded as sent at its limit, but only where somebody gave that limit.
                (None, Anchor::Submitted(other)) if self.facts.ceilings.contains_key(other) => {
                    (self.facts.ceilings[other], true)
                }
                (None, _) if limb.needed => return (None, false),
                (None, _) => continue,
            };
            provisional |= guessed;
            let due = self.count(stage, limb, moment);
            dates.push((limb.name.as_ref(), self.not_before(limb, due)));
        }
        (self.combine(pack, stage, dates), provisional)
    }

    fn count(&mut self, stage: &Stage, limb: &Limb, moment: Moment) -> Due {
        let zone = &self.ground.zone;
        if let Anchor::Due(other) = &limb.anchor
            && limb.counting == Counting::EuDays
            && let Some(Some((due, _))) = self.known.get(other.as_str())
        {
            return due.clone();
        }
        match (limb.counting, limb.period) {
            (Counting::Elapsed, packs::Period::Minutes(minutes)) => {
                Due::At(elapsed(moment.start(zone), minutes))
            }
            (Counting::EuHours, packs::Period::Minutes(minutes)) => {
                Due::EuHours(eu_hours::count(moment, minutes, &self.ground))
            }
            (Counting::Dora, period) => Due::At(dora::limit(moment, period, &self.ground)),
            (Counting::EuDays, period) => Due::EuDays(eu_days::count(moment, period, &self.ground)),
            (Counting::UsSec, packs::Period::BusinessDays(days)) => self.filing(stage, moment, days),
            (Counting::UsBusinessDays, packs::Period::BusinessDays(days)) => {
                Due::On(business::after(moment.day(zone), days, &self.federal))
            }
            (Counting::LocalDays, period) => {
                let day = calendar_day(moment.day(zone), period);
                if self.facts.zone.is_none() && moment.is_day() {
                    Due::On(day)
                } else {
                    Due::At(end_of(day, zone))
                }
            }
            // The checks let only countable pairs through; what is left is counted on the calendar.
            (_, period) => Due::On(calendar_day(moment.day(zone), period)),
        }
    }

    /// Business days of the Commission. The day of the event is that of the registrant or of Washington, the
    /// earlier of both.
    fn filing(&self, stage: &Stage, moment: Moment, days: i64) -> Due {
        let eastern = model::time::zone("America/New_York").unwrap_or(TimeZone::UTC);
        let event = moment.day(&self.ground.zone).min(moment.day(&eastern));
        let last = business::after(event, days, &self.commission);
        let as_day = stage.as_day_when.as_ref().is_some_and(|fact| self.facts.moments.contains_key(fact));
        if as_day { Due::On(last) } else { Due::At(business::filing_hour(last, &eastern)) }
    }

    fn not_before(&mut self, limb: &Limb, due: Due) -> Due {
        let Some(floor) = limb.not_before.as_ref().and_then(|anchor| self.moment(anchor)) else { return due };
        let zone = &self.ground.zone;
        match due {
            Due::On(day) => Due::On(day.max(floor.day(zone))),
            Due::At(at) => Due::At(at.max(floor.start(zone))),
            other => other,
        }
    }

    fn combine(&self, pack: &Pack, stage: &Stage, dates: Vec<(Option<&String>, Due)>) -> Option<Due> {
        if dates.iter().any(|(name, _)| name.is_some()) {
            let named = dates.into_iter().filter_map(|(name, due)| Some((name?.clone(), due)));
            return Some(Due::Named(named.collect()));
        }
        let zone = &self.ground.zone;
        let all = dates.into_iter().map(|(_, due)| due);
        let one = match stage.combine {
            Combine::Earliest => all.min_by_key(|due| due.alarm(zone)),
            Combine::Latest => all.max_by_key(|due| due.alarm(zone)),
        }?;
        Some(match (stage.relief, one) {
            (Some(relief), Due::At(limit)) => self.relieve(pack, relief, limit),
            (_, due) => due,
        })
    }

    /// Delegated Regulation (EU) 2025/301, art. 5(4) to (6): who may wait until noon of the next working day.
    fn relieve(&self, pack: &Pack, relief: Relief, limit: model::Timestamp) -> Due {
        let relieved = dora::relieved(limit, &self.ground);
        if relief == Relief::All || relieved == limit {
            return Due::At(relieved);
        }
        let excluded = |id: &str| pack.classes.iter().any(|class| class.id == id && class.no_relief);
        match &self.facts.classes {
            Some(classes) if classes.iter().any(|class| excluded(class)) => Due::At(limit),
            Some(_) => Due::At(relieved),
            None => {
                let each = pack
                    .classes
                    .iter()
                    .map(|class| (class.id.clone(), if class.no_relief { limit } else { relieved }));
                Due::ByClass(each.collect())
            }
        }
    }
}
