//! Style sheet, script and mark: embedded, named by their hash, cacheable for ever.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use ui::assets;

use super::error::PageError;

pub(super) async fn serve(Path(name): Path<String>, headers: http::HeaderMap) -> Response {
    let Some(asset) = assets::find(&format!("{}{name}", assets::PREFIX)) else {
        return PageError::NotFound.into_response();
    };
    let tags =
        [(CACHE_CONTROL, assets::CACHE_CONTROL), (ETAG, asset.etag.as_str()), (CONTENT_TYPE, asset.mime)];
    if headers.get(IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == asset.etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, tags).into_response();
    }
    (tags, asset.bytes).into_response()
}
