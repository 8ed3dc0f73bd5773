//! Why a stage applies, or does not, in sentences.

use model::Bilingual;

use super::explain::Explained;
use super::{Applies, Incident, started};
use crate::clocks::{Answer, Clock, Run, ask, judge};
use crate::moment::Moment;
use crate::wording;

/// What the conditions of a stage say; only those with the answer `only`.
pub fn conditions(run: &mut Run<'_>, clock: &Clock<'_>, only: Answer) -> Vec<Bilingual> {
    let mut found = Vec::new();
    for condition in &clock.stage.when {
        if judge(run, condition) != only {
            continue;
        }
        let what = wording::condition(run.library(), clock.pack, condition);
        let code = match ask(run, condition) {
            Answer::Yes => "plan-met",
            Answer::No => "plan-not-met",
            Answer::Unknown => "plan-unknown",
        };
        found.push(run.library().words.say(code, &[("what", &what)]));
    }
    found
}

/// Why it applies: who said that the regime does, and which conditions hold or are open.
pub fn applies(run: &mut Run<'_>, incident: &Incident, clock: &Clock<'_>) -> Vec<Bilingual> {
    let said = match incident.applies(&clock.pack.head.regime) {
        Applies::Yes => "plan-asked",
        Applies::Unknown => "plan-perhaps",
        Applies::No => "plan-denied",
    };
    let mut found = vec![run.library().words.term(said)];
    found.extend(conditions(run, clock, Answer::Yes));
    found.extend(conditions(run, clock, Answer::Unknown));
    found
}

/// How the date came about, step by step; or what its clock waits for.
pub fn steps<'a>(run: &mut Run<'a>, clock: &Clock<'a>) -> Vec<Bilingual> {
    let library = run.library();
    let words = &library.words;
    let Some(first) = clock.stage.limbs.first() else { return Vec::new() };
    let Some((limb, moment)) = started(run, clock).filter(|_| clock.date.is_some()) else {
        let what = wording::anchor(library, &first.anchor);
        return vec![words.say("plan-waits", &[("what", &what)])];
    };
    let at = match moment {
        Moment::At(at) => at.to_zoned(run.facts().time_zone()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string(),
        Moment::On(day) => day.to_string(),
    };
    let what = wording::anchor(library, &limb.anchor);
    let counting = crate::page::code(limb.counting);
    let how = words.term(&format!("counting-{counting}"));
    let period = wording::period(library, limb.period);
    let mut steps = vec![
        words.say("plan-from", &[("what", &what), ("at", &wording::same(at))]),
        words.say("plan-counted", &[("period", &period), ("how", &how)]),
        words.term(&format!("rules-{counting}")),
    ];
    let zone = run.facts().time_zone();
    let explained = Explained { library, pack: clock.pack, zone: &zone, period: limb.period };
    steps.extend(clock.date.iter().flat_map(|due| explained.steps(due)));
    steps
}
