//! What holds for every date: later events never have earlier limits, nothing is due before it happened, and
//! neither clocks that change nor the ends of months break that.

use model::Timestamp;
use model::time::civil::Date;
use model::time::{SignedDuration, zone};
use notify::counting::{Ground, business, dora, eu_days, eu_hours};
use notify::moment::{Moment, later};
use notify::{Facts, clocks};
use packs::{Library, Period};
use proptest::prelude::*;
use serde_json::json;

const ZONES: [&str; 8] = [
    "Europe/Brussels",
    "Europe/Lisbon",
    "Europe/Helsinki",
    "Atlantic/Reykjavik",
    "America/New_York",
    "America/St_Johns",
    "America/Los_Angeles",
    "Asia/Kolkata",
];

/// 2024 to 2030, to the second.
fn instants() -> impl Strategy<Value = Timestamp> {
    (1_704_067_200_i64..1_924_991_999).prop_map(|s| Timestamp::from_second(s).expect("in range"))
}

fn grounds() -> impl Strategy<Value = Ground<'static>> {
    let codes: Vec<&str> = Library::embedded().calendars.keys().map(String::as_str).collect();
    (0..ZONES.len(), 0..codes.len()).prop_map(move |(zone_at, code)| Ground {
        zone: zone(ZONES[zone_at]).expect("a zone"),
        calendars: vec![Library::embedded().calendar(codes[code]).expect("a calendar")],
    })
}

