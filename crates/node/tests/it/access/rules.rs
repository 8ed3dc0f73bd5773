//! Who may use which route. A new route needs a line here, or the suite fails.

use super::routes::Route;

/// Whom a route lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anyone,
    /// Any account of the organisation.
    SignedIn,
    /// Accounts whose role includes this permission, by the page docs/security/roles.md.
    Holder(&'static str),
    /// Any account, and any consumer by its token.
    MemberOrConsumer,
    /// The same as `Holder`; a consumer is known and refused.
    HolderNotConsumer(&'static str),
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
        let program = self.path.starts_with("/taxii2") || self.path.starts_with("/api/");
        self.method == "POST" && !program && self.who != Who::Anyone
    }
}

const fn rule(method: &'static str, path: &'static str, who: Who) -> Rule {
    Rule { method, path, who }
}

use Who::{Anyone, Consumer, Holder, HolderNotConsumer, MemberOrConsumer, SignedIn, WritingConsumer};

/// The page that says what each role may do.
const ROLES: &str = include_str!("../../../../../docs/security/roles.md");

/// Whether the page gives this permission to that role.
pub fn holds(permission: &str, role: &str) -> bool {
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    let mut rows = ROLES.lines().filter(|line| line.starts_with('|')).map(cells);
    let head = rows.next().expect("a head");
    let column = head.iter().position(|name| *name == role).expect("a column for the role");
    let row = rows.find(|row| row[0] == permission);
    row.unwrap_or_else(|| panic!("docs/security/roles.md has no row {permission:?}"))[column] == "yes"
}

/// Every permission on the page.
pub fn permissions() -> Vec<&'static str> {
    let rows = ROLES.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|line| line.trim_matches('|').split('|').next().unwrap_or("").trim()).collect()
}

const PUBLISHER: Who = Holder("exchange object submit");
const ACCOUNTS: Who = Holder("account person manage");
const CONSUMERS: Who = Holder("party consumer manage");
const NOTICES: Who = Holder("account notice read");
const ADDRESS: Who = Holder("account notice address");
const WEBHOOK: Who = Holder("account notice webhook");
const WATCH: Who = Holder("picture watch keep");
const TRUST: Who = Holder("party card trust");

