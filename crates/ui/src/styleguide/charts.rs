//! Bars, trend, share, graphs.

use maud::{Markup, html};

use super::lists::ARRIVALS;
use crate::component;
use crate::svg::{Bar, Graph, GraphEdge, GraphNode, bars, graph, tlp_share, trend};
use crate::{Locale, t};

pub(super) fn charts(locale: Locale) -> Markup {
    let hours: Vec<(String, u64)> =
        ARRIVALS.iter().enumerate().map(|(i, v)| (format!("{:02}:00", (i + 2) % 24), *v)).collect();
    html! {
        div.columns {
            (component::card(&t!(locale, "exchange-overview-by-type"), html! {}, html! { (type_bars(locale)) }))
            (component::card(&t!(locale, "exchange-overview-activity"), html! {}, html! {
                (trend(locale, &t!(locale, "styleguide-sample-hours"), &hours))
                (tlp_share(locale, &t!(locale, "exchange-overview-by-tlp"), [4120, 2210, 980, 310, 12]))
            }))
        }
    }
}

fn type_bars(locale: Locale) -> Markup {
    let counts = [
        ("indicator", 4_210),
        ("observed-data", 1_873),
        ("relationship", 1_120),
        ("malware", 214),
        ("intrusion-set", 37),
        ("report", 2),
    ];
    let list = counts.map(|(kind, value)| Bar {
        label: component::type_name(locale, kind),
        href: Some(format!("/exchange/objects?type={kind}").into()),
        value,
    });
    bars(locale, &t!(locale, "exchange-overview-by-type"), &list)
}

fn node(label: impl Into<String>, kind: &'static str, focus: bool) -> GraphNode<'static> {
    GraphNode {
        label: label.into().into(),
        kind: kind.into(),
        href: Some("#graph".into()),
        language: None,
        focus,
    }
}

fn edge(from: usize, to: usize, label: &'static str) -> GraphEdge<'static> {
    GraphEdge { from, to, label: label.into(), language: Some("en".into()) }
}

/// The neighbourhood of one intrusion set.
pub(super) fn small_graph(locale: Locale) -> Markup {
    let nodes = vec![
        node(t!(locale, "styleguide-sample-actor"), "intrusion-set", true),
        node("Grey Heron relay", "indicator", false),
        node("Heron Season 2026", "campaign", false),
        node("North Sea exfiltration", "incident", false),
        node(t!(locale, "styleguide-sample-report"), "report", false),
        node(t!(locale, "styleguide-sample-malware"), "malware", false),
        node("plink", "tool", false),
        node("T1133 External Remote Services", "attack-pattern", false),
        node("CVE-2026-31337", "vulnerability", false),
        node("Offshore wind operators", "identity", false),
        node("North Sea", "location", false),
        node("198.51.100.24", "ipv4-addr", false),
        node("Relay mesh K", "infrastructure", false),
    ];
    let edges = vec![
        edge(1, 0, "indicates"),
        edge(2, 0, "attributed-to"),
        edge(3, 0, "attributed-to"),
        edge(4, 0, "refers-to"),
        edge(0, 5, "uses"),
        edge(0, 6, "uses"),
        edge(0, 7, "uses"),
        edge(0, 8, "targets"),
        edge(0, 9, "targets"),
        edge(0, 10, "originates-from"),
        edge(0, 11, "communicates-with"),
        edge(0, 12, "hosts"),
    ];
    graph(locale, &Graph { title: t!(locale, "exchange-object-graph"), nodes, edges })
}

/// Ninety things around six actors.
pub(super) fn large_graph(locale: Locale) -> Markup {
    const KINDS: [&str; 8] = [
        "malware",
        "indicator",
        "attack-pattern",
        "identity",
        "infrastructure",
        "vulnerability",
        "report",
        "ipv4-addr",
    ];
    const ACTORS: usize = 6;
    let mut nodes: Vec<_> =
        (0..ACTORS).map(|i| node(format!("Cluster {i}"), "intrusion-set", i == 0)).collect();
    let mut edges = Vec::new();
    for i in 0..84_usize {
        let kind = KINDS[(i * 5 + i / 7) % KINDS.len()];
        nodes.push(node(format!("{kind} {i}"), kind, false));
        edges.push(edge((i * i + i / 3) % ACTORS, ACTORS + i, "uses"));
        if i % 6 == 5 {
            edges.push(edge(ACTORS + i, ACTORS + i / 2, "related-to"));
        }
    }
    edges.push(edge(0, 1, "related-to"));
    edges.push(edge(2, 3, "related-to"));
    graph(locale, &Graph { title: t!(locale, "styleguide-graph-large"), nodes, edges })
}
