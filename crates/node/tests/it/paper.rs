//! A page of the console on paper: `entente print`, as one account may see it.

use std::os::unix::fs::PermissionsExt as _;

use crate::node::{Node, Said};
use crate::objects::indicator;
use crate::run::Running;
use crate::share::agreed;

fn housed() -> (Node, Node) {
    let (eu, us) = agreed();
    eu.write("password", "correct horse battery\n");
    for (name, role, clearance) in [("chief", "officer", "red"), ("reader", "observer", "clear")] {
        let password = eu.arg("password");
        let add =
            ["account", "add", name, "--role", role, "--clearance", clearance, "--password-file", &password];
        eu.run(&add).well();
    }
    eu.write("one.json", &indicator(1, Some("green")));
    eu.run(&["exchange", "import", &eu.arg("one.json"), "--under", "pilot"]).well();
    (eu, us)
}

fn print(node: &Node, path: &str, account: &str, how: &[&str]) -> Said {
    node.run(&[&["print", path, "--as", account][..], how].concat())
}

/// The same where the only programs are those of this folder.
fn print_with(node: &Node, programs: &str, pdf: &str) -> Said {
    let mut command = node.command(&["print", "/picture/report", "--as", "chief", "--pdf", pdf]);
    command.env("PATH", node.path(programs)).output().expect("the binary runs").into()
}

#[test]
fn a_page_is_written_whole_in_the_readers_language_as_far_as_they_may_see() {
    let (eu, _us) = housed();
    print(&eu, "/exchange/objects", "chief", &["--lang", "fr", "--html", &eu.arg("chief.html")]).well();
    print(&eu, "/exchange/objects", "reader", &["--html", &eu.arg("reader.html")]).well();
    let read = |name: &str| std::fs::read_to_string(eu.path(name)).expect("written");
    let (all, little) = (read("chief.html"), read("reader.html"));
    assert!(all.contains("<html lang=\"fr\"") && all.contains("TLP:GREEN") && all.contains("<style>"));
    assert!(all.contains("indicator--00000000") && !little.contains("indicator--00000000"));
    assert!(!all.contains("<script") && !all.contains("src=\"") && !all.contains("href=\"/assets"));

    let again = print(&eu, "/exchange/objects", "chief", &["--html", &eu.arg("chief.html")]);
    assert!(again.code == 1 && again.err.contains("name"), "it overwrote a file: {}", again.err);
    let said = |path, account| print(&eu, path, account, &["--html", &eu.arg("no.html")]);
    assert_eq!(said("/picture/report", "nobody").code, 2);
    assert_eq!(said("picture/report", "chief").code, 2);
    assert_eq!(said("/api/v1/parties", "chief").code, 2);
    assert!(said("/audit", "chief").err.contains("does not include"));
    assert!(said("/nothing", "chief").err.contains("404"));
    assert!(!eu.path("no.html").exists());
}

#[test]
fn without_chromium_it_is_said_what_to_do_and_a_chromium_that_fails_leaves_no_file() {
    let (eu, _us) = housed();
    std::fs::create_dir(eu.path("none")).expect("a folder");
    let said = print_with(&eu, "none", &eu.arg("a.pdf"));
    assert!(said.code == 1 && said.err.contains("--html"), "{}", said.err);
    // One that says it has printed and has not.
    std::fs::create_dir(eu.path("bad")).expect("a folder");
    eu.write("bad/chromium", "#!/bin/sh\nexit 0\n");
    std::fs::set_permissions(eu.path("bad/chromium"), std::fs::Permissions::from_mode(0o700)).expect("chmod");
    let said = print_with(&eu, "bad", &eu.arg("a.pdf"));
    assert!(said.code == 1 && said.err.contains("printed nothing"), "{}", said.err);
    assert!(!eu.path("a.pdf").exists());
    // One that writes what it is told to, where it is told to.
    std::fs::create_dir(eu.path("good")).expect("a folder");
    let good = "#!/bin/sh\nfor a in \"$@\"; do case \"$a\" in --print-to-pdf=*) printf '%%PDF-1' > \"${a#--print-to-pdf=}\";; esac; done\n";
    eu.write("good/chromium", good);
    std::fs::set_permissions(eu.path("good/chromium"), std::fs::Permissions::from_mode(0o700))
        .expect("chmod");
    print_with(&eu, "good", &eu.arg("a.pdf")).well();
    assert_eq!(std::fs::read(eu.path("a.pdf")).expect("written"), b"%PDF-1");
}

