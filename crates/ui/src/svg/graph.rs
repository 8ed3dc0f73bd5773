//! A relationship graph: placed on the server, the same picture for the same input, every node a link, and
//! the same content as a table below.

mod columns;
mod draw;
mod force;
mod twin;

use std::borrow::Cow;

use maud::{Markup, html};

use crate::{Locale, t};

/// More nodes are not drawn; the caller puts the important ones first.
pub const MOST_NODES: usize = 500;
/// More relationships are not drawn.
pub const MOST_EDGES: usize = 2_000;

/// One thing in the graph.
#[derive(Debug, Clone, Default)]
pub struct GraphNode<'a> {
    /// Its name.
    pub label: Cow<'a, str>,
    /// Its STIX type: gives the mark.
    pub kind: Cow<'a, str>,
    /// Its page.
    pub href: Option<Cow<'a, str>>,
    /// The language of the name, where it is not the page's.
    pub language: Option<Cow<'a, str>>,
    /// True for the thing that the page is about.
    pub focus: bool,
}

/// One relationship, by positions in [`Graph::nodes`].
#[derive(Debug, Clone, Default)]
pub struct GraphEdge<'a> {
    /// From which node.
    pub from: usize,
    /// To which node.
    pub to: usize,
    /// Its type, such as `uses`.
    pub label: Cow<'a, str>,
    /// The language of that, where it is not the page's.
    pub language: Option<Cow<'a, str>>,
}

/// Things and how they relate.
#[derive(Debug, Clone, Default)]
pub struct Graph<'a> {
    /// What the graph shows.
    pub title: Cow<'a, str>,
    /// The things, the most important first.
    pub nodes: Vec<GraphNode<'a>>,
    /// The relationships; those that point outside `nodes` are ignored.
    pub edges: Vec<GraphEdge<'a>>,
}

/// Where everything stands.
struct Layout {
    /// The centre of each node.
    at: Vec<(f64, f64)>,
    /// On which side its name is written.
    side: Vec<Anchor>,
    /// Whether its name is written at all; it is always in its tooltip.
    named: Vec<bool>,
    width: f64,
    height: f64,
    /// Whether relationships are named in the picture.
    edges_named: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Left,
    Right,
    Below,
}

/// The picture, and its twin as a table.
pub fn graph(locale: Locale, graph: &Graph<'_>) -> Markup {
    let nodes = &graph.nodes[..graph.nodes.len().min(MOST_NODES)];
    let inside = |e: &&GraphEdge<'_>| e.from < nodes.len() && e.to < nodes.len() && e.from != e.to;
    let edges: Vec<&GraphEdge<'_>> = graph.edges.iter().filter(inside).take(MOST_EDGES).collect();
    let layout = columns::place(nodes, &edges).unwrap_or_else(|| force::place(nodes, &edges));
    let hidden = graph.nodes.len() - nodes.len();
    html! {
        figure.graph {
            div.graph-frame tabindex="0" role="region" aria-label=(graph.title) {
                (draw::draw(locale, graph, nodes, &edges, &layout))
            }
            @if hidden > 0 { p.muted { (t!(locale, "component-graph-cut", hidden = hidden)) } }
            (twin::twin(locale, graph, nodes, &edges))
        }
    }
}

/// Names longer than this are cut in the picture.
const NAME_CHARS: usize = 30;

fn short(name: &str) -> Cow<'_, str> {
    if name.chars().count() <= NAME_CHARS {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().take(NAME_CHARS - 1).chain(['…']).collect())
}

/// About how wide a name is when written, in the units of the picture.
fn name_width(name: &str) -> f64 {
    name.chars().count().min(NAME_CHARS) as f64 * 6.9
}

#[cfg(test)]
mod tests;
