//! Changed bytes: of the ledger's file, `entente ledger verify` finds them and says where; what can be made again is made
//! again; what cannot is refused in words.

use std::os::unix::fs::FileExt as _;

use crate::node::Node;
use crate::run::Running;

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

fn overwrite(node: &Node, name: &str, place: u64, bytes: &[u8]) {
    let path = node.path("data/real").join(name);
    let file = std::fs::OpenOptions::new().write(true).open(path).expect("the database");
    file.write_all_at(bytes, place).expect("written");
}

#[test]
fn views_and_search_index_that_are_damaged_or_cut_short_are_made_again_by_the_next_start() {
    let node = Node::made("ecsc");
    Running::start(&node).stop();
    let damages: [&dyn Fn(&str); 4] = [
        &|name| overwrite(&node, name, 0, b"no database at all"),
        &|name| overwrite(&node, name, 100, &[0xee; 40]),
        &|name| {
            let file = std::fs::OpenOptions::new().write(true).open(node.path("data/real").join(name));
            file.and_then(|file| file.set_len(5_000)).expect("cut short");
        },
        &|name| std::fs::remove_file(node.path("data/real").join(name)).expect("removed"),
    ];
    for damage in damages {
        damage("views.db");
        damage("search.db");
        let running = Running::start(&node);
        crate::away::wait("it follows", || running.get("/metrics").contains("entente_views_folded 2"));
        assert!(running.get("/ready").starts_with("HTTP/1.1 200"));
        running.stop();
        node.run(&["views", "rebuild", "--compare"]).well();
    }
}

#[test]
fn a_damaged_local_store_is_refused_in_words_and_moved_away_the_node_is_still_the_same_party() {
    let node = Node::made("ecsc");
    node.run(&["party", "keys", "rotate"]).well();
    let party = |node: &Node| node.run(&["party", "show", "ecsc", "--json"]).well().json()["party"].clone();
    let before = party(&node);
    overwrite(&node, "local.db", 0, b"no database at all");
    for command in [&["serve"][..], &["account", "list"], &["ledger", "checkpoint"]] {
        let refused = node.run(command);
        assert_eq!(refused.code, 1, "{command:?}");
        assert!(refused.err.contains("local.db") && refused.err.contains("moved away"), "{}", refused.err);
    }
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(node.path(&format!("data/real/local.db{end}"))); // absent is fine
    }
    assert_eq!(party(&node), before, "a party is its first keys, whatever it signs with now");
    node.run(&["ledger", "checkpoint"]).well();
    node.run(&["ledger", "verify"]).well();
}

/// What SQLite does not notice is found by comparing; whatever it was, a rebuild mends it.
#[test]
fn flipped_bits_anywhere_in_the_views_are_mended_by_the_next_start_or_found_by_comparing_and_mended_by_a_rebuild()
 {
    let node = Node::made("ecsc");
    node.run(&["views", "rebuild"]).well();
    let length = std::fs::metadata(node.path("data/real/views.db")).expect("the views").len();
    for n in 0..8_u64 {
        let place = (n * 40_503 + 811) % length;
        overwrite(&node, "views.db", place, &[0xa5, 0x5a, 0xff]);
        let compared = node.run(&["views", "rebuild", "--compare"]);
        let told = compared.out.contains("NOT identical") || compared.err.contains("views");
        assert!(compared.code == 0 || told, "byte {place}: {}{}", compared.out, compared.err);
        node.run(&["views", "rebuild"]).well();
        node.run(&["views", "rebuild", "--compare"]).well();
    }
}
