//! The answer of `entente notify clocks --json`: stages by id, instants in UTC, days as days.

use std::collections::BTreeMap;

use model::Timestamp;
use packs::Standing;
use serde_json::{Map, Value, json};

use super::Clock;
use super::due::Due;

/// Dates by stage, `null` where the event that starts the clock has not happened; and whether they are law.
pub fn answer(clocks: &[Clock<'_>]) -> Map<String, Value> {
    let mut answer = Map::new();
    for clock in clocks.iter().filter(|clock| !clock.stage.limbs.is_empty()) {
        let mut value = clock.date.as_ref().map_or(Value::Null, shape);
        if clock.provisional {
            value = provisional(value);
        }
        answer.insert(clock.stage.id.clone(), value);
    }
    if let Some(state) = legal_state(clocks) {
        answer.insert("legal_state".into(), state);
    }
    answer
}

fn instant(at: Timestamp) -> String {
    // whole seconds, as laws count; a fraction is cut off, never added
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// One date, as the answer writes it.
pub fn shape(due: &Due) -> Value {
    match due {
        Due::At(at) => json!(instant(*at)),
        Due::On(day) => json!(day.to_string()),
        Due::EuHours(hours) => {
            let mut value =
                json!({ "conservative": instant(hours.conservative), "eu1182": instant(hours.limit) });
            if hours.disputed {
                // Art. 3(5) for hours is a reading that nobody should rely on: it is named, never computed.
                value["minority_art3_5"] = Value::Null;
                value["flags"] = json!(["disputed_extension"]);
            }
            value
        }
        Due::EuDays(days) => json!({
            "nominal_day": days.nominal.to_string(),
            "conservative": instant(days.conservative),
            "eu1182": instant(days.limit),
        }),
        Due::ByClass(classes) => {
            let each: Map<_, _> = classes.iter().map(|(id, at)| (id.clone(), json!(instant(*at)))).collect();
            json!({ "by_entity_class": each })
        }
        Due::Named(dates) => {
            Value::Object(dates.iter().map(|(name, due)| (name.clone(), shape(due))).collect())
        }
    }
}

fn provisional(value: Value) -> Value {
    match value {
        Value::Object(mut object) => {
            object.insert("provisional".into(), json!(true));
            Value::Object(object)
        }
        other => json!({ "date": other, "provisional": true }),
    }
}

/// One word when every date is a shadow of the same kind; by regime when some are; nothing when all are law.
fn legal_state(clocks: &[Clock<'_>]) -> Option<Value> {
    let dated = || clocks.iter().filter(|clock| clock.date.is_some());
    let mut states: BTreeMap<&str, Standing> = BTreeMap::new();
    for clock in dated().filter(|clock| clock.standing.is_shadow()) {
        states.entry(&clock.pack.head.regime).or_insert(clock.standing);
    }
    let first = states.values().next().copied()?;
    if states.values().all(|state| *state == first) && dated().all(|clock| clock.standing == first) {
        return Some(json!(first.code()));
    }
    Some(states.into_iter().map(|(regime, state)| (regime.to_owned(), json!(state.code()))).collect())
}
