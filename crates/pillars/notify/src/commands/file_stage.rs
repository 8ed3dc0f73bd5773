//! Filing a stage with an authority over a link: what the stage asks for is sealed for the authority alone, and noted as
//! submitted in the same commit. The authority's receipt comes back as a record in its log.

use std::collections::BTreeMap;

use desk::Desk;
use model::{IncidentId, Marking, PartyId, Realm, RecordId, Tlp};
use packs::Library;
use records::filing::Filing;
use records::message::{Message, Says};
use records::report::Reporter;
use records::submission::Submission;
use records::{Sealed, leaf_hash};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ui::locale::{Part, Sentence};
use ui::sentence;

use super::{StateError, Word, check, known, text, whole};
use crate::authority::letters::letter;
use crate::case::{Case, Said};
use crate::facts::FactError;
use crate::form;
use crate::held::Asked;
use crate::{law, ransom};
use desk::addressed;

/// How a filing is marked on its way.
pub(crate) const MARKED: Marking = Marking::tlp(Tlp::Amber);

/// What is filed, and with whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    /// The stage.
    pub stage: String,
    /// The authority.
    pub to: PartyId,
    /// Its State, ISO 3166-1 alpha-2; may be empty.
    pub country: String,
    /// Its sector; may be empty.
    pub sector: String,
    /// The fields, by code.
    pub fields: BTreeMap<String, Value>,
    /// Who files it, by name and office.
    pub by: String,
}

fn wrong(field: &str, fault: Sentence) -> StateError {
    FactError::at(field, fault).into()
}

/// Files it. Refused before anything is written for an exercise, and where no agreement lets it reach the authority.
pub fn file_stage(
    desk: &Desk,
    incident: IncidentId,
    filed: Filed,
    word: Word,
) -> Result<RecordId, StateError> {
    let mut ready = ready(desk, incident, &filed)?;
    ready.submission.second = word.second(desk, &Asked::Link { incident, filed })?;
    let noted = super::sealed(desk, &ready.submission, incident, ready.submission.at);
    desk.submit_and_fold(vec![ready.sealed, noted])?;
    Ok(ready.record)
}

/// Everything that would be written.
#[derive(Debug)]
pub(crate) struct Ready {
    sealed: Sealed,
    record: RecordId,
    submission: Submission,
}

/// The filing sealed for the authority, or why it cannot be. Nothing is written.
pub(crate) fn ready(desk: &Desk, incident: IncidentId, filed: &Filed) -> Result<Ready, StateError> {
    let case = known(desk, incident)?;
    text(sentence!("what-files"), &filed.by)?;
    is_real(desk, &case)?;
    let library = law::now(&desk.views)?;
    let filing = filing(desk, &library, incident, filed)?;
    let now = whole(desk::edge::now());
    let sealed = addressed::sealed(desk, &filing, MARKED, &[filed.to])
        .map_err(|withheld| wrong("to", withheld.sentence()))?;
    let record = leaf_hash(&sealed.header);
    let submission = Submission {
        incident,
        stage: filing.stage,
        at: now,
        channel: "link".into(),
        reference: record.to_string(),
        by: filing.by,
        pack: filing.pack,
        evidence: String::new(),
        evidence_file: None,
        second: None,
        mail: None,
    };
    check(&library, &case, Said::Submission(submission.clone()), now)?;
    Ok(Ready { sealed, record, submission })
}

/// Refuses an exercise: nothing of it is transmitted.
pub(crate) fn is_real(desk: &Desk, case: &Case) -> Result<(), StateError> {
    if case.exercise || desk.realm != Realm::Real {
        return Err(wrong("stage", sentence!("refused-exercise-stage")));
    }
    Ok(())
}

/// What the authority would read, word for word.
pub fn filing(
    desk: &Desk,
    library: &Library,
    incident: IncidentId,
    filed: &Filed,
) -> Result<Filing, StateError> {
    let Some(pack) = library.pack_of(&filed.stage) else {
        return Err(wrong("stage", sentence!("refused-stage", name = Part::quoted(&filed.stage))));
    };
    Ok(Filing {
        to: filed.to,
        stage: filed.stage.clone(),
        incident: incident.to_string(),
        reporter: reporter(desk, (&filed.country, &filed.sector), &filed.by),
        fields: filed.fields.clone(),
        pack: pack.head.label(),
        by: filed.by.clone(),
    })
}

