//! How a figure moved: a sparkline inside text, and a trend with its scale.

use std::fmt::Write as _;

use maud::{Markup, html};

use crate::{Locale, t};

const WIDTH: usize = 1000;
const HEIGHT: usize = 100;
/// More points than pixels say nothing more; later ones win.
const MOST_POINTS: usize = 400;

/// A line without scale, for tiles and table cells; `title` says what it shows.
pub fn sparkline(title: &str, values: &[u64]) -> Markup {
    html! {
        svg.spark viewBox={ "0 -4 " (WIDTH) " " (HEIGHT + 8) } preserveAspectRatio="none" role="img" {
            title { (title) }
            path.spark-line d=(path(values)) {}
        }
    }
}

/// A line with area, highest value and both ends of the time axis; the figures follow as a table.
pub fn trend(locale: Locale, title: &str, points: &[(String, u64)]) -> Markup {
    let values: Vec<u64> = points.iter().map(|p| p.1).collect();
    let most = values.iter().copied().max().unwrap_or(0);
    let line = path(&values);
    html! {
        figure.trend {
            figcaption { (title) }
            div.trend-plot {
                span.trend-max { (locale.count(most)) }
                svg viewBox={ "0 -2 " (WIDTH) " " (HEIGHT + 2) } preserveAspectRatio="none" role="img" {
                    title { (title) }
                    desc { (t!(locale, "component-chart-source")) }
                    path.trend-grid d="M0 0H1000M0 50H1000M0 100H1000" {}
                    @if !line.is_empty() {
                        path.trend-area d={ (line) "V" (HEIGHT) "H0Z" } {}
                        path.trend-line d=(line) {}
                    }
                }
                div.trend-axis {
                    span { (points.first().map_or("", |p| &p.0)) }
                    span { (points.last().map_or("", |p| &p.0)) }
                }
            }
            (twin(locale, title, points))
        }
    }
}

fn twin(locale: Locale, title: &str, points: &[(String, u64)]) -> Markup {
    html! {
        details.twin {
            summary { (t!(locale, "component-chart-table")) }
            table.table {
                caption.visually-hidden { (title) }
                thead { tr { th scope="col" { (t!(locale, "word-when")) } th.num scope="col" { (t!(locale, "word-count")) } } }
                tbody { @for (when, value) in points { tr { th scope="row" { (when) } td.num { (locale.count(*value)) } } } }
            }
        }
    }
}

/// The line through `values`, oldest left, the greatest at the top; empty for no values.
fn path(values: &[u64]) -> String {
    let values = &values[values.len().saturating_sub(MOST_POINTS)..];
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let last = values.len().saturating_sub(1).max(1);
    let mut path = String::new();
    for (i, value) in values.iter().enumerate() {
        let y = HEIGHT as u128 - u128::from(*value) * HEIGHT as u128 / u128::from(most);
        let _ = write!(path, "{}{} {y}", if i == 0 { 'M' } else { 'L' }, i * WIDTH / last);
    }
    if values.len() == 1 {
        let _ = write!(path, "H{WIDTH}");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_fills_its_box_whatever_the_figures() {
        assert_eq!(path(&[]), "");
        assert_eq!(path(&[5]), "M0 0H1000");
        assert_eq!(path(&[0, 5, 10]), "M0 100L500 50L1000 0");
        assert_eq!(path(&[u64::MAX, 0]), "M0 0L1000 100");
        assert_eq!(path(&[1; 5000]).matches('L').count(), MOST_POINTS - 1);
    }
}
