//! The script: the agreement is proposed and signed over the link, the first content enters, then news arrives.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use desk::edge;
use exchange::import::import;
use exchange::ingest::{Intake, Intaker};
use exchange::story;
use model::{
    Agreement, AgreementId, AgreementParty, Bilingual, Commitment, Grant, Onward, PartyId, Role, Selector,
    Tlp,
};
use records::consumer::Relation;

use super::duty;
use super::stage::{CONSUMER, Stage, party_of};

/// Who is who.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub eu: PartyId,
    pub us: PartyId,
    pub agreement: AgreementId,
}

/// Signs the arrangement, lets consumers in, and imports what both sides hold from the start.
pub async fn open(stage: &Stage) -> Result<()> {
    agree(stage).await?;
    for node in [&stage.eu, &stage.us] {
        for (name, relation) in [("port-authority", Relation::Client), ("research-net", Relation::Community)]
        {
            node.serve_consumer(stage.agreement, name, relation)?;
        }
    }
    let cast = stage.cast();
    for (short, text) in [("eu", story::EU), ("us", story::US), ("eu", story::BAD)] {
        let intaker = Arc::clone(&stage.node(short).intaker);
        tokio::task::spawn_blocking(move || take(&intaker, text.as_bytes(), &cast, "story")).await??;
    }
    let desk = Arc::clone(&stage.eu.desk);
    tokio::task::spawn_blocking(move || duty::begin(&desk)).await??;
    let (eu, us, under) = (Arc::clone(&stage.eu.desk), Arc::clone(&stage.us.desk), stage.agreement);
    tokio::task::spawn_blocking(move || super::watching::begin(&eu, &us, under)).await??;
    stage.settle(Duration::from_secs(60)).await
}

/// Plays the live part in its own time.
pub async fn play(eu: Arc<Intaker>, us: Arc<Intaker>, cast: Cast) {
    let began = edge::monotonic();
    for news in story::live() {
        let due = Duration::from_secs(news.after_s);
        tokio::time::sleep(due.saturating_sub(began.elapsed())).await;
        let intaker = Arc::clone(if news.at == "us" { &us } else { &eu });
        let object = news.object.get();
        let taken =
            tokio::task::spawn_blocking(move || take(&intaker, object.as_bytes(), &cast, "live feed")).await;
        if let Ok(Err(error)) = taken {
            tracing::warn!(%error, "a live object was not taken in");
        }
    }
}

/// Plays the live part at once.
pub async fn rush(stage: &Stage) -> Result<()> {
    let cast = stage.cast();
    for news in story::live() {
        let intaker = Arc::clone(&stage.node(news.at).intaker);
        let object = news.object.get();
        tokio::task::spawn_blocking(move || take(&intaker, object.as_bytes(), &cast, "live feed")).await??;
    }
    Ok(())
}

fn take(intaker: &Intaker, bytes: &[u8], cast: &Cast, source: &str) -> Result<()> {
    let named = |shorts: &Vec<String>| shorts.iter().filter_map(|s| party_of(s, cast.eu, cast.us)).collect();
    let to_by_id: HashMap<String, Vec<PartyId>> =
        story::red().iter().map(|(id, shorts)| (id.clone(), named(shorts))).collect();
    let intake = Intake {
        gate: "import",
        source: source.to_owned(),
        under: vec![cast.agreement],
        marking: None,
        to: Vec::new(),
        group: None,
        to_by_id,
        definitions: Default::default(),
        seen_by: None,
    };
    import(intaker, bytes, &intake, |_, _| {})?;
    Ok(())
}

async fn agree(stage: &Stage) -> Result<()> {
    let (eu, us) = (Arc::clone(&stage.eu.desk), Arc::clone(&stage.us.desk));
    let id = stage.agreement;
    let arrangement = arrangement(&stage.cast());
    let at_eu = Arc::clone(&eu);
    tokio::task::spawn_blocking(move || accord::propose(&at_eu, arrangement)).await??;
    until("the proposal has arrived", || us.known().agreements.contains_key(&id)).await?;
    for (desk, signatory) in [
        (Arc::clone(&eu), "Marta Lindqvist, Director, ECSC"),
        (Arc::clone(&us), "Daniel Okafor, Deputy Director, AC3"),
    ] {
        tokio::task::spawn_blocking(move || accord::sign(&desk, id, 1, signatory)).await??;
    }
    for desk in [&eu, &us] {
        let signed = || desk.known().agreements.get(&id).is_some_and(|state| state.newest_signed().is_some());
        until("both have signed", signed).await?;
    }
    for node in [&stage.eu, &stage.us] {
        let token = node.serve_consumer(id, CONSUMER, Relation::Organisation)?;
        let _ = node.token.set(token);
    }
    Ok(())
}

async fn until(what: &str, done: impl Fn() -> bool) -> Result<()> {
    for _ in 0..3_000 {
        if done() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Err(anyhow::anyhow!("waited in vain until {what}"))
        .context("the two nodes are not talking; is loopback blocked?")
}

/// The arrangement: everything up to AMBER flows both ways; RED and AMBER+STRICT only to named recipients, which
/// the second grant allows for indicators and reports.
fn arrangement(cast: &Cast) -> Agreement {
    let now = edge::now();
    let year = model::time::SignedDuration::from_hours(24 * 365);
    let party = |party, name: &str, role| AgreementParty { party, name: name.to_owned(), role };
    let grant = |what, up_to, onward, en: &str, fr: &str| Grant {
        from: Vec::new(),
        to: Vec::new(),
        what,
        up_to,
        purpose: Bilingual::new(en, fr),
        onward,
    };
    Agreement {
        id: cast.agreement,
        version: 1,
        name: "working-arrangement".to_owned(),
        title: Bilingual::new(
            "Working arrangement on the structured exchange of threat information",
            "Arrangement de travail sur l'échange structuré d'informations sur les menaces",
        ),
        text: Bilingual::new(
            "The parties exchange structured information on cyber threats and threat actors. Each object follows its own \
             marking. What is received under this arrangement serves the defence of networks and the common \
             situational picture; it is passed on to clients only where the marking allows it. Each party may leave \
             at any time; nothing new flows from then on.",
            "Les parties échangent des informations structurées sur les cybermenaces et leurs auteurs. Chaque objet suit \
             son propre marquage. Ce qui est reçu au titre du présent arrangement sert à la défense des réseaux et à la \
             connaissance commune de la situation ; il n'est transmis aux clients que si le marquage le permet. Chaque \
             partie peut se retirer à tout moment ; rien de nouveau ne circule à partir de là.",
        ),
        parties: vec![
            party(cast.eu, "European Cyber Situation Centre", Role::Csirt),
            party(cast.us, "Atlantic Cyber Coordination Center", Role::Agency),
        ],
        grants: vec![
            grant(
                vec![Selector::Everything],
                Tlp::Amber,
                Onward::AsMarked,
                "defence of networks and the common situational picture",
                "défense des réseaux et connaissance commune de la situation",
            ),
            grant(
                vec![Selector::ObjectType("indicator".into()), Selector::ObjectType("report".into())],
                Tlp::Red,
                Onward::Organisation,
                "warning of named recipients",
                "alerte des destinataires désignés",
            ),
        ],
        commitments: vec![Commitment {
            party: cast.eu,
            text: Bilingual::new(
                "Answer a request for information within two working days",
                "Répondre à une demande d'information sous deux jours ouvrés",
            ),
            due: None,
        }],
        active_from: now - model::time::SignedDuration::from_hours(1),
        active_until: now + year,
    }
}
