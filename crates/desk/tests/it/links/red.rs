//! TLP:RED with named recipients over the link and as a file: the third party of the same agreement holds a hash.

use desk::links::{dispatched_to, export, refused_by};
use ledger::LogKey;
use model::{PartyId, Position, Realm, Tlp};

use super::pair::{Node, Pair, until};

/// The pair, and a third party of the same agreement.
struct Three {
    pair: Pair,
    ca: Node,
}

impl Three {
    async fn agreed() -> Self {
        let (pair, ca) = Pair::with_third(Tlp::Red).await;
        Self { pair, ca }
    }

    /// Publishes red text for `to` alone; its position.
    fn tell(&self, text: &str, to: &[PartyId]) -> u64 {
        self.pair.eu.publish(text, Some(Tlp::Red), self.pair.agreement, Some(to))
    }

    async fn settle(&self) {
        let (eu, size) = (&self.pair.eu.desk, self.pair.eu.desk.ledger.size(self.pair.eu.desk.log));
        for node in [&self.pair.us, &self.ca] {
            until("the mirror is whole", || node.mirror_size(eu.me) == size).await;
        }
    }

    /// The third party has the place as a hash, and the words nowhere; the first party knows of no delivery to it.
    fn is_unknown_to_the_third(&self, position: u64, text: &str) {
        let (eu, ca) = (&self.pair.eu.desk, &self.ca.desk);
        assert_eq!(self.ca.bodies_of(eu.me)[position as usize], None);
        let log = ca.ledger.find(&LogKey { party: eu.me, realm: Realm::Real }).expect("a mirror");
        let mut parts = None;
        let reader = ca.ledger.reader().expect("a reader");
        let read = reader.at(log, Position(position), |entry| {
            parts = Some((
                entry.header.is_some(),
                entry.body.is_some(),
                entry.openings.is_some(),
                entry.leaf.map(<[u8]>::len),
            ));
        });
        assert!(read.expect("readable"));
        assert_eq!(parts, Some((false, false, false, Some(32))), "a hash and nothing else");
        for file in ["ledger.db", "ledger.db-wal", "views.db", "views.db-wal", "local.db", "local.db-wal"] {
            let bytes = std::fs::read(ca.folder.join(file)).unwrap_or_default();
            assert!(!bytes.windows(text.len()).any(|part| part == text.as_bytes()), "{text} is in {file}");
        }
        for (number, class) in eu.views.classes().iter().enumerate() {
            let sent = dispatched_to(&eu.local, &ca.me, class, position).expect("readable");
            let is_of_class = class_of(&self.pair.eu, position) == Some(number as u32);
            assert!(!(is_of_class && sent.is_some()), "noted as sent to the third party");
        }
        assert_eq!(refused_by(&eu.local, &ca.me, position).expect("readable"), None);
    }
}

fn class_of(node: &Node, position: u64) -> Option<u32> {
    let mut class = None;
    let reader = node.desk.ledger.reader().expect("a reader");
    let read = reader.at(node.desk.log, Position(position), |entry| {
        let header = entry.header.and_then(|header| records::Header::parse(header).ok());
        class = header.map(|header| share::Class::of(&header, entry.openings));
    });
    read.expect("readable");
    let class = class?;
    node.desk.views.classes().iter().position(|known| **known == class).map(|n| n as u32)
}

#[tokio::test(flavor = "multi_thread")]
async fn red_is_a_hash_to_the_third_party_live_after_an_absence_and_after_an_amendment() {
    let mut three = Three::agreed().await;
    let (eu, us) = (three.pair.eu.desk.me, three.pair.us.desk.me);
    let live = three.tell("red told live", &[us]);
    three.settle().await;
    three.ca.stop().await;
    let away = three.tell("red told in absence", &[us]);
    three.ca.start().await;
    three.settle().await;
    three.pair.agree_with(2, Tlp::Red, &[&three.ca]).await;
    // Something that is released shows that the amendment has been gone through.
    three.pair.eu.publish("open", Some(Tlp::Green), three.pair.agreement, None);
    three.settle().await;
    until("the open word has arrived", || three.ca.has(eu, "open")).await;
    for (position, text) in [(live, "red told live"), (away, "red told in absence")] {
        assert!(three.pair.us.has(eu, text));
        three.is_unknown_to_the_third(position, text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_for_the_third_party_holds_neither_the_red_word_nor_who_else_may_read_what_it_may() {
    let three = Three::agreed().await;
    let (us, ca) = (three.pair.us.desk.me, three.ca.desk.me);
    let alone = three.tell("red for one", &[us]);
    let both = three.tell("red for both", &[us, ca]);
    let desk = std::sync::Arc::clone(&three.pair.eu.desk);
    let file = |party, since| {
        let mut file = Vec::new();
        export(&desk, party, since, &mut file).expect("exported");
        String::from_utf8_lossy(&file).into_owned()
    };
    let (for_us, for_ca) = tokio::task::block_in_place(|| (file(us, alone), file(ca, alone)));
    assert!(for_us.contains("red for one") && for_us.contains("red for both"));
    assert!(!for_ca.contains("red for one") && for_ca.contains("red for both"));
    let only_both = tokio::task::block_in_place(|| file(ca, both));
    assert!(only_both.contains(&ca.to_string()) && !only_both.contains(&us.to_string()), "own opening alone");
}
