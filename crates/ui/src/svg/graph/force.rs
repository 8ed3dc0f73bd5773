//! A force-directed layout (after Fruchterman and Reingold, 1991) with a fixed start, a fixed number of
//! steps and only + − × ÷ √, so that the same graph gives the same picture on every machine.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::{Anchor, GraphEdge, GraphNode, Layout, name_width, short};

/// The distance related nodes settle at.
const IDEAL: f64 = 52.0;
const STEPS: usize = 160;
/// Nodes further apart than this do not push each other.
const REACH: f64 = IDEAL * 2.5;
const MARGIN: f64 = 40.0;
/// More names than this would cover each other.
const MOST_NAMES: usize = 60;
/// Pictures are wider than high, and so are names.
const STRETCH: f64 = 1.5;

/// A graph as its layout sees it: how many nodes, and which are tied.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shape {
    nodes: usize,
    edges: Vec<(usize, usize)>,
}

/// Where the nodes of a graph came to rest.
#[derive(Debug)]
struct Settled {
    shape: Shape,
    at: Vec<(f64, f64)>,
}

/// Large graphs that were laid out, the newest last. A page that is shown again as it changes mostly has the same graph,
/// and five hundred nodes take a tenth of a second.
static SETTLED: Mutex<VecDeque<Settled>> = Mutex::new(VecDeque::new());
/// Graphs that are kept, at most, and from how many nodes on.
const MOST_SETTLED: usize = 32;
const KEPT_FROM: usize = 100;

pub(super) fn place(nodes: &[GraphNode<'_>], edges: &[&GraphEdge<'_>]) -> Layout {
    let mut at = settled(nodes.len(), edges);
    for point in &mut at {
        point.0 *= STRETCH;
    }
    let named = names(nodes, edges);
    apart(&mut at, nodes, &named);
    fit(at, nodes, named)
}

/// Where the nodes come to rest.
fn settled(nodes: usize, edges: &[&GraphEdge<'_>]) -> Vec<(f64, f64)> {
    let edges: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    if nodes < KEPT_FROM {
        return settle(nodes, &edges);
    }
    let shape = Shape { nodes, edges };
    let kept = || SETTLED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept().iter().find(|known| known.shape == shape) {
        return known.at.clone();
    }
    let at = settle(nodes, &shape.edges);
    let mut kept = kept();
    if kept.len() == MOST_SETTLED {
        kept.pop_front();
    }
    kept.push_back(Settled { shape, at: at.clone() });
    at
}

fn settle(nodes: usize, edges: &[(usize, usize)]) -> Vec<(f64, f64)> {
    let mut at = start(nodes);
    for step in 0..STEPS {
        let heat = IDEAL * (1.0 - step as f64 / STEPS as f64) * 0.5 + 0.5;
        push_and_pull(&mut at, edges, heat);
    }
    at
}

/// A sunflower: nodes in order from the centre out, each turned by the golden angle.
fn start(count: usize) -> Vec<(f64, f64)> {
    // cos and sin of 2.399963… rad, as numbers: the libraries of different machines differ in the last digit.
    const COS: f64 = -0.737_368_878_078_32;
    const SIN: f64 = 0.675_490_294_261_52;
    let (mut x, mut y) = (1.0, 0.0);
    let mut at = Vec::with_capacity(count);
    for i in 0..count {
        let radius = IDEAL * 0.7 * (i as f64).sqrt();
        at.push((x * radius, y * radius));
        (x, y) = (x * COS - y * SIN, x * SIN + y * COS);
    }
    at
}

/// One step: near nodes push, related nodes pull, the centre pulls a little; nobody moves more than `heat`.
fn push_and_pull(at: &mut [(f64, f64)], edges: &[(usize, usize)], heat: f64) {
    let mut force: Vec<(f64, f64)> = at.iter().map(|p| (-p.0 * 0.1, -p.1 * 0.1)).collect();
    let grid = Grid::of(at);
    for i in 0..at.len() {
        grid.near(at[i], |j| {
            if j != i {
                let (dx, dy) = (at[i].0 - at[j].0, at[i].1 - at[j].1);
                let square = (dx * dx + dy * dy).max(1.0);
                if square < REACH * REACH {
                    let push = IDEAL * IDEAL / square;
                    force[i].0 += dx * push;
                    force[i].1 += dy * push;
                }
            }
        });
    }
    for (from, to) in edges.iter().copied() {
        let (a, b) = (at[from], at[to]);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let pull = (dx * dx + dy * dy).sqrt() / IDEAL * 0.5;
        force[from].0 += dx * pull;
        force[from].1 += dy * pull;
        force[to].0 -= dx * pull;
        force[to].1 -= dy * pull;
    }
    for (point, (fx, fy)) in at.iter_mut().zip(force) {
        let length = (fx * fx + fy * fy).sqrt().max(0.01);
        let go = length.min(heat) / length;
        point.0 += fx * go;
        point.1 += fy * go;
    }
}

/// Buckets of side [`REACH`], so that a step costs about the number of nodes and not its square.
struct Grid {
    cells: Vec<Vec<usize>>,
    columns: usize,
    rows: usize,
    left: f64,
    top: f64,
}

/// A graph that flies apart must not take memory with it.
const MOST_CELLS: f64 = 64.0;

impl Grid {
    fn of(at: &[(f64, f64)]) -> Self {
        let left = at.iter().fold(0.0_f64, |m, p| m.min(p.0));
        let top = at.iter().fold(0.0_f64, |m, p| m.min(p.1));
        let right = at.iter().fold(0.0_f64, |m, p| m.max(p.0));
        let bottom = at.iter().fold(0.0_f64, |m, p| m.max(p.1));
        let columns = ((right - left) / REACH).clamp(0.0, MOST_CELLS) as usize + 1;
        let rows = ((bottom - top) / REACH).clamp(0.0, MOST_CELLS) as usize + 1;
        let mut grid = Self { cells: vec![Vec::new(); columns * rows], columns, rows, left, top };
        for (i, point) in at.iter().enumerate() {
            let (column, row) = grid.cell(*point);
            grid.cells[row * columns + column].push(i);
        }
        grid
    }

    fn cell(&self, (x, y): (f64, f64)) -> (usize, usize) {
        let column = ((x - self.left) / REACH).max(0.0) as usize;
        let row = ((y - self.top) / REACH).max(0.0) as usize;
        (column.min(self.columns - 1), row.min(self.rows - 1))
    }

    fn near(&self, point: (f64, f64), mut each: impl FnMut(usize)) {
        let (column, row) = self.cell(point);
        for r in row.saturating_sub(1)..=(row + 1).min(self.rows - 1) {
            for c in column.saturating_sub(1)..=(column + 1).min(self.columns - 1) {
                self.cells[r * self.columns + c].iter().copied().for_each(&mut each);
            }
        }
    }
}

/// The focus and the best-connected nodes are named.
fn names(nodes: &[GraphNode<'_>], edges: &[&GraphEdge<'_>]) -> Vec<bool> {
    let mut degree = vec![0_usize; nodes.len()];
    for edge in edges {
        degree[edge.from] += 1;
        degree[edge.to] += 1;
    }
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&i| (!nodes[i].focus, std::cmp::Reverse(degree[i]), i));
    let mut named = vec![false; nodes.len()];
    for &i in order.iter().take(MOST_NAMES) {
        named[i] = true;
    }
    named
}

