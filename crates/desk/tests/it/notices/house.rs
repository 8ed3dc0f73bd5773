//! A node with a mail server and a way to webhooks, people, and a room that has something to tell.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use desk::access::{EverythingFind, Permit as _};
use desk::find::{self, Ask, Hit};
use desk::local::{Account, Role};
use desk::notice::{self, Couriers, Gathered, Notice, Source, Urgency, Way};
use desk::outbound::{MailOptions, MailTls, Mailer, Outbound, OutboundOptions};
use desk::pages::{App, PageError, Site, Visitor};
use desk::{Desk, DeskOptions, edge};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use http::{Request, StatusCode};
use ledger::keys::PartyKeys;
use model::{Bilingual, Marking, Realm, Timestamp, Tlp};
use records::notice_receipt::{NoticeReceipt, Outcome};
use records::{Marked, Seal};
use tower::ServiceExt as _;

use super::post_office::PostOffice;

pub struct House {
    pub app: App,
    router: axum::Router,
    _folder: tempfile::TempDir,
}

pub struct Person {
    cookie: String,
    csrf: String,
}

/// What the room has to find is kept as a preference of nobody's too: `instant|TLP|title` on each line.
fn things() -> find::Source {
    find::Source {
        name: "things",
        label: |_| "Things".into(),
        find: Arc::new(|app: &App, visitor: &Visitor, ask: &Ask<'_>| {
            let lines = app.desk.local.preference("~room", "holds").unwrap_or_default();
            let hits: Vec<Hit> = lines.lines().filter_map(|line| hit(visitor, ask, line)).collect();
            Ok(find::gather(ask, hits))
        }),
    }
}

fn hit(visitor: &Visitor, ask: &Ask<'_>, line: &str) -> Option<Hit> {
    let [came, tlp, title] = line.split('|').collect::<Vec<_>>().try_into().expect("three parts");
    let tlp: Tlp = tlp.parse().expect("a label");
    (tlp <= visitor.account.clearance && ask.fits(title)).then(|| Hit {
        title: title.to_owned(),
        language: None,
        href: "/ledger".into(),
        why: None,
        marking: Some(model::Marking::tlp(tlp)),
        author: None,
        at: Some(at(came)),
        values: Default::default(),
    })
}

/// What the room has to tell is kept as a preference of nobody's, a line for each.
const TOLD: Source = Source { name: "test", gather: told };

fn told(app: &App, _: Option<&str>, _: Timestamp) -> Result<Gathered, PageError> {
    let lines = app.desk.local.preference("~room", "tells").unwrap_or_default();
    let read = |line: &str| {
        let mut parts = line.split('|');
        let [key, account, tlp, urgency, due, text] =
            std::array::from_fn(|_| parts.next().expect("six parts and perhaps a record"));
        Notice {
            key: key.into(),
            account: account.into(),
            kind: "notify-reminder",
            text: Bilingual::new(text, format!("{text} (fr)")),
            href: "/find?q=victim".into(),
            tlp: tlp.parse().expect("a label"),
            urgency: Urgency::of(urgency).expect("an urgency"),
            due: due.parse().ok(),
            needs: EverythingFind::PERMISSION,
            about: parts.next().map(|seq| seq.parse().expect("an arrival number")),
        }
    };
    Ok(Gathered { notices: lines.lines().map(read).collect(), place: None })
}

pub fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