/// The table.
pub const RULES: &[Rule] = &[
    rule("GET", "/login", Anyone),
    rule("POST", "/login", Anyone),
    rule("GET", "/report", Anyone),
    rule("POST", "/report", Anyone),
    rule("GET", "/report/status", Anyone),
    rule("POST", "/report/status", Anyone),
    rule("POST", "/login/second", Anyone),
    rule("POST", "/login/passkey", Anyone),
    rule("GET", "/login/sso", Anyone),
    rule("GET", "/login/sso/back", Anyone),
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
    rule("GET", "/accounts", ACCOUNTS),
    rule("GET", "/accounts/add", ACCOUNTS),
    rule("POST", "/accounts/add", ACCOUNTS),
    rule("GET", "/accounts/{name}/change", ACCOUNTS),
    rule("POST", "/accounts/{name}/change", ACCOUNTS),
    rule("GET", "/accounts/{name}/close", ACCOUNTS),
    rule("POST", "/accounts/{name}/close", ACCOUNTS),
    rule("GET", "/accounts/{name}/reset", ACCOUNTS),
    rule("POST", "/accounts/{name}/reset", ACCOUNTS),
    rule("GET", "/accounts/{name}/sign-out", ACCOUNTS),
    rule("POST", "/accounts/{name}/sign-out", ACCOUNTS),
    rule("GET", "/accounts/roles", SignedIn),
    rule("GET", "/account", SignedIn),
    rule("GET", "/account/confirm", SignedIn),
    rule("POST", "/account/confirm", SignedIn),
    rule("GET", "/account/factor", SignedIn),
    rule("POST", "/account/factor/begin", SignedIn),
    rule("POST", "/account/factor/confirm", SignedIn),
    rule("POST", "/account/factor/codes", SignedIn),
    rule("POST", "/account/factor/drop", SignedIn),
    rule("GET", "/account/passkeys", SignedIn),
    rule("POST", "/account/passkeys/add", SignedIn),
    rule("POST", "/account/passkeys/{id}/drop", SignedIn),
    rule("GET", "/account/sessions", SignedIn),
    rule("POST", "/account/sessions/end", SignedIn),
    rule("POST", "/account/sessions/{id}/end", SignedIn),
    rule("GET", "/account/tokens", SignedIn),
    rule("POST", "/account/tokens/add", SignedIn),
    rule("POST", "/account/tokens/{id}/revoke", SignedIn),
    rule("GET", "/account/password", SignedIn),
    rule("POST", "/account/password", SignedIn),
    rule("GET", "/account/settings", Holder("account self manage")),
    rule("POST", "/account/settings", Holder("account self manage")),
    rule("GET", "/account/notices", NOTICES),
    rule("POST", "/account/notices", NOTICES),
    rule("POST", "/account/notices/address", ADDRESS),
    rule("POST", "/account/notices/address/prove", ADDRESS),
    rule("POST", "/account/notices/address/drop", ADDRESS),
    rule("POST", "/account/notices/webhook", WEBHOOK),
    rule("POST", "/account/notices/webhook/drop", WEBHOOK),
    rule("GET", "/notices", NOTICES),
    rule("GET", "/notices/bell", NOTICES),
    rule("POST", "/notices/read", NOTICES),
    rule("GET", "/notices/{reference}", NOTICES),
    rule("GET", "/find", Holder("node everything find")),
    rule("GET", "/past", Holder("node overview read")),
    rule("GET", "/compare", Holder("ledger record read")),
    rule("POST", "/find/saved", Holder("node everything find")),
    rule("POST", "/find/saved/forget", Holder("node everything find")),
    rule("POST", "/find/saved/watch", Holder("node everything find")),
    rule("GET", "/api/v1/find", Holder("node everything find")),
    rule("GET", "/styleguide", Holder("node overview read")),
    rule("GET", "/parties/card", SignedIn),
    rule("GET", "/parties/trust", TRUST),
    rule("POST", "/parties/trust", TRUST),
    rule("GET", "/parties/{id}/distrust", TRUST),
    rule("POST", "/parties/{id}/distrust", TRUST),
    rule("GET", "/parties/consumers/add", CONSUMERS),
    rule("POST", "/parties/consumers/add", CONSUMERS),
    rule("GET", "/parties/consumers/{name}/close", CONSUMERS),
    rule("POST", "/parties/consumers/{name}/close", CONSUMERS),
    rule("GET", "/links", Holder("link status read")),
    rule("GET", "/access/glass", Holder("access glass break")),
    rule("POST", "/access/glass", Holder("access glass break")),
    rule("POST", "/access/glass/mend", SignedIn),
    rule("GET", "/audit", Holder("audit trail read")),
    rule("GET", "/audit/export", Holder("audit trail export")),
    rule("GET", "/release", Holder("release draft read")),
    rule("GET", "/release/rules", Holder("release draft read")),
    rule("GET", "/release/rules/add", Holder("release rule set")),
    rule("POST", "/release/rules/add", Holder("release rule set")),
    rule("POST", "/release/rules/{id}/end", Holder("release rule set")),
    rule("GET", "/release/{id}", Holder("release draft read")),
    rule("POST", "/release/{id}/approve", Holder("release draft approve")),
    rule("POST", "/release/{id}/refuse", Holder("release draft read")),
    rule("GET", "/ledger", SignedIn),
    rule("GET", "/ledger/records", SignedIn),
    rule("GET", "/ledger/records/{id}", SignedIn),
    rule("GET", "/api/v1/parties", SignedIn),
    rule("GET", "/api/v1/ledger", SignedIn),
    rule("GET", "/accord/agreements", SignedIn),
    rule("GET", "/accord/agreements/{id}", SignedIn),
    rule("GET", "/accord/agreements/propose", Holder("accord agreement propose")),
    rule("POST", "/accord/agreements/propose", Holder("accord agreement propose")),
    rule("GET", "/accord/agreements/{id}/amend", Holder("accord agreement propose")),
    rule("POST", "/accord/agreements/{id}/amend", Holder("accord agreement propose")),
    rule("GET", "/accord/agreements/{id}/sign", Holder("accord agreement sign")),
    rule("POST", "/accord/agreements/{id}/sign", Holder("accord agreement sign")),
    rule("GET", "/accord/agreements/{id}/withdraw", Holder("accord agreement withdraw")),
    rule("POST", "/accord/agreements/{id}/withdraw", Holder("accord agreement withdraw")),
    rule("GET", "/api/v1/accord/agreements", SignedIn),
    rule("GET", "/api/v1/accord/agreements/{id}", SignedIn),
    rule("GET", "/notify/reports", Holder("notify report read")),
    rule("GET", "/notify/reports/new", Holder("notify report handle")),
    rule("POST", "/notify/reports/new", Holder("notify report handle")),
    rule("GET", "/notify/reports/{id}", Holder("notify report read")),
    rule("POST", "/notify/reports/{id}/step", Holder("notify report handle")),
    rule("GET", "/notify/reports/{id}/forward", Holder("notify report forward")),
    rule("POST", "/notify/reports/{id}/forward", Holder("notify report forward")),
    rule("GET", "/notify/causes", Holder("notify report read")),
    rule("POST", "/notify/causes", Holder("notify report handle")),
    rule("GET", "/notify/received", Holder("notify report read")),
    rule("GET", "/notify/warnings/new", Holder("notify report forward")),
    rule("POST", "/notify/warnings/new", Holder("notify report forward")),
    rule("GET", "/notify/summary", Holder("notify report read")),
    rule("GET", "/api/v1/notify/reports", Holder("notify report read")),
    rule("GET", "/api/v1/notify/reports/{id}", Holder("notify report read")),
    rule("GET", "/api/v1/notify/summary", Holder("notify report read")),
    rule("GET", "/notify/methods", Holder("notify method read")),
    rule("GET", "/notify/methods/crosswalk", Holder("notify method read")),
    rule("GET", "/notify/methods/declare", Holder("notify method declare")),
    rule("POST", "/notify/methods/declare", Holder("notify method declare")),
    rule("GET", "/notify/methods/{id}", Holder("notify method read")),
    rule("GET", "/api/v1/notify/methods", Holder("notify method read")),
    rule("GET", "/api/v1/notify/methods/crosswalk", Holder("notify method read")),
    rule("POST", "/api/v1/notify/methods/practices", Holder("notify method declare")),
    rule("GET", "/notify/incidents", Holder("notify incident read")),
    rule("GET", "/notify/incidents/open", Holder("notify incident open")),
    rule("POST", "/notify/incidents/open", Holder("notify incident open")),
    rule("GET", "/notify/incidents/import", Holder("notify incident open")),
    rule("POST", "/notify/incidents/import", Holder("notify incident open")),
    rule("GET", "/notify/incidents/{id}", Holder("notify incident read")),
    rule("GET", "/notify/incidents/{id}/laws", Holder("notify incident determine")),
    rule("POST", "/notify/incidents/{id}/laws", Holder("notify incident determine")),
    rule("GET", "/notify/incidents/{id}/intake", Holder("notify fact state")),
    rule("POST", "/notify/incidents/{id}/intake", Holder("notify fact state")),
    rule("GET", "/notify/incidents/{id}/decide", Holder("notify incident determine")),
    rule("POST", "/notify/incidents/{id}/decide", Holder("notify incident determine")),
    rule("POST", "/notify/incidents/{id}/assign", Holder("notify fact state")),
    rule("GET", "/notify/incidents/{id}/whatif", Holder("notify incident read")),
    rule("GET", "/notify/incidents/{id}/stages/{stage}", Holder("notify incident read")),
    rule("GET", "/notify/incidents/{id}/stages/{stage}/file", Holder("notify stage submit")),
    rule("POST", "/notify/incidents/{id}/stages/{stage}/file", Holder("notify stage submit")),
    rule("GET", "/notify/incidents/{id}/ransom", Holder("notify incident read")),
    rule("POST", "/notify/incidents/{id}/ransom/screen", Holder("notify fact state")),
    rule("GET", "/notify/incidents/{id}/ransom/export/{form}", Holder("notify incident read")),
    rule("GET", "/notify/pledges", Holder("notify incident read")),
    rule("POST", "/notify/pledges", Holder("notify pledge endorse")),
    rule("POST", "/notify/incidents/{id}/stages/{stage}/evidence", Holder("notify stage submit")),
    rule("GET", "/notify/incidents/{id}/evidence/{record}", Holder("notify incident read")),
    rule("GET", "/notify/incidents/{id}/stages/{stage}/send", Holder("notify stage submit")),
    rule("POST", "/notify/incidents/{id}/stages/{stage}/send", Holder("notify stage submit")),
    rule("GET", "/notify/incidents/{id}/stages/{stage}/mail", Holder("notify stage submit")),
    rule("POST", "/notify/incidents/{id}/stages/{stage}/mail", Holder("notify stage submit")),
    rule("POST", "/notify/incidents/{id}/stages/{stage}/mail/settle", Holder("notify stage submit")),
    rule("GET", "/notify/mailboxes", Holder("notify incident read")),
    rule("POST", "/notify/mailboxes", Holder("notify stage submit")),
    rule("GET", "/notify/incidents/{id}/stages/{stage}/document", Holder("notify incident read")),
    rule("GET", "/notify/incidents/{id}/stages/{stage}/template", Holder("notify incident read")),
    rule("GET", "/notify/incidents/{id}/stages/{stage}/proof", Holder("notify incident read")),
    rule("GET", "/notify/incidents/{id}/stages/{stage}/proof/file", Holder("notify incident read")),
    rule("GET", "/notify/clocks", Holder("notify incident read")),
    rule("GET", "/notify/calendar", Holder("notify incident read")),
    rule("POST", "/notify/calendar", Holder("notify incident read")),
    rule("GET", "/notify/calendar/{token}", Anyone),
    rule("GET", "/api/v1/notify/causes", Holder("notify report read")),
    rule("GET", "/api/v1/notify/incidents", Holder("notify incident read")),
    rule("POST", "/api/v1/notify/incidents", Holder("notify incident open")),
    rule("POST", "/api/v1/notify/incidents/import", Holder("notify incident open")),
    rule("POST", "/api/v1/notify/incidents/{id}/facts", Holder("notify fact state")),
    rule("POST", "/api/v1/notify/incidents/{id}/determinations", Holder("notify incident determine")),
    rule("POST", "/api/v1/notify/incidents/{id}/submissions", Holder("notify stage submit")),
    rule("GET", "/api/v1/notify/incidents/{id}/stages/{stage}/filing", Holder("notify stage submit")),
    rule("POST", "/api/v1/notify/incidents/{id}/stages/{stage}/filing", Holder("notify stage submit")),
    rule("GET", "/api/v1/notify/incidents/{id}/stages/{stage}/mail", Holder("notify stage submit")),
    rule("POST", "/api/v1/notify/incidents/{id}/stages/{stage}/mail", Holder("notify stage submit")),
    rule("GET", "/api/v1/notify/incidents/{id}/mailings", Holder("notify incident read")),
    rule("POST", "/api/v1/notify/incidents/{id}/mailings/{mailing}", Holder("notify stage submit")),
    rule("GET", "/api/v1/notify/mailboxes", Holder("notify incident read")),
    rule("POST", "/api/v1/notify/mailboxes", Holder("notify stage submit")),
    rule("GET", "/api/v1/notify/incidents/{id}/filings", Holder("notify incident read")),
    rule("GET", "/api/v1/notify/incidents/{id}/evidence/{record}", Holder("notify incident read")),
    rule("GET", "/api/v1/notify/incidents/{id}/plan", Holder("notify incident read")),
    rule("GET", "/picture/trends", Holder("picture view read")),
    rule("GET", "/picture/matrix", Holder("picture view read")),
    rule("GET", "/picture/map", Holder("picture view read")),
    rule("GET", "/picture/report", Holder("picture view read")),
    rule("GET", "/picture/sources", Holder("picture view read")),
    rule("GET", "/picture/subjects/{id}", Holder("picture view read")),
    rule("POST", "/picture/report", Holder("picture report publish")),
    rule("GET", "/picture/report/preview", Holder("picture report publish")),
    rule("GET", "/picture/snapshots", Holder("picture view read")),
    rule("POST", "/picture/snapshots", Holder("picture snapshot sign")),
    rule("GET", "/picture/snapshots/{id}", Holder("picture view read")),
    rule("POST", "/picture/snapshots/{id}", Holder("picture snapshot sign")),
    rule("GET", "/picture/snapshots/{id}/document", Holder("picture view read")),
    rule("GET", "/api/v1/picture/matrix", Holder("picture view read")),
    rule("GET", "/api/v1/picture/report", Holder("picture view read")),
    rule("GET", "/api/v1/picture/subjects/{id}", Holder("picture view read")),
    rule("GET", "/picture/watch", Holder("picture view read")),
    rule("GET", "/picture/watch/entries/{party}/{id}", Holder("picture view read")),
    rule("GET", "/picture/watch/add", WATCH),
    rule("POST", "/picture/watch/add", WATCH),
    rule("GET", "/picture/watch/{id}/edit", WATCH),
    rule("POST", "/picture/watch/{id}/edit", WATCH),
    rule("GET", "/picture/watch/{id}/evidence", WATCH),
    rule("POST", "/picture/watch/{id}/evidence", WATCH),
    rule("GET", "/picture/watch/{id}/retire", WATCH),
    rule("POST", "/picture/watch/{id}/retire", WATCH),
    rule("GET", "/api/v1/picture/watch", Holder("picture view read")),
    rule("GET", "/api/v1/picture/watch/{party}/{id}", Holder("picture view read")),
    rule("GET", "/picture/handover", Holder("picture shift hand-over")),
    rule("POST", "/picture/handover", Holder("picture shift hand-over")),
    rule("GET", "/api/v1/picture/trends", Holder("picture view read")),
    rule("GET", "/api/v1/picture/compare", Holder("picture view read")),
    rule("GET", "/exchange/objects", SignedIn),
    rule("GET", "/exchange/objects/{id}", SignedIn),
    rule("GET", "/exchange/objects/{id}/document", SignedIn),
    rule("GET", "/exchange/objects/{id}/retract", Holder("exchange object retract")),
    rule("POST", "/exchange/objects/{id}/retract", Holder("exchange object retract")),
    rule("GET", "/exchange/objects/{id}/narrow", Holder("exchange object narrow")),
    rule("POST", "/exchange/objects/{id}/narrow", Holder("exchange object narrow")),
    rule("GET", "/exchange/quarantine", Holder("exchange quarantine read")),
    rule("GET", "/exchange/deliveries", Holder("exchange delivery read")),
    rule("GET", "/exchange/import", PUBLISHER),
    rule("POST", "/exchange/import", PUBLISHER),
    rule("GET", "/exchange/import/publish", PUBLISHER),
    rule("POST", "/exchange/import/publish", PUBLISHER),
    rule("GET", "/api/v1/exchange/objects", MemberOrConsumer),
    rule("GET", "/api/v1/exchange/objects/{id}", MemberOrConsumer),
    rule("GET", "/api/v1/exchange/objects/{id}/releases", HolderNotConsumer("exchange delivery read")),
    rule("GET", "/api/v1/exchange/objects/{id}/retractions", HolderNotConsumer("exchange delivery read")),
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
