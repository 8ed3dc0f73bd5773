//! Public holidays: what the rules give, what shifts, and who has a calendar at all.

use model::time::civil::{Date, date};
use packs::{Calendar, Library};

fn calendar(code: &str) -> &'static Calendar {
    Library::embedded().calendar(code).expect("a calendar")
}

fn off(code: &str, day: Date) -> bool {
    calendar(code).is_holiday(day)
}

#[test]
fn every_state_of_the_economic_area_the_institutions_and_the_united_states_have_one() {
    let states = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO";
    for code in states.split(' ').chain(["EUI", "US", "US-SEC"]) {
        let calendar = calendar(code);
        for year in 2024..=2030 {
            assert!((8..=25).contains(&calendar.holidays(year).len()), "{code} {year}");
        }
    }
}

#[test]
fn other_codes_for_a_calendar_lead_to_it_in_any_case() {
    assert_eq!(calendar("EL").id, "GR");
    assert_eq!(calendar("us-fed").id, "US");
    assert!(Library::embedded().calendar("ZZ").is_none());
}

#[test]
fn federal_holidays_on_a_weekend_move_also_over_the_new_year() {
    assert!(off("US", date(2026, 7, 3)) && !off("US", date(2026, 7, 4)));
    assert!(off("US", date(2027, 12, 31)), "New Year's Day 2028 is a Saturday");
    assert!(!off("US", date(2028, 1, 1)));
    assert!(off("US", date(2029, 11, 12)), "11 November 2029 is a Sunday");
    assert!(off("US-SEC", date(2025, 12, 26)) && !off("US", date(2025, 12, 26)));
}

#[test]
fn rules_with_a_twist_hold() {
    assert!(off("IE", date(2030, 2, 1)), "a Friday is kept for Saint Brigid");
    assert!(off("IE", date(2026, 2, 2)) && !off("IE", date(2026, 2, 1)));
    assert!(
        off("NL", date(2025, 4, 26)) && !off("NL", date(2025, 4, 27)),
        "the King's Day is never a Sunday"
    );
    assert!(off("LV", date(2024, 5, 6)), "4 May 2024 is a Saturday, so the Monday is free");
    assert!(off("SE", date(2026, 6, 20)), "Midsummer is the Saturday from 20 June on");
    assert!(off("GR", date(2024, 5, 7)) && !off("GR", date(2024, 5, 1)), "1 May 2024 fell into Holy Week");
    assert!(off("IT", date(2027, 10, 4)) && !off("IT", date(2024, 10, 4)), "a holiday since 2026");
    assert!(off("SK", date(2024, 11, 17)) && !off("SK", date(2025, 11, 17)), "a working day since 2025");
}

#[test]
fn years_that_are_not_kept_are_worked_out_when_asked() {
    assert!(off("FR", date(1999, 7, 14)) && off("FR", date(2099, 12, 25)));
    assert!(off("DE", date(2100, 3, 26)), "Good Friday of 2100");
}
