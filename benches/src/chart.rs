//! The curve of overload as SVG: what is answered and shed, and how long the admitted take.

use std::fmt::Write as _;

use crate::overload::Level;

const WIDTH: f64 = 720.0;
const PANEL: f64 = 220.0;
const LEFT: f64 = 70.0;

/// One line of a panel: its name, its colour, and its value at each level.
type Line<'a> = (&'a str, &'a str, fn(&Level) -> f64);

/// The whole picture.
pub fn draw(levels: &[Level]) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>A node under up to ten times the load that it can answer</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        2.0 * PANEL + 120.0
    );
    let flow: [Line<'_>; 3] = [
        ("offered", "#888", |level| level.offered_per_s),
        ("admitted", "#0a5", |level| level.admitted_per_s),
        ("shed with 429 or 503", "#c40", |level| level.shed_per_s),
    ];
    let time: [Line<'_>; 5] = [
        ("p50 of admitted", "#07c", |level| level.p50_ms),
        ("p99 of admitted", "#039", |level| level.p99_ms),
        ("p99 of /health", "#0a5", |level| level.health_p99_ms),
        ("the same, own listener", "#7b4", |level| level.aside_p99_ms),
        ("load generator late, p99", "#999", |level| level.generator_p99_ms),
    ];
    panel(&mut out, 40.0, "requests each second", levels, &flow, Scale::Even);
    panel(&mut out, PANEL + 90.0, "milliseconds", levels, &time, Scale::Tenfold);
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">offered load, as a multiple of the capacity</text>\n</svg>",
        WIDTH / 2.0,
        2.0 * PANEL + 112.0
    );
    out
}

/// How values become heights.
#[derive(Clone, Copy, PartialEq)]
enum Scale {
    /// Four equal steps up to the highest value.
    Even,
    /// A step is ten times the one below, from 1 on.
    Tenfold,
}

fn panel(out: &mut String, top: f64, unit: &str, levels: &[Level], lines: &[Line<'_>], scale: Scale) {
    let high =
        lines.iter().flat_map(|line| levels.iter().map(line.2)).filter(|v| v.is_finite()).fold(1.0, f64::max);
    let steps = if scale == Scale::Even { 4.0 } else { high.log10().ceil().max(1.0) };
    let share = |value: f64| match scale {
        Scale::Even => value / high,
        Scale::Tenfold => value.max(1.0).log10() / steps,
    };
    let widest = levels.iter().map(|level| level.times).fold(1.0, f64::max);
    let x = |level: &Level| LEFT + level.times / widest * (WIDTH - LEFT - 30.0);
    let y = |value: f64| top + PANEL - 40.0 - share(value) * (PANEL - 60.0);
    for part in 0..=steps as u32 {
        let value = match scale {
            Scale::Even => high * f64::from(part) / steps,
            Scale::Tenfold => 10_f64.powf(f64::from(part)),
        };
        let _ = writeln!(
            out,
            "<path d=\"M{LEFT} {0:.1}H{1}\" stroke=\"#ddd\"/><text x=\"{2}\" y=\"{3:.1}\" text-anchor=\"end\">{value:.0}</text>",
            y(value),
            WIDTH - 30.0,
            LEFT - 6.0,
            y(value) + 4.0
        );
    }
    for level in levels {
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            x(level),
            top + PANEL - 22.0,
            level.times
        );
    }
    let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"{}\" fill=\"#333\">{unit}</text>", top - 6.0);
    for (n, (name, colour, value)) in lines.iter().enumerate() {
        let points: Vec<String> =
            levels.iter().map(|level| format!("{:.1},{:.1}", x(level), y(value(level)))).collect();
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\
             <text x=\"{}\" y=\"{}\" fill=\"{colour}\">{name}</text>",
            points.join(" "),
            LEFT + 150.0 + 165.0 * (n % 3) as f64,
            top - 6.0 + 15.0 * (n / 3) as f64
        );
    }
}
