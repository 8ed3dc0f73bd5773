//! The placed graph as SVG.

use maud::{Markup, html};

use super::{Anchor, Graph, GraphEdge, GraphNode, Layout, short};
use crate::component::type_name;
use crate::svg::shape;
use crate::{Locale, t};

/// Where a relationship ends: outside the mark.
const GAP: f64 = 11.0;

pub(super) fn draw(
    locale: Locale,
    graph: &Graph<'_>,
    nodes: &[GraphNode<'_>],
    edges: &[&GraphEdge<'_>],
    layout: &Layout,
) -> Markup {
    let (width, height) = (layout.width.ceil(), layout.height.ceil());
    html! {
        svg viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="group" aria-label=(graph.title) {
            title { (graph.title) }
            desc { (t!(locale, "component-graph-desc", nodes = nodes.len(), edges = edges.len())) }
            g.graph-edges aria-hidden="true" { @for edge in edges { (line(edge, layout)) } }
            @for (i, node) in nodes.iter().enumerate() { (mark(locale, node, i, layout)) }
        }
    }
}

/// A line with an arrow head; in the column layout a curve that leaves and arrives level.
fn line(edge: &GraphEdge<'_>, layout: &Layout) -> Markup {
    let (a, b) = (layout.at[edge.from], layout.at[edge.to]);
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let level = layout.edges_named || layout.side.iter().any(|s| *s != Anchor::Below);
    let (ux, uy) = if level { (dx.signum(), 0.0) } else { (dx / length, dy / length) };
    let (sx, sy) = (a.0 + ux * GAP, a.1 + uy * GAP);
    let (ex, ey) = (b.0 - ux * GAP, b.1 - uy * GAP);
    let path = if level {
        let bend = (ex - sx) / 2.0;
        format!("M{sx:.0} {sy:.0}C{:.0} {sy:.0} {:.0} {ey:.0} {ex:.0} {ey:.0}", sx + bend, ex - bend)
    } else {
        format!("M{sx:.0} {sy:.0}L{ex:.0} {ey:.0}")
    };
    html! {
        path.graph-edge d=(path) {}
        path.graph-head d=(head((ex, ey), (ux, uy))) {}
        @if layout.edges_named && !edge.label.is_empty() { (edge_name(edge, layout)) }
    }
}

/// The relationship's name, on the half of the line that is its own: beside the neighbour.
fn edge_name(edge: &GraphEdge<'_>, layout: &Layout) -> Markup {
    let (node, shift, anchor) = match layout.side[edge.from] {
        Anchor::Left => (edge.from, 16.0, "start"),
        _ if layout.side[edge.to] == Anchor::Right => (edge.to, -16.0, "end"),
        Anchor::Right => (edge.from, -16.0, "end"),
        Anchor::Below => (edge.to, 16.0, "start"),
    };
    let (x, y) = layout.at[node];
    html! {
        text.graph-label x=(format!("{:.0}", x + shift)) y=(format!("{:.0}", y - 5.0)) text-anchor=(anchor) lang=[edge.language.as_deref()] {
            (short(&edge.label))
        }
    }
}

fn head((x, y): (f64, f64), (ux, uy): (f64, f64)) -> String {
    let (bx, by) = (x - ux * 7.0, y - uy * 7.0);
    format!(
        "M{x:.1} {y:.1}L{:.1} {:.1} {:.1} {:.1}Z",
        bx - uy * 3.5,
        by + ux * 3.5,
        bx + uy * 3.5,
        by - ux * 3.5
    )
}

fn mark(locale: Locale, node: &GraphNode<'_>, i: usize, layout: &Layout) -> Markup {
    let language = node.language.as_deref();
    let body = html! {
        // The name in its own language, what kind of thing it is in that of the page.
        title lang=[language] { (node.label) }
        desc { (type_name(locale, &node.kind)) }
        // A target of at least 24 by 24 (WCAG 2.2, 2.5.8).
        circle.graph-target r="13" {}
        @let shape = shape(&node.kind);
        path class=(shape.class) d=(shape.path) {}
        @if layout.named[i] { (name(node, layout.side[i])) }
    };
    let place = format!("translate({:.0} {:.0})", layout.at[i].0, layout.at[i].1);
    let class = if node.focus { "graph-node graph-focus" } else { "graph-node" };
    html! {
        @if let (Some(href), false) = (&node.href, node.focus) {
            a class=(class) href=(href) transform=(place) { (body) }
        } @else {
            g class=(class) transform=(place) { (body) }
        }
    }
}

fn name(node: &GraphNode<'_>, side: Anchor) -> Markup {
    let (x, y, anchor) = match side {
        Anchor::Left => ("-14", "4", "end"),
        Anchor::Right => ("14", "4", "start"),
        Anchor::Below => ("0", "21", "middle"),
    };
    let language = node.language.as_deref();
    html! { text.graph-name x=(x) y=(y) text-anchor=(anchor) lang=[language] { (short(&node.label)) } }
}
