//! Assets are found by their path, and the colour tokens keep the contrast that WCAG 2.2 asks for.

use super::*;

#[test]
fn an_asset_is_found_by_its_hashed_path_alone() {
    for asset in all() {
        assert_eq!(find(&asset.path), Some(asset));
        assert!(asset.path.starts_with(PREFIX) && asset.etag.len() == 18);
    }
    assert_eq!(find("/assets/entente.css"), None);
}

fn style() -> &'static str {
    std::str::from_utf8(css().bytes).expect("the style sheet is UTF-8")
}

/// The light and the dark value of a token, or its one value twice.
fn token(name: &str) -> [&'static str; 2] {
    let rest = style().split(&format!("--{name}: ")).nth(1).unwrap_or_else(|| panic!("no token {name}"));
    let value = rest.split(';').next().expect("a value").trim();
    match value.strip_prefix("light-dark(").and_then(|v| v.strip_suffix(')')).and_then(|v| v.split_once(", "))
    {
        Some((light, dark)) => [light, dark],
        None => [value, value],
    }
}

/// The value of a token in the high-contrast theme, where it has one of its own.
fn contrast_token(name: &str) -> &'static str {
    let block =
        style().split("[data-theme=\"contrast\"], .scheme-contrast {").nth(1).expect("a contrast theme");
    let block = block.split('}').next().expect("its end");
    let own = block.split(&format!("--{name}: ")).nth(1);
    own.map_or(token(name)[1], |v| v.split(';').next().expect("a value").trim())
}

/// Relative luminance, WCAG 2.2 §Terms.
fn luminance(colour: &str) -> f64 {
    let hex = colour.strip_prefix('#').unwrap_or_else(|| panic!("{colour} is not #rrggbb"));
    let channel = |i: usize| {
        let value = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).expect("two hex digits")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn ratio(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn assert_readable(text: &str, ground: &str, least: f64) {
    for theme in 0..2 {
        let found = ratio(token(text)[theme], token(ground)[theme]);
        assert!(found >= least, "{text} on {ground}: {found:.2} in theme {theme}, {least} asked");
    }
    let found = ratio(contrast_token(text), contrast_token(ground));
    assert!(found >= least, "{text} on {ground}: {found:.2} in high contrast, {least} asked");
}

/// WCAG 2.2, 1.4.3: text needs 4.5 : 1.
#[test]
fn every_text_can_be_read_on_every_ground_it_stands_on() {
    for ground in ["ground", "surface", "sunken"] {
        for text in ["text", "muted", "accent"] {
            assert_readable(text, ground, 4.5);
        }
    }
    for tone in ["ok", "warn", "err", "idle", "info"] {
        assert_readable(tone, "surface", 4.5);
        assert_readable(tone, &format!("{tone}-soft"), 4.5);
        assert_readable("text", &format!("{tone}-soft"), 4.5);
    }
    for side in ["eu", "us", "nato"] {
        assert_readable(side, "surface", 4.5);
        assert_readable(side, "sunken", 4.5);
    }
    assert_readable("accent", "accent-soft", 4.5);
    assert_readable("text", "accent-soft", 4.5);
    assert_readable("accent-ink", "accent", 4.5);
    assert_readable("bar-text", "bar", 4.5);
    assert_readable("bar-muted", "bar", 4.5);
    assert_readable("g-how", "sunken", 4.5);
    for theme in 0..2 {
        assert!(ratio("#ffffff", token("exercise")[theme]) >= 4.5);
    }
    for label in ["tlp-red", "tlp-amber", "tlp-green", "tlp-clear"] {
        assert_readable(label, "tlp-ground", 4.5);
    }
}

/// WCAG 2.2, 1.4.11: what is needed to see a control or a graphic needs 3 : 1.
#[test]
fn every_line_and_mark_that_matters_can_be_seen() {
    for ground in ["ground", "surface", "sunken"] {
        assert_readable("line-strong", ground, 3.0);
    }
    for mark in ["g-who", "g-with", "g-how", "g-answer", "g-where", "g-seen", "g-text"] {
        assert_readable(mark, "surface", 3.0);
    }
}
