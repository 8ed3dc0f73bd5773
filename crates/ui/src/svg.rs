//! Charts and graphs as server-side SVG: sized by attributes, coloured by classes, each with a title and
//! with its figures as text beside it.

mod bars;
mod graph;
mod line;
mod map;
mod shape;
mod share;

pub use bars::{Bar, bars};
pub use graph::{Graph, GraphEdge, GraphNode, MOST_EDGES, MOST_NODES, graph};
pub use line::{sparkline, trend};
pub use map::{Spot, country, map, shade};
pub(crate) use shape::shape;
pub use share::tlp_share;
