//! An agreement as the fields of its form: blank, taken from a version, grown by a row.

use desk::pages::{App, Fields};
use model::time::SignedDuration;
use model::{Agreement, Onward, Selector, Timestamp};

use crate::pages::moment;

/// Grants and commitments that the form takes; longer agreements go by file on the command line.
pub(super) const MOST_ROWS: usize = 32;

/// A year from the next full hour, between us and nobody yet, with one grant to fill in.
pub(super) fn blank(app: &App, now: Timestamp) -> Fields {
    let hour = now.as_second().div_euclid(3600) * 3600 + 3600;
    let from = Timestamp::from_second(hour).unwrap_or(now);
    let until = from + SignedDuration::from_hours(24 * 365);
    Fields(vec![
        ("party".into(), app.desk.me.to_string()),
        ("from".into(), moment::write(from)),
        ("until".into(), moment::write(until)),
        ("grants".into(), "1".into()),
        ("commitments".into(), "0".into()),
        ("g0_up_to".into(), "green".into()),
        ("g0_everything".into(), "on".into()),
    ])
}

/// The fields that say what `agreement` says.
pub(super) fn of(agreement: &Agreement) -> Fields {
    let mut list: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: &str| list.push((name.to_owned(), value.to_owned()));
    add("name", &agreement.name);
    add("title_en", &agreement.title.en);
    add("title_fr", &agreement.title.fr);
    add("text_en", &agreement.text.en);
    add("text_fr", &agreement.text.fr);
    add("from", &moment::write(agreement.active_from));
    add("until", &moment::write(agreement.active_until));
    add("grants", &agreement.grants.len().to_string());
    add("commitments", &agreement.commitments.len().to_string());
    for party in &agreement.parties {
        add("party", &party.party.to_string());
    }
    for (n, grant) in agreement.grants.iter().enumerate() {
        let at = |what: &str| format!("g{n}_{what}");
        for party in &grant.from {
            add(&at("from"), &party.to_string());
        }
        for party in &grant.to {
            add(&at("to"), &party.to_string());
        }
        if grant.what.contains(&Selector::Everything) {
            add(&at("everything"), "on");
        }
        let named = grant.what.iter().filter_map(|what| match what {
            Selector::Everything => None,
            Selector::Kind(name) | Selector::ObjectType(name) => Some(name.as_str()),
        });
        add(&at("what"), &named.collect::<Vec<_>>().join(", "));
        add(&at("up_to"), grant.up_to.word());
        add(&at("onward"), onward_word(grant.onward));
        add(&at("purpose_en"), &grant.purpose.en);
        add(&at("purpose_fr"), &grant.purpose.fr);
    }
    for (n, commitment) in agreement.commitments.iter().enumerate() {
        let at = |what: &str| format!("c{n}_{what}");
        add(&at("party"), &commitment.party.to_string());
        add(&at("text_en"), &commitment.text.en);
        add(&at("text_fr"), &commitment.text.fr);
        add(&at("due"), &commitment.due.map(moment::write).unwrap_or_default());
    }
    Fields(list)
}

/// Onward by the word of the record.
pub(super) const fn onward_word(onward: Onward) -> &'static str {
    match onward {
        Onward::Organisation => "organisation",
        Onward::Clients => "clients",
        Onward::AsMarked => "as-marked",
    }
}

/// True when a button asked for one more row, which is then there.
pub(super) fn grow(fields: &mut Fields) -> bool {
    let what = match fields.get("more") {
        "grant" => "grants",
        "commitment" => "commitments",
        _ => return false,
    };
    let count = (rows(fields, what) + 1).min(MOST_ROWS);
    fields.0.retain(|(name, _)| name != what && name != "more");
    fields.0.push((what.to_owned(), count.to_string()));
    true
}

/// How many rows of `what` the form has.
pub(super) fn rows(fields: &Fields, what: &str) -> usize {
    fields.get(what).parse::<usize>().unwrap_or(0).min(MOST_ROWS)
}

/// The numbers of the rows that are not struck out.
pub(super) fn kept(fields: &Fields, letter: &str, what: &str) -> Vec<usize> {
    (0..rows(fields, what)).filter(|n| fields.get(&format!("{letter}{n}_drop")) != "on").collect()
}
