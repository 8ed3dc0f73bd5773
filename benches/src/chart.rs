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
        2.0 * PANEL + 100.0
    );
    let flow: [Line<'_>; 3] = [
        ("offered", "#888", |level| level.offered_per_s),
        ("admitted", "#0a5", |level| level.admitted_per_s),
        ("shed with 429 or 503", "#c40", |level| level.shed_per_s),
    ];
    let time: [Line<'_>; 3] = [
        ("p50 of admitted", "#07c", |level| level.p50_ms),
        ("p99 of admitted", "#039", |level| level.p99_ms),
        ("p99 of /health", "#0a5", |level| level.health_p99_ms),
    ];
    panel(&mut out, 30.0, "requests each second", levels, &flow);
    panel(&mut out, PANEL + 70.0, "milliseconds", levels, &time);
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">offered load, as a multiple of the capacity</text>\n</svg>",
        WIDTH / 2.0,
        2.0 * PANEL + 95.0
    );
    out
}

fn panel(out: &mut String, top: f64, unit: &str, levels: &[Level], lines: &[Line<'_>]) {
    let high =
        lines.iter().flat_map(|line| levels.iter().map(line.2)).filter(|v| v.is_finite()).fold(1.0, f64::max);
    let widest = levels.iter().map(|level| level.times).fold(1.0, f64::max);
    let x = |level: &Level| LEFT + level.times / widest * (WIDTH - LEFT - 30.0);
    let y = |value: f64| top + PANEL - 40.0 - value / high * (PANEL - 60.0);
    for part in 0..=4 {
        let value = high * f64::from(part) / 4.0;
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
            LEFT + 170.0 + 150.0 * n as f64,
            top - 6.0
        );
    }
}