#[test]
fn beside_a_node_that_speaks_tls_it_is_known_by_its_certificate_alone() {
    let (eu, us) = housed();
    // As any other: certificate and key in PEM, for no name and vouched for by nobody.
    let pem = std::fs::read_to_string(eu.path("data/real/keys/link.pem")).expect("the certificate");
    for name in ["tls.pem", "other.pem"] {
        eu.write(name, &pem);
        std::fs::set_permissions(eu.path(name), std::fs::Permissions::from_mode(0o600)).expect("chmod");
    }
    let config = std::fs::read_to_string(eu.path("entente.toml")).expect("read");
    let with =
        |certificate: &str| format!("{config}tls_cert = \"{certificate}\"\ntls_key = \"{certificate}\"\n");
    eu.write("entente.toml", &with("tls.pem"));
    let running = Running::start(&eu);
    print(&eu, "/exchange/objects", "chief", &["--html", &eu.arg("chief.html")]).well();
    let page = std::fs::read_to_string(eu.path("chief.html")).expect("written");
    assert!(page.contains("indicator--00000000"));
    // A configuration that does not fit what runs is said to be so.
    let stranger = std::fs::read_to_string(us.path("data/real/keys/link.pem")).expect("the certificate");
    eu.write("other.pem", &stranger);
    let now = std::fs::read_to_string(eu.path("entente.toml")).expect("read");
    eu.write("entente.toml", &now.replace("tls.pem", "other.pem"));
    let said = print(&eu, "/exchange/objects", "chief", &["--html", &eu.arg("no.html")]);
    assert!(said.code == 1 && said.err.contains("another certificate"), "{} {}", said.code, said.err);
    assert!(!eu.path("no.html").exists());
    running.stop();
}

#[test]
fn beside_a_running_node_the_node_is_asked_and_says_no_more_than_the_account_may_see() {
    let (eu, _us) = housed();
    let running = Running::start(&eu);
    let fr = ["--lang", "fr", "--paper", "letter", "--html"];
    print(&eu, "/exchange/objects", "chief", &[&fr[..], &[&eu.arg("chief.html")]].concat()).well();
    print(&eu, "/exchange/objects", "reader", &["--html", &eu.arg("reader.html")]).well();
    let read = |name: &str| std::fs::read_to_string(eu.path(name)).expect("written");
    let (all, little) = (read("chief.html"), read("reader.html"));
    assert!(all.contains("<html lang=\"fr\"") && all.contains("indicator--00000000"));
    assert!(all.contains("@page { size: letter }") && little.contains("@page { size: A4 }"));
    assert!(!little.contains("indicator--00000000") && !all.contains("<script"));
    // A page of the past is waited for.
    let past = "/exchange/objects?at=2026-01-01T00:00:00Z";
    print(&eu, past, "chief", &["--html", &eu.arg("past.html")]).well();
    assert!(read("past.html").contains("class=\"past\""));
    let said = |path, account| print(&eu, path, account, &["--html", &eu.arg("no.html")]);
    assert_eq!(said("/picture/report", "nobody").code, 2);
    assert_eq!(said("/api/v1/parties", "chief").code, 2);
    assert!(said("/audit", "chief").err.contains("does not include"));
    assert!(!eu.path("no.html").exists());
    running.stop();
    // Nobody stays signed in, and who printed it stands in the trail.
    let local = desk::local::Local::open(&eu.path("data/real/local.db")).expect("opened");
    assert!(local.sessions("chief", desk::edge::now()).expect("read").is_empty());
}
