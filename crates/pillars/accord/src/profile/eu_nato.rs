//! The profile EU–NATO: technical cyber information that carries no security classification, between EU bodies and
//! NATO bodies. The receiver keeps it in its own organisation; whoever wants to pass it on asks the originator.
//!
//! What the software holds: only STIX objects flow, at most up to AMBER+STRICT, to the receiving organisation alone.
//! An object with a marking that this node does not know, such as a classification, is withheld by the verdict under
//! every agreement. What only people can hold stands in the text and in a commitment of each party.

use desk::views::Known;
use model::{Agreement, AgreementParty, Bilingual, Commitment, Grant, Onward, Role, Selector, Side, Tlp};

use super::{ProfileError, Terms, signatory};

/// The narrowest marking unless the terms say otherwise.
const UP_TO: Tlp = Tlp::Amber;

const TITLE: (&str, &str) = (
    "EU–NATO exchange of unclassified cyber information",
    "Échange UE–OTAN d’informations cyber non classifiées",
);
const TEXT: (&str, &str) = (
    "The parties exchange technical information on cyber threats in order to prevent, detect and respond to incidents.\n\n\
     1. Unclassified only. No information that bears or would need a security classification, of the EU, of NATO or of a \
     state, is exchanged under this arrangement.\n\
     2. Onward release. Information stays within the receiving organisation. It is released to anybody else, including \
     other bodies of the EU, of NATO and their member states, only after the originator has agreed in writing.\n\
     3. The marking of each item binds the receiver. A narrower marking given later counts from its receipt.\n\
     4. Any party may withdraw; nothing more is exchanged with anybody under the arrangement from that instant. What was \
     received before stays under points 1 to 3.",
    "Les parties échangent des informations techniques sur les menaces cyber afin de prévenir et de détecter les incidents \
     et d’y réagir.\n\n\
     1. Non classifié uniquement. Aucune information qui porte ou exigerait une classification de sécurité, de l’UE, de \
     l’OTAN ou d’un État, n’est échangée au titre du présent arrangement.\n\
     2. Transmission ultérieure. Les informations restent dans l’organisation destinataire. Elles ne sont transmises à \
     quiconque d’autre, y compris à d’autres organes de l’UE, de l’OTAN et à leurs États membres, qu’avec l’accord écrit \
     préalable de l’auteur.\n\
     3. Le marquage de chaque élément lie le destinataire. Un marquage resserré plus tard vaut dès sa réception.\n\
     4. Toute partie peut se retirer ; dès cet instant, plus rien n’est échangé avec quiconque au titre de l’arrangement. \
     Ce qui a été reçu auparavant reste soumis aux points 1 à 3.",
);
const PURPOSE: (&str, &str) = (
    "Prevention, detection and response within the receiving organisation.",
    "Prévention, détection et réaction au sein de l’organisation destinataire.",
);
const COMMITMENT: (&str, &str) = (
    "Enters no classified information, and asks the originator in writing before it releases anything onward.",
    "N’introduit aucune information classifiée et demande l’accord écrit de l’auteur avant toute transmission ultérieure.",
);

fn both(texts: (&str, &str)) -> Bilingual {
    Bilingual::new(texts.0, texts.1)
}

pub(super) fn agreement(terms: Terms, known: &Known) -> Result<Agreement, ProfileError> {
    let up_to = terms.up_to.unwrap_or(UP_TO);
    if up_to > Tlp::AmberStrict {
        return Err(ProfileError::TooNarrow(up_to));
    }
    let mut parties: Vec<AgreementParty> = Vec::new();
    let (mut eu, mut nato) = (false, false);
    for party in terms.parties {
        let (signs, side) = signatory(party, known)?;
        match (signs.role, side) {
            (Role::Nato, _) | (_, Side::Nato) => nato = true,
            (_, Side::Eu) => eu = true,
            (_, Side::Us | Side::Other) => return Err(ProfileError::Outsider(signs.name)),
        }
        parties.push(signs);
    }
    if !eu {
        return Err(ProfileError::Missing("a party on the side of the EU"));
    }
    if !nato {
        return Err(ProfileError::Missing("a NATO body"));
    }
    let commitments = parties
        .iter()
        .map(|party| Commitment { party: party.party, text: both(COMMITMENT), due: None })
        .collect();
    Ok(Agreement {
        id: terms.id,
        version: terms.version,
        name: terms.name,
        title: both(TITLE),
        text: both(TEXT),
        parties,
        grants: vec![Grant {
            from: vec![],
            to: vec![],
            what: vec![Selector::Kind(records::delivery::OBJECT.to_owned())],
            up_to,
            purpose: both(PURPOSE),
            onward: Onward::Organisation,
        }],
        commitments,
        active_from: terms.active_from,
        active_until: terms.active_until,
    })
}
