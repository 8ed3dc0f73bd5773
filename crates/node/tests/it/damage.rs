//! One changed byte of the ledger's file: `entente ledger verify` finds it and says where.

use std::os::unix::fs::FileExt as _;

use crate::node::Node;

const PAGE: u64 = 16_384;

#[test]
fn one_changed_byte_on_any_page_of_the_ledger_is_found_by_the_command_which_says_where() {
    let node = Node::made("ecsc");
    node.run(&["ledger", "verify"]).well();
    let file = std::fs::OpenOptions::new().read(true).write(true).open(node.path("data/real/ledger.db"));
    let file = file.expect("the ledger");
    let pages = file.metadata().expect("its length").len() / PAGE;
    assert!(pages > 5, "{pages} pages");
    for page in 0..pages {
        // A prime step, so that the place inside the page differs from page to page.
        let place = page * PAGE + (page * 3_571 + 61) % PAGE;
        let mut byte = [0];
        file.read_exact_at(&mut byte, place).expect("read");
        file.write_all_at(&[byte[0] ^ 0x10], place).expect("written");
        let said = node.run(&["ledger", "verify", "--json"]);
        assert_ne!(said.code, 0, "byte {place} was missed: {}", said.out);
        if said.code == 3 {
            let fault = &said.json()["faults"][0];
            let placed = ["position", "arrival", "page"].iter().any(|name| fault[name].is_u64());
            assert!(placed, "byte {place}: {fault}");
        } else {
            assert!(said.err.contains("ledger.db"), "byte {place}: {}", said.err);
        }
        file.write_all_at(&byte, place).expect("written");
    }
    node.run(&["ledger", "verify"]).well();
}
