//! The stops of the map's slider: the ends of the weeks of the last half year, or of months of four weeks of two years for
//! the longer periods.

use desk::pages::{PageError, Visitor};
use model::Timestamp;
use model::time::TimeZone;
use ui::component::Slide;
use ui::locale::Part;
use ui::{sentence, t};

use crate::fold::{day_of, start_of};
use crate::sight::Sight;
use crate::trend::Period;

/// Stops before the present.
const STOPS: i64 = 26;

/// Days from one stop to the next.
const fn stride(period: Period) -> i64 {
    if period.days > 28 { 28 } else { 7 }
}

/// The instant of a stop; nothing for the last of them, which is the present.
pub(super) fn stop(period: Period, text: &str, now: Timestamp) -> Result<Option<Timestamp>, PageError> {
    let stop: i64 = text.parse().ok().filter(|stop| (0..=STOPS).contains(stop)).ok_or_else(|| {
        PageError::Wrong(sentence!("refused-stop", text = Part::quoted(text), most = STOPS as usize))
    })?;
    Ok((stop < STOPS).then(|| end_of(period, stop, now)))
}

/// The end of the day of a stop, in UTC.
fn end_of(period: Period, stop: i64, now: Timestamp) -> Timestamp {
    start_of(day_of(now.as_microsecond()) - (STOPS - stop) * stride(period) + 1)
}

/// The slider as it stands for what is shown.
pub(super) fn of(visitor: &Visitor, sight: &Sight<'_>, period: Period) -> Slide<'static> {
    let locale = visitor.locale;
    let utc = TimeZone::UTC;
    let day = |stop: i64| day_of(end_of(period, stop, visitor.now).as_microsecond() - 1);
    let mut stops: Vec<String> = (0..STOPS).map(|stop| locale.date(start_of(day(stop)), &utc)).collect();
    stops.push(t!(locale, "picture-map-slide-now").into_owned());
    // The stop nearest to the day that is shown.
    let shown = sight.upto.map_or(STOPS, |_| {
        let last = day_of(sight.at.as_microsecond() - 1);
        (0..STOPS).min_by_key(|stop| (day(*stop) - last).abs()).unwrap_or(STOPS)
    });
    Slide {
        action: "/picture/map",
        name: "stop",
        label: "",
        stops,
        at: usize::try_from(shown).unwrap_or(0),
        keep: &[],
        moves: "map map-steps map-filters",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_are_weeks_apart_and_the_last_is_the_present() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().expect("an instant");
        let at = |period, text: &str| stop(period, text, now).map(|at| at.map(|at| at.to_string()));
        assert_eq!(at(Period::USUAL, "26"), Ok(None));
        assert_eq!(at(Period::USUAL, "25"), Ok(Some("2026-11-19T00:00:00Z".into())));
        assert_eq!(at(Period::USUAL, "0"), Ok(Some("2026-05-28T00:00:00Z".into())));
        assert_eq!(at(Period::ALL[3], "25"), Ok(Some("2026-10-29T00:00:00Z".into())));
        for wrong in ["27", "-1", "x", "1.5"] {
            assert!(at(Period::USUAL, wrong).is_err(), "{wrong}");
        }
    }
}
