//! Filing a stage with an authority over a link: what the stage asks for is sealed for the authority alone, and noted as
//! submitted in the same commit. The authority's receipt comes back as a record in its log.

use std::collections::{BTreeMap, BTreeSet};

use desk::Desk;
use model::{IncidentId, Marking, PartyId, RecordId, Tlp};
use packs::Library;
use records::filing::Filing;
use records::message::{Message, Says};
use records::report::Reporter;
use records::submission::Submission;
use records::{Marked, Seal, leaf_hash};
use serde_json::Value;

use super::{MARKING, StateError, check, known, text};
use crate::authority::letters::letter;
use crate::case::{Case, Said};
use crate::facts::FactError;
use crate::law;
use desk::addressed;

/// What is filed, and with whom.
#[derive(Debug, Clone, PartialEq)]
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

fn wrong(field: &str, fault: impl Into<String>) -> StateError {
    FactError { field: field.into(), fault: fault.into() }.into()
}

/// Files it. Refused before anything is written for an exercise, and where no agreement lets it reach the authority.
pub fn file_stage(desk: &Desk, incident: IncidentId, filed: Filed) -> Result<RecordId, StateError> {
    let case = known(desk, incident)?;
    text("who files it", &filed.by)?;
    if case.exercise {
        return Err(wrong(
            "stage",
            "is about an exercise: nothing is transmitted; note it as submitted by hand",
        ));
    }
    let library = law::now(&desk.views)?;
    let Some(pack) = library.pack_of(&filed.stage) else {
        let fault = format!("no stage is called {:?}; see `entente notify pack list`", filed.stage);
        return Err(wrong("stage", fault));
    };
    let pack = format!("{} {}", pack.head.regime, pack.head.version);
    let filing = Filing {
        to: filed.to,
        stage: filed.stage.clone(),
        incident: incident.to_string(),
        reporter: reporter(desk, &filed),
        fields: filed.fields,
        pack: pack.clone(),
        by: filed.by.clone(),
    };
    let now = desk::edge::now();
    let about = [incident.to_string()];
    let sealed = addressed::sealed(desk, &filing, Marking::tlp(Tlp::Amber), &[filed.to])
        .map_err(|withheld| wrong("to", withheld.to_string()))?;
    let record = leaf_hash(&sealed.header);
    let submission = Submission {
        incident,
        stage: filed.stage,
        at: now,
        channel: "link".into(),
        reference: record.to_string(),
        by: filed.by,
        pack,
        evidence: String::new(),
    };
    check(&library, &case, Said::Submission(submission.clone()), now)?;
    let noted = Seal { marked: Marked::Known(MARKING), about: &about, ..desk.seal::<Submission>(now) };
    desk.submit_and_fold(vec![sealed, noted.body(&submission, desk::edge::salt())])?;
    Ok(record)
}

/// What was stated of the fields that a stage asks for, by code; the newest statement holds.
pub fn stated(case: &Case, stage: &str) -> BTreeMap<String, Value> {
    let library = Library::embedded();
    let asked = library.pack_of(stage).and_then(|pack| pack.stage_on(stage, None));
    let codes: BTreeSet<&String> =
        asked.into_iter().flat_map(|stage| stage.required.iter().chain(&stage.conditional)).collect();
    let mut found = BTreeMap::new();
    for statement in &case.statements {
        let Said::Fact(fact) = &statement.said else { continue };
        let named = |code: &&&String| {
            let field = library.words.fields.get(**code);
            **code == &fact.field || field.is_some_and(|field| field.path == fact.field)
        };
        if let Some(code) = codes.iter().find(named) {
            found.insert((*code).clone(), fact.value.clone());
        }
    }
    found.retain(|_, value| !value.is_null());
    found
}

/// Who reports, by its own card.
fn reporter(desk: &Desk, filed: &Filed) -> Reporter {
    let known = desk.known();
    let card = known.parties.get(&desk.me).map(|party| &party.card);
    Reporter {
        name: card.map_or_else(|| desk.me.to_string(), |card| card.name.en.clone()),
        contact: filed.by.clone(),
        country: filed.country.clone(),
        sector: filed.sector.clone(),
        party: Some(desk.me),
        critical: false,
    }
}

/// Answers a question that the authority asked about a filing of ours.
pub fn reply(desk: &Desk, filing: RecordId, question: u32, answer: &str) -> Result<(), StateError> {
    text("the answer", answer)?;
    let found = letter(&desk.views, &filing.to_string())?.filter(|letter| letter.from == desk.me);
    let Some(letter) = found else {
        return Err(wrong("filing", "is none of ours; see the page of the incident"));
    };
    let asked = letter.said.iter().find(|spoken| {
        spoken.from == letter.filing.to
            && matches!(&spoken.message.says, Says::Question { question: number, .. } if *number == question)
    });
    let Some(asked) = asked else {
        return Err(wrong("question", "nobody asked that; choose one that is shown"));
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
