//! The cases an officer would ask about.

use std::collections::BTreeSet;

use model::{GroupId, Onward, Realm, Selector, Tlp};
use records::Marked;
use share::{Reason, Receiver, Standing, Verdict, verdict};

use crate::world::{EU, NATO, US, agreement, at, book, grant, id, now, object};

fn to_us() -> Receiver {
    Receiver::node(Realm::Real, US)
}

fn consumer(standing: Standing) -> Receiver {
    Receiver { realm: Realm::Real, standing, clearance: Tlp::Red, agreements: Some([id(1)].into()) }
}

fn reason(verdict: Verdict) -> Reason {
    verdict.reason().expect("withheld")
}

#[test]
fn an_amber_indicator_crosses_under_a_grant_up_to_amber_and_amber_strict_does_not() {
    let book = book(EU, agreement(&[EU, US], vec![grant(Tlp::Amber, Onward::Clients)]));
    assert!(verdict(&object(EU, Tlp::Amber), &to_us(), &book, now()).is_release());
    let above = verdict(&object(EU, Tlp::AmberStrict), &to_us(), &book, now());
    assert_eq!(reason(above), Reason::AboveGrant);
}

#[test]
fn nothing_leaves_without_a_marking_an_agreement_or_a_party_to_it() {
    let book = book(EU, agreement(&[EU, US], vec![grant(Tlp::Red, Onward::AsMarked)]));
    let mut class = object(EU, Tlp::Clear);
    class.marked = Marked::Missing;
    assert_eq!(reason(verdict(&class, &to_us(), &book, now())), Reason::MarkingMissing);
    class.marked = Marked::Unknown;
    assert_eq!(reason(verdict(&class, &to_us(), &book, now())), Reason::MarkingUnknown);
    let mut class = object(EU, Tlp::Clear);
    class.under.clear();
    assert_eq!(reason(verdict(&class, &to_us(), &book, now())), Reason::NotPublished);
    class.under.push(id(9));
    assert_eq!(reason(verdict(&class, &to_us(), &book, now())), Reason::AgreementUnknown);
    let nato = Receiver::node(Realm::Real, NATO);
    assert_eq!(reason(verdict(&object(EU, Tlp::Green), &nato, &book, now())), Reason::NotParty);
}

#[test]
fn red_never_leaves_the_named_recipients() {
    let book = book(EU, agreement(&[EU, US, NATO], vec![grant(Tlp::Red, Onward::AsMarked)]));
    let mut class = object(EU, Tlp::Red);
    assert_eq!(reason(verdict(&class, &to_us(), &book, now())), Reason::RedWithoutRecipients);
    class.named = Some([US].into());
    assert!(verdict(&class, &to_us(), &book, now()).is_release());
    let nato = Receiver::node(Realm::Real, NATO);
    assert_eq!(reason(verdict(&class, &nato, &book, now())), Reason::NotNamed);
    for standing in [Standing::Client, Standing::Community, Standing::Public] {
        assert_eq!(reason(verdict(&class, &consumer(standing), &book, now())), Reason::NotNamed);
    }
}

#[test]
fn a_recipient_of_red_does_not_pass_it_on() {
    let us_book = book(US, agreement(&[EU, US, NATO], vec![grant(Tlp::Red, Onward::AsMarked)]));
    let mut class = object(EU, Tlp::Red);
    class.named = Some([US].into()); // all that the US node can open
    assert!(!verdict(&class, &Receiver::node(Realm::Real, NATO), &us_book, now()).is_release());
    assert!(verdict(&class, &Receiver::member(Realm::Real, Tlp::Red), &us_book, now()).is_release());
    let below = Receiver::member(Realm::Real, Tlp::AmberStrict);
    assert_eq!(reason(verdict(&class, &below, &us_book, now())), Reason::AboveClearance);
}

#[test]
fn each_colour_reaches_exactly_whom_first_says() {
    let us_book = book(US, agreement(&[EU, US], vec![grant(Tlp::AmberStrict, Onward::AsMarked)]));
    let reached = |tlp, standing| verdict(&object(EU, tlp), &consumer(standing), &us_book, now());
    for (tlp, client, community, public) in [
        (Tlp::Clear, None, None, None),
        (Tlp::Green, None, None, Some(Reason::CommunityOnly)),
        (Tlp::Amber, None, Some(Reason::ClientsOnly), Some(Reason::ClientsOnly)),
        (
            Tlp::AmberStrict,
            Some(Reason::OrganisationOnly),
            Some(Reason::OrganisationOnly),
            Some(Reason::OrganisationOnly),
        ),
    ] {
        assert_eq!(reached(tlp, Standing::Client).reason(), client, "{tlp} client");
        assert_eq!(reached(tlp, Standing::Community).reason(), community, "{tlp} community");
        assert_eq!(reached(tlp, Standing::Public).reason(), public, "{tlp} public");
    }
}

