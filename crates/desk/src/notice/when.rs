//! When a notice goes out: never in quiet hours and never outside a digest, unless a legal clock says that it must.
//!
//! Hours are those of the clock on the wall where the account is. On the days on which that clock is changed, an hour
//! that does not exist is taken as the one after it, and of an hour that comes twice the first counts (RFC 5545 §3.3.5).

use model::Timestamp;
use model::time::civil::{Date, Time};
use model::time::{SignedDuration, TimeZone};

use super::Urgency;
use super::wishes::{Digests, Quiet, Wishes};

/// The longest quiet hours: whoever wants less than ten hours a day wants another way.
pub const MOST_QUIET_H: i64 = 14;

/// The instant at which something that is known `now` goes out.
pub fn when(
    wishes: &Wishes,
    zone: &TimeZone,
    (urgency, due): (Urgency, Option<Timestamp>),
    now: Timestamp,
) -> Timestamp {
    let together = if urgency < Urgency::Urgent { wishes.digests.next(zone, now) } else { now };
    let at = wishes.quiet.map_or(together, |quiet| quiet.out_of(zone, together));
    match due {
        // However long somebody sleeps: this late nothing holds it back.
        Some(due) => at.min(now.max(before(due, wishes.clock_h))),
        None => at,
    }
}

fn before(due: Timestamp, hours: i64) -> Timestamp {
    // An hour at least: nobody switches this off, whoever administers the node.
    due.checked_sub(SignedDuration::from_hours(hours.clamp(1, Wishes::MOST_CLOCK_H))).unwrap_or(due)
}

impl Digests {
    /// The next digest, `now` included.
    fn next(self, zone: &TimeZone, now: Timestamp) -> Timestamp {
        match self {
            Digests::Off => now,
            Digests::Hourly => {
                let over = now.as_second().rem_euclid(3600);
                let whole = over == 0 && now.subsec_nanosecond() == 0;
                let wait = if whole { 0 } else { 3600 - over };
                Timestamp::from_second(now.as_second() + wait).unwrap_or(now)
            }
            Digests::Daily(time) => {
                let today = now.to_zoned(zone.clone()).date();
                let days = [Some(today), today.tomorrow().ok()].into_iter().flatten();
                days.filter_map(|day| instant(zone, day, time)).find(|at| *at >= now).unwrap_or(now)
            }
        }
    }
}

impl Quiet {
    /// How long they are by the clock on the wall.
    pub fn hours(self) -> f64 {
        let minutes = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
        (minutes(self.until) - minutes(self.from)).rem_euclid(24 * 60) as f64 / 60.0
    }

    /// `at` itself when it is not quiet then; else when that ends.
    fn out_of(self, zone: &TimeZone, at: Timestamp) -> Timestamp {
        let today = at.to_zoned(zone.clone()).date();
        let nights = [today.yesterday().ok(), Some(today)].into_iter().flatten();
        let around = nights.filter_map(|day| self.night(zone, day));
        around.filter(|(from, until)| *from <= at && at < *until).map(|(_, until)| until).max().unwrap_or(at)
    }

    /// The quiet hours that begin on this day.
    fn night(self, zone: &TimeZone, day: Date) -> Option<(Timestamp, Timestamp)> {
        let last = if self.until <= self.from { day.tomorrow().ok()? } else { day };
        Some((instant(zone, day, self.from)?, instant(zone, last, self.until)?))
    }
}

fn instant(zone: &TimeZone, day: Date, time: Time) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible().ok()
}

#[cfg(test)]
mod tests {
    use model::time::civil::time;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn zone(name: &str) -> TimeZone {
        model::time::zone(name).expect("a zone")
    }

    fn night() -> Wishes {
        let quiet = Some(Quiet { from: time(22, 0, 0, 0), until: time(7, 0, 0, 0) });
        Wishes { quiet, ..Wishes::default() }
    }

    #[test]
    fn a_night_is_quiet_and_a_day_is_not() {
        let brussels = zone("Europe/Brussels");
        let go = |now: &str| when(&night(), &brussels, (Urgency::Urgent, None), at(now));
        assert_eq!(go("2026-11-25T20:59:59Z"), at("2026-11-25T20:59:59Z"));
        assert_eq!(go("2026-11-25T21:00:00Z"), at("2026-11-26T06:00:00Z"));
        assert_eq!(go("2026-11-26T03:00:00Z"), at("2026-11-26T06:00:00Z"));
        assert_eq!(go("2026-11-26T06:00:00Z"), at("2026-11-26T06:00:00Z"));
    }

    #[test]
    fn the_night_on_which_clocks_change_ends_at_seven_on_the_wall() {
        let brussels = zone("Europe/Brussels");
        let go = |now: &str| when(&night(), &brussels, (Urgency::Normal, None), at(now));
        assert_eq!(go("2026-03-28T23:00:00Z"), at("2026-03-29T05:00:00Z"), "an hour shorter");
        assert_eq!(go("2026-10-24T22:00:00Z"), at("2026-10-25T06:00:00Z"), "an hour longer");
        let gap = Wishes {
            quiet: Some(Quiet { from: time(22, 0, 0, 0), until: time(2, 30, 0, 0) }),
            ..Wishes::default()
        };
        let until = when(&gap, &brussels, (Urgency::Normal, None), at("2026-03-29T00:59:00Z"));
        assert_eq!(until, at("2026-03-29T01:30:00Z"), "half past two does not exist; half past three does");
        let until = when(&gap, &brussels, (Urgency::Normal, None), at("2026-10-25T00:10:00Z"));
        assert_eq!(until, at("2026-10-25T00:30:00Z"), "the first half past two");
    }

