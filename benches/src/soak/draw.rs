//! Curves over time as SVG files that stand in the documentation, light or dark.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use crate::soak::sample::Sample;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 56.0;
const BELOW: f64 = 24.0;
const COLOURS: [&str; 2] = ["#2563b8", "#b4540a"];

/// One curve: what it shows, and its value at each sample.
type Curve = (&'static str, fn(&Sample) -> f64);

/// Writes one file for each kind of figure.
pub fn curves(samples: &[Sample], folder: &Path) -> Result<()> {
    let charts: [(&str, &str, [Curve; 2]); 5] = [
        (
            "memory",
            "Resident memory, MiB",
            [("publishing node", |s| s.memory[0]), ("following node", |s| s.memory[1])],
        ),
        (
            "descriptors",
            "Open file descriptors",
            [("publishing node", |s| s.descriptors[0]), ("following node", |s| s.descriptors[1])],
        ),
        (
            "logs",
            "Write-ahead logs, MiB",
            [("publishing node", |s| s.logs[0]), ("following node", |s| s.logs[1])],
        ),
        (
            "polls",
            "Polls of consumers, ms",
            [("median", |s| s.poll_ms[0]), ("99th percentile", |s| s.poll_ms[1])],
        ),
        (
            "visible",
            "Published to visible at the peer, ms",
            [("longest in 5 s", |s| s.visible_ms), ("", |_| f64::NAN)],
        ),
    ];
    for (name, title, curves) in charts {
        std::fs::write(folder.join(format!("{name}.svg")), chart(title, &curves, samples))?;
    }
    Ok(())
}

fn chart(title: &str, curves: &[Curve; 2], samples: &[Sample]) -> String {
    let last_s = samples.last().map_or(1.0, |sample| sample.at_s).max(1.0);
    let values = curves.iter().flat_map(|(_, of)| samples.iter().map(of)).filter(|value| value.is_finite());
    let top = nice(values.fold(0.0, f64::max));
    let (x, y) = (
        |at_s: f64| LEFT + at_s / last_s * (WIDTH - LEFT - 8.0),
        |value: f64| 28.0 + (1.0 - value / top) * (HEIGHT - 28.0 - BELOW),
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\" role=\"img\"><title>{title}</title><text x=\"{LEFT}\" y=\"16\" fill=\"#777\">{title}</text>"
    );
    for share in [0.0, 0.5, 1.0] {
        let (at, value) = (y(top * share), top * share);
        let _ = write!(
            svg,
            "<path d=\"M{LEFT} {at:.1}H{WIDTH}\" stroke=\"#999\" stroke-width=\"0.5\" stroke-dasharray=\"2 3\"/>\
             <text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#777\">{value}</text>",
            LEFT - 6.0,
            at + 4.0
        );
    }
    for quarter in 0..=4 {
        let at_s = last_s * f64::from(quarter) / 4.0;
        let _ = write!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"{}\" fill=\"#777\">{:.0} min</text>",
            x(at_s),
            HEIGHT - 6.0,
            if quarter == 4 { "end" } else { "middle" },
            at_s / 60.0
        );
    }
    for (n, (name, of)) in curves.iter().enumerate().filter(|(_, (name, _))| !name.is_empty()) {
        let points: Vec<String> = samples
            .iter()
            .filter(|sample| of(sample).is_finite())
            .map(|sample| format!("{:.1} {:.1}", x(sample.at_s), y(of(sample))))
            .collect();
        let _ = write!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\"/>\
             <text x=\"{:.0}\" y=\"16\" text-anchor=\"end\" fill=\"{}\">{name}</text>",
            points.join("L"),
            COLOURS[n],
            WIDTH - 8.0 - 150.0 * n as f64,
            COLOURS[n]
        );
    }
    svg + "</svg>\n"
}

/// The next round number above: 1, 2 or 5 with zeros.
fn nice(most: f64) -> f64 {
    let mut step = 1.0;
    while step * 10.0 <= most {
        step *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * step).find(|round| *round >= most).unwrap_or(most)
}
