//! A running node with an account of every role, consumers, an agreement and an object.

use std::cell::RefCell;
use std::collections::HashMap;

use super::rules::Rule;
use super::web::{self, Answer};
use crate::node::Node;
use crate::objects::indicator;
use crate::run::Running;
use crate::share::agreed;

pub const PASSWORD: &str = "correct horse battery";
const AGREEMENT: &str = "agreement:0192f0c1-2f00-7000-8000-000000000001";
const OBJECT: &str = "indicator--00000000-0000-4000-8000-000000000001";

/// Everybody who may knock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Nobody,
    /// Somebody with a token that was never given out.
    Forger,
    /// An account that was closed while it was signed in.
    Former,
    /// A consumer that was shut out.
    FormerConsumer,
    Officer,
    Analyst,
    Compliance,
    ProductSecurity,
    Policy,
    Press,
    Observer,
    Guest,
    Auditor,
    Administrator,
    Reader,
    Writer,
}

impl Role {
    pub const ALL: [Role; 16] = [
        Role::Nobody,
        Role::Forger,
        Role::Former,
        Role::FormerConsumer,
        Role::Officer,
        Role::Analyst,
        Role::Compliance,
        Role::ProductSecurity,
        Role::Policy,
        Role::Press,
        Role::Observer,
        Role::Guest,
        Role::Auditor,
        Role::Administrator,
        Role::Reader,
        Role::Writer,
    ];

    /// The name of the role that an account of this house has; its account is called the same.
    pub fn account(self) -> Option<&'static str> {
        Some(match self {
            Role::Officer => "officer",
            Role::Analyst => "analyst",
            Role::Compliance => "compliance",
            Role::ProductSecurity => "product-security",
            Role::Policy => "policy",
            Role::Press => "press",
            Role::Observer => "observer",
            Role::Guest => "guest",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
            Role::Nobody
            | Role::Forger
            | Role::Former
            | Role::FormerConsumer
            | Role::Reader
            | Role::Writer => return None,
        })
    }

    pub fn is_member(self) -> bool {
        self.account().is_some()
    }

    pub fn is_consumer(self) -> bool {
        matches!(self, Role::Reader | Role::Writer)
    }
}

/// A session of the console.
#[derive(Debug, Clone)]
pub struct Session {
    pub cookie: String,
    pub csrf: String,
}

pub struct House {
    pub running: Running,
    tokens: HashMap<Role, String>,
    sessions: RefCell<HashMap<Role, Session>>,
    pub eu: Node,
    _us: Node,
}

