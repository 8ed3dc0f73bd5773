//! The proof with the authority's receipt: every link is checked, and a file that was touched in any is refused.

use desk::edge;
use model::{Digest, IncidentId};
use notify::commands::Word;
use notify::commands::file_stage::{Filed, file_stage, stated};
use notify::commands::submit_stage::{Sent, submit_stage};
use notify::proof::{Link, Proof, ProofError, Unproved, export, verify};
use records::submission::EvidenceFile;

use crate::pair::Pair;

/// A report that was filed over the link, and whose receipt came back.
fn received() -> (Pair, IncidentId, Proof) {
    let pair = Pair::agreed();
    let id = pair.incident();
    let case = pair.operator.case(id);
    let filed = Filed {
        stage: "nis2.ew".into(),
        to: pair.authority.desk.me,
        country: "FR".into(),
        sector: "health".into(),
        fields: stated(&notify::law::embedded(), &case, "nis2.ew"),
        by: "A. Berg, duty officer".into(),
    };
    file_stage(&pair.operator.desk, id, filed, Word::Alone).expect("filed");
    pair.to_authority();
    pair.to_operator();
    let proof = export(&pair.operator.desk, id, "nis2.ew").expect("a proof");
    (pair, id, proof)
}

fn bytes(proof: &Proof) -> Vec<u8> {
    serde_json::to_vec(proof).expect("JSON")
}

#[test]
fn a_proof_carries_the_receipt_and_says_what_it_shows_and_what_it_does_not() {
    let (pair, _, proof) = received();
    let checked = verify(&bytes(&proof)).expect("it holds");
    assert_eq!(checked.verdict, notify::proof::Verdict::InTime);
    let got = checked.receipt.expect("a receipt");
    assert_eq!((got.party, got.name.as_str()), (pair.authority.desk.me, "anssi"));
    assert_eq!(got.fingerprint, pair.authority.desk.keys.verifying().fingerprint_text());
    assert!(got.reference.starts_with('R') && got.at >= checked.sent);
    assert_eq!(got.filing.to_string(), checked.reference);
    for link in [Link::Filing, Link::AuthorityKey, Link::AuthorityCheckpoint, Link::ReceiptNames] {
        assert!(checked.shows.contains(&link), "{link:?}");
    }
    assert!(checked.open.contains(&Unproved::Accepted) && !checked.open.contains(&Unproved::Arrival));
    let text = String::from_utf8(bytes(&proof)).expect("text");
    assert!(!text.contains("as the register says"), "what the report says stays at home");
}

#[test]
fn a_receipt_that_was_touched_anywhere_is_refused() {
    let (_, _, proof) = received();
    let (other, _, strange) = received();
    drop(other);
    let touched = |touch: &dyn Fn(&mut notify::proof::Receipt)| {
        let mut other = proof.clone();
        touch(other.receipt.as_mut().expect("a receipt"));
        verify(&bytes(&other)).expect_err("refused").to_string()
    };
    let strange = strange.receipt.expect("a receipt");
    for (what, said) in [
        (
            touched(&|it| it.filing.header = it.filing.header.replace("notify.", "notifi.")),
            "not in the log of the party",
        ),
        (touched(&|it| it.filing.position += 1), "not in the log of the party"),
        (touched(&|it| drop(it.filing.path.pop())), "not in the log of the party"),
        (touched(&|it| it.filing = strange.filing.clone()), "not in the log of the party"),
        (touched(&|it| it.card = strange.card.clone()), "the authority on the card did not sign"),
        (touched(&|it| it.checkpoint = strange.checkpoint.clone()), "the authority on the card did not sign"),
        (
            touched(&|it| it.received = strange.received.clone()),
            "not in the log that the authority's checkpoint",
        ),
        (touched(&|it| it.received.body = it.received.body.replace("\"R20", "\"S20")), "it was changed"),
        (
            touched(&|it| it.received.header = it.received.header.replace("notify.", "notifi.")),
            "it was changed",
        ),
        (touched(&|it| it.received.position += 1), "not in the log that the authority's checkpoint"),
        (touched(&|it| drop(it.received.path.pop())), "not in the log that the authority's checkpoint"),
    ] {
        assert!(what.contains(said), "{what}");
    }
    // A record that really stands in the party's log, but is not the filing, proves no receipt of it.
    let mut other = proof.clone();
    let first = other.records[0].clone();
    let receipt = other.receipt.as_mut().expect("a receipt");
    receipt.filing.header = first.header;
    receipt.filing.position = first.position;
    receipt.filing.path = first.path;
    let said = verify(&bytes(&other)).expect_err("refused");
    assert!(
        matches!(said, ProofError::Receipt(why) if why.contains("another record than the filing")),
        "{said}"
    );
    // Without the receipt the rest still holds, and says that nothing proves the arrival.
    let mut half = proof.clone();
    half.receipt = None;
    assert!(verify(&bytes(&half)).expect("it holds").open.contains(&Unproved::Arrival));
}

#[test]
fn what_was_filed_by_hand_is_proved_with_reference_and_the_digest_of_its_evidence() {
    let pair = Pair::strangers();
    let id = pair.incident();
    let file = EvidenceFile {
        name: "receipt.pdf".into(),
        sha256: Digest::of(b"%PDF receipt").hex(),
        size_bytes: 12,
        record: None,
    };
    let sent = Sent {
        stage: "nis2.ew".into(),
        at: edge::now(),
        channel: "portal".into(),
        reference: "2026-4711".into(),
        evidence: String::new(),
        evidence_file: Some(file.clone()),
        by: "A. Berg".into(),
    };
    submit_stage(&pair.operator.desk, id, sent, Word::Alone).expect("noted");
    let mut proof = export(&pair.operator.desk, id, "nis2.ew").expect("a proof");
    let checked = verify(&bytes(&proof)).expect("it holds");
    assert_eq!((checked.reference.as_str(), checked.evidence.as_ref()), ("2026-4711", Some(&file)));
    assert!(checked.shows.contains(&Link::Evidence) && checked.open.contains(&Unproved::Evidence));
    let last = proof.records.len() - 1;
    proof.records[last].body = proof.records[last].body.replace(&file.sha256, &Digest::of(b"x").hex());
    assert_eq!(verify(&bytes(&proof)).expect_err("refused"), ProofError::OtherBody(last));
}
