//! An agreement from its proposal to its end.

use accord::commands::propose::ProposeError;
use accord::commands::sign::SignError;
use accord::commands::withdraw::WithdrawError;
use accord::{Standing, propose, sign, withdraw};
use desk::{Desk, edge};
use model::AgreementId;
use model::time::SignedDuration;

use crate::world::World;

fn standing(desk: &Desk, id: AgreementId) -> Standing {
    let known = desk.known();
    Standing::of(known.agreements.get(&id).expect("known here"), desk.me, edge::now())
}

fn releases(desk: &Desk, id: AgreementId) -> bool {
    desk.known().book.in_force(&id, edge::now()).is_ok()
}

#[test]
fn an_agreement_binds_when_every_party_has_signed() {
    let world = World::new();
    let agreement = world.arrangement();
    let id = agreement.id;
    propose(&world.eu, agreement).expect("proposed");
    world.settle();
    assert_eq!(standing(&world.us, id), Standing::AwaitingUs);
    sign(&world.us, id, 1, "B. Reed, Director").expect("signed");
    world.settle();
    assert_eq!(standing(&world.us, id), Standing::AwaitingOthers);
    assert!(!releases(&world.eu, id) && !releases(&world.us, id));
    sign(&world.eu, id, 1, "A. Berg, Director").expect("signed");
    world.settle();
    for desk in [&world.eu, &world.us] {
        assert_eq!(standing(desk, id), Standing::InForce);
        assert!(releases(desk, id));
        let known = desk.known();
        let version = known.agreements[&id].newest().expect("a version").clone();
        assert_eq!(version.signed[&world.us.me].signatory, "B. Reed, Director");
    }
}

#[test]
fn an_amendment_replaces_the_version_before_once_all_sign_again() {
    let world = World::new();
    let mut agreement = world.signed();
    let id = agreement.id;
    agreement.version = 2;
    agreement.grants.clear();
    propose(&world.us, agreement).expect("amended");
    world.settle();
    assert_eq!(standing(&world.eu, id), Standing::InForce, "the version before still binds");
    assert!(matches!(sign(&world.eu, id, 1, "A. Berg"), Err(SignError::Replaced { version: 1, newest: 2 })));
    sign(&world.eu, id, 2, "A. Berg, Director").expect("signed");
    sign(&world.us, id, 2, "B. Reed, Director").expect("signed");
    world.settle();
    let known = world.eu.known();
    assert!(known.book.in_force(&id, edge::now()).expect("in force").grants.is_empty());
}

#[test]
fn a_party_that_leaves_ends_it_for_everybody() {
    let world = World::new();
    let id = world.signed().id;
    withdraw(&world.us, id, None, "policy changed").expect("withdrawn");
    world.settle();
    for desk in [&world.eu, &world.us] {
        assert_eq!(standing(desk, id), Standing::Withdrawn);
        assert!(!releases(desk, id));
    }
    assert!(matches!(withdraw(&world.us, id, None, ""), Err(WithdrawError::Withdrawn(_))));
    assert!(matches!(sign(&world.eu, id, 1, "A. Berg"), Err(SignError::Signed(1))));
    let mut again = world.arrangement();
    (again.id, again.version) = (id, 2);
    assert!(matches!(propose(&world.eu, again), Err(ProposeError::Withdrawn(_))));
}

#[test]
fn leaving_takes_effect_when_it_says_and_never_in_the_past() {
    let world = World::new();
    let id = world.signed().id;
    let day = SignedDuration::from_hours(24);
    let past = withdraw(&world.eu, id, Some(edge::now() - day), "");
    assert!(matches!(past, Err(WithdrawError::Past(_))));
    withdraw(&world.eu, id, Some(edge::now() + day), "end of the pilot").expect("announced");
    world.settle();
    assert_eq!(standing(&world.us, id), Standing::InForce);
    let known = world.us.known();
    assert!(known.book.in_force(&id, edge::now() + day + day).is_err());
}

#[test]
fn nobody_signs_what_is_not_there_or_without_a_name() {
    let world = World::new();
    let agreement = world.arrangement();
    let id = agreement.id;
    assert!(matches!(sign(&world.eu, id, 1, "A. Berg"), Err(SignError::Unknown { .. })));
    propose(&world.eu, agreement).expect("proposed");
    assert!(matches!(sign(&world.eu, id, 2, "A. Berg"), Err(SignError::Unknown { .. })));
    assert!(matches!(sign(&world.eu, id, 1, "  "), Err(SignError::Nobody)));
    sign(&world.eu, id, 1, "A. Berg").expect("signed");
    assert!(matches!(sign(&world.eu, id, 1, "A. Berg"), Err(SignError::Signed(1))));
}