/// Signs in at a node and reads the form's token off the first page.
pub fn sign_in(address: &str, name: &str) -> Session {
    let answer = log_in(address, name, PASSWORD, &[]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let cookie = format!("entente={}", answer.cookie().expect("a cookie"));
    let page = web::send(address, "GET", "/", &[("Cookie", &cookie)], b"");
    let csrf = page.body.split_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
    Session { cookie, csrf: csrf.expect("a form").0.to_owned() }
}

fn log_in(address: &str, name: &str, password: &str, headers: &[(&str, &str)]) -> Answer {
    let body = format!("user={name}&password={}", password.replace(' ', "+"));
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    web::send(address, "POST", "/login", &[&[form], headers].concat(), body.as_bytes())
}

impl House {
    pub fn open() -> Self {
        Self::bounded("")
    }

    /// The same with these keys under `[limits]`.
    pub fn bounded(limits: &str) -> Self {
        let (eu, us) = agreed();
        eu.write("password", &format!("{PASSWORD}\n"));
        let members: Vec<(Role, &str)> =
            Role::ALL.into_iter().filter_map(|role| Some((role, role.account()?))).collect();
        for (name, role) in members.iter().map(|(_, name)| (*name, *name)).chain([("former", "officer")]) {
            eu.run(&[
                "account",
                "add",
                name,
                "--role",
                role,
                "--clearance",
                "red",
                "--password-file",
                &eu.arg("password"),
            ])
            .well();
        }
        let mut tokens = HashMap::new();
        for (role, name, write) in [
            (Role::Reader, "reader", false),
            (Role::Writer, "writer", true),
            (Role::FormerConsumer, "gone", true),
        ] {
            let mut add = vec![
                "party",
                "consumer",
                "add",
                name,
                "--relation",
                "organisation",
                "--clearance",
                "red",
                "--agreement",
                "pilot",
                "--json",
            ];
            add.extend(write.then_some("--write"));
            let token = eu.run(&add).well().json()["token"].as_str().expect("a token").to_owned();
            tokens.insert(role, token);
        }
        eu.run(&["party", "consumer", "close", "gone"]).well();
        eu.write("one.json", &indicator(1, Some("green")));
        eu.run(&["exchange", "import", &eu.arg("one.json"), "--under", "pilot"]).well();
        tokens.insert(Role::Forger, "A".repeat(44));
        let config = std::fs::read_to_string(eu.path("entente.toml")).expect("read");
        eu.write("entente.toml", &format!("{config}[limits]\n{limits}\n"));
        let house = Self { running: Running::start(&eu), tokens, sessions: RefCell::default(), eu, _us: us };
        for (role, name) in members.into_iter().chain([(Role::Former, "former")]) {
            house.sessions.borrow_mut().insert(role, house.sign_in(name));
        }
        house.eu.run(&["account", "close", "former"]).well();
        house
    }

    pub fn session(&self, role: Role) -> Session {
        self.sessions.borrow().get(&role).cloned().expect("a session")
    }

    /// What a consumer sends as `Authorization`.
    pub fn token(&self, role: Role) -> String {
        format!("Bearer {}", self.tokens[&role])
    }

    /// Signs in and reads the form's token off the first page.
    pub fn sign_in(&self, name: &str) -> Session {
        sign_in(&self.running.address, name)
    }

    pub fn log_in(&self, name: &str, password: &str, headers: &[(&str, &str)]) -> Answer {
        log_in(&self.running.address, name, password, headers)
    }

    /// A path with this house's things in its places.
    pub fn fill(&self, path: &str) -> String {
        let id = match path {
            _ if path.contains("/parties/") => "eu",
            _ if path.contains("/agreements/") => AGREEMENT,
            _ if path.contains("/records/") => "nothing",
            _ if path.contains("/status/") => "nothing",
            _ if path.contains("/collections/") => "objects",
            _ => OBJECT,
        };
        let path = path.replace("{root}", "pilot").replace("{object}", OBJECT).replace("{name}", "none.css");
        path.replace("{id}", id).replace("{party}", "nobody").replace("{reference}", "nothing")
    }

    /// The request of a rule as this role sends it, with or without the form's token.
    pub fn ask(&self, rule: &Rule, role: Role, signed: bool) -> Answer {
        let path = self.fill(rule.path);
        let (mut body, form) = (String::new(), rule.method == "POST");
        if form
            && signed
            && let Some(session) = self.sessions.borrow().get(&role)
        {
            // Nothing that could be carried out: a moment that is none, no reason, no document.
            body = format!("csrf={}&effective=never", session.csrf);
        }
        if rule.path.starts_with("/login") && form {
            // Each from a name of its own: guessing is slowed down for each name.
            body = format!("user={role:?}&password=wrong");
            let answer = self.send(rule.method, &path, role, body.as_bytes());
            // Not let in, for the wrong password or the ticket that is none; the route itself is open.
            let open = matches!(answer.status, 401 | 303);
            return Answer { status: if open { 200 } else { answer.status }, ..answer };
        }
        self.send(rule.method, &path, role, body.as_bytes())
    }

    /// Any method on any path.
    pub fn raw(&self, method: &str, path: &str, role: Role) -> Answer {
        self.send(method, path, role, b"")
    }

    fn send(&self, method: &str, path: &str, role: Role, body: &[u8]) -> Answer {
        let bearer = self.tokens.get(&role).map(|token| format!("Bearer {token}"));
        let cookie = self.sessions.borrow().get(&role).map(|session| session.cookie.clone());
        let taxii = path.starts_with("/taxii2");
        let kind =
            if taxii { "application/taxii+json;version=2.1" } else { "application/x-www-form-urlencoded" };
        let mut headers = vec![("Content-Type", kind)];
        if taxii {
            headers.push(("Accept", kind));
        }
        headers.extend(bearer.as_deref().map(|bearer| ("Authorization", bearer)));
        headers.extend(cookie.as_deref().map(|cookie| ("Cookie", cookie)));
        web::send(&self.running.address, method, path, &headers, body)
    }
}
