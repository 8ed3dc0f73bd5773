//! What lies on the duty officer's desk when the demo begins: an incident whose clocks run, one of whose reports is filed, and
//! a report that an operator made to us.

use anyhow::Result;
use desk::{Desk, edge};
use model::Timestamp;
use model::time::SignedDuration;
use notify::authority::commands::receive_report::{Arrival, Incoming, receive_report};
use notify::commands::Word;
use notify::commands::determine::determine;
use notify::commands::open_incident::open_incident;
use notify::commands::state_fact::state_fact;
use notify::commands::submit_stage::{Sent, submit_stage};
use records::determination::{Determination, Outcome};
use records::fact::Fact;
use records::report::Way;
use serde_json::{Value, json};

const BY: &str = "M. Lindqvist, duty officer";

/// Opens the incident and takes the report in.
pub fn begin(desk: &Desk) -> Result<()> {
    let now = edge::now();
    // People note hours and minutes.
    let minute = |at: Timestamp| Timestamp::from_second(at.as_second() / 60 * 60).unwrap_or(at);
    let ago = |hours| minute(now - SignedDuration::from_hours(hours));
    let incident = open_incident(desk, "Berth planning exchange: data theft", false, BY)?;
    let facts = [
        ("country", json!("FR")),
        ("tz", json!("Europe/Paris")),
        ("aware", json!(ago(9).to_string())),
        ("E08", json!(true)),
        ("nature.description", json!("Files of the berth planning exchange were copied out by night")),
    ];
    for (field, value) in facts {
        state_fact(desk, fact(incident, field, value))?;
    }
    for question in ["applies NIS2", "applies GDPR", "significant"] {
        let made = Determination {
            incident,
            question: question.to_owned(),
            outcome: Outcome::Yes,
            at: ago(8),
            by: BY.to_owned(),
            rationale: "The exchange serves an essential entity, and names of staff are in the files"
                .to_owned(),
            replaces: None,
        };
        determine(desk, made)?;
    }
    submit_stage(desk, incident, warned(ago(2)), Word::Alone)?;
    let report: Incoming = serde_json::from_value(json!({
        "stage": "nis2.ew", "incident": "Outage of the booking system",
        "reporter": { "name": "Compagnie des quais", "country": "FR", "sector": "transport", "contact": "+33 1 55 00 01 02" },
        "fields": { "E08": true },
    }))?;
    receive_report(desk, report, Arrival { way: Way::Hand, source: None, by: BY.to_owned(), id: None })?;
    Ok(())
}

fn fact(incident: model::IncidentId, field: &str, value: Value) -> Fact {
    Fact {
        incident,
        field: field.to_owned(),
        value,
        estimate: false,
        as_of: None,
        source: String::new(),
        confidence: String::new(),
        by: BY.to_owned(),
        replaces: None,
    }
}

fn warned(at: Timestamp) -> Sent {
    Sent {
        stage: "nis2.ew".to_owned(),
        at,
        channel: "portal of the national CSIRT".to_owned(),
        reference: "CSIRT-2026-0417".to_owned(),
        evidence: "receipt by mail".to_owned(),
        evidence_file: None,
        by: BY.to_owned(),
    }
}
