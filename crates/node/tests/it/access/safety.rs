//! What a browser is told, and what somebody tries with it: headers, sessions, cross-site posts, paths, bombs.

use super::house::{House, PASSWORD, Role};
use super::rules::RULES;
use super::web::{self, Answer};
use crate::node::Node;
use crate::run::Running;

/// Attributes and tags by which a page would run or style something of its own.
fn inline(page: &str) -> Vec<&str> {
    let scripts =
        page.split("<script").skip(1).filter(|rest| !rest.split('>').next().unwrap_or("").contains("src="));
    let handlers = page.split(['<', '>']).filter(|tag| {
        tag.split_whitespace().skip(1).any(|word| {
            word.split_once('=').is_some_and(|(name, _)| {
                name.len() > 2 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_lowercase())
            })
        })
    });
    let styles = page.split('<').filter(|tag| tag.starts_with("style") || tag.contains(" style="));
    let links = page.split('<').filter(|tag| tag.contains("=\"javascript:"));
    scripts.chain(handlers).chain(styles).chain(links).collect()
}

fn is_armoured(answer: &Answer, of: &str) {
    let policy = answer.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{of}: {policy:?}"
    );
    assert!(
        !policy.contains("unsafe") && !policy.contains('*') && !policy.contains("data:"),
        "{of}: {policy}"
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{of}");
    assert_eq!(answer.header("referrer-policy"), "no-referrer", "{of}");
    assert!(!answer.header("cache-control").is_empty(), "{of} says nothing about caches");
    assert_eq!(answer.header("server"), "", "{of} tells what it runs");
}

#[test]
fn every_answer_forbids_frames_sniffing_and_inline_code_and_no_page_has_any() {
    let house = House::open();
    let mut pages = 0;
    for rule in RULES.iter().filter(|rule| rule.method == "GET") {
        for role in [Role::Nobody, Role::Officer, Role::Reader] {
            let answer = house.ask(rule, role, true);
            is_armoured(&answer, rule.path);
            assert_eq!(answer.header("strict-transport-security"), "", "without TLS, HSTS locks people out");
            if answer.header("content-type").starts_with("text/html") {
                assert!(inline(&answer.body).is_empty(), "{}: {:?}", rule.path, inline(&answer.body));
                assert_eq!(answer.header("cache-control"), "no-store", "{}", rule.path);
                pages += 1;
            }
        }
    }
    assert!(pages > 20, "only {pages} pages were looked at");
    for unknown in ["/nothing", "/taxii2/nothing/", "/api/v1/nothing", "/metrics/x"] {
        is_armoured(&house.raw("GET", unknown, Role::Officer), unknown);
    }
    house.running.stop();
}

#[test]
fn over_tls_every_answer_tells_browsers_to_stay_there_and_the_cookie_is_bound_to_it() {
    let node = Node::configured("ecsc");
    let text = std::fs::read_to_string(node.path("entente.toml")).expect("read");
    node.write("entente.toml", &format!("{text}public_url = \"https://entente.ecsc.example\"\n"));
    node.write("password", PASSWORD);
    node.run(&["init", "--account", "duty", "--password-file", &node.arg("password")]).well();
    let running = Running::start(&node);
    for path in ["/login", "/taxii2/", "/api/v1/openapi.json", "/health", "/nothing"] {
        let answer = web::send(&running.address, "GET", path, &[], b"");
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000; includeSubDomains",
            "{path}"
        );
    }
    let body = format!("user=duty&password={}", PASSWORD.replace(' ', "+"));
    let answer = web::send(&running.address, "POST", "/login", &[], body.as_bytes());
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-entente="), "{cookie}");
    for word in ["Path=/", "HttpOnly", "SameSite=Strict", "Secure"] {
        assert!(cookie.split("; ").any(|part| part == word), "{word}: {cookie}");
    }
    running.stop();
}

#[test]
fn a_session_is_new_at_every_sign_in_and_ends_when_its_person_signs_out() {
    let house = House::open();
    let planted = [("Cookie", "entente=planted-by-somebody-else")];
    let first = house.log_in("analyst", PASSWORD, &planted);
    assert_ne!(first.cookie(), Some("planted-by-somebody-else"), "a given cookie is not taken over");
    assert!(first.cookie().is_some_and(|cookie| cookie.len() >= 43), "256 bits: {:?}", first.cookie());
    let is_in = |cookie: &str| {
        web::send(&house.running.address, "GET", "/", &[("Cookie", cookie)], b"").status == 200
    };
    assert!(!is_in("entente=planted-by-somebody-else"));
    let before = format!("entente={}", first.cookie().expect("a cookie"));
    assert!(is_in(&before));
    let second = house.log_in("analyst", PASSWORD, &[("Cookie", &before)]);
    let after = format!("entente={}", second.cookie().expect("a cookie"));
    assert_ne!(before, after);
    assert!(is_in(&after) && !is_in(&before), "the session before ends with a new sign-in");

    let session = house.session(Role::Officer);
    assert!(is_in(&session.cookie));
    let form = format!("csrf={}", session.csrf);
    let out =
        web::send(&house.running.address, "POST", "/logout", &[("Cookie", &session.cookie)], form.as_bytes());
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(!is_in(&session.cookie), "the server forgets it, not only the browser");
    house.running.stop();
}

