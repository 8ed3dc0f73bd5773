//! Rules between the properties of one object.

use super::super::finding::Place;
use super::super::schema::{Rule, Shape};
use super::super::time::StixTime;
use super::Check;
use crate::json::Value;

/// Checks every rule of a shape; `get` finds a member by its name.
pub(super) fn check_rules<'a>(
    check: &mut Check<'_>,
    shape: &'static Shape,
    place: &Place<'_>,
    get: impl Fn(&str) -> Option<Value<'a>>,
) {
    for rule in shape.rules {
        if let Some((name, code, message)) = breach(rule, &get) {
            match name {
                Some(name) => check.error(&place.key(name), shape.clause, code, message),
                None => check.error(place, shape.clause, code, message),
            }
        }
    }
}

type Breach = (Option<&'static str>, &'static str, String);

/// What a rule has to say: the property, the code, the message.
fn breach<'a>(rule: &Rule, get: &impl Fn(&str) -> Option<Value<'a>>) -> Option<Breach> {
    let has = |name: &str| get(name).is_some();
    let flag = |name: &str, wanted: bool| matches!(get(name), Some(Value::Bool(value)) if value == wanted);
    let (name, code, message) = match rule {
        Rule::AnyOf(names) if !names.iter().any(|name| has(name)) => {
            (None, "property-choice", format!("at least one of {} must be present", names.join(", ")))
        }
        Rule::OneOf(names) if names.iter().filter(|name| has(name)).count() != 1 => {
            (None, "property-choice", format!("exactly one of {} must be present", names.join(", ")))
        }
        Rule::Needs(first, second) if has(first) && !has(second) => {
            (Some(*first), "property-dependency", format!("{first} needs {second}"))
        }
        Rule::FlagNeeds(name, wanted, needed) if flag(name, *wanted) && !has(needed) => {
            (None, "property-dependency", format!("{needed} must be present when {name} is {wanted}"))
        }
        Rule::FlagForbids(name, wanted, other) if flag(name, *wanted) && has(other) => {
            (Some(*other), "property-dependency", format!("{other} must be absent when {name} is {wanted}"))
        }
        Rule::NotBefore(later, earlier) if is_out_of_order(get, later, earlier, false) => {
            (Some(*later), "time-order", format!("{later} must not be before {earlier}"))
        }
        Rule::After(later, earlier) if is_out_of_order(get, later, earlier, true) => {
            (Some(*later), "time-order", format!("{later} must be after {earlier}"))
        }
        _ => return None,
    };
    Some((name, code, message))
}

fn is_out_of_order<'a>(
    get: &impl Fn(&str) -> Option<Value<'a>>,
    later: &str,
    earlier: &str,
    strict: bool,
) -> bool {
    let time = |name: &str| get(name)?.text()?.plain().and_then(StixTime::parse);
    match (time(later), time(earlier)) {
        (Some(later), Some(earlier)) => later < earlier || (strict && later == earlier),
        _ => false,
    }
}
