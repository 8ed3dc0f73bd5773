//! The strings of `locales/{en,fr}/*.ftl`, embedded and looked up by key.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::Locale;

// ENGLISH, FRENCH: (area, text of the file); KEYS: sorted message ids. Made by build.rs.
include!(concat!(env!("OUT_DIR"), "/strings.rs"));

type Bundle = FluentBundle<FluentResource>;

static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::En, ENGLISH));
static FR: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::Fr, FRENCH));

/// Families of keys that are put together at run time and looked up with [`lookup`]; a search for dead
/// keys must not report them.
pub const RUNTIME_PREFIXES: &[&str] = &[
    "reason-",
    "stix-type-",
    "record-kind-",
    "permission-",
    "role-",
    "error-status-",
    "error-what-",
    "sector-",
    "region-",
    "nis2-",
    "cisa-",
    "find-kind-",
    "find-period-",
    "find-verdict-",
    "notice-kind-",
];

/// The text of `key`, filled with `args`. Use it through [`t!`](crate::t), which refuses unknown keys at
/// compile time.
pub fn text(locale: Locale, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> Cow<'static, str> {
    // A missing key shows itself: a page with one odd word is better than no page.
    find(locale, key, args).unwrap_or_else(|| Cow::Owned(format!("⟦{key}⟧")))
}

/// The text of a key that was put together at run time, `None` when there is none.
pub fn lookup(locale: Locale, key: &str) -> Option<Cow<'static, str>> {
    find(locale, key, &[])
}

/// Every key, sorted.
pub fn all_keys() -> &'static [&'static str] {
    KEYS
}

/// True when `key` exists; usable at compile time.
pub const fn known(key: &str) -> bool {
    let (mut low, mut high) = (0, KEYS.len());
    while low < high {
        let middle = low + (high - low) / 2;
        match order(key.as_bytes(), KEYS[middle].as_bytes()) {
            0 => return true,
            1 => low = middle + 1,
            _ => high = middle,
        }
    }
    false
}

/// 0 equal, 1 when `a` sorts after `b`, 2 when before.
const fn order(a: &[u8], b: &[u8]) -> u8 {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return if a[i] > b[i] { 1 } else { 2 };
        }
        i += 1;
    }
    if a.len() == b.len() {
        0
    } else if a.len() > b.len() {
        1
    } else {
        2
    }
}

fn find(locale: Locale, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> Option<Cow<'static, str>> {
    let bundle: &'static Bundle = match locale {
        Locale::En => &EN,
        Locale::Fr => &FR,
    };
    let pattern = bundle.get_message(key)?.value()?;
    let mut problems = Vec::new();
    if args.is_empty() {
        return Some(bundle.format_pattern(pattern, None, &mut problems));
    }
    let mut filled = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        filled.set(*name, value.clone());
    }
    Some(bundle.format_pattern(pattern, Some(&filled), &mut problems))
}

fn bundle(locale: Locale, files: &[(&str, &str)]) -> Bundle {
    // The plural rules are those of the language; it always parses, and the default would be no rules at all.
    let language: LanguageIdentifier = locale.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Isolation marks (U+2068…) break search and copying, and both languages run left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::En => |value, _| grouped(Locale::En, value),
        Locale::Fr => |value, _| grouped(Locale::Fr, value),
    }));
    for (_, text) in files {
        // Unparsable lines are dropped here and refused by `every_file_parses`.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partly, _)| partly);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Numbers inside a text are written the way of its language.
fn grouped(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.options.minimum_fraction_digits.unwrap_or(0);
    Some(if number.value.fract() == 0.0 && digits == 0 {
        locale.integer(number.value as i64)
    } else {
        locale.decimal(number.value, digits.max(1))
    })
}

/// The text of a key in a language: `t!(locale, "key")`, `t!(locale, "key", count = 3, name = "x")`.
///
/// Yields `Cow<'static, str>`. A key missing from `locales/en` does not compile.
#[macro_export]
macro_rules! t {
    ($locale:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        const {
            assert!(
                $crate::locale::known($key),
                "no such string: add it to locales/en and locales/fr"
            )
        };
        $crate::locale::text(
            $locale,
            $key,
            &[$((stringify!($name), $crate::locale::FluentValue::from($value))),*],
        )
    }};
}

#[cfg(test)]
mod tests;