#[test]
fn the_grant_bounds_how_far_a_receiver_passes_on() {
    let us_book = book(US, agreement(&[EU, US], vec![grant(Tlp::Green, Onward::Organisation)]));
    let client = consumer(Standing::Client);
    let stays = verdict(&object(EU, Tlp::Clear), &client, &us_book, now());
    assert_eq!(reason(stays), Reason::OnwardNotGranted);
}

#[test]
fn a_consumer_sees_only_the_agreements_it_is_served_under() {
    let book = book(EU, agreement(&[EU, US], vec![grant(Tlp::Green, Onward::AsMarked)]));
    let mut elsewhere = consumer(Standing::Community);
    elsewhere.agreements = Some(BTreeSet::from([id(7)]));
    assert_eq!(reason(verdict(&object(EU, Tlp::Clear), &elsewhere, &book, now())), Reason::NotParty);
}

#[test]
fn a_group_record_reaches_its_members_and_only_from_its_author() {
    let mut book_eu = book(EU, agreement(&[EU, US, NATO], vec![grant(Tlp::Amber, Onward::AsMarked)]));
    let group = GroupId(uuid::Uuid::from_u128(5));
    book_eu.groups.insert(group, [US].into());
    let mut class = object(EU, Tlp::Green);
    class.group = Some(group);
    assert!(verdict(&class, &to_us(), &book_eu, now()).is_release());
    let nato = Receiver::node(Realm::Real, NATO);
    assert_eq!(reason(verdict(&class, &nato, &book_eu, now())), Reason::NotInGroup);
    let us_book = book(US, agreement(&[EU, US, NATO], vec![grant(Tlp::Amber, Onward::AsMarked)]));
    assert_eq!(reason(verdict(&class, &nato, &us_book, now())), Reason::NotInGroup);
    book_eu.groups.insert(group, BTreeSet::new());
    assert!(!verdict(&class, &to_us(), &book_eu, now()).is_release(), "an empty group is nobody");
}

#[test]
fn a_grant_may_name_types_and_directions() {
    let mut one_way = grant(Tlp::Amber, Onward::Organisation);
    one_way.from = vec![EU];
    one_way.to = vec![US];
    one_way.what = vec![Selector::ObjectType("indicator".into())];
    let agreement = agreement(&[EU, US], vec![one_way]);
    let book_eu = book(EU, agreement.clone());
    assert!(verdict(&object(EU, Tlp::Green), &to_us(), &book_eu, now()).is_release());
    let mut report = object(EU, Tlp::Green);
    report.object_type = "report".into();
    assert_eq!(reason(verdict(&report, &to_us(), &book_eu, now())), Reason::NotGranted);
    let book_us = book(US, agreement);
    let back = verdict(&object(US, Tlp::Green), &Receiver::node(Realm::Real, EU), &book_us, now());
    assert_eq!(reason(back), Reason::NotGranted);
}

#[test]
fn an_amendment_replaces_the_version_before_it_from_its_first_day() {
    let mut book = book(EU, agreement(&[EU, US], vec![grant(Tlp::Green, Onward::AsMarked)]));
    let mut second = agreement(&[EU, US], vec![grant(Tlp::Amber, Onward::AsMarked)]);
    second.version = 2;
    second.active_from = at("2026-12-01T00:00:00Z");
    book.agreements.get_mut(&id(1)).expect("the agreement").versions.insert(2, second);
    let amber = object(EU, Tlp::Amber);
    assert_eq!(reason(verdict(&amber, &to_us(), &book, now())), Reason::AboveGrant);
    assert!(verdict(&amber, &to_us(), &book, at("2026-12-01T00:00:00Z")).is_release());
}

#[test]
fn handshake_records_reach_the_named_party_without_an_agreement_and_bookkeeping_never_leaves() {
    let empty = share::Book::new(EU, Realm::Real);
    let mut class = object(EU, Tlp::Amber);
    class.kind = "accord.proposal.v1".into();
    class.under.clear();
    assert_eq!(reason(verdict(&class, &to_us(), &empty, now())), Reason::NotNamed);
    class.named = Some([US].into());
    assert!(verdict(&class, &to_us(), &empty, now()).is_release());
    class.kind = "exchange.delivery.v1".into();
    assert_eq!(reason(verdict(&class, &to_us(), &empty, now())), Reason::OwnBookkeeping);
}
