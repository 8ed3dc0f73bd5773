//! Canonical JSON (RFC 8785): sorted by UTF-16 code units, numbers as ECMAScript writes them.
//!
//! Used for deterministic ids and comparisons only, never for trust: records are signed as received.

use crate::json::{Text, Value, elements, members};

/// The canonical form of a validated value.
pub fn canonical(value: &Value<'_>) -> String {
    let mut out = String::new();
    write_value(value, &mut out);
    out
}

pub(crate) fn write_value(value: &Value<'_>, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(text) => out.push_str(&canonical_number(text)),
        Value::Text(text) => write_text(text, out),
        Value::Array(raw) => {
            out.push('[');
            for (index, item) in elements(*raw).enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(&item, out);
            }
            out.push(']');
        }
        Value::Object(raw) => write_members(members(*raw).collect(), out),
    }
}

/// Writes members in canonical order.
pub(crate) fn write_members(mut list: Vec<(Text<'_>, Value<'_>)>, out: &mut String) {
    list.sort_by(|(one, _), (other, _)| one.decode().encode_utf16().cmp(other.decode().encode_utf16()));
    out.push('{');
    for (index, (key, value)) in list.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(key, out);
        out.push(':');
        write_value(value, out);
    }
    out.push('}');
}

/// RFC 8785 §3.2.2.2: only the two-character escapes, and `\u00xx` for other controls.
pub(crate) fn write_text(text: &Text<'_>, out: &mut String) {
    out.push('"');
    for character in text.decode().chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", control as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
}

/// A JSON number as ECMAScript's `Number.prototype.toString` writes it (RFC 8785 §3.2.2.3).
/// Numbers beyond the range of a double keep their text: they have no canonical form.
pub fn canonical_number(text: &str) -> String {
    let Ok(number) = text.parse::<f64>() else { return text.to_owned() };
    if !number.is_finite() {
        return text.to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    // Rust's `{:e}` gives the shortest digits that read back, which is what ECMAScript asks for.
    let scientific = format!("{:e}", number.abs());
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return text.to_owned() };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let count = digits.len() as i32;
    let body = if (count..=21).contains(&point) {
        format!("{digits}{}", "0".repeat((point - count) as usize))
    } else if (1..=21).contains(&point) {
        format!("{}.{}", &digits[..point as usize], &digits[point as usize..])
    } else if (-5..=0).contains(&point) {
        format!("0.{}{digits}", "0".repeat(-point as usize))
    } else {
        let (first, rest) = digits.split_at(1);
        let fraction = if rest.is_empty() { String::new() } else { format!(".{rest}") };
        format!("{first}{fraction}e{}{}", if point > 0 { "+" } else { "-" }, (point - 1).abs())
    };
    if number < 0.0 { format!("-{body}") } else { body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Document, Limits};

    #[test]
    fn numbers_follow_the_samples_of_rfc_8785() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("5e-324", "5e-324"),
            ("-5e-324", "-5e-324"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
            ("9007199254740992", "9007199254740992"),
            ("295147905179352830000", "295147905179352830000"),
            ("9.999999999999997e22", "9.999999999999997e+22"),
            ("1e23", "1e+23"),
            ("1.0000000000000001e23", "1.0000000000000001e+23"),
            ("999999999999999700000", "999999999999999700000"),
            ("1e21", "1e+21"),
            ("9.999999999999997e-7", "9.999999999999997e-7"),
            ("0.000001", "0.000001"),
            ("333333333.3333333", "333333333.3333333"),
            ("4.50", "4.5"),
            ("2e-3", "0.002"),
            ("1E30", "1e+30"),
            ("0.000000000000000000000000001", "1e-27"),
            ("333333333.33333329", "333333333.3333333"),
        ] {
            assert_eq!(canonical_number(text), expected, "{text}");
        }
    }

    #[test]
    fn keys_are_sorted_by_utf16_and_strings_escaped_once() {
        let text = r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#;
        let document = Document::parse(text.as_bytes(), &Limits::default()).expect("valid");
        let mut out = String::new();
        write_members(document.members().iter().map(|member| (member.key, member.value)).collect(), &mut out);
        let order: Vec<&str> =
            out.split("\":\"").skip(1).map(|part| part.split('"').next().unwrap_or_default()).collect();
        assert_eq!(
            order,
            [
                "Carriage Return",
                "One",
                "Control",
                "Latin Small Letter O With Diaeresis",
                "Euro Sign",
                "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh"
            ]
        );
        let text = r#"{"a":["\u000f\n\"\\\/",{"b":1.50,"a":null}]}"#;
        let document = Document::parse(text.as_bytes(), &Limits::default()).expect("valid");
        assert_eq!(
            document.get("a").map(canonical).as_deref(),
            Some(r#"["\u000f\n\"\\/",{"a":null,"b":1.5}]"#)
        );
    }
}
