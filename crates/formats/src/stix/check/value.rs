//! One value against the kind its table row asks for.

use super::super::finding::Place;
use super::super::identifier::Identifier;
use super::super::schema::{Kind, Shape, Targets, Vocab};
use super::super::time::StixTime;
use super::{Check, container, excerpt, extensions, forms, granular, marking};
use crate::json::{Raw, Value, elements, members};

impl Check<'_> {
    /// Checks `value` against `kind`. The value is not blank.
    pub(super) fn value(
        &mut self,
        kind: &'static Kind,
        value: &Value<'_>,
        place: &Place<'_>,
        shape: &'static Shape,
    ) {
        match (kind, value) {
            (Kind::Any, value) => self.no_blanks(value, place, true),
            (Kind::Checked | Kind::Text, Value::Text(_)) | (Kind::Bool, Value::Bool(_)) => {}
            (Kind::Int(least, most), Value::Number(text)) => self.int(text, *least, *most, place, shape),
            (Kind::Float(least, most), Value::Number(text)) => self.float(text, *least, *most, place, shape),
            (Kind::List(item), Value::Array(raw)) => self.list(item, *raw, place, shape),
            (Kind::Dict(item), Value::Object(raw)) => self.dictionary(item, *raw, place, shape),
            (Kind::Hashes, Value::Object(raw)) => self.hashes(*raw, place),
            (Kind::Object(part), Value::Object(raw)) => self.embedded(part, *raw, place),
            (Kind::Extensions, Value::Object(raw)) => extensions::check_extensions(self, *raw, place),
            (Kind::Granular, Value::Array(raw)) => granular::check_shape(self, *raw, place),
            (Kind::Container, Value::Object(raw)) => container::check_container(self, *raw, place),
            (Kind::Contents, Value::Object(raw)) => self.contents(*raw, place),
            (Kind::Definition, Value::Object(raw)) => marking::check_definition(self, *raw, place),
            (kind, Value::Text(text)) if wanted(kind) == "a string" => {
                self.text(kind, &text.decode(), place, shape);
            }
            (kind, value) => {
                let message = format!("{} expected, found {}", wanted(kind), value.kind());
                self.error(place, shape.clause, "property-type", message);
            }
        }
    }

    fn int(&mut self, text: &str, least: i64, most: i64, place: &Place<'_>, shape: &'static Shape) {
        // `1.0` and `1e3` are integers too (RFC 8259 knows one kind of number).
        let number = text.parse::<i64>().ok().or_else(|| {
            let float = text.parse::<f64>().ok()?;
            (float.fract() == 0.0 && float.abs() < 9.0e15).then_some(float as i64)
        });
        match number {
            None => self.error(
                place,
                "§2.10",
                "property-type",
                format!("an integer expected, found {}", excerpt(text)),
            ),
            Some(number) if number < least || number > most => {
                let message = format!("{number} is outside {least} to {most}");
                self.error(place, shape.clause, "number-range", message);
            }
            Some(_) => {}
        }
    }

    fn float(&mut self, text: &str, least: f64, most: f64, place: &Place<'_>, shape: &'static Shape) {
        let inside = text.parse::<f64>().is_ok_and(|number| number >= least && number <= most);
        if !inside {
            let message = format!("{} is outside {least} to {most}", excerpt(text));
            self.error(place, shape.clause, "number-range", message);
        }
    }

    fn list(&mut self, kind: &'static Kind, raw: Raw<'_>, place: &Place<'_>, shape: &'static Shape) {
        for (index, item) in elements(raw).enumerate() {
            let here = place.item(index);
            if self.no_blank(&item, &here, false) {
                self.value(kind, &item, &here, shape);
            }
        }
    }

    fn dictionary(&mut self, kind: &'static Kind, raw: Raw<'_>, place: &Place<'_>, shape: &'static Shape) {
        for (key, item) in members(raw) {
            let name = key.decode();
            let here = place.key(&name);
            if !forms::is_dictionary_key(&name) {
                let message = "a dictionary key is made of a-z, A-Z, 0-9, - and _ (at most 250)";
                self.error(&here, "§2.3", "dictionary-key", message);
            }
            if self.no_blank(&item, &here, false) {
                self.value(kind, &item, &here, shape);
            }
        }
    }

    fn hashes(&mut self, raw: Raw<'_>, place: &Place<'_>) {
        for (key, item) in members(raw) {
            let name = key.decode();
            let here = place.key(&name);
            if name.len() < 3 || !forms::is_dictionary_key(&name) {
                let message = "a hash name is made of a-z, A-Z, 0-9, - and _ (3 to 250)";
                self.error(&here, "§2.7", "hash-name", message);
            }
            let Some(text) = item.text() else {
                self.error(
                    &here,
                    "§2.7",
                    "property-type",
                    format!("a string expected, found {}", item.kind()),
                );
                continue;
            };
            match forms::hash_form(&name, &text.decode()) {
                forms::HashForm::Right => {}
                forms::HashForm::Unknown => {
                    let message = format!("hash algorithm {:?} is not in hash-algorithm-ov", excerpt(&name));
                    self.info(&here, "§10.7", "hash-algorithm", message);
                }
                forms::HashForm::Wrong(wanted) => {
                    self.error(&here, "§2.7", "hash-form", format!("a {name} hash is {wanted}"));
                }
            }
        }
    }

    /// Keys are languages, values mirror the object that is translated (§7.1.1).
    fn contents(&mut self, raw: Raw<'_>, place: &Place<'_>) {
        for (key, item) in members(raw) {
            let name = key.decode();
            let here = place.key(&name);
            if !forms::is_language(&name) {
                self.warning(
                    &here,
                    "§7.1.1",
                    "language",
                    format!("{:?} is no RFC 5646 language code", excerpt(&name)),
                );
            }
            match item {
                Value::Object(_) => self.no_blanks(&item, &here, true),
                other => {
                    let message =
                        format!("an object of translated properties expected, found {}", other.kind());
                    self.error(&here, "§7.1.1", "property-type", message);
                }
            }
        }
    }

    fn text(&mut self, kind: &'static Kind, text: &str, place: &Place<'_>, shape: &'static Shape) {
        match kind {
            Kind::Time | Kind::PreciseTime | Kind::WholeTime => self.time(kind, text, place),
            Kind::Ref(targets) => self.reference(targets, text, place, shape),
            Kind::Open(vocab) => self.word(vocab, text, place, false),
            Kind::Closed(vocab) => self.word(vocab, text, place, true),
            kind => {
                if let Some(flaw) = forms::form_flaw(kind, text) {
                    let message = format!("{:?}: {}", excerpt(text), flaw.message);
                    if flaw.is_error && !self.defanged {
                        self.error(place, flaw.clause, flaw.code, message);
                    } else {
                        self.warning(place, flaw.clause, flaw.code, message);
                    }
                }
            }
        }
    }

    fn time(&mut self, kind: &'static Kind, text: &str, place: &Place<'_>) {
        let Some(time) = StixTime::parse(text) else {
            let message =
                format!("{:?} is no timestamp; write it like 2026-11-25T09:30:00.000Z", excerpt(text));
            return self.error(place, "§2.16", "timestamp-form", message);
        };
        match kind {
            Kind::PreciseTime if time.fraction_digits() < 3 => {
                let message = "milliseconds expected (three fraction digits); the text is kept as received";
                self.warning(place, "§3.2", "timestamp-precision", message);
            }
            Kind::WholeTime if time.fraction_digits() > 0 => {
                self.error(place, "§6.7.6", "timestamp-form", "no fraction of a second is allowed here");
            }
            _ => {}
        }
    }

    fn reference(&mut self, targets: &'static Targets, text: &str, place: &Place<'_>, shape: &'static Shape) {
        if self.in_container {
            return;
        }
        match Identifier::parse(text) {
            Err(fault) => {
                self.error(place, "§2.9", "identifier-form", format!("{:?}: {fault}", excerpt(text)));
            }
            Ok(id) if !targets.admits(id.object_type) => {
                let message = if targets.allow.is_empty() {
                    format!("a reference to {} is not allowed here", id.object_type)
                } else {
                    format!(
                        "a reference to {} expected, found {}",
                        targets.allow.join(" or "),
                        id.object_type
                    )
                };
                self.error(place, shape.clause, "reference-type", message);
            }
            Ok(_) => {}
        }
    }

    fn word(&mut self, vocab: &'static Vocab, text: &str, place: &Place<'_>, closed: bool) {
        if vocab.words.contains(&text) {
            return;
        }
        let message = format!("{:?} is not in {}", excerpt(text), vocab.name);
        if closed {
            self.error(place, vocab.clause, "enumeration", message);
        } else {
            self.info(place, vocab.clause, "open-vocabulary", message);
        }
    }
}

/// The JSON kind that a table kind asks for, for messages.
const fn wanted(kind: &Kind) -> &'static str {
    match kind {
        Kind::Bool => "true or false",
        Kind::Int(..) => "an integer",
        Kind::Float(..) => "a number",
        Kind::List(_) | Kind::Granular => "a list",
        Kind::Dict(_) | Kind::Hashes | Kind::Object(_) => "an object",
        Kind::Extensions | Kind::Container | Kind::Contents | Kind::Definition => "an object",
        _ => "a string",
    }
}
