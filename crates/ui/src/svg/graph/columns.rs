//! The neighbourhood of one thing, as people draw it: what points at it on the left, what it points at on
//! the right, names written out. Only when every relationship touches the thing and there are few.

use super::{Anchor, GraphEdge, GraphNode, Layout};

/// With more on one side the force layout reads better.
const MOST_PER_SIDE: usize = 24;
const ROW: f64 = 36.0;
const WIDTH: f64 = 960.0;
/// Beyond this the middle of the edges is too crowded for words.
const MOST_NAMED_EDGES: usize = 32;

/// `None` when the graph is not the neighbourhood of one focus.
pub(super) fn place(nodes: &[GraphNode<'_>], edges: &[&GraphEdge<'_>]) -> Option<Layout> {
    let focus = nodes.iter().position(|n| n.focus)?;
    if edges.iter().any(|e| e.from != focus && e.to != focus) {
        return None;
    }
    let (left, right) = sides(nodes.len(), focus, edges);
    let rows = left.len().max(right.len());
    if rows > MOST_PER_SIDE || left.len() + right.len() + 1 < nodes.len() {
        return None;
    }
    let height = (rows.max(3) as f64) * ROW + 24.0;
    let mut at = vec![(WIDTH / 2.0, height / 2.0); nodes.len()];
    let mut side = vec![Anchor::Below; nodes.len()];
    stand(&mut at, &mut side, &left, (240.0, height), Anchor::Left);
    stand(&mut at, &mut side, &right, (WIDTH - 240.0, height), Anchor::Right);
    let edges_named = edges.len() <= MOST_NAMED_EDGES;
    Some(Layout { at, side, named: vec![true; nodes.len()], width: WIDTH, height, edges_named })
}

/// Neighbours by direction; one that does both stands where its first relationship puts it.
fn sides(count: usize, focus: usize, edges: &[&GraphEdge<'_>]) -> (Vec<usize>, Vec<usize>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut placed = vec![false; count];
    placed[focus] = true;
    for edge in edges {
        let (other, side) = if edge.to == focus { (edge.from, &mut left) } else { (edge.to, &mut right) };
        if !std::mem::replace(&mut placed[other], true) {
            side.push(other);
        }
    }
    (left, right)
}

fn stand(
    at: &mut [(f64, f64)],
    side: &mut [Anchor],
    nodes: &[usize],
    (x, height): (f64, f64),
    anchor: Anchor,
) {
    let top = (height - (nodes.len() as f64 - 1.0) * ROW) / 2.0;
    for (row, &node) in nodes.iter().enumerate() {
        at[node] = (x, top + row as f64 * ROW);
        side[node] = anchor;
    }
}