#[test]
fn a_post_that_another_site_sends_is_refused_with_a_good_token_too() {
    let house = House::open();
    let session = house.session(Role::Analyst);
    let address = house.running.address.clone();
    let form = format!("csrf={}", session.csrf);
    let post = |headers: &[(&str, &str)]| {
        let headers = [&[("Cookie", session.cookie.as_str())], headers].concat();
        web::send(&address, "POST", "/exchange/import", &headers, form.as_bytes()).status
    };
    let (own, other) = (format!("http://{address}"), "https://evil.example");
    assert_eq!(post(&[("Origin", &own)]), 200);
    assert_eq!(post(&[("Sec-Fetch-Site", "same-origin")]), 200);
    assert_eq!(post(&[("Origin", other)]), 403);
    assert_eq!(post(&[("Origin", "null")]), 403);
    assert_eq!(post(&[("Sec-Fetch-Site", "cross-site"), ("Origin", &own)]), 403);
    assert_eq!(post(&[("Sec-Fetch-Site", "same-site")]), 403);
    // The token of another session is none.
    let theirs = format!("csrf={}", house.session(Role::Officer).csrf);
    let headers = [("Cookie", session.cookie.as_str())];
    assert_eq!(web::send(&address, "POST", "/exchange/import", &headers, theirs.as_bytes()).status, 403);
    // Signing in from another site would put a person into somebody else's account.
    let login = house.log_in("analyst", PASSWORD, &[("Sec-Fetch-Site", "cross-site")]);
    assert_eq!((login.status, login.cookie()), (403, None));
    house.running.stop();
}

#[test]
fn no_path_leads_out_of_the_assets_and_none_out_of_this_site() {
    let house = House::open();
    for path in [
        "/assets/../entente.toml",
        "/assets/..%2fentente.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/....//....//etc/passwd",
        "/assets/..%5c..%5centente.toml",
        "/assets/%00",
        "/assets//etc/passwd",
        "/exchange/objects/..%2f..%2fdata%2freal%2fkeys%2fparty.key/document",
        "/taxii2/..%2f..%2fetc/collections/objects/",
        "/parties/%2e%2e%2f%2e%2e%2fentente.toml",
    ] {
        let answer = house.raw("GET", path, Role::Officer);
        assert!(matches!(answer.status, 400 | 401 | 404), "{path}: {}", answer.status);
        for secret in ["data_dir", "root:", "ENTENTE", "PRIVATE"] {
            assert!(!answer.body.contains(secret), "{path} shows {secret}");
        }
    }
    for next in ["//evil.example", "https:%2f%2fevil.example", "%2f%5cevil.example", "%2f%0d%0aX:y"] {
        let to = house.raw("GET", &format!("/login?next={next}"), Role::Auditor);
        assert_eq!(to.header("location"), "/", "{next}");
        assert_eq!(to.header("x"), "");
    }
    for split in ["/login?lang=fr%0d%0aSet-Cookie:%20a=b", "/?theme=dark%0d%0aX-Injected:%201"] {
        let answer = house.raw("GET", split, Role::Nobody);
        assert!(answer.header("x-injected").is_empty() && answer.cookie() != Some("b"), "{answer:?}");
    }
    house.running.stop();
}

#[test]
fn nothing_packed_is_unpacked_at_any_gate() {
    let house = House::open();
    // A gzip member that would unfold to very many zeroes: no gate takes the coding, so nobody finds out.
    let bomb = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0xec; 4096]].concat();
    let token = house.token(Role::Writer);
    let taxii = "application/taxii+json;version=2.1";
    for coding in ["gzip", "deflate", "br", "zstd", "gzip, gzip"] {
        let headers = [
            ("Authorization", token.as_str()),
            ("Content-Type", taxii),
            ("Accept", taxii),
            ("Content-Encoding", coding),
        ];
        let path = "/taxii2/pilot/collections/objects/objects/";
        assert_eq!(web::send(&house.running.address, "POST", path, &headers, &bomb).status, 415, "{coding}");
        let session = house.session(Role::Analyst);
        let headers = [("Cookie", session.cookie.as_str()), ("Content-Encoding", coding)];
        let answer = web::send(&house.running.address, "POST", "/exchange/import", &headers, &bomb);
        assert!(matches!(answer.status, 403 | 415 | 422), "{coding}: {}", answer.status);
    }
    let xml = br#"<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"#;
    let headers = [("Authorization", token.as_str()), ("Content-Type", "application/xml"), ("Accept", taxii)];
    let path = "/taxii2/pilot/collections/objects/objects/";
    assert_eq!(web::send(&house.running.address, "POST", path, &headers, xml).status, 415);
    house.running.stop();
}
