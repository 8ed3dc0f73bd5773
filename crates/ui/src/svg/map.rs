//! A map of the world as SVG: countries shaded by a figure, regions as rings, and the same figures as a table below it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use maud::{Markup, html};

use crate::Locale;

const WORLD: &str = include_str!("world.tsv");
const WIDTH: u32 = 1000;
const HEIGHT: u32 = 433;
/// Shades besides "nothing".
const SHADES: u64 = 5;

struct Country {
    names: [&'static str; 2],
    mark: (i32, i32),
    path: &'static str,
}

static COUNTRIES: LazyLock<BTreeMap<&'static str, Country>> =
    LazyLock::new(|| WORLD.lines().filter(|line| !line.starts_with('#')).filter_map(country_of).collect());

fn country_of(line: &'static str) -> Option<(&'static str, Country)> {
    let mut cells = line.split('\t');
    let (code, en, fr) = (cells.next()?, cells.next()?, cells.next()?);
    let (x, y) = cells.next()?.split_once(' ')?;
    let mark = (x.parse().ok()?, y.parse().ok()?);
    Some((code, Country { names: [en, fr], mark, path: cells.next().unwrap_or("") }))
}

/// Where a region of STIX's vocabulary (`region-ov`) is marked.
const REGIONS: [(&str, i32, i32); 29] = [
    ("africa", 555, 223),
    ("eastern-africa", 606, 241),
    ("middle-africa", 550, 241),
    ("northern-africa", 539, 142),
    ("southern-africa", 563, 340),
    ("western-africa", 492, 197),
    ("americas", 292, 223),
    ("latin-america-caribbean", 319, 241),
    ("south-america", 337, 308),
    ("caribbean", 305, 171),
    ("central-america", 260, 186),
    ("northern-america", 262, 82),
    ("asia", 714, 82),
    ("central-asia", 657, 82),
    ("eastern-asia", 784, 115),
    ("southern-asia", 704, 160),
    ("south-eastern-asia", 799, 212),
    ("western-asia", 614, 132),
    ("europe", 534, 67),
    ("eastern-europe", 577, 53),
    ("northern-europe", 531, 35),
    ("southern-europe", 534, 92),
    ("western-europe", 512, 73),
    ("oceania", 905, 315),
    ("antarctica", 500, 425),
    ("australia-new-zealand", 877, 351),
    ("melanesia", 929, 271),
    ("micronesia", 929, 212),
    ("polynesia", 76, 297),
];

/// The name of a country, by its ISO 3166-1 alpha-2 code.
pub fn country(locale: Locale, code: &str) -> Option<&'static str> {
    COUNTRIES.get(code).map(|found| match locale {
        Locale::En => found.names[0],
        Locale::Fr => found.names[1],
    })
}

/// One place with its figure.
#[derive(Debug, Clone, Default)]
pub struct Spot<'a> {
    /// A country by its code, or a region by its word.
    pub code: Cow<'a, str>,
    /// What people call it.
    pub name: Cow<'a, str>,
    /// Its figure.
    pub value: u64,
}

/// The map. Shades go by the square root of the figure, so that small ones still show; the caller lists the figures.
pub fn map(locale: Locale, title: &str, spots: &[Spot<'_>]) -> Markup {
    let most = spots.iter().map(|spot| spot.value).max().unwrap_or(0);
    let of = |code: &str| spots.iter().find(|spot| spot.code == code && spot.value > 0);
    let regions = REGIONS.iter().filter_map(|(word, x, y)| Some((of(word)?, *x, *y)));
    html! {
        figure.map {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" {
                title { (title) }
                desc { @for spot in spots { (spot.name) " " (locale.count(spot.value)) "; " } }
                g {
                    @for (code, country) in COUNTRIES.iter().filter(|(_, country)| !country.path.is_empty()) {
                        @match of(code) {
                            Some(spot) => {
                                path class={ "map-land heat-" (shade(spot.value, most)) } d=(country.path) {
                                    title { (spot.name) ": " (locale.count(spot.value)) }
                                }
                            }
                            None => path.map-land d=(country.path) {},
                        }
                    }
                }
                @for (code, country) in COUNTRIES.iter().filter(|(_, country)| country.path.is_empty()) {
                    @if let Some(spot) = of(code) { (mark(locale, spot, country.mark.0, country.mark.1, false)) }
                }
                @for (spot, x, y) in regions { (mark(locale, spot, x, y, true)) }
                @for (code, country) in COUNTRIES.iter().filter(|(_, country)| !country.path.is_empty()) {
                    @if let Some(spot) = of(code) {
                        text.map-figure x=(country.mark.0) y=(country.mark.1 + 4) text-anchor="middle" { (locale.count(spot.value)) }
                    }
                }
            }
        }
    }
}

fn mark(locale: Locale, spot: &Spot<'_>, x: i32, y: i32, region: bool) -> Markup {
    html! {
        g {
            title { (spot.name) ": " (locale.count(spot.value)) }
            circle class=(if region { "map-region" } else { "map-small" }) cx=(x) cy=(y) r=(if region { 11 } else { 6 }) {}
            text.map-figure x=(x) y=(y + 4) text-anchor="middle" { (locale.count(spot.value)) }
        }
    }
}

/// From 1 to `SHADES` by the square root of the figure; 0 for none.
pub fn shade(value: u64, most: u64) -> u64 {
    if value == 0 || most == 0 {
        return 0;
    }
    let share = (value as f64 / most as f64).sqrt();
    ((share * SHADES as f64).ceil() as u64).clamp(1, SHADES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_a_country() {
        let lines = WORLD.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(COUNTRIES.len(), lines);
        assert!(lines > 220, "{lines}");
        for (code, found) in COUNTRIES.iter() {
            assert!(code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            assert!(found.names.iter().all(|name| !name.is_empty()), "{code}");
            assert!(
                (0..=WIDTH as i32).contains(&found.mark.0) && (-20..=440).contains(&found.mark.1),
                "{code}"
            );
            let drawn = |b: u8| b.is_ascii_digit() || matches!(b, b'M' | b'l' | b'z' | b' ' | b'-');
            assert!(found.path.bytes().all(drawn), "{code}");
        }
    }

    #[test]
    fn countries_have_their_names_in_both_languages() {
        assert_eq!(country(Locale::En, "DE"), Some("Germany"));
        assert_eq!(country(Locale::Fr, "DE"), Some("Allemagne"));
        assert_eq!(country(Locale::En, "ZZ"), None);
    }

    #[test]
    fn small_figures_still_have_a_shade() {
        assert_eq!([0, 1, 25, 100].map(|value| shade(value, 100)), [0, 1, 3, 5]);
        assert_eq!(shade(1, 1_000_000), 1);
    }
}
