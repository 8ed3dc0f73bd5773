//! Every route and every role: who is let in, who is sent to sign in, who is refused.

mod beyond;
pub mod house;
mod logs;
mod routes;
mod rules;
mod safety;
pub mod web;

use house::{House, Role};
use routes::Route;
use rules::{RULES, Rule, Who};
use web::Answer;

/// What an answer says about the one who asked.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// Let in, whatever came of it then.
    In,
    /// Told to sign in.
    SignIn,
    /// Known, and not allowed.
    Refused,
}

fn fate(answer: &Answer) -> Fate {
    let to_login = answer.status == 303 && answer.header("location").starts_with("/login");
    match answer.status {
        401 => Fate::SignIn,
        303 if to_login && !answer.header("location").contains("out=1") => Fate::SignIn,
        403 => Fate::Refused,
        _ => Fate::In,
    }
}

fn holds(permission: &str, role: Role) -> bool {
    role.account().is_some_and(|name| rules::holds(permission, name))
}

/// What the rule promises to this role.
fn promised(rule: &Rule, role: Role) -> Fate {
    let let_in = match rule.who {
        Who::Anyone => return Fate::In,
        Who::SignedIn => role.is_member(),
        Who::Holder(permission) => holds(permission, role),
        Who::MemberOrConsumer => role.is_member() || role.is_consumer(),
        Who::HolderNotConsumer(_) if role.is_consumer() => return Fate::Refused,
        Who::HolderNotConsumer(permission) => holds(permission, role),
        Who::Consumer => role.is_consumer(),
        Who::WritingConsumer => role == Role::Writer,
    };
    let known = match rule.who {
        Who::Consumer | Who::WritingConsumer => role.is_consumer(),
        _ => role.is_member(),
    };
    match (let_in, known) {
        (true, _) => Fate::In,
        (false, true) => Fate::Refused,
        (false, false) => Fate::SignIn,
    }
}

#[test]
fn every_route_has_a_rule_and_every_rule_a_route() {
    let (declared, ruled): (Vec<Route>, Vec<Route>) =
        (routes::declared(), RULES.iter().map(Rule::route).collect());
    let uncovered: Vec<_> = declared.iter().filter(|route| !ruled.contains(route)).collect();
    assert!(uncovered.is_empty(), "say in access/rules.rs who may use {uncovered:#?}");
    let gone: Vec<_> = ruled.iter().filter(|route| !declared.contains(route)).collect();
    assert!(gone.is_empty(), "no longer served; remove from access/rules.rs: {gone:#?}");
}

#[test]
fn each_permission_that_not_everybody_has_guards_a_route() {
    let guards = |permission: &str| {
        RULES.iter().any(
            |rule| matches!(rule.who, Who::Holder(name) | Who::HolderNotConsumer(name) if name == permission),
        )
    };
    let everybody = |permission: &str| {
        let mut members = Role::ALL.into_iter().filter(|role| role.is_member());
        members.all(|role| holds(permission, role))
    };
    let idle: Vec<&str> = rules::permissions()
        .into_iter()
        .filter(|permission| !everybody(permission) && !guards(permission))
        .collect();
    assert!(idle.is_empty(), "{idle:?}: docs/security/roles.md promises what no route asks");
}

#[test]
fn the_openapi_document_describes_the_api_and_nothing_else() {
    let described = routes::described();
    let api = |route: &&Route| route.path.starts_with("/api/") && route.path != "/api/v1/openapi.json";
    for route in routes::declared().iter().filter(api) {
        assert!(described.contains(route), "{route:?} is served and not described");
    }
    let declared = routes::declared();
    for route in &described {
        assert!(declared.contains(route), "{route:?} is described and not served");
    }
}

#[test]
fn every_role_gets_at_every_route_what_its_rule_says_and_no_more() {
    let house = House::open();
    let mut wrong = Vec::new();
    for role in Role::ALL {
        // Signing out comes last: it ends the session.
        let (last, first): (Vec<&Rule>, Vec<&Rule>) = RULES.iter().partition(|rule| rule.path == "/logout");
        for rule in first.into_iter().chain(last) {
            let answer = house.ask(rule, role, true);
            let (found, wanted) = (fate(&answer), promised(rule, role));
            if found != wanted {
                wrong.push(format!(
                    "{role:?} {} {}: {found:?} ({}), not {wanted:?}",
                    rule.method, rule.path, answer.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    house.running.stop();
}

#[test]
fn no_form_is_taken_without_the_token_of_its_session_and_no_method_that_is_not_declared() {
    let house = House::open();
    let mut wrong = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.method == "POST" && rule.takes_form()) {
        for role in Role::ALL.into_iter().filter(|role| role.is_member()) {
            let status = house.ask(rule, role, false).status;
            if status != 403 {
                wrong.push(format!("{role:?} {}: {status} without the form's token", rule.path));
            }
        }
    }
    let declared = routes::declared();
    for route in &declared {
        for method in ["PUT", "PATCH", "DELETE", "POST", "TRACE", "CONNECT"] {
            if declared.iter().any(|other| other.path == route.path && other.method == method) {
                continue;
            }
            let status = house.raw(method, &house.fill(&route.path), Role::Officer).status;
            if !(400..500).contains(&status) {
                wrong.push(format!("{method} {}: {status}", route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    house.running.stop();
}
