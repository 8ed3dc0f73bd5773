//! The graph in words: one row per relationship, and the nodes that have none.

use maud::{Markup, html};

use super::{Graph, GraphEdge, GraphNode};
use crate::component::{Column, Table, stix_type, table};
use crate::{Locale, t};

pub(super) fn twin(
    locale: Locale,
    graph: &Graph<'_>,
    nodes: &[GraphNode<'_>],
    edges: &[&GraphEdge<'_>],
) -> Markup {
    let mut alone = vec![true; nodes.len()];
    for edge in edges {
        alone[edge.from] = false;
        alone[edge.to] = false;
    }
    let related = edges.iter().map(|e| {
        vec![
            node(locale, &nodes[e.from]),
            html! { code lang=[e.language.as_deref()] { (e.label) } },
            node(locale, &nodes[e.to]),
        ]
    });
    let unrelated = nodes.iter().zip(alone).filter(|(_, alone)| *alone);
    let unrelated = unrelated.map(|(n, _)| vec![node(locale, n), html! { "–" }, html! { "–" }]);
    let columns = vec![
        Column::text(t!(locale, "word-from")),
        Column::text(t!(locale, "word-relation")),
        Column::text(t!(locale, "word-to")),
    ];
    let rows = related.chain(unrelated).collect();
    let content = Table { caption: graph.title.as_ref().into(), columns, rows, ..Table::default() };
    html! {
        details.twin {
            summary { (t!(locale, "component-chart-table")) }
            (table(locale, &content))
        }
    }
}

fn node(locale: Locale, node: &GraphNode<'_>) -> Markup {
    html! {
        @let language = node.language.as_deref();
        @if let Some(href) = &node.href { a href=(href) lang=[language] { (node.label) } }
        @else { span lang=[language] { (node.label) } }
        " " span.muted { (stix_type(locale, &node.kind)) }
    }
}
