//! The report as a page of its own, to be opened from the mail and printed: no script, nothing fetched.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use ui::{Locale, t};

use super::compose::Content;

const LOOK: &str = "body{font:11pt/1.45 sans-serif;max-width:48em;margin:2em auto;padding:0 1em}\
table{border-collapse:collapse;width:100%;margin:1em 0}caption{text-align:left;font-weight:bold}\
th,td{border:1px solid #767676;padding:.35em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}";

/// The whole page.
pub(super) fn page(content: &Content<'_>) -> String {
    let locale = content.locale;
    let language = if locale == Locale::Fr { "fr" } else { "en" };
    let page: Markup = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                title { (content.reference) }
                style { (PreEscaped(LOOK)) }
            }
            body {
                h1 { (content.title) }
                table {
                    caption { (t!(locale, "filing-reporter")) }
                    tbody {
                        @for (label, value) in content.head() {
                            tr { th scope="row" { (label) } td { (value) } }
                        }
                    }
                }
                table {
                    caption { (t!(locale, "filing-fields")) }
                    tbody {
                        @for row in &content.rows {
                            tr {
                                th scope="row" { (row.name) " (" (row.code) ")" }
                                td { (row.value) @if row.estimate { " (" (t!(locale, "notify-estimate")) ")" } }
                            }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}
