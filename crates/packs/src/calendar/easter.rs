//! The dates of Easter, western and orthodox, in the Gregorian calendar.

use model::time::SignedDuration;
use model::time::civil::Date;

/// Easter Sunday of the western churches (the anonymous Gregorian computus, as published in 1876).
pub fn western(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Easter Sunday of the orthodox churches: the Julian computus (Meeus), moved into the Gregorian calendar.
pub fn orthodox(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    let behind = y / 100 - y / 400 - 2;
    julian.checked_add(SignedDuration::from_hours(24 * i64::from(behind))).ok()
}

#[cfg(test)]
mod tests {
    use model::time::civil::date;

    use super::{orthodox, western};

    #[test]
    fn both_easters_fall_where_the_almanacs_say() {
        let known = [
            (2024, (3, 31), (5, 5)),
            (2025, (4, 20), (4, 20)),
            (2026, (4, 5), (4, 12)),
            (2027, (3, 28), (5, 2)),
            (2028, (4, 16), (4, 16)),
            (2029, (4, 1), (4, 8)),
            (2030, (4, 21), (4, 28)),
        ];
        for (year, west, east) in known {
            assert_eq!(western(year), Some(date(year, west.0, west.1)));
            assert_eq!(orthodox(year), Some(date(year, east.0, east.1)));
        }
    }
}
