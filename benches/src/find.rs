//! The search of everything, as an officer asks it: the page with its facets, and the short answers of the palette.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use serde_json::Value;

use crate::client::{Client, Target};
use crate::edge;
use crate::node::Pair;
use crate::report::{Latencies, Report};

/// Times each question is asked.
const TIMES: usize = 40;
/// Seconds that the index may take to catch up with a million objects.
const PATIENCE_S: u32 = 1_800;

/// Asks each kind of question, over the page and over the palette's endpoint.
pub async fn find(pair: &Pair, target: &Target, objects: &[String], report: &mut Report) -> Result<()> {
    let mut client = sign_in(pair, target).await?;
    let begun = edge::now();
    wait(&mut client, objects.last().context("no objects")?).await?;
    report.number("search index caught up after", begun.elapsed().as_secs_f64(), "s");
    for (what, questions) in questions(objects) {
        for (how, path) in [("page", "/find?in=objects&q="), ("palette", "/api/v1/find?limit=6&q=")] {
            let mut latencies = Vec::new();
            for n in 0..TIMES {
                let path = format!("{path}{}", questions[n % questions.len()]);
                let asked = edge::now();
                let (head, _) = client.get(&path).await?;
                latencies.push(asked.elapsed());
                ensure!(head.status() == 200, "{} for {path}", head.status());
            }
            let latencies = Latencies::new(latencies);
            report.number(&format!("find, {what}, {how}: half of them within"), latencies.at(0.5), "ms");
            report.number(&format!("find, {what}, {how}: 99 of 100 within"), latencies.at(0.99), "ms");
        }
    }
    Ok(())
}

/// Kinds of questions with some of each, encoded for a URL.
fn questions(objects: &[String]) -> Vec<(&'static str, Vec<String>)> {
    let of = |step: usize, read: fn(&str) -> Option<String>| -> Vec<String> {
        objects
            .iter()
            .step_by((objects.len() / step).max(1))
            .filter_map(|object| read(object))
            .take(step)
            .collect()
    };
    let plain = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    vec![
        ("a number that one name holds", of(20, |o| cut(o, "\"name\":\"indicator ", " "))),
        ("a word that all hold", plain(&["telephone"])),
        ("the beginning of a name that most have", plain(&["indic", "camp"])),
        ("a beginning that is in no name", plain(&["telepho"])),
        ("two words", plain(&["sensor+17", "sector+operator"])),
        ("an address", of(20, |o| cut(o, "ipv4-addr:value = '", "'"))),
        ("a network", of(20, |o| cut(o, "ipv4-addr:value = '", "'").map(|a| format!("{}.0%2F24", head(&a))))),
        ("a hash", of(20, |o| cut(o, "hashes.'SHA-256' = '", "'"))),
        ("an id", of(20, |o| cut(o, "\"id\":\"", "\""))),
        ("a misspelt name", plain(&["indicatro", "campiagn", "mlaware"])),
        ("nothing", plain(&["zzzzqqqqzzzz"])),
        ("no words, one type", plain(&["&kind=malware"])),
    ]
}

fn cut(object: &str, before: &str, after: &str) -> Option<String> {
    Some(object.split_once(before)?.1.split_once(after)?.0.to_owned())
}

/// The first three numbers of an address.
fn head(address: &str) -> String {
    address.rsplit_once('.').map_or(address, |(head, _)| head).to_owned()
}

/// A client with the session of an officer who may see everything.
pub async fn sign_in(pair: &Pair, target: &Target) -> Result<Client> {
    let password = pair.officer("eu", "bench-officer")?;
    let mut client = Client::connect(target).await?;
    let form = format!("user=bench-officer&password={password}");
    let (head, _) = client.form("/login", Bytes::from(form)).await?;
    let cookie = head.headers().get("set-cookie").and_then(|value| value.to_str().ok());
    let token = cookie.and_then(|cookie| cut(cookie, "entente=", ";")).context("no session")?;
    Client::connect(&Target { token, ..target.clone() }).await
}

/// Until the object that came last is found.
pub async fn wait(client: &mut Client, last: &str) -> Result<()> {
    let name = cut(last, "\"name\":\"", "\"").context("no name")?.replace(' ', "+");
    for _ in 0..PATIENCE_S {
        let (_, body) = client.get(&format!("/api/v1/find?in=objects&q={name}")).await?;
        let answer: Value = serde_json::from_slice(&body)?;
        if answer["groups"].as_array().is_some_and(|groups| !groups.is_empty()) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    anyhow::bail!("the index did not catch up within {PATIENCE_S} s")
}
