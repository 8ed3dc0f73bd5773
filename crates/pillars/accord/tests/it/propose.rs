//! What may not be proposed, and what the refusal says.

use accord::commands::propose::draft;
use desk::edge;
use model::time::SignedDuration;
use model::{Agreement, AgreementId, PartyId};

use crate::world::World;

type Spoil<'a> = &'a dyn Fn(&mut Agreement);

#[test]
fn an_agreement_that_could_not_be_signed_is_refused_with_what_to_do() {
    let world = World::new();
    let stranger = PartyId([9; 16]);
    let cases: &[(Spoil<'_>, &str)] = &[
        (&|a| a.name = "Working Arrangement".into(), "a-z, 0-9"),
        (&|a| a.name.clear(), "1 to 40 characters"),
        (&|a| a.title.fr.clear(), "the title must be written in English and French"),
        (&|a| a.text.en = "  ".into(), "the text must be written"),
        (&|a| a.grants[0].purpose.fr.clear(), "the purpose of grant 1"),
        (&|a| a.commitments[0].text.en.clear(), "commitment 1"),
        (&|a| a.parties.truncate(1), "at least two parties"),
        (&|a| a.parties[1] = a.parties[0].clone(), "listed twice"),
        (&|a| a.parties[1].party = stranger, "is not trusted here"),
        (&|a| drop(a.parties.remove(0)), "must be one of the parties"),
        (&|a| a.grants[0].to = vec![stranger], "`to` of grant 1 names"),
        (&|a| a.commitments[0].party = stranger, "commitment 1 names"),
        (&|a| a.grants[0].what.clear(), "grant 1 names no records"),
        (&|a| a.active_until = a.active_from, "before it begins"),
        (&|a| a.active_until = a.active_from + SignedDuration::from_secs(1), "which is past"),
        (&|a| a.version = 2, "the next version is 1, found 2"),
        (&|a| a.text.en = "x".repeat(400_001), "over the limit of 400000"),
    ];
    for (spoil, says) in cases {
        let mut agreement = world.arrangement();
        spoil(&mut agreement);
        let refused = draft(agreement, &world.eu.known(), world.eu.me, edge::now()).expect_err(says);
        assert!(refused.to_string().contains(says), "{refused} does not say {says:?}");
    }
}

#[test]
fn a_name_belongs_to_one_agreement_for_ever() {
    let world = World::new();
    let first = world.arrangement();
    accord::propose(&world.eu, first.clone()).expect("proposed");
    let mut second = world.arrangement();
    second.id = AgreementId(edge::uuid());
    let refused = accord::propose(&world.eu, second).expect_err("the name is taken");
    assert!(refused.to_string().contains(&first.id.to_string()));
    let renamed = Agreement { version: 2, name: "another".into(), ..first };
    assert!(accord::propose(&world.eu, renamed).expect_err("renamed").to_string().contains("keep the name"));
}
