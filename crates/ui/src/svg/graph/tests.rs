//! The picture is bounded, stays in its box, and is the same each time.

use super::*;

fn wheel(count: usize) -> Graph<'static> {
    let node = |i: usize| GraphNode {
        label: format!("node {i}").into(),
        kind: "malware".into(),
        ..GraphNode::default()
    };
    let edge =
        |i: usize| GraphEdge { from: i, to: (i * 7 + 1) % count, label: "uses".into(), language: None };
    Graph { title: "t".into(), nodes: (0..count).map(node).collect(), edges: (0..count).map(edge).collect() }
}

#[test]
fn the_same_graph_gives_the_same_picture() {
    let first = graph(Locale::En, &wheel(120)).0;
    assert_eq!(first, graph(Locale::En, &wheel(120)).0);
}

#[test]
fn every_node_stays_in_the_box_and_apart_from_the_others() {
    let wheel = wheel(300);
    let edges: Vec<_> = wheel.edges.iter().collect();
    let layout = force::place(&wheel.nodes, &edges);
    assert!(
        layout.at.iter().all(|p| p.0 >= 0.0 && p.0 <= layout.width && p.1 >= 0.0 && p.1 <= layout.height)
    );
    for (i, a) in layout.at.iter().enumerate() {
        for b in &layout.at[i + 1..] {
            assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() > 8.0, "two marks lie on each other");
        }
    }
}

#[test]
fn the_neighbourhood_of_one_thing_stands_in_columns() {
    let mut star = wheel(4);
    star.nodes[0].focus = true;
    star.edges = [(1, 0), (0, 2), (0, 3)]
        .map(|(from, to)| GraphEdge { from, to, label: "uses".into(), language: None })
        .to_vec();
    let edges: Vec<_> = star.edges.iter().collect();
    let layout = columns::place(&star.nodes, &edges).expect("a star");
    assert!(layout.at[1].0 < layout.at[0].0 && layout.at[0].0 < layout.at[2].0);
    star.edges[2].from = 1;
    let edges: Vec<_> = star.edges.iter().collect();
    assert!(columns::place(&star.nodes, &edges).is_none());
}

#[test]
fn more_than_can_be_drawn_is_said_and_dangling_edges_are_ignored() {
    let mut big = wheel(MOST_NODES + 20);
    big.edges.push(GraphEdge { from: 0, to: usize::MAX, label: "uses".into(), language: None });
    let page = graph(Locale::En, &big).0;
    assert!(page.contains("20 more nodes are not drawn"));
    assert_eq!(page.matches("graph-target").count(), MOST_NODES);
    assert!(graph(Locale::Fr, &Graph::default()).0.contains("<svg"));
}
