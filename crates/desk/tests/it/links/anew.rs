//! Views that are folded anew while a link is up, as in a cluster when another node has erased what many rows speak of.

use desk::Pillar;
use desk::views::{Entry, FoldError, Folding};
use model::{Marking, RecordId, Side, Tlp};
use records::Marked;
use records::delivery::OBJECT;
use records::erasure::Erasure;
use share::Class;

use super::pair::{Node, Pair, until};

/// The body of the record that gives a class of its own to be remembered, as a statement that narrows another does.
const NARROWS: &[u8] = b"narrows another";

fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.header.kind == OBJECT && entry.body == Some(NARROWS) {
        let mut narrowed = Class::of(entry.header, None);
        narrowed.marked = Marked::Known(Marking::tlp(Tlp::Red));
        folding.classes.intern(folding.tx, narrowed)?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn classes_keep_their_numbers_so_that_a_feed_goes_on_releasing_what_it_may_and_nothing_else() {
    let pillar = Pillar {
        name: "narrowing",
        schema: "",
        version: 1,
        fold,
        settle: |_| Ok(()),
        // Its rows cannot be taken away one by one.
        erase: |_, _| Ok(false),
        forget: |_, _| Ok(()),
        raised: |_, _| Ok(Default::default()),
        reactors: &[],
    };
    let eu = Node::found_with("eu", Side::Eu, &[pillar]);
    let pair = Pair::between(eu, Node::found("us", Side::Us), Tlp::Green).await;
    pair.settle().await;
    let (desk, author) = (&pair.eu.desk, pair.eu.desk.me);
    let publish = |text: &str, tlp| {
        tokio::task::block_in_place(|| pair.eu.publish(text, Some(tlp), pair.agreement, None))
    };
    // The class that only a body gives lies before those of the others.
    let narrows = publish(std::str::from_utf8(NARROWS).expect("text"), Tlp::Green);
    publish("amber before", Tlp::Amber);
    publish("clear before", Tlp::Clear);
    until("what may go has gone", || pair.us.has(author, "clear before")).await;
    let before = desk.views.classes();

    let position = model::Position(narrows);
    let record = RecordId(model::Digest::of(b"as good as any"));
    tokio::task::block_in_place(|| {
        desk.ledger.erase(desk.log, position).expect("erased");
        let said =
            Erasure { record, position, author: None, reason: "GDPR Art. 17".into(), by: "test".into() };
        desk.note(&said).expect("noted");
    });
    pair.settle().await;
    assert!(desk.views.classes().starts_with(&before), "a class has another number than before");

    let amber = publish("amber after", Tlp::Amber);
    publish("clear after", Tlp::Clear);
    until("what may go has gone", || pair.us.has(author, "clear after")).await;
    let held = pair.us.bodies_of(author);
    assert_eq!(held[amber as usize], None, "released by the number of another class");
    assert!(!held.iter().flatten().any(|body| body.starts_with("amber")));
}
