//! What both sides watch: technologies with sources that are real and dated, shared under the arrangement. One review is
//! overdue, so that the list shows how that looks.

use anyhow::{Context as _, Result};
use desk::{Desk, edge};
use model::time::{SignedDuration, TimeZone};
use model::{AgreementId, Marking, Tlp, WatchId};
use records::watch::{Confidence, Evidence, Maturity, Watch};
use records::{Marked, Seal};

use super::stage::USER;

/// What is said of one technology.
struct Said {
    technology: &'static str,
    why: &'static str,
    from: &'static str,
    until: &'static str,
    maturity: Maturity,
    /// Days from today.
    review: i64,
    tlp: Tlp,
    sources: &'static [(&'static str, &'static str, &'static str, Confidence)],
}

const EU: [Said; 2] = [
    Said {
        technology: "Migration to post-quantum cryptography",
        why: "Traffic recorded today may be read once a large quantum computer exists; key establishment of long-lived \
              secrets comes first. Authorities set dates that differ.",
        from: "2026-12-31",
        until: "2035-12-31",
        maturity: Maturity::Early,
        review: 60,
        tlp: Tlp::Clear,
        sources: &[
            (
                "ML-KEM is standardised for key establishment (FIPS 203)",
                "https://csrc.nist.gov/pubs/fips/203/final",
                "2024-08-13",
                Confidence::High,
            ),
            (
                "Draft: 112-bit RSA and elliptic curves deprecated after 2030, classical public keys disallowed after 2035",
                "https://csrc.nist.gov/pubs/ir/8547/ipd",
                "2024-11-12",
                Confidence::Moderate,
            ),
            (
                "EU roadmap: first steps by the end of 2026, high-risk uses by the end of 2030, medium-risk by the end of 2035",
                "https://digital-strategy.ec.europa.eu/en/library/coordinated-implementation-roadmap-transition-post-quantum-cryptography",
                "2025-06-11",
                Confidence::High,
            ),
        ],
    },
    Said {
        technology: "Attacks on the ground segment of satellites",
        why: "Terminals and management networks on the ground are reached more easily than satellites, and carry \
              communication of energy, transport and forces on both sides.",
        from: "2022",
        until: "",
        maturity: Maturity::Spreading,
        review: -3,
        tlp: Tlp::Green,
        sources: &[
            (
                "The EU attributes the attack on KA-SAT, an hour before the invasion of Ukraine, to the Russian Federation",
                "https://www.consilium.europa.eu/en/press/press-releases/2022/05/10/russian-cyber-operations-against-ukraine-declaration-by-the-high-representative-on-behalf-of-the-european-union/",
                "2022-05-10",
                Confidence::High,
            ),
            (
                "A profile for the satellite ground segment applies the Cybersecurity Framework (NIST IR 8401)",
                "https://csrc.nist.gov/pubs/ir/8401/final",
                "2022-12-30",
                Confidence::High,
            ),
        ],
    },
];

const US: [Said; 1] = [Said {
    technology: "AI-assisted discovery of vulnerabilities",
    why: "Systems find flaws in widely used code without people. Whoever has them first decides whether more is repaired \
          or more is exploited; disclosure and patching must bear the number.",
    from: "2025",
    until: "2028",
    maturity: Maturity::Shown,
    review: 21,
    tlp: Tlp::Clear,
    sources: &[
        (
            "An agent finds an exploitable flaw in SQLite before it is released",
            "https://googleprojectzero.blogspot.com/2024/10/from-naptime-to-big-sleep.html",
            "2024-11-01",
            Confidence::High,
        ),
        (
            "Final of DARPA's AI Cyber Challenge: autonomous systems find and repair flaws in open-source code, and are opened",
            "https://aicyberchallenge.com/",
            "2025-08-08",
            Confidence::Moderate,
        ),
    ],
}];

/// Puts on each side's list what it watches.
pub fn begin(eu: &Desk, us: &Desk, under: AgreementId) -> Result<()> {
    for (desk, list) in [(eu, &EU[..]), (us, &US[..])] {
        let sealed = list.iter().map(|said| seal(desk, said, under)).collect::<Result<_>>()?;
        desk.submit_and_fold(sealed)?;
    }
    Ok(())
}

/// As the pages would write it, but for the review that lies in the past.
fn seal(desk: &Desk, said: &Said, under: AgreementId) -> Result<records::Sealed> {
    let now = edge::now();
    let review = now + SignedDuration::from_hours(24 * said.review);
    let source = |(says, link, on, confidence): &(&str, &str, &str, Confidence)| {
        let on = on.parse().with_context(|| format!("{on} is no day"))?;
        Ok(Evidence { says: (*says).to_owned(), link: (*link).to_owned(), on, confidence: *confidence })
    };
    let watch = Watch {
        watch: WatchId(edge::uuid()),
        supersedes: None,
        technology: said.technology.to_owned(),
        why: said.why.to_owned(),
        language: "en".to_owned(),
        owner: USER.to_owned(),
        from: said.from.to_owned(),
        until: said.until.to_owned(),
        maturity: said.maturity,
        evidence: said.sources.iter().map(source).collect::<Result<_>>()?,
        review: review.to_zoned(TimeZone::UTC).date(),
        retired: String::new(),
        by: USER.to_owned(),
    };
    let (under, about) = ([under], [watch.watch.to_string()]);
    let seal = Seal {
        marked: Marked::Known(Marking::tlp(said.tlp)),
        under: &under,
        about: &about,
        ..desk.seal::<Watch>(now)
    };
    Ok(seal.body(&watch, edge::salt()))
}
