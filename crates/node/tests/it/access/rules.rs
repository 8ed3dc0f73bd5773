//! Who may use which route. A new route needs a line here, or the suite fails.

use super::routes::Route;

/// Whom a route lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anyone,
    /// Any account of the organisation.
    SignedIn,
    /// Accounts that may publish: officer, analyst.
    Publisher,
    /// Accounts that may sign for the party: officer.
    Signatory,
    /// Accounts that manage accounts and consumers: administrator.
    Administrator,
    /// Any account, and any consumer by its token.
    MemberOrConsumer,
    /// Any account; a consumer is known and refused.
    MemberNotConsumer,
    /// Any consumer by its token; no account.
    Consumer,
    /// A consumer that may write.
    WritingConsumer,
}

/// One line of the table.
#[derive(Debug)]
pub struct Rule {
    pub method: &'static str,
    pub path: &'static str,
    pub who: Who,
}

impl Rule {
    pub fn route(&self) -> Route {
        Route { method: self.method, path: self.path.to_owned() }
    }

    /// True where a browser's form is posted by somebody who is signed in.
    pub fn takes_form(&self) -> bool {
        self.method == "POST" && !self.path.starts_with("/taxii2") && self.path != "/login"
    }
}

const fn rule(method: &'static str, path: &'static str, who: Who) -> Rule {
    Rule { method, path, who }
}

use Who::{
    Administrator, Anyone, Consumer, MemberNotConsumer, MemberOrConsumer, Publisher, Signatory, SignedIn,
    WritingConsumer,
};

/// The table.
pub const RULES: &[Rule] = &[
    rule("GET", "/login", Anyone),
    rule("POST", "/login", Anyone),
    rule("GET", "/assets/{name}", Anyone),
    rule("GET", "/health", Anyone),
    rule("GET", "/ready", Anyone),
    rule("GET", "/metrics", Anyone),
    rule("GET", "/api/v1/openapi.json", Anyone),
    rule("GET", "/", SignedIn),
    rule("POST", "/logout", SignedIn),
    rule("GET", "/events", SignedIn),
    rule("GET", "/parties", SignedIn),
    rule("GET", "/parties/{id}", SignedIn),
    rule("GET", "/accounts", Administrator),
    rule("GET", "/accounts/add", Administrator),
    rule("POST", "/accounts/add", Administrator),
    rule("GET", "/accounts/{name}/change", Administrator),
    rule("POST", "/accounts/{name}/change", Administrator),
    rule("GET", "/accounts/{name}/close", Administrator),
    rule("POST", "/accounts/{name}/close", Administrator),
    rule("GET", "/account/password", SignedIn),
    rule("POST", "/account/password", SignedIn),
    rule("GET", "/account/settings", SignedIn),
    rule("POST", "/account/settings", SignedIn),
    rule("GET", "/find", SignedIn),
    rule("POST", "/find/saved", SignedIn),
    rule("POST", "/find/saved/forget", SignedIn),
    rule("GET", "/api/v1/find", SignedIn),
    rule("GET", "/styleguide", SignedIn),
    rule("GET", "/parties/card", SignedIn),
    rule("GET", "/parties/trust", Signatory),
    rule("POST", "/parties/trust", Signatory),
    rule("GET", "/parties/{id}/distrust", Signatory),
    rule("POST", "/parties/{id}/distrust", Signatory),
    rule("GET", "/parties/consumers/add", Administrator),
    rule("POST", "/parties/consumers/add", Administrator),
    rule("GET", "/parties/consumers/{name}/close", Administrator),
    rule("POST", "/parties/consumers/{name}/close", Administrator),
    rule("GET", "/links", SignedIn),
    rule("GET", "/ledger", SignedIn),
    rule("GET", "/ledger/records", SignedIn),
    rule("GET", "/ledger/records/{id}", SignedIn),
    rule("GET", "/api/v1/parties", SignedIn),
    rule("GET", "/api/v1/ledger", SignedIn),
    rule("GET", "/accord/agreements", SignedIn),
    rule("GET", "/accord/agreements/{id}", SignedIn),
    rule("GET", "/accord/agreements/propose", Signatory),
    rule("POST", "/accord/agreements/propose", Signatory),
    rule("GET", "/accord/agreements/{id}/amend", Signatory),
    rule("POST", "/accord/agreements/{id}/amend", Signatory),
    rule("GET", "/accord/agreements/{id}/sign", Signatory),
    rule("POST", "/accord/agreements/{id}/sign", Signatory),
    rule("GET", "/accord/agreements/{id}/withdraw", Signatory),
    rule("POST", "/accord/agreements/{id}/withdraw", Signatory),
    rule("GET", "/api/v1/accord/agreements", SignedIn),
    rule("GET", "/api/v1/accord/agreements/{id}", SignedIn),
    rule("GET", "/notify/incidents", SignedIn),
    rule("GET", "/notify/incidents/{id}", SignedIn),
    rule("GET", "/api/v1/notify/incidents", SignedIn),
    rule("GET", "/api/v1/notify/incidents/{id}/plan", SignedIn),
    rule("GET", "/exchange/objects", SignedIn),
    rule("GET", "/exchange/objects/{id}", SignedIn),
    rule("GET", "/exchange/objects/{id}/document", SignedIn),
    rule("GET", "/exchange/objects/{id}/retract", Publisher),
    rule("POST", "/exchange/objects/{id}/retract", Publisher),
    rule("GET", "/exchange/objects/{id}/narrow", Publisher),
    rule("POST", "/exchange/objects/{id}/narrow", Publisher),
    rule("GET", "/exchange/quarantine", SignedIn),
    rule("GET", "/exchange/deliveries", SignedIn),
    rule("GET", "/exchange/import", Publisher),
    rule("POST", "/exchange/import", Publisher),
    rule("GET", "/exchange/import/publish", Publisher),
    rule("POST", "/exchange/import/publish", Publisher),
    rule("GET", "/api/v1/exchange/objects", MemberOrConsumer),
    rule("GET", "/api/v1/exchange/objects/{id}", MemberOrConsumer),
    rule("GET", "/api/v1/exchange/objects/{id}/releases", MemberNotConsumer),
    rule("GET", "/api/v1/exchange/objects/{id}/retractions", MemberNotConsumer),
    rule("GET", "/taxii2", Consumer),
    rule("GET", "/taxii2/{root}", Consumer),
    rule("GET", "/taxii2/{root}/status/{id}", Consumer),
    rule("GET", "/taxii2/{root}/collections", Consumer),
    rule("GET", "/taxii2/{root}/collections/{id}", Consumer),
    rule("GET", "/taxii2/{root}/collections/{id}/manifest", Consumer),
    rule("GET", "/taxii2/{root}/collections/{id}/objects", Consumer),
    rule("POST", "/taxii2/{root}/collections/{id}/objects", WritingConsumer),
    rule("GET", "/taxii2/{root}/collections/{id}/objects/{object}", Consumer),
    rule("DELETE", "/taxii2/{root}/collections/{id}/objects/{object}", WritingConsumer),
    rule("GET", "/taxii2/{root}/collections/{id}/objects/{object}/versions", Consumer),
];
