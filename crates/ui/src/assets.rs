//! The files a page needs, embedded, named by the hash of their content and therefore cacheable for ever.

use std::sync::LazyLock;

use model::Digest;

/// What the pages of the console need, and nothing more. Send it with every HTML response.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'";

/// `Cache-Control` of everything under [`PREFIX`]: a changed file has another name.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// Where [`find`] expects its paths.
pub const PREFIX: &str = "/assets/";

/// A file as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The path that pages name, with the hash in it.
    pub path: String,
    /// The content.
    pub bytes: &'static [u8],
    /// `Content-Type`.
    pub mime: &'static str,
    /// `ETag`, quotes included.
    pub etag: String,
}

static CSS: LazyLock<Asset> = LazyLock::new(|| {
    asset("entente", "css", "text/css; charset=utf-8", include_bytes!("../../../assets/entente.css"))
});
static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    asset("entente", "js", "text/javascript; charset=utf-8", include_bytes!("../../../assets/entente.js"))
});
static PASSKEY: LazyLock<Asset> = LazyLock::new(|| {
    asset("passkey", "js", "text/javascript; charset=utf-8", include_bytes!("../../../assets/passkey.js"))
});
static MARK: LazyLock<Asset> =
    LazyLock::new(|| asset("mark", "svg", "image/svg+xml", include_bytes!("../../../assets/mark.svg")));

/// The style sheet.
pub fn css() -> &'static Asset {
    &CSS
}

/// The script.
pub fn script() -> &'static Asset {
    &SCRIPT
}

/// The script of pages that ask for a passkey.
pub fn passkey() -> &'static Asset {
    &PASSKEY
}

/// The mark, as favicon and logo.
pub fn mark() -> &'static Asset {
    &MARK
}

/// Every asset.
pub fn all() -> [&'static Asset; 4] {
    [css(), script(), passkey(), mark()]
}

/// The asset served at this path; `None` is a 404.
pub fn find(path: &str) -> Option<&'static Asset> {
    all().into_iter().find(|a| a.path == path)
}

fn asset(name: &str, extension: &str, mime: &'static str, bytes: &'static [u8]) -> Asset {
    let hash = &Digest::of(bytes).hex()[..16];
    Asset { path: format!("{PREFIX}{name}.{hash}.{extension}"), bytes, mime, etag: format!("\"{hash}\"") }
}

#[cfg(test)]
mod tests;
