//! What the signature of an answer covers: the picture and, since answers carry a statement, everything that they say.

use ledger::keys::{HybridSignature, PartyKeys, VerifyingKeys};
use records::cosign::{Cosign, Word};

/// What holds of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covered {
    /// Nothing is signed but the record itself: a refusal from before there were statements.
    Nothing,
    /// The bytes of the picture alone: the name, the reason and the differences beside it are not signed.
    Picture,
    /// All that it says; where it signs the picture, that too.
    All,
}

impl Covered {
    /// What is covered, in words for programs.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Covered::Nothing => &[],
            Covered::Picture => &["picture"],
            Covered::All => &["picture", "signatory", "reason", "differences"],
        }
    }
}

/// What the signatures of an answer cover, over the picture with these bytes; `None` where one of them does not hold.
pub fn covered(answer: &Cosign, picture: &[u8], keys: &VerifyingKeys) -> Option<Covered> {
    let holds = |context: &str, message: &[u8], [ed25519, ml_dsa_87]: [&str; 2]| {
        let hybrid = HybridSignature::from_base64(ed25519, ml_dsa_87).ok()?;
        keys.verify(context, message, &hybrid).ok()
    };
    let signed = answer.word == Word::Signed;
    if signed {
        holds(Cosign::CONTEXT, picture, [&answer.ed25519, &answer.ml_dsa_87])?;
    }
    if answer.statement.is_empty() {
        // Answers from before there were statements; signatures without one belong to nothing.
        let none = answer.statement_ed25519.is_empty() && answer.statement_ml_dsa_87.is_empty();
        return none.then_some(if signed { Covered::Picture } else { Covered::Nothing });
    }
    let signatures = [answer.statement_ed25519.as_str(), &answer.statement_ml_dsa_87];
    holds(Cosign::STATEMENT, answer.statement.as_bytes(), signatures)?;
    answer.is_as_stated().then_some(Covered::All)
}

/// The answer with its statement, signed.
pub(super) fn stated(answer: Cosign, keys: &PartyKeys) -> Cosign {
    let statement = serde_json::to_string(&answer.stated()).unwrap_or_default();
    let [ed25519, ml_dsa_87] = keys.sign(Cosign::STATEMENT, statement.as_bytes()).to_base64();
    Cosign { statement, statement_ed25519: ed25519, statement_ml_dsa_87: ml_dsa_87, ..answer }
}

#[cfg(test)]
mod tests {
    use model::Digest;
    use records::cosign::{Difference, Why};

    use super::*;

    const PICTURE: &[u8] = b"the picture";

    fn answer(keys: &PartyKeys, word: Word) -> Cosign {
        let [ed25519, ml_dsa_87] = keys.sign(Cosign::CONTEXT, PICTURE).to_base64();
        let none = || String::new();
        let signed = word == Word::Signed;
        Cosign {
            snapshot: "0192f0c1".into(),
            body_sha256: Digest::of(PICTURE),
            party: keys.verifying().party_id(),
            word,
            signatory: "D. Okafor".into(),
            reason: "we count one more".into(),
            differences: vec![Difference {
                topic: "malware".into(),
                subject: "malware--1".into(),
                name: "Sample".into(),
                theirs: 1,
                ours: 2,
                why: vec![Why::NotSent],
            }],
            ed25519: if signed { ed25519 } else { none() },
            ml_dsa_87: if signed { ml_dsa_87 } else { none() },
            statement: none(),
            statement_ed25519: none(),
            statement_ml_dsa_87: none(),
        }
    }

    #[test]
    fn whoever_changes_a_word_of_an_answer_breaks_its_signature() {
        let keys = PartyKeys::from_seeds([[1; 32], [2; 32]]).expect("keys");
        let other = PartyKeys::from_seeds([[3; 32], [4; 32]]).expect("keys");
        for word in [Word::Signed, Word::Declined, Word::Asked] {
            let whole = stated(answer(&keys, word), &keys);
            assert_eq!(covered(&whole, PICTURE, keys.verifying()), Some(Covered::All), "{word:?}");
            let changes: [fn(&mut Cosign); 7] = [
                |answer| answer.signatory = "E. Okafor".into(),
                |answer| answer.reason.push('!'),
                |answer| answer.differences[0].ours = 3,
                |answer| answer.differences.clear(),
                |answer| answer.statement = answer.statement.replace("one more", "no more"),
                |answer| answer.statement_ed25519 = answer.ed25519.clone(),
                |answer| answer.word = if answer.word == Word::Asked { Word::Declined } else { Word::Asked },
            ];
            for (n, change) in changes.iter().enumerate() {
                let mut changed = whole.clone();
                change(&mut changed);
                assert_eq!(covered(&changed, PICTURE, keys.verifying()), None, "{word:?} {n}");
            }
            assert_eq!(covered(&whole, PICTURE, other.verifying()), None);
        }
        let whole = stated(answer(&keys, Word::Signed), &keys);
        assert_eq!(covered(&whole, b"another picture", keys.verifying()), None);
    }

    #[test]
    fn what_was_signed_before_there_were_statements_still_holds_and_covers_the_picture_alone() {
        let keys = PartyKeys::from_seeds([[1; 32], [2; 32]]).expect("keys");
        let before = serde_json::to_string(&answer(&keys, Word::Signed)).expect("JSON");
        assert!(!before.contains("statement"), "byte for byte as it was");
        let before: Cosign = serde_json::from_str(&before).expect("as it was");
        assert_eq!(covered(&before, PICTURE, keys.verifying()), Some(Covered::Picture));
        let refused = answer(&keys, Word::Declined);
        assert_eq!(covered(&refused, PICTURE, keys.verifying()), Some(Covered::Nothing));
    }
}
