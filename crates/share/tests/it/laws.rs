//! I1, I5 and I6 over random classes, receivers, agreements and instants.

use std::collections::BTreeSet;

use model::{GroupId, Marking, Onward, Pap, PartyId, Realm, Selector, Tlp};
use proptest::prelude::*;
use records::Marked;
use share::{Book, Class, Reason, Receiver, Standing, verdict};

use crate::world::{EU, NATO, US, agreement, at, book, id, now};

fn party() -> impl Strategy<Value = PartyId> {
    prop::sample::select(vec![EU, US, NATO])
}

fn parties() -> impl Strategy<Value = BTreeSet<PartyId>> {
    prop::collection::btree_set(party(), 0..=3)
}

fn tlp() -> impl Strategy<Value = Tlp> {
    prop::sample::select(Tlp::ALL.to_vec())
}

fn marked() -> impl Strategy<Value = Marked> {
    prop_oneof![
        1 => Just(Marked::Missing),
        1 => Just(Marked::Unknown),
        6 => (tlp(), prop::option::of(prop::sample::select(Pap::ALL.to_vec())))
            .prop_map(|(tlp, pap)| Marked::Known(Marking { tlp, pap })),
    ]
}

fn group() -> GroupId {
    GroupId(uuid::Uuid::from_u128(77))
}

prop_compose! {
    fn class()(
        author in party(),
        kind in prop::sample::select(vec!["exchange.object.v1", "accord.proposal.v1", "exchange.delivery.v1", "unknown.kind.v1"]),
        object_type in prop::sample::select(vec!["indicator", "report"]),
        marked in marked(),
        under in prop::collection::vec((1u128..=2).prop_map(id), 0..=2),
        named in prop::option::of(parties()),
        group in prop::option::of(Just(group())),
        realm in prop::sample::select(vec!["real", "real", "real", "exercise:x"]),
    ) -> Class {
        Class { realm: realm.into(), author, kind: kind.into(), object_type: object_type.into(), marked, under, named, group }
    }
}

fn standing() -> impl Strategy<Value = Standing> {
    prop_oneof![
        Just(Standing::Organisation),
        party().prop_map(Standing::Party),
        Just(Standing::Client),
        Just(Standing::Community),
        Just(Standing::Public),
    ]
}

prop_compose! {
    fn receiver()(standing in standing(), clearance in tlp(), served in prop::option::of(Just([id(1)].into()))) -> Receiver {
        Receiver { realm: Realm::Real, standing, clearance, agreements: served }
    }
}

fn agreed_class() -> impl Strategy<Value = Class> {
    (class(), prop::sample::select(vec!["exchange.object.v1", "unknown.kind.v1"])).prop_map(
        |(mut class, kind)| {
            class.kind = kind.into();
            class
        },
    )
}

fn outsider() -> impl Strategy<Value = Receiver> {
    receiver().prop_filter("inside the organisation", |to| to.standing != Standing::Organisation)
}

prop_compose! {
    fn a_book()(
        holder in party(),
        members in parties(),
        from in prop::collection::vec(party(), 0..=2),
        to in prop::collection::vec(party(), 0..=2),
        up_to in tlp(),
        what in prop::sample::select(vec![Selector::Everything, Selector::ObjectType("indicator".into()), Selector::Kind("unknown.kind.v1".into())]),
        onward in prop::sample::select(vec![Onward::Organisation, Onward::Clients, Onward::AsMarked]),
        in_group in parties(),
    ) -> Book {
        let mut grant = crate::world::grant(up_to, onward);
        (grant.from, grant.to, grant.what) = (from, to, vec![what]);
        let members: Vec<PartyId> = members.into_iter().collect();
        let mut book = book(holder, agreement(&members, vec![grant]));
        book.groups.insert(group(), in_group);
        book
    }
}

fn tighten(marked: Marked, by: Tlp) -> Marked {
    match marked {
        Marked::Known(m) => Marked::Known(m.strictest(Marking::tlp(by))),
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_raised_marking_never_gains_a_recipient(class in class(), to in receiver(), book in a_book(), by in tlp()) {
        let mut raised = class.clone();
        raised.marked = tighten(class.marked, by);
        if verdict(&raised, &to, &book, now()).is_release() {
            prop_assert!(verdict(&class, &to, &book, now()).is_release());
        }
        raised.marked = Marked::Missing;
        if verdict(&raised, &to, &book, now()).is_release() {
            prop_assert!(verdict(&class, &to, &book, now()).is_release());
        }
    }

    #[test]
    fn an_ended_agreement_releases_nothing_outside(class in agreed_class(), to in outsider(), mut book in a_book()) {
        prop_assert!(!verdict(&class, &to, &book, at("2027-01-01T00:00:00Z")).is_release());
        prop_assert!(!verdict(&class, &to, &book, at("2025-12-31T23:59:59Z")).is_release());
        for signed in book.agreements.values_mut() {
            signed.withdrawn_from = Some(now());
        }
        prop_assert!(!verdict(&class, &to, &book, now()).is_release());
    }

    #[test]
    fn naming_recipients_never_adds_one(
        class in agreed_class(), to in receiver(), book in a_book(), names in parties(), colour in 0..4usize,
    ) {
        let mut class = class;
        (class.named, class.marked) = (None, Marked::Known(Marking::tlp(Tlp::ALL[colour])));
        let mut narrowed = class.clone();
        narrowed.named = Some(names);
        if verdict(&narrowed, &to, &book, now()).is_release() {
            prop_assert!(verdict(&class, &to, &book, now()).is_release());
        }
    }

    #[test]
    fn nothing_crosses_realms(class in class(), to in receiver(), book in a_book()) {
        let mut elsewhere = to;
        elsewhere.realm = Realm::Exercise("x".into());
        prop_assert_eq!(verdict(&class, &elsewhere, &book, now()).reason(), Some(Reason::OtherRealm));
    }

    #[test]
    fn less_clearance_never_shows_more(class in class(), to in receiver(), book in a_book(), less in tlp()) {
        let mut lower = to.clone();
        lower.clearance = lower.clearance.min(less);
        if verdict(&class, &lower, &book, now()).is_release() {
            prop_assert!(verdict(&class, &to, &book, now()).is_release());
        }
    }

    #[test]
    fn red_reaches_a_party_only_by_name(mut class in class(), to in outsider(), book in a_book()) {
        class.marked = Marked::Known(Marking::tlp(Tlp::Red));
        if verdict(&class, &to, &book, now()).is_release() {
            let Standing::Party(party) = to.standing else { panic!("red went to {:?}", to.standing) };
            prop_assert!(class.named.expect("names").contains(&party));
        }
    }
}
