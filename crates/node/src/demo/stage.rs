//! The stage: two nodes with keys, cards, trust and links, made exactly as `init` and `serve` make one.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use desk::links::{Hub, HubOptions, certificate};
use desk::local::{Account, Role as AccountRole};
use desk::reactors::Reactors;
use desk::{Desk, DeskOptions, card, edge};
use exchange::ingest::Intaker;
use formats::json::Limits;
use ledger::LogKey;
use ledger::keys::PartyKeys;
use model::{AgreementId, Bilingual, PartyId, Realm, Role, Side, Tlp};
use records::card::SignedCard;
use records::consumer::{Consumer, Relation};
use records::trust::Trust;

/// The account of both consoles.
pub const USER: &str = "officer";
/// Those who keep the house and those who watch it, with the officer's password.
pub const OTHERS: [(&str, AccountRole); 2] =
    [("administrator", AccountRole::Administrator), ("auditor", AccountRole::Auditor)];
/// The TAXII consumer of both nodes.
pub const CONSUMER: &str = "soc";

/// One node of the demo.
pub struct Node {
    pub short: &'static str,
    pub desk: Arc<Desk>,
    pub intaker: Arc<Intaker>,
    pub password: String,
    pub token: std::sync::OnceLock<String>,
    card: SignedCard,
    hub: Arc<Hub>,
    reactors: Reactors,
    http: SocketAddr,
    listener: std::net::TcpListener,
}

/// Both nodes and what they agreed.
pub struct Stage {
    pub eu: Node,
    pub us: Node,
    pub agreement: AgreementId,
}

struct Cast {
    short: &'static str,
    name: Bilingual,
    side: Side,
    roles: Vec<Role>,
    contact: &'static str,
}

impl Stage {
    /// Founds both nodes under `folder`, starts their links and lets them trust each other.
    pub async fn set(folder: &Path, port_base: u16) -> Result<Self> {
        let eu = Cast {
            short: "eu",
            name: Bilingual::new("European Cyber Situation Centre", "Centre européen de situation cyber"),
            side: Side::Eu,
            roles: vec![Role::Csirt, Role::Agency],
            contact: "duty@ecsc.example, +32 2 555 01 00",
        };
        let us = Cast {
            short: "us",
            name: Bilingual::new(
                "Atlantic Cyber Coordination Center",
                "Centre atlantique de coordination cyber",
            ),
            side: Side::Us,
            roles: vec![Role::Agency],
            contact: "watch@ac3.example, +1 202 555 0100",
        };
        let eu = Node::found(&folder.join("eu"), eu, port_base, port_base.saturating_add(2)).await?;
        let us =
            Node::found(&folder.join("us"), us, port_base.saturating_add(1), port_base.saturating_add(3))
                .await?;
        eu.trust(&us)?;
        us.trust(&eu)?;
        Ok(Self { eu, us, agreement: AgreementId(edge::uuid()) })
    }

    /// The node of that short name.
    pub fn node(&self, short: &str) -> &Node {
        if short == "us" { &self.us } else { &self.eu }
    }

    /// Which party hides behind each short name, and what they agreed.
    pub fn cast(&self) -> super::script::Cast {
        super::script::Cast { eu: self.eu.desk.me, us: self.us.desk.me, agreement: self.agreement }
    }

    /// Serves both consoles and TAXII.
    pub fn serve(&self) -> Result<()> {
        self.eu.serve()?;
        self.us.serve()
    }

