//! What surrounds an object, drawn and as a table; nothing that this person may not see has a name here.

use std::collections::HashMap;

use desk::pages::{PageError, Visitor};
use maud::{Markup, html};
use ui::svg::{Graph, GraphEdge, GraphNode, graph};
use ui::{Locale, t};

use super::show;
use crate::search::{Search, Sight};

/// Things drawn around one object.
const MOST_NODES: usize = 60;
/// Relations drawn.
const MOST_EDGES: usize = 120;

pub(super) fn relations(
    visitor: &Visitor,
    search: &Search,
    sight: &Sight<'_>,
    id: &str,
    (title, language): (&str, Option<&str>),
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let edges = search.neighbours(sight, id, MOST_EDGES)?;
    if edges.is_empty() {
        return Ok(html! { p.muted { (t!(locale, "exchange-object-relations-none")) } });
    }
    let focus = GraphNode {
        label: show::short(title, 60).into(),
        kind: kind(id),
        href: None,
        language: language.map(|language| language.to_owned().into()),
        focus: true,
    };
    let mut picture = Graph { title: t!(locale, "exchange-object-graph"), nodes: vec![focus], edges: vec![] };
    let mut places: HashMap<String, usize> = HashMap::from([(id.to_owned(), 0)]);
    for edge in edges {
        let mut ends = [0, 0];
        let mut fits = true;
        for (end, node) in ends.iter_mut().zip([&edge.from, &edge.to]) {
            match places.get(node) {
                Some(place) => *end = *place,
                None if places.len() < MOST_NODES => {
                    *end = picture.nodes.len();
                    places.insert(node.clone(), *end);
                    picture.nodes.push(neighbour(search, sight, locale, node)?);
                }
                None => fits = false,
            }
        }
        if fits {
            let language = locale.foreign("en").map(Into::into); // STIX's own words
            picture.edges.push(GraphEdge { from: ends[0], to: ends[1], label: edge.label.into(), language });
        }
    }
    Ok(graph(locale, &picture))
}

/// Named and linked when it may be seen; else by the id alone, which the visible record that refers to it holds,
/// so that what is hidden looks like what is not here.
fn neighbour(
    search: &Search,
    sight: &Sight<'_>,
    locale: Locale,
    id: &str,
) -> Result<GraphNode<'static>, PageError> {
    let found = search.title(sight, id)?;
    let href = found.as_ref().map(|_| show::object_href(id).into());
    let (label, language) = found.map_or_else(
        || (id.to_owned(), None),
        |(title, language)| {
            (show::short(&title, 60), locale.foreign(&language).map(|one| one.to_owned().into()))
        },
    );
    Ok(GraphNode { label: label.into(), kind: kind(id), href, language, focus: false })
}

fn kind(id: &str) -> std::borrow::Cow<'static, str> {
    id.split_once("--").map_or("", |(kind, _)| kind).to_owned().into()
}