impl House {
    pub fn open(office: &PostOffice) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("keys")).expect("a folder");
        PartyKeys::generate().expect("keys").save(&Desk::key_file(folder.path())).expect("saved");
        let options = DeskOptions { folder: folder.path().to_owned(), realm: Realm::Real, pillars: vec![] };
        let desk = Desk::open(options).expect("a desk");
        let mail = MailOptions {
            server: "127.0.0.1".into(),
            port: office.port,
            tls: MailTls::None,
            login: None,
            from: "desk@ecsc.example".into(),
            ca_file: None,
            timeout: Duration::from_secs(20),
        };
        let allow = vec!["127.0.0.1".parse().expect("an entry")];
        let couriers = Couriers {
            mail: Some(Mailer::new(&mail).expect("a mailer")),
            mail_up_to: Tlp::Green,
            webhook: Some(
                Outbound::new(&OutboundOptions { allow, ..Default::default() }).expect("a way out"),
            ),
            webhook_up_to: Tlp::Clear,
            base: "https://desk.ecsc.example".into(),
        };
        let site = Site {
            notices: vec![TOLD],
            sources: vec![things()],
            couriers: Some(Arc::new(couriers)),
            ..Site::default()
        };
        let app = App::new(desk, site);
        let router = desk::pages::router(app.clone());
        Self { app, router, _folder: folder }
    }

    pub fn person(&self, name: &str, clearance: Tlp) -> Person {
        let account = Account { name: name.into(), role: Role::Officer, clearance };
        let local = &self.app.desk.local;
        local.set_account(&account, "correct horse battery").expect("an account");
        let token = local.open_session(name, edge::now()).expect("a session");
        let csrf = local.session(&token, edge::now()).expect("open").form_token;
        Person { cookie: format!("entente={token}"), csrf }
    }

    /// Somebody whose address has been proved.
    pub fn reached(&self, name: &str, clearance: Tlp) -> Person {
        let (person, local) = (self.person(name, clearance), &self.app.desk.local);
        let code = local.begin_address(name, &format!("{name}@ecsc.example"), edge::now()).expect("a code");
        local.prove_address(name, &code, edge::now()).expect("proved");
        person
    }

    /// A record of that marking in the own log, by its arrival number.
    pub fn record(&self, tlp: Tlp) -> u64 {
        let body = NoticeReceipt {
            parcel: format!("{tlp:?}"),
            account: "nobody".into(),
            way: "mail".into(),
            notices: Vec::new(),
            outcome: Outcome::Delivered,
            tries: 1,
            said: String::new(),
        };
        let desk = &self.app.desk;
        let seal =
            Seal { marked: Marked::Known(Marking::tlp(tlp)), ..desk.seal::<NoticeReceipt>(edge::now()) };
        desk.submit_and_fold(vec![seal.body(&body, edge::salt())]).expect("submitted");
        desk.ledger.last_seq()
    }

    /// The room has one more thing to tell: `key|account|tlp|urgency|due|text`, and `|seq` of the record it is about.
    pub fn tell(&self, line: &str) {
        let local = &self.app.desk.local;
        let before = local.preference("~room", "tells").unwrap_or_default();
        local.prefer("~room", "tells", format!("{before}\n{line}").trim()).expect("kept");
    }

    /// The room holds one more thing: `instant|TLP|title`.
    pub fn hold(&self, line: &str) {
        let local = &self.app.desk.local;
        let before = local.preference("~room", "holds").unwrap_or_default();
        local.prefer("~room", "holds", format!("{before}\n{line}").trim()).expect("kept");
    }

    /// What the room holds under this title is narrowed.
    pub fn narrow(&self, title: &str, to: Tlp) {
        let local = &self.app.desk.local;
        let before = local.preference("~room", "holds").unwrap_or_default();
        let narrowed = |line: &str| match line.rsplit_once('|') {
            Some((head, named)) if named == title => {
                let came = head.split('|').next().expect("an instant");
                format!("{came}|{}|{title}", to.word())
            }
            _ => line.to_owned(),
        };
        let after: Vec<String> = before.lines().map(narrowed).collect();
        local.prefer("~room", "holds", &after.join("\n")).expect("kept");
    }

    /// What a running node does every few seconds.
    pub async fn round(&self, now: &str) -> usize {
        self.round_at(at(now)).await
    }

    pub async fn round_at(&self, now: Timestamp) -> usize {
        notice::gather(&self.app, now).expect("gathered");
        let mut arrived = 0;
        for way in Way::ALL {
            arrived += notice::carry(&self.app, way, now).await.expect("carried");
        }
        arrived
    }

    /// The bodies of every receipt in the own log.
    pub fn receipts(&self) -> Vec<serde_json::Value> {
        let reader = self.app.desk.ledger.reader().expect("a reader");
        let mut found = Vec::new();
        for seq in 1..=self.app.desk.ledger.last_seq() {
            let read = |entry: ledger::EntryRef<'_>| {
                let header = entry.header.and_then(|header| records::Header::parse(header).ok());
                let is_receipt = header.is_some_and(|header| header.kind == "notice.receipt.v1");
                if let (true, Some(body)) = (is_receipt, entry.body) {
                    found.push(serde_json::from_slice(body).expect("JSON"));
                }
            };
            reader.entry(seq, read).expect("an entry");
        }
        found
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let (parts, body) = self.router.clone().oneshot(request).await.expect("infallible").into_parts();
        let to = parts.headers.get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        let bytes = to_bytes(body, 1 << 24).await.expect("a body");
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        (parts.status, if parts.status == StatusCode::SEE_OTHER { to } else { text })
    }

    pub async fn get(&self, person: &Person, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(COOKIE, &person.cookie).body(Body::empty());
        self.send(request.expect("a request")).await
    }

    pub async fn page(&self, person: &Person, path: &str) -> String {
        let (status, page) = self.get(person, path).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        page
    }

    pub async fn post(&self, person: &Person, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let form: String =
            fields.iter().map(|(name, value)| format!("&{name}={}", ui::query::encode(value))).collect();
        let request = Request::post(path)
            .header(COOKIE, &person.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={}{form}", ui::query::encode(&person.csrf))));
        self.send(request.expect("a request")).await
    }

    /// Fills in how somebody wants to be told: the usual, with these changes.
    pub async fn wish(&self, person: &Person, changes: &[(&str, &str)]) {
        let usual = [
            ("mail", "low"),
            ("webhook", "low"),
            ("language", "en"),
            ("quiet_from", ""),
            ("quiet_until", ""),
            ("digest", "off"),
            ("digest_at", ""),
            ("clock_h", "4"),
        ];
        let changed = |(name, value)| {
            changes.iter().find(|(changed, _)| *changed == name).copied().unwrap_or((name, value))
        };
        let (status, to) = self.post(person, "/account/notices", &usual.map(changed)).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/account/notices"));
    }
}
