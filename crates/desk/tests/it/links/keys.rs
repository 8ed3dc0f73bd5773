//! Keys change and nothing else does: links go on, agreements stay signed, and strangers learn the whole line.

use desk::card::{self, CardError};
use desk::{Desk, edge};
use ledger::LogKey;
use model::{AgreementId, Side, Tlp};

use super::pair::{Node, Pair, until};

/// Verifies a whole ledger with every key this desk knows of each party.
fn is_sound(desk: &Desk) -> bool {
    let known = desk.known();
    let keys = |log: &LogKey| known.parties[&log.party].line.all().cloned().collect();
    let verified = desk.ledger.verify(&keys, &mut |_| {}).expect("readable");
    assert_eq!(verified.signatures, verified.checkpoints, "every checkpoint was verified");
    verified.is_sound()
}

fn published(pair: &Pair, text: &str) {
    pair.eu.publish(text, Some(Tlp::Green), pair.agreement, None);
}

impl Pair {
    /// The EU changes its keys while the other side stays as it is.
    async fn rotated(self) -> Self {
        let Self { eu, us, agreement } = self;
        Self { eu: eu.rotate().await, us, agreement }
    }

    async fn caught_up(&self, text: &str) {
        let eu = self.eu.desk.me;
        until("it has arrived", || self.us.has(eu, text)).await;
        self.settle().await;
        let own = self.eu.desk.keys.verifying();
        until("the other side follows the keys", || &self.us.desk.known().parties[&eu].keys == own).await;
        let all = || self.us.desk.views.folded() == self.us.desk.ledger.last_seq();
        until("everything is folded", all).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_goes_on_when_the_other_side_was_there_all_along() {
    let pair = Pair::new(Tlp::Amber).await;
    published(&pair, "before");
    pair.settle().await;
    let mut pair = pair.rotated().await;
    pair.eu.start().await;
    published(&pair, "after");
    pair.caught_up("after").await;
    pair.us.publish("back", Some(Tlp::Green), pair.agreement, None);
    pair.settle().await;
    assert!(pair.eu.has(pair.us.desk.me, "back"));
    assert!(is_sound(&pair.eu.desk) && is_sound(&pair.us.desk), "checkpoints of both keys verify");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_that_was_away_during_two_changes_follows_both() {
    let mut pair = Pair::new(Tlp::Amber).await;
    pair.settle().await;
    pair.us.stop().await;
    published(&pair, "under the first keys");
    let pair = pair.rotated().await;
    published(&pair, "under the second keys");
    let mut pair = pair.rotated().await;
    published(&pair, "under the third keys");
    pair.eu.start().await;
    pair.us.start().await;
    pair.caught_up("under the third keys").await;
    assert!(pair.us.has(pair.eu.desk.me, "under the first keys"));
    assert!(is_sound(&pair.eu.desk) && is_sound(&pair.us.desk));
    let state = &pair.us.desk.known().agreements[&pair.agreement];
    assert!(state.newest_signed().is_some(), "what the first keys signed stays signed");
    pair.agree(2, Tlp::Green).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_peer_learns_earlier_changes_from_the_card() {
    let pair = Pair::new(Tlp::Amber).await;
    published(&pair, "not for the third");
    let first = pair.eu.card.clone();
    let mut eu = pair.rotated().await.rotated().await.eu;
    let mut third = Node::found("third", Side::Us);
    let (card, keys) = card::verify(&eu.card).expect("the line holds");
    assert_eq!((card.party, &keys), (eu.desk.me, eu.desk.keys.verifying()));
    third.trust(&eu);
    eu.trust(&third);
    eu.start().await;
    third.start().await;
    let pair = Pair { eu, us: third, agreement: AgreementId(edge::uuid()) };
    pair.agree(1, Tlp::Amber).await;
    published(&pair, "welcome");
    pair.caught_up("welcome").await;
    assert!(!pair.us.has(pair.eu.desk.me, "not for the third") && is_sound(&pair.us.desk));
    assert_eq!(pair.us.desk.known().parties[&pair.eu.desk.me].line.rotations().count(), 2);
    assert_ne!(first.lineage, pair.eu.card.lineage);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_line_was_cut_mixed_or_forged_proves_nothing() {
    let pair = Pair::new(Tlp::Amber).await.rotated().await.rotated().await;
    let good = pair.eu.card.clone();
    let line = good.lineage.clone().expect("two changes");
    assert_eq!(line.rotations.len(), 2);
    let refused = |change: &dyn Fn(&mut records::card::Lineage)| {
        let mut line = line.clone();
        change(&mut line);
        let card = records::card::SignedCard { lineage: Some(line), ..good.clone() };
        card::verify(&card).err()
    };
    assert_eq!(refused(&|line| drop(line.rotations.pop())), Some(CardError::Unlinked));
    assert_eq!(refused(&|line| drop(line.rotations.remove(0))), Some(CardError::Unlinked));
    assert_eq!(refused(&|line| line.rotations.swap(0, 1)), Some(CardError::Unlinked));
    assert_eq!(
        refused(&|line| line.rotations[1].old = line.rotations[0].old.clone()),
        Some(CardError::Unlinked)
    );
    assert_eq!(
        refused(&|line| line.rotations[0].statement = line.rotations[0].statement.replace("v1\n", "v2\n")),
        Some(CardError::Unlinked)
    );
    let none = records::card::SignedCard { lineage: None, ..good.clone() };
    assert!(matches!(card::verify(&none), Err(CardError::OtherParty { .. })));
    let other = pair.us.card.clone();
    let stolen = records::card::SignedCard { lineage: Some(line), ..other };
    assert_eq!(card::verify(&stolen).err(), Some(CardError::Unlinked));
}