    #[test]
    fn a_legal_clock_breaks_the_night_when_few_hours_are_left() {
        let brussels = zone("Europe/Brussels");
        let (now, due) = (at("2026-11-25T22:00:00Z"), at("2026-11-26T05:00:00Z"));
        let go = |wishes: &Wishes, due| when(wishes, &brussels, (Urgency::Normal, Some(due)), now);
        assert_eq!(go(&night(), due), at("2026-11-26T01:00:00Z"), "four hours before");
        assert_eq!(go(&night(), at("2026-11-25T23:00:00Z")), now, "at once");
        assert_eq!(go(&night(), at("2026-11-20T23:00:00Z")), now, "long past is at once");
        assert_eq!(go(&night(), at("2026-11-27T23:00:00Z")), at("2026-11-26T06:00:00Z"), "time enough");
        let never = Wishes { clock_h: -5, ..night() };
        assert_eq!(go(&never, due), at("2026-11-26T04:00:00Z"), "an hour before, whoever switched it off");
        let daily = Wishes { digests: Digests::Daily(time(9, 0, 0, 0)), quiet: None, ..night() };
        assert_eq!(go(&daily, due), at("2026-11-26T01:00:00Z"), "nor does a digest hold it");
    }

    #[test]
    fn digests_gather_what_is_not_urgent() {
        let brussels = zone("Europe/Brussels");
        let hourly = Wishes { digests: Digests::Hourly, ..Wishes::default() };
        let daily = Wishes { digests: Digests::Daily(time(9, 0, 0, 0)), ..Wishes::default() };
        let now = at("2026-11-25T10:20:30Z");
        let go = |wishes: &Wishes, urgency| when(wishes, &brussels, (urgency, None), now);
        assert_eq!(go(&hourly, Urgency::Low), at("2026-11-25T11:00:00Z"));
        assert_eq!(go(&daily, Urgency::Normal), at("2026-11-26T08:00:00Z"));
        assert_eq!(go(&daily, Urgency::Urgent), now);
        let early = when(&daily, &brussels, (Urgency::Low, None), at("2026-11-25T07:59:00Z"));
        assert_eq!(early, at("2026-11-25T08:00:00Z"));
    }

    fn a_time() -> impl Strategy<Value = Time> {
        (0i8..24, 0i8..60).prop_map(|(hour, minute)| time(hour, minute, 0, 0))
    }

    fn some_wishes() -> impl Strategy<Value = Wishes> {
        let digests =
            prop_oneof![Just(Digests::Off), Just(Digests::Hourly), a_time().prop_map(Digests::Daily),];
        let quiet = proptest::option::of((a_time(), 1i64..=MOST_QUIET_H * 60).prop_map(|(from, minutes)| {
            Quiet { from, until: from.wrapping_add(SignedDuration::from_mins(minutes)) }
        }));
        (quiet, digests, 1i64..=72).prop_map(|(quiet, digests, clock_h)| Wishes {
            quiet,
            digests,
            clock_h,
            ..Wishes::default()
        })
    }

    proptest! {
        // Around both changes of the clock of 2026, in zones that change on different days, by half an hour, or not at all.
        #[test]
        fn nothing_waits_for_ever_nothing_goes_out_in_the_night_and_no_clock_runs_out_unheard(
            wishes in some_wishes(),
            name in prop_oneof!["Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"],
            minute in 0i64..(60 * 24 * 365),
            left_h in proptest::option::of(-48i64..96),
            urgent in any::<bool>(),
        ) {
            let zone = zone(&name);
            let now = at("2026-01-01T00:00:00Z") + SignedDuration::from_mins(minute);
            let due = left_h.map(|hours| now + SignedDuration::from_hours(hours));
            let urgency = if urgent { Urgency::Urgent } else { Urgency::Low };
            let out = when(&wishes, &zone, (urgency, due), now);
            prop_assert!(out >= now);
            prop_assert!(out <= now + SignedDuration::from_hours(25 + 16), "{out}");
            let wanted = due.map(|due| now.max(due - SignedDuration::from_hours(wishes.clock_h)));
            if let Some(wanted) = wanted {
                prop_assert!(out <= wanted, "a clock breaks everything");
            }
            if Some(out) != wanted && let Some(quiet) = wishes.quiet {
                prop_assert_eq!(quiet.out_of(&zone, out), out, "it is not quiet when it goes out");
            }
            // Whoever asks again at that instant is not sent away again, but for the next digest.
            if wishes.digests == Digests::Off || urgent {
                prop_assert_eq!(when(&wishes, &zone, (urgency, due), out), out);
            }
        }
    }
}
