//! A text as a picture that a telephone reads (QR code, ISO/IEC 18004), drawn here: no secret leaves for it.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of silence around the code, which the standard asks for.
const QUIET: i32 = 4;

/// The picture; nothing when the text is too long for one.
pub(super) fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return html! {} };
    let side = code.size() + 2 * QUIET;
    let mut dark = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(dark, "M{} {}h1v1h-1z", x + QUIET, y + QUIET); // a String takes everything
        }
    }
    html! {
        // Black on white in every theme: a telephone reads nothing else.
        svg.qr role="img" aria-label=(label) viewBox={ "0 0 " (side) " " (side) } width="240" height="240"
            shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(dark) fill="#000" {}
        }
    }
}
