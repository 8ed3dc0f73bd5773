//! Whether two answers are the same but for the time at which they were given.

use super::super::web::Answer;

/// Routes that tell how long the log is, and why that is no leak.
pub const TELLS_LENGTH: [(&str, &str); 6] = [
    ("/ledger", "the log's length and root are what peers compare; a withheld record counts in both"),
    ("/ledger/records", "leads to a place in the log"),
    ("/ledger/records/{id}", "every place of the log has a hash, also where the record is withheld"),
    ("/api/v1/ledger", "the same for programs"),
    ("/links", "the length of each log, as each link compares it"),
    ("/metrics", "the length of the log, for the operator's own watch"),
];

/// Routes that tell of what was done, by the path at which it was done. Who may read the trail reads ids there, of things
/// that they may not see too, and no word of them: questions are not kept.
pub const TELLS_DEEDS: [&str; 2] = ["/audit", "/audit/export"];

/// Headers that say something about what was found.
const HEADERS: [&str; 6] =
    ["location", "content-type", "etag", "x-taxii-date-added-first", "x-taxii-date-added-last", "link"];

/// Compares status, headers and body without the moments in them; the error shows the first difference.
pub fn same(told: &Answer, untold: &Answer) -> Result<(), String> {
    if told.status != untold.status {
        return Err(format!("{} and {}", told.status, untold.status));
    }
    for name in HEADERS {
        let (one, other) = (told.header(name), untold.header(name));
        if one != other {
            return Err(format!("{name}: {one:?} and {other:?}"));
        }
    }
    let (one, other) = (plain(told), plain(untold));
    match one.bytes().zip(other.bytes()).position(|(a, b)| a != b) {
        None if one.len() == other.len() => Ok(()),
        at => {
            let at = at.unwrap_or(one.len().min(other.len()));
            Err(format!("{:?} and {:?}", around(&one, at), around(&other, at)))
        }
    }
}

/// What is drawn anew for each answer, and how far a peer is behind the log: what stands between these two.
const DRAWN: [(&str, char); 7] = [
    ("challenge&quot;:&quot;", '&'),
    ("name=\"ticket\" value=\"", '"'),
    ("\"error_id\":\"", '"'),
    ("\"instance\":\"", '"'),
    ("http://127.0.0.1:", '/'),
    ("data-label=\"Behind\">", '<'),
    // How much a peer withholds from this party: the length of its log, less what came whole.
    ("data-label=\"Withheld from us, whatever it is about\">", '<'),
];

/// The body without the time at which it was made and without what is drawn anew for each.
fn plain(answer: &Answer) -> String {
    let mut text = timeless(&answer.body);
    for (word, end) in DRAWN {
        let mut parts = text.split(word);
        let mut kept = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let end = part.find(end).unwrap_or(part.len());
            kept.push_str(word);
            kept.push_str(&part[end..]);
        }
        text = kept;
    }
    text
}

fn around(text: &str, at: usize) -> String {
    let bytes = text.as_bytes();
    String::from_utf8_lossy(&bytes[at.saturating_sub(120)..bytes.len().min(at + 120)]).into_owned()
}

/// The text without its `<time>` elements, and without instants as RFC 3339 writes them and times of day as sentences do.
fn timeless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, part) in text.split("<time").enumerate() {
        let part = if n == 0 { part } else { part.split_once("</time>").map_or(part, |(_, rest)| rest) };
        instants_out(part, &mut out);
    }
    out
}

/// `2026-11-01T08:00:00…` up to its end, and `08:00 UTC`.
fn instants_out(text: &str, out: &mut String) {
    let shapes: [&[u8]; 2] = [b"dddd-dd-ddTdd:dd", b"dd:dd UTC"];
    let bytes = text.as_bytes();
    let is = |at: usize, shape: &[u8]| {
        bytes.get(at..at + shape.len()).is_some_and(|found| {
            found.iter().zip(shape).all(|(byte, sign)| match sign {
                b'd' => byte.is_ascii_digit(),
                sign => byte == sign,
            })
        })
    };
    let (mut at, mut kept) = (0, 0);
    while at < bytes.len() {
        if let Some(shape) = shapes.iter().find(|shape| is(at, shape)) {
            out.push_str(&text[kept..at]);
            at += shape.len();
            while bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || b":.Z".contains(byte)) {
                at += 1;
            }
            kept = at;
        } else {
            at += 1;
        }
    }
    out.push_str(&text[kept..]);
}

#[test]
fn moments_do_not_count_and_figures_do() {
    let body = |text: &str| Answer { status: 200, body: text.to_owned(), ..Answer::default() };
    let page =
        |time: &str, n: u32| body(&format!("<p>{n} at <time datetime=\"{time}\">{time}</time>, {time}</p>"));
    assert_eq!(same(&page("2026-11-01T08:00:00Z", 3), &page("2026-11-01T09:30:00.123Z", 3)), Ok(()));
    assert!(same(&page("2026-11-01T08:00:00Z", 3), &page("2026-11-01T08:00:00Z", 4)).is_err());
    assert_eq!(same(&body("up to 08:59 UTC."), &body("up to 09:00 UTC.")), Ok(()));
    assert!(same(&body("08:59 of them"), &body("09:00 of them")).is_err());
    assert!(same(&body("one"), &body("one and more")).is_err());
}
