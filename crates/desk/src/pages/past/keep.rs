//! A page of the past keeps its instant: every link to a page that has one carries it on, forms that ask carry it too, and
//! forms that would change something are left out.
//!
//! This reads the markup that our own pages are made of: attributes in double quotes, `<`, `>`, `&` and `"` escaped within.

use ui::query;

use super::{AT, is_recorded};

/// The page with the instant `at` in it.
pub(super) fn keep(page: &str, at: &str) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 8);
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[..=end];
        rest = &rest[end + 1..];
        if tag.starts_with("<a ") {
            out.push_str(&link(tag, at));
        } else if tag.starts_with("<form ") || tag == "<form>" {
            rest = form(&mut out, tag, rest, at);
        } else {
            out.push_str(tag);
        }
    }
    out.push_str(rest);
    out
}

/// A link; those that say where the present is stay as they are.
fn link(tag: &str, at: &str) -> String {
    let href = attribute(tag, "href").filter(|_| !tag.contains(" data-past="));
    match href.map(unescape).filter(|href| is_recorded(href)) {
        Some(href) => tag.replacen(
            &format!(" href=\"{}\"", escape(&href)),
            &format!(" href=\"{}\"", escape(&with(&href, at))),
            1,
        ),
        None => tag.to_owned(),
    }
}

/// A form up to its end; what stands behind it.
fn form<'a>(out: &mut String, tag: &str, rest: &'a str, at: &str) -> &'a str {
    let end = rest.find("</form>").map_or(rest.len(), |end| end + "</form>".len());
    let (body, behind) = rest.split_at(end);
    let posts = attribute(tag, "method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    let action = attribute(tag, "action").map(unescape);
    match action.as_deref() {
        Some("/logout") => {
            out.push_str(tag);
            out.push_str(body);
        }
        _ if posts => {}
        Some(action) if is_recorded(action) && attribute(tag, "method") != Some("dialog") => {
            out.push_str(tag);
            if !body.contains(" name=\"at\"") {
                out.push_str(&format!("<input type=\"hidden\" name=\"{AT}\" value=\"{}\">", escape(at)));
            }
            out.push_str(&keep(body, at));
        }
        _ => {
            out.push_str(tag);
            out.push_str(body);
        }
    }
    behind
}

/// An address with the instant, before its fragment.
pub(super) fn with(href: &str, at: &str) -> String {
    let (path, fragment) =
        href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
    let mut with = query::with(path, &[(AT, Some(at))]);
    if let Some(fragment) = fragment {
        with.push('#');
        with.push_str(fragment);
    }
    with
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..];
    Some(&value[..value.find('"')?])
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_TEXT: &str = "2026-11-24T14:00:00Z";

    #[test]
    fn links_and_questions_keep_the_instant_and_what_is_not_recorded_does_not() {
        let page = r##"<p>a < b</p><a class="x" href="/ledger?a=1&amp;b=2#top">L</a><a href="#content">S</a>
<a href="https://example.org/">W</a><a href="/accounts">A</a><a href="/" data-past="">N</a>
<form class="s" method="get" action="/find"><input name="q"><a href="/find">x</a></form>"##;
        let kept = keep(page, AT_TEXT);
        let expected = r##"<p>a < b</p><a class="x" href="/ledger?a=1&amp;b=2&amp;at=2026-11-24T14%3A00%3A00Z#top">L</a><a href="#content">S</a>
<a href="https://example.org/">W</a><a href="/accounts">A</a><a href="/" data-past="">N</a>
<form class="s" method="get" action="/find"><input type="hidden" name="at" value="2026-11-24T14:00:00Z"><input name="q"><a href="/find?at=2026-11-24T14%3A00%3A00Z">x</a></form>"##;
        assert_eq!(kept, expected);
        assert_eq!(keep(&kept, AT_TEXT).matches("name=\"at\"").count(), 1);
    }

    #[test]
    fn a_form_that_changes_something_is_left_out_and_signing_out_is_not() {
        let page = r#"<b>1</b><form method="post" action="/accord/sign"><button>Sign</button></form><b>2</b><form method="post" action="/logout"><button>Out</button></form>"#;
        let kept = keep(page, AT_TEXT);
        assert_eq!(
            kept,
            r#"<b>1</b><b>2</b><form method="post" action="/logout"><button>Out</button></form>"#
        );
    }

    #[test]
    fn a_page_that_ends_too_early_is_given_as_it_is() {
        for page in ["", "<", "<a href=\"/x", "<form method=\"post\">", "text < text"] {
            assert!(keep(page, AT_TEXT).len() <= page.len() + 40, "{page}");
        }
        assert_eq!(keep("<form method=\"post\"><b>", AT_TEXT), "");
    }
}