    /// Waits until each node holds the whole log of the other and has folded it.
    pub async fn settle(&self, at_most: Duration) -> Result<()> {
        let whole = |from: &Node, to: &Node| {
            let key = LogKey { party: from.desk.me, realm: Realm::Real };
            let mirror = to.desk.ledger.find(&key);
            let held = mirror.map_or(0, |mirror| to.desk.ledger.size(mirror));
            held == from.desk.ledger.size(from.desk.log)
                && to.desk.views.folded() == to.desk.ledger.last_seq()
        };
        let began = edge::monotonic();
        while began.elapsed() < at_most {
            if whole(&self.eu, &self.us) && whole(&self.us, &self.eu) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        anyhow::bail!(
            "the nodes did not come to rest within {at_most:?}; links: {:?}",
            self.eu.hub.statuses.all()
        )
    }

    /// Stops folding on both sides; links end when the hubs are dropped.
    pub async fn strike(self) {
        for node in [self.eu, self.us] {
            node.reactors.stop(&node.desk).await;
            node.desk.close();
        }
    }
}

impl Node {
    async fn found(folder: &Path, cast: Cast, http_port: u16, link_port: u16) -> Result<Self> {
        let folder = folder.join("real");
        std::fs::create_dir_all(folder.join("keys"))?;
        let keys = PartyKeys::generate()?;
        keys.save(&Desk::key_file(&folder))?;
        let tls = certificate::generate(&certificate::path(&folder))?;
        let listener = listen(http_port)?;
        let link = listen(link_port)?.local_addr()?; // free at this moment; the hub takes it next
        let about = card::About {
            short: cast.short.to_owned(),
            name: cast.name,
            side: cast.side,
            roles: cast.roles,
            link: Some(link.to_string()),
            contact: cast.contact.to_owned(),
        };
        let signed = card::make(&keys, &about, tls.hex());
        let options = DeskOptions { folder, realm: Realm::Real, pillars: crate::pillars() };
        let desk = tokio::task::spawn_blocking(move || Desk::open(options)).await??;
        desk.local.set_fact("party", &desk.me.to_string())?;
        desk.note(&Trust { party: desk.me, card: Some(signed.clone()), by: "demo".to_owned() })?;
        let hub = Arc::new(
            Hub::start(Arc::clone(&desk), HubOptions { listen: Some(link), ..HubOptions::default() }).await?,
        );
        let reactors = Reactors::start(Arc::clone(&desk));
        let password = secret();
        for (name, role) in [(USER, AccountRole::Officer)].into_iter().chain(OTHERS) {
            let account = Account { name: name.to_owned(), role, clearance: Tlp::Red };
            desk.local.set_account(&account, &password)?;
        }
        let intaker = Arc::new(Intaker::new(Arc::clone(&desk), Limits::default()));
        let http = listener.local_addr()?;
        Ok(Self {
            short: cast.short,
            desk,
            intaker,
            password,
            token: std::sync::OnceLock::new(),
            card: signed,
            hub,
            reactors,
            http,
            listener,
        })
    }

    fn trust(&self, other: &Node) -> Result<()> {
        let trust = Trust { party: other.desk.me, card: Some(other.card.clone()), by: "demo".to_owned() };
        self.desk.note(&trust)?;
        Ok(())
    }

    /// A consumer of the own organisation for the agreement; its token is remembered for the playbill.
    pub fn serve_consumer(&self, agreement: AgreementId, name: &str, relation: Relation) -> Result<String> {
        let consumer = Consumer {
            name: name.to_owned(),
            party: None,
            relation,
            clearance: Tlp::Red,
            agreements: vec![agreement],
            can_write: relation == Relation::Organisation,
            active: true,
            rate_per_s: None,
        };
        self.desk.note(&consumer)?;
        Ok(self.desk.local.issue_token(name)?)
    }

    /// The token of the node's own consumer.
    pub fn token(&self) -> &str {
        self.token.get().map_or("", String::as_str)
    }

    /// Where the console is.
    pub fn url(&self) -> String {
        format!("http://{}", self.http)
    }

    fn serve(&self) -> Result<()> {
        let listener = self.listener.try_clone()?;
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let gates = crate::http::router(
            Arc::clone(&self.desk),
            Arc::clone(&self.intaker),
            Some(Arc::clone(&self.hub.statuses)),
            &crate::http::Site {
                tls: false,
                public_reports: vec!["NIS2".to_owned(), "CER".to_owned()],
                ..Default::default()
            },
        )?;
        let (_, console) = tokio::sync::watch::channel(Some(gates.app));
        tokio::spawn(crate::duties::tell_regularly(console));
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, gates.router).await {
                tracing::error!(%error, "the console stopped");
            }
        });
        Ok(())
    }
}

/// The wanted loopback port, or any other when it is taken.
fn listen(port: u16) -> Result<std::net::TcpListener> {
    std::net::TcpListener::bind(("127.0.0.1", port))
        .or_else(|_| std::net::TcpListener::bind(("127.0.0.1", 0)))
        .context("no free loopback port")
}

/// A password that a visitor can type: four groups of four letters and digits.
fn secret() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 16];
    edge::random(&mut bytes);
    let text: Vec<String> = bytes
        .chunks(4)
        .map(|group| group.iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect())
        .collect();
    text.join("-")
}

/// The parties by short name, for recipients in the story.
pub fn party_of(short: &str, eu: PartyId, us: PartyId) -> Option<PartyId> {
    match short {
        "eu" => Some(eu),
        "us" => Some(us),
        _ => None,
    }
}