/// What is known of the fields that a stage asks for, by code: the newest statement holds, and what the record itself
/// knows stands in its place. Number, realm and marking of the record are no part of a report.
pub fn stated(library: &Library, case: &Case, stage: &str) -> BTreeMap<String, Value> {
    let asked = library.pack_of(stage).and_then(|pack| pack.stage_on(stage, None));
    let codes = asked.into_iter().flat_map(|stage| stage.required.iter().chain(&stage.conditional));
    let known = codes.filter(|code| !matches!(code.as_str(), "A01" | "A02" | "A03"));
    let law = library.pack_of(stage).map(|pack| pack.head.regime.as_str()).unwrap_or_default();
    let of = |code: &String| match code.as_str() {
        "C05" => Some(decided(case, law)),
        code => Some(form::value(library, case, code)?.0),
    };
    let known = known.filter_map(|code| Some((code.clone(), of(code)?)));
    known.filter(|(_, value)| !value.is_null()).collect()
}

/// The decisions that concern this law: what was decided of other laws, or about a ransom, is not for its authority.
fn decided(case: &Case, law: &str) -> Value {
    let about = |question: &str| match question.strip_prefix("applies ") {
        Some(regime) => regime == law,
        None => !OF_THE_RANSOM.contains(&question),
    };
    let all: Vec<String> = case
        .statements
        .iter()
        .filter_map(|statement| match &statement.said {
            Said::Determination(made) if about(&made.question) => Some(form::decision(made)),
            _ => None,
        })
        .collect();
    if all.is_empty() { Value::Null } else { serde_json::json!(all) }
}

/// Questions whose answers no authority is told by the way.
const OF_THE_RANSOM: [&str; 3] = [ransom::PAY, ransom::OVERRIDE_PLEDGE, ransom::CLEARED];

/// The required fields of a stage that nobody has filled, by code.
pub fn lacking(library: &Library, case: &Case, stage: &str) -> Vec<String> {
    let asked = library.pack_of(stage).and_then(|pack| pack.stage_on(stage, None));
    let codes = asked.into_iter().flat_map(|stage| &stage.required);
    let open = codes.filter(|code| form::value(library, case, code).is_none_or(|(value, _)| value.is_null()));
    open.cloned().collect()
}

/// The newest text that was stated of a fact; empty when none was.
pub fn newest(case: &Case, field: &str) -> String {
    let stated = case.statements.iter().rev().find_map(|statement| match &statement.said {
        Said::Fact(fact) if fact.field == field => fact.value.as_str(),
        _ => None,
    });
    stated.unwrap_or_default().to_owned()
}

/// Who reports, by its own card.
pub(crate) fn reporter(desk: &Desk, (country, sector): (&str, &str), by: &str) -> Reporter {
    let known = desk.known();
    let card = known.parties.get(&desk.me).map(|party| &party.card);
    Reporter {
        name: card.map_or_else(|| desk.me.to_string(), |card| card.name.en.clone()),
        contact: by.to_owned(),
        country: country.to_owned(),
        sector: sector.to_owned(),
        party: Some(desk.me),
        critical: false,
    }
}

/// Answers a question that the authority asked about a filing of ours.
pub fn reply(desk: &Desk, filing: RecordId, question: u32, answer: &str) -> Result<(), StateError> {
    text(sentence!("what-answer"), answer)?;
    let found = letter(&desk.views, &filing.to_string())?.filter(|letter| letter.from == desk.me);
    let Some(letter) = found else {
        return Err(wrong("filing", sentence!("refused-filing")));
    };
    let asked = letter.said.iter().find(|spoken| {
        spoken.from == letter.filing.to
            && matches!(&spoken.message.says, Says::Question { question: number, .. } if *number == question)
    });
    let Some(asked) = asked else {
        return Err(wrong("question", sentence!("refused-asked")));
    };
    let message = Message {
        filing,
        reference: asked.message.reference.clone(),
        tells: asked.record,
        says: Says::Answer { question, text: answer.trim().to_owned() },
    };
    desk.submit_and_fold(vec![crate::authority::say(desk, letter.filing.to, message)])?;
    Ok(())
}