/// Moves named nodes up and down until their names no longer lie on each other.
fn apart(at: &mut [(f64, f64)], nodes: &[GraphNode<'_>], named: &[bool]) {
    const LINE: f64 = 30.0;
    let boxes: Vec<usize> = (0..at.len()).filter(|&i| named[i]).collect();
    for _ in 0..24 {
        let mut moved = false;
        for (n, &i) in boxes.iter().enumerate() {
            for &j in &boxes[n + 1..] {
                let (dx, dy) = (at[j].0 - at[i].0, at[j].1 - at[i].1);
                let room = (name_width(&nodes[i].label) + name_width(&nodes[j].label)) / 2.0 + 8.0;
                if dx.abs() < room && dy.abs() < LINE {
                    let shift = (LINE - dy.abs()) / 2.0 + 0.5;
                    let down = if dy >= 0.0 { 1.0 } else { -1.0 };
                    at[i].1 -= shift * down;
                    at[j].1 += shift * down;
                    moved = true;
                }
            }
        }
        if !moved {
            return;
        }
    }
}

/// Moves everything into a box that begins at the origin, names included.
fn fit(mut at: Vec<(f64, f64)>, nodes: &[GraphNode<'_>], named: Vec<bool>) -> Layout {
    let half = |i: usize| if named[i] { (name_width(&short(&nodes[i].label)) / 2.0).max(16.0) } else { 16.0 };
    let (mut left, mut top, mut right, mut bottom) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for (i, point) in at.iter().enumerate() {
        left = left.min(point.0 - half(i));
        right = right.max(point.0 + half(i));
        top = top.min(point.1);
        bottom = bottom.max(point.1);
    }
    for point in &mut at {
        *point = (point.0 - left + MARGIN, point.1 - top + MARGIN);
    }
    let side = vec![Anchor::Below; at.len()];
    let (width, height) = (right - left + 2.0 * MARGIN, bottom - top + 2.0 * MARGIN);
    Layout { at, side, named, width, height, edges_named: false }
}
