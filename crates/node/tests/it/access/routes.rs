//! The routes that the sources declare, and those that the OpenAPI document describes.

use std::path::{Path, PathBuf};

use crate::node::bare;

/// One method on one path, with its placeholders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub method: &'static str,
    pub path: String,
}

const METHODS: [(&str, &str); 8] = [
    ("get", "GET"),
    ("post", "POST"),
    ("put", "PUT"),
    ("delete", "DELETE"),
    ("patch", "PATCH"),
    ("head", "HEAD"),
    ("options", "OPTIONS"),
    ("any", "ANY"),
];

/// Ways of routing whose paths cannot be read off one call; nobody uses them, so that this list is whole.
const UNREADABLE: [&str; 5] = [".nest(", ".nest_service(", ".route_service(", "MethodFilter", "on(Method"];

/// Every route that a room declares.
pub fn declared() -> Vec<Route> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut routes = Vec::new();
    for file in sources(&crates) {
        let text = std::fs::read_to_string(&file).expect("a source file");
        for words in UNREADABLE {
            assert!(!text.contains(words), "{}: {words} hides routes from this test", file.display());
        }
        for call in text.split(".route(").skip(1) {
            routes.extend(read(call).unwrap_or_else(|| panic!("{}: .route({:.60}", file.display(), call)));
        }
    }
    routes.sort();
    routes.dedup();
    routes
}

/// `"/a/{b}", get(…).post(…))` → its routes.
fn read(call: &str) -> Option<Vec<Route>> {
    let (before, rest) = call.split_once('"')?;
    let (path, handlers) = rest.split_once('"')?;
    // The TAXII server writes its paths once, for both forms of the final slash.
    let path = if before.contains("at(") { format!("/taxii2{path}") } else { path.to_owned() };
    let mut depth = 1 + before.matches('(').count() as i32;
    let end = handlers.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    })?;
    let handlers = &handlers[..end];
    let has = |word: &str| {
        handlers
            .match_indices(&format!("{word}("))
            .any(|(at, _)| !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let methods = METHODS.iter().filter(|(word, _)| has(word));
    let routes: Vec<_> = methods.map(|(_, method)| Route { method, path: path.clone() }).collect();
    (!routes.is_empty()).then_some(routes)
}

fn sources(crates: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![crates.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path())
        {
            let name = entry.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            match entry.is_dir() {
                true if !matches!(name, "tests" | "benches" | "target") => folders.push(entry),
                false if name.ends_with(".rs") => files.push(entry),
                _ => {}
            }
        }
    }
    files
}

/// Every operation of the document.
pub fn described() -> Vec<Route> {
    let document = bare(&["openapi"], Path::new(".")).well().json();
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, operations)| {
        let operations = operations.as_object().expect("operations");
        operations.keys().filter_map(move |word| {
            let (_, method) = METHODS.iter().find(|(known, _)| known == word)?;
            Some(Route { method, path: path.clone() })
        })
    });
    operations.collect()
}

#[test]
fn a_declaration_is_read_with_all_its_methods() {
    let read = |call| read(call).expect("routes").into_iter().map(|r| format!("{} {}", r.method, r.path));
    assert!(read("\"/a\", get(x::get_it).post(delete::post))").eq(["GET /a", "POST /a"]));
    assert!(
        read("&at(\"/{x}\"), get(a(b)).delete(c),\n)\n.other(put(x))")
            .eq(["GET /taxii2/{x}", "DELETE /taxii2/{x}"])
    );
}
