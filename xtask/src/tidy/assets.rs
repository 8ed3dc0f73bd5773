//! Every file in `assets/` is used by the code or by another asset.

use super::{Tree, Violation};

/// Finds assets whose file name stands nowhere in the code nor in another asset.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let assets: Vec<_> = tree.under("assets").filter(|file| file.extension() != "md").collect();
    let is_used = |asset: &&&crate::tidy::tree::File| {
        let by_code =
            tree.under("crates").any(|file| file.extension() == "rs" && file.text.contains(asset.name()));
        by_code || assets.iter().any(|other| other.path != asset.path && other.text.contains(asset.name()))
    };
    assets
        .iter()
        .filter(|asset| !is_used(asset))
        .map(|asset| Violation::new(&asset.path, 1, "nothing uses this asset", "remove it, or use it"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    #[test]
    fn an_asset_is_used_by_code_or_by_another_asset_or_it_is_dead() {
        let files = [
            ("assets/page.css", "src: url(font.woff2)"),
            ("assets/font.woff2", ""),
            ("assets/dead.svg", "<svg/>"),
            ("crates/ui/src/lib.rs", "include_bytes!(\"../assets/page.css\")"),
        ];
        assert_eq!(said(check, &files), ["assets/dead.svg:1: nothing uses this asset; remove it, or use it"]);
    }
}
