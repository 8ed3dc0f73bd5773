//! A progress bar on standard error, shown only when a person watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that counts `unit`s; quiet when `quiet`, or when standard error is no terminal.
pub fn bar(unit: &str, quiet: bool) -> ProgressBar {
    let bar = ProgressBar::new(0);
    bar.set_draw_target(if quiet {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr_with_hz(10)
    });
    let template = format!("{{wide_bar}} {{human_pos}} of {{human_len}} {unit}, {{per_sec}}, {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A counter of `unit`s whose number nobody knows before; quiet like [`bar`].
pub fn counter(unit: &str, quiet: bool) -> ProgressBar {
    let counter = bar(unit, quiet);
    let template = format!("{{spinner}} {{human_pos}} {unit}, {{per_sec}}");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        counter.set_style(style);
    }
    counter
}
