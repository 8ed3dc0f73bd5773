//! A horizon as ISO 8601 writes it: a year, a month or a day.

use model::time::civil::Date;

/// Its first day: of `2030`, `2030-06` or `2030-06-15`.
pub(super) fn first_day(text: &str) -> Option<Date> {
    let fits = |c: u8| c.is_ascii_digit() || c == b'-';
    if !text.bytes().all(fits) {
        return None;
    }
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return None,
    };
    let date: Date = whole.parse().ok()?;
    (1900..=2999).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_and_a_day_are_horizons_and_nothing_else_is() {
        for good in ["2030", "2030-06", "2030-06-15", "2028-02-29"] {
            assert!(first_day(good).is_some(), "{good}");
        }
        for bad in
            ["", "30", "2030-13", "2030-02-30", "2030/06", "soon", "20300", "2030-6-1", "+2030-01-1", "9999"]
        {
            assert!(first_day(bad).is_none(), "{bad}");
        }
    }
}
