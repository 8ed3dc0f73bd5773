//! Sanctions lists as their publishers write them, as XML and as tables; and names that are nearly the same.

use notify::ransom::{List, look_for, read_list, shelf};

const SDN: &str = "<?xml version=\"1.0\" standalone=\"yes\"?>
<sdnList xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns=\"https://example.org/sdn\">
  <publshInformation><Publish_Date>11/20/2026</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry><uid>306</uid><lastName>GREY WOLF GROUP</lastName><sdnType>Entity</sdnType>
    <programList><program>CYBER2</program></programList>
    <idList><id><uid>1</uid><idType>Digital Currency Address - XBT</idType><idNumber>1GreyWolf</idNumber></id>
      <id><uid>2</uid><idType>Website</idType><idNumber>wolf.example</idNumber></id></idList>
    <akaList><aka><uid>12</uid><type>a.k.a.</type><category>strong</category><lastName>GRAY &amp; WOLF</lastName></aka></akaList>
  </sdnEntry>
  <sdnEntry><uid>307</uid><firstName>Ivan</firstName><lastName>IVANOV</lastName><sdnType>Individual</sdnType></sdnEntry>
</sdnList>";
const UNION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<export xmlns=\"http://example.org/fsd\" generationDate=\"2026-11-20T10:00:00.000+01:00\" globalFileId=\"1\">
  <sanctionEntity euReferenceNumber=\"EU.1.2\" logicalId=\"13\">
    <nameAlias firstName=\"Ivan\" lastName=\"Ivanov\" wholeName=\"Ivan Ivanov\" logicalId=\"99\"/>
    <nameAlias wholeName=\"\u{418}\u{432}\u{430}\u{43d} \u{418}\u{432}\u{430}\u{43d}\u{43e}\u{432}\"/>
    <nameAlias wholeName=\"\"/>
  </sanctionEntity>
</export>";
const UNION_OLD: &str =
    "<WHOLE Date=\"2026-11-20\"><ENTITY Id=\"13\" Type=\"P\"><NAME Id=\"17\"><LASTNAME>Ivanov</LASTNAME>
  <FIRSTNAME>Ivan</FIRSTNAME><WHOLENAME>Ivan Ivanov</WHOLENAME></NAME></ENTITY></WHOLE>";

fn entries(list: &List) -> Vec<(&str, &str, usize)> {
    list.entries.iter().map(|one| (one.number.as_str(), one.name.as_str(), one.wallets.len())).collect()
}

#[test]
fn each_form_gives_numbers_names_addresses_and_its_day() {
    let ofac = read_list(SDN).expect("a list");
    assert_eq!((ofac.kind, ofac.version.as_str()), ("ofac-sdn", "2026-11-20"));
    assert_eq!(
        entries(&ofac),
        [("306", "GREY WOLF GROUP", 1), ("306", "GRAY & WOLF", 0), ("307", "Ivan IVANOV", 0)]
    );
    assert_eq!(ofac.entries[0].wallets, ["1GreyWolf"]);
    let union = read_list(UNION).expect("a list");
    assert_eq!((union.kind, union.version.as_str()), ("eu-consolidated", "2026-11-20"));
    assert_eq!(entries(&union).len(), 2);
    assert_eq!(entries(&union)[0], ("13", "Ivan Ivanov", 0));
    let old = read_list(UNION_OLD).expect("a list");
    assert_eq!((old.kind, old.version.as_str()), ("eu-consolidated", "2026-11-20"));
    assert_eq!(entries(&old), [("13", "Ivan Ivanov", 0)]);
}

#[test]
fn a_list_that_is_none_or_reaches_out_is_refused_with_what_to_do() {
    for (text, said) in [
        ("<html><body>not found</body></html>", "fetch one of these from its publisher"),
        ("<sdnList></sdnList>", "fetch one of these"),
        ("<sdnList><sdnEntry>", "ends within"),
        ("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sdnList>&a;</sdnList>", "document type"),
        ("<export generationDate=\"x\"><sanctionEntity>&big;</sanctionEntity></export>", "entity"),
    ] {
        let why = read_list(text).expect_err("refused").to_string();
        assert!(why.contains(said), "{why}");
    }
}

#[test]
fn names_that_are_the_same_come_first_and_near_ones_say_that_they_are_near() {
    let list = read_list(SDN).expect("a list");
    let found = |subject: &str| {
        let hits = look_for(&list, &[subject.to_owned()]);
        hits.into_iter().map(|hit| (hit.name, hit.near)).collect::<Vec<_>>()
    };
    assert_eq!(found("grey wolf"), [("GREY WOLF GROUP".to_owned(), false), ("GRAY & WOLF".to_owned(), true)]);
    assert_eq!(found("Ivan Ivanof"), [("Ivan IVANOV".to_owned(), true)]);
    assert_eq!(found("1GreyWolf"), [("GREY WOLF GROUP".to_owned(), false)]);
    assert_eq!(found("1greywolF"), [], "an address is the same or it is another");
}

#[test]
fn a_list_that_was_brought_in_is_kept_and_replaced_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(shelf::kept(folder.path(), "ofac-sdn").is_err() && shelf::all(folder.path()).is_empty());
    let list = read_list(SDN).expect("a list");
    shelf::keep(folder.path(), &list).expect("kept");
    let again = shelf::kept(folder.path(), "ofac-sdn").expect("there");
    assert_eq!(
        (again.entries.clone(), again.sha256, again.version),
        (list.entries, list.sha256, list.version)
    );
    shelf::keep(folder.path(), &read_list(UNION).expect("a list")).expect("kept");
    assert_eq!(shelf::all(folder.path()).len(), 2);
    assert!(shelf::kept(folder.path(), "../ledger").is_err(), "no other file is read");
}
