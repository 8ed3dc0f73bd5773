//! A slider through time: a form of one range that is sent as it stands, and by itself where the script runs.

use maud::{Markup, html};

use crate::{Locale, t};

/// One slider.
#[derive(Debug, Clone)]
pub struct Slide<'a> {
    /// Where the form leads.
    pub action: &'a str,
    /// The parameter that carries the number of the stop.
    pub name: &'a str,
    /// What it moves through.
    pub label: &'a str,
    /// The stops from the earliest to the latest, each in words.
    pub stops: Vec<String>,
    /// The stop at hand.
    pub at: usize,
    /// Parameters to carry along unchanged.
    pub keep: &'a [(&'a str, &'a str)],
    /// The ids of the parts of the page that move with it, separated by spaces.
    pub moves: &'a str,
}

/// The form. The text of the stop stands beside it and is read out with it; arrow keys move it as they do every range.
pub fn slide(locale: Locale, slide: &Slide<'_>) -> Markup {
    let text = slide.stops.get(slide.at).map_or("", String::as_str);
    let (id, stops) = (format!("slide-{}", slide.name), format!("slide-{}-stops", slide.name));
    html! {
        form.slide method="get" action=(slide.action) data-slide=(slide.moves) {
            @for (name, value) in slide.keep { input type="hidden" name=(name) value=(value); }
            label for=(id) { (slide.label) }
            input id=(id) type="range" name=(slide.name) min="0" max=(slide.stops.len().saturating_sub(1)) step="1"
                value=(slide.at) list=(stops) aria-valuetext=(text);
            datalist id=(stops) {
                @for (n, stop) in slide.stops.iter().enumerate() { option value=(n) label=(stop) {} }
            }
            output for=(id) { (text) }
            button.button type="submit" { (t!(locale, "component-slide-show")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stop_is_said_in_words_and_sent_as_a_number() {
        let one = Slide {
            action: "/picture/map",
            name: "stop",
            label: "Week ending",
            stops: vec!["1 Nov".into(), "8 Nov".into()],
            at: 1,
            keep: &[("days", "28")],
            moves: "map",
        };
        let page = slide(Locale::En, &one).into_string();
        assert!(page.contains(r#"max="1" step="1" value="1""#) && page.contains(r#"aria-valuetext="8 Nov""#));
        assert!(page.contains(r#"<option value="0" label="1 Nov"></option>"#));
        assert!(page.contains(r#"<input type="hidden" name="days" value="28">"#));
    }
}