fn day_periods() -> impl Strategy<Value = Period> {
    prop_oneof![(1_i64..60).prop_map(Period::Days), (1_i64..26).prop_map(Period::Months)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hours_never_end_before_the_exact_count_and_at_most_an_hour_after(
        at in instants(), minutes in 1_i64..10_000, ground in grounds()
    ) {
        let hours = eu_hours::count(Moment::At(at), minutes, &ground);
        let exact = at + SignedDuration::from_mins(minutes);
        prop_assert_eq!(hours.conservative, exact);
        prop_assert!(hours.limit > exact && hours.limit <= exact + SignedDuration::from_hours(1));
        prop_assert!(!hours.disputed || minutes >= 48 * 60);
    }

    #[test]
    fn days_end_at_midnight_on_a_working_day_and_never_before_the_alarm(
        at in instants(), period in day_periods(), ground in grounds()
    ) {
        let days = eu_days::count(Moment::At(at), period, &ground);
        prop_assert!(days.conservative > at && days.limit >= days.conservative);
        prop_assert!(days.last >= days.nominal && ground.is_working(days.last));
        let local = ground.zone.to_datetime(days.limit);
        prop_assert_eq!((local.hour(), local.minute(), local.second()), (0, 0, 0));
        prop_assert_eq!(local.date(), later(days.last, 1));
        if ground.is_working(days.nominal) && days.last != days.nominal {
            let first = later(Moment::At(at).day(&ground.zone), 1);
            prop_assert!(ground.working_days(first, days.nominal) < 2, "only art. 3(5) moves it");
        }
    }

    #[test]
    fn two_days_or_more_hold_two_working_days(at in instants(), days in 2_i64..40, ground in grounds()) {
        let event = Moment::At(at);
        let counted = eu_days::count(event, Period::Days(days), &ground);
        let first = later(event.day(&ground.zone), 1);
        prop_assert!(ground.working_days(first, counted.last) >= 2);
    }

    #[test]
    fn months_keep_the_date_or_end_on_the_last_day(at in instants(), months in 1_i64..26, ground in grounds()) {
        let event = Moment::At(at).day(&ground.zone);
        let nominal = eu_days::count(Moment::At(at), Period::Months(months), &ground).nominal;
        prop_assert!(
            nominal.day() == event.day() || (nominal.day() < event.day() && nominal == nominal.last_of_month())
        );
        let passed = i64::from(nominal.year() - event.year()) * 12 + i64::from(nominal.month() - event.month());
        prop_assert_eq!(passed, months);
    }

    #[test]
    fn a_later_event_never_has_an_earlier_limit(
        at in instants(), gap_s in 0_i64..4_000_000, minutes in 1_i64..8_000, period in day_periods(),
        count in 1_i64..12, ground in grounds()
    ) {
        let (one, two) = (Moment::At(at), Moment::At(at + SignedDuration::from_secs(gap_s)));
        let hours = |event| eu_hours::count(event, minutes, &ground);
        prop_assert!(hours(one).limit <= hours(two).limit && hours(one).conservative <= hours(two).conservative);
        let days = |event| eu_days::count(event, period, &ground);
        prop_assert!(days(one).limit <= days(two).limit && days(one).conservative <= days(two).conservative);
        let relieved = |event| dora::relieved(dora::limit(event, Period::Minutes(minutes), &ground), &ground);
        let (first, second) = (relieved(one), relieved(two));
        if second < first {
            // The law's own step: from Saturday to noon on Monday, while Monday morning stays in the morning.
            let (first, second) = (ground.zone.to_datetime(first), ground.zone.to_datetime(second));
            prop_assert_eq!((first.hour(), first.minute()), (12, 0));
            prop_assert_eq!(first.date(), second.date());
        }
        let business = |event: Moment| business::after(event.day(&ground.zone), count, &ground);
        prop_assert!(business(one) <= business(two));
    }

    #[test]
    fn relief_ends_at_noon_of_a_working_day_or_changes_nothing(
        at in instants(), minutes in 1_i64..8_000, ground in grounds()
    ) {
        let limit = dora::limit(Moment::At(at), Period::Minutes(minutes), &ground);
        let relieved = dora::relieved(limit, &ground);
        prop_assert!(relieved >= limit);
        if relieved != limit {
            let local = ground.zone.to_datetime(relieved);
            prop_assert_eq!((local.hour(), local.minute()), (12, 0));
            prop_assert!(ground.is_working(local.date()));
        }
    }

    #[test]
    fn business_days_are_business_days_and_none_is_skipped(
        at in instants(), count in 1_i64..15, ground in grounds()
    ) {
        let event = Moment::At(at).day(&ground.zone);
        let last = business::after(event, count, &ground);
        prop_assert!(ground.is_working(last));
        prop_assert_eq!(ground.working_days(later(event, 1), last), usize::try_from(count).expect("small"));
    }

    #[test]
    fn the_zone_in_which_an_instant_is_written_changes_nothing(at in instants(), written in 0..ZONES.len()) {
        let dates = |aware: String| {
            let input = json!({
                "regime": ["NIS2", "GDPR", "DORA", "CRA-I"], "aware": aware, "classified_major": at.to_string(),
                "submitted(nis2.in)": at.to_string(), "tz": "Europe/Brussels", "holidays": "BE"
            });
            let facts = Facts::read(input.as_object().expect("an object"), Library::embedded()).expect("facts");
            clocks::answer(&clocks(Library::embedded(), &facts))
        };
        let elsewhere = at.to_zoned(zone(ZONES[written]).expect("a zone"));
        prop_assert_eq!(dates(at.to_string()), dates(elsewhere.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()));
    }

    #[test]
    fn in_no_pack_has_a_later_event_an_earlier_date(
        at in instants(), gap_s in 0_i64..3_000_000, calendar in 0..33_usize
    ) {
        let library = Library::embedded();
        let (one, two) = (everything_at(at, calendar), everything_at(at + SignedDuration::from_secs(gap_s), calendar));
        let zone = one.time_zone();
        let later = clocks(library, &two);
        for (first, second) in clocks(library, &one).iter().zip(&later) {
            let dates = first.date.as_ref().zip(second.date.as_ref());
            let Some((early, late)) = dates.filter(|_| first.pack.head.regime != "DORA") else { continue };
            prop_assert!(early.alarm(&zone) <= late.alarm(&zone), "{}", first.stage.id);
            prop_assert!(early.limit(&zone) <= late.limit(&zone), "{}", first.stage.id);
        }
    }

    #[test]
    fn no_date_lies_before_what_starts_its_clock(at in instants(), calendar in 0..33_usize) {
        let library = Library::embedded();
        let facts = everything_at(at, calendar);
        let zone = facts.time_zone();
        let found = clocks(library, &facts);
        prop_assert!(found.len() >= 79);
        for clock in found.iter().filter(|clock| clock.date.is_some()) {
            let date = clock.date.as_ref().expect("a date");
            prop_assert!(date.limit(&zone) > at, "{}", clock.stage.id);
            prop_assert!(date.limit(&zone) >= date.alarm(&zone), "{}", clock.stage.id);
        }
    }
}

/// Every event of every regime at one instant, counted by the calendar of that number.
fn everything_at(at: Timestamp, calendar: usize) -> Facts {
    let library = Library::embedded();
    let code = library.calendars.keys().nth(calendar).expect("a calendar");
    let mut input = json!({ "regime": library.packs.keys().collect::<Vec<_>>(), "holidays": code });
    for (fact, about) in &library.words.facts {
        if about.kind == packs::words::FactKind::Instant {
            input[fact] = json!(at.to_string());
        }
    }
    for (_, stage) in library.stages() {
        input[format!("submitted({})", stage.id)] = json!(at.to_string());
    }
    Facts::read(input.as_object().expect("an object"), library).expect("facts")
}

#[test]
fn every_holiday_from_2024_to_2030_rolls_to_the_next_working_day() {
    let library = Library::embedded();
    let brussels = zone("Europe/Brussels").expect("a zone");
    let mut rolled = 0;
    for calendar in library.calendars.values() {
        let ground = Ground { zone: brussels.clone(), calendars: vec![calendar] };
        for (holiday, _) in (2024..=2030).flat_map(|year| calendar.holidays(year)) {
            let event = Moment::On(later(holiday, -14));
            let days = eu_days::count(event, Period::Days(14), &ground);
            assert_eq!(days.nominal, holiday);
            let next = next_working(calendar, holiday);
            assert_eq!(days.last, next, "{} {holiday}", calendar.id);
            rolled += 1;
        }
    }
    assert!(rolled > 2_500, "{rolled}");
}

/// Written differently from the code under test, day by day.
fn next_working(calendar: &packs::Calendar, mut day: Date) -> Date {
    while !calendar.is_working(day) {
        day = day.tomorrow().expect("a next day");
    }
    day
}
