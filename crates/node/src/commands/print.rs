//! `entente print`: a page of the console as a file, as one account may see it, for paper or mail.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use axum::body::{Body, to_bytes};
use clap::{Args, ValueEnum};
use desk::local::Local;
use desk::outbound::{Allowed, Bounds, Outbound, OutboundError, OutboundOptions, Url};
use desk::{Desk, edge};
use exchange::ingest::Intaker;
use formats::json::Limits;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use model::Side;
use tower::ServiceExt as _;

use crate::commands::serve;
use crate::config::Config;
use crate::exit::{self, Ending, Exit};
use crate::newfile;
use crate::{chromium, folder, print};

/// A page of the past may take so long to be made ready.
const WAITS: Duration = Duration::from_secs(300);
/// Between two looks at whether it is.
const LOOKS_AGAIN: Duration = Duration::from_secs(1);

/// No page is longer.
const LARGEST_BYTES: usize = 64 << 20;

/// The sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Paper {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 in
    Letter,
}

impl Paper {
    /// A4, except where a party that is not European prints in English.
    fn usual(lang: &str, side: Side) -> Self {
        if lang == "fr" || side == Side::Eu { Paper::A4 } else { Paper::Letter }
    }

    /// As CSS names it.
    const fn css(self) -> &'static str {
        match self {
            Paper::A4 => "A4",
            Paper::Letter => "letter",
        }
    }
}

/// Write a page of the console as HTML or PDF, as an account may see it; a running node is asked for it
#[derive(Debug, Args)]
pub struct Print {
    /// The page's address without the host, such as "/picture/report?days=28"
    path: String,
    /// The account as whom it is looked at: its role and clearance decide what is on it
    #[arg(long = "as", value_name = "ACCOUNT")]
    account: String,
    /// In English or French
    #[arg(long, default_value = "en", value_parser = ["en", "fr"])]
    lang: String,
    /// The sheet; A4 in French and for European parties, else Letter
    #[arg(long, value_enum)]
    paper: Option<Paper>,
    /// Write a PDF with Chromium; the file must not exist yet
    #[arg(long, value_name = "FILE", required_unless_present = "html")]
    pdf: Option<PathBuf>,
    /// Write HTML that needs no other file; the file must not exist yet
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

impl Print {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        if !self.path.starts_with('/') || self.path.starts_with("//") {
            return Err(Ending::usage(format!("{:?} is no page; write one like /picture/report", self.path)));
        }
        let page = match folder::open(config) {
            Ok(desk) => {
                let page = self.page(&desk);
                // Whoever printed it has seen it.
                desk.write_audit()?;
                desk.close();
                page
            }
            // It writes the trail itself.
            Err(error) if exit::of(&error) == Exit::Busy => self.beside(config),
            Err(error) => Err(error),
        };
        let paper = self.paper.unwrap_or(Paper::usual(&self.lang, config.party.side));
        let page = on_its_own(&page?, paper);
        if let Some(file) = &self.html {
            newfile::write(file, page.as_bytes())?;
        }
        if let Some(file) = &self.pdf {
            let place = folder::Scratch::make()?;
            std::fs::write(place.path().join("page.html"), &page)?;
            chromium::print(place.path())?;
            newfile::write(file, &std::fs::read(place.path().join("page.pdf"))?)?;
        }
        for file in self.html.iter().chain(&self.pdf) {
            print::line(&format!("{} is written", file.display()))?;
        }
        Ok(Exit::Ok)
    }

    /// The page as the console answers it.
    fn page(&self, desk: &Arc<Desk>) -> Result<String> {
        let token = self.signed_in(&desk.local)?;
        let answer = crate::block_on(self.asked(desk, &token));
        desk.local.close_session(&token)?;
        self.judged(answer?)
    }

    /// The page as the node answers it that runs on the folder.
    fn beside(&self, config: &Config) -> Result<String> {
        let local = Local::open(&config.folder().join("local.db"))?;
        let console = Console::of(config, &local)?;
        let token = self.signed_in(&local)?;
        let answer = crate::block_on(console.ask(&self.path, &self.cookies(&token)));
        local.close_session(&token)?;
        self.judged(answer?)
    }

    /// A session of the account, to be closed when the page is there.
    fn signed_in(&self, local: &Local) -> Result<String> {
        if local.account(&self.account).is_none() {
            return Err(Ending::usage(format!(
                "there is no account {:?}; see `entente account list`",
                self.account
            )));
        }
        Ok(local.open_session(&self.account, edge::now())?)
    }

    /// Under the names that a console has with and without TLS.
    fn cookies(&self, token: &str) -> String {
        format!("entente={token}; __Host-entente={token}; lang={}; theme=light", self.lang)
    }

    fn judged(&self, (status, page): (StatusCode, String)) -> Result<String> {
        match status {
            StatusCode::OK => Ok(page),
            StatusCode::FORBIDDEN => {
                Err(anyhow!("the role of {} does not include {}", self.account, self.path))
            }
            status => Err(anyhow!("{} answers {status}; open it in the console to see why", self.path)),
        }
    }

    async fn asked(&self, desk: &Arc<Desk>, token: &str) -> Result<(StatusCode, String)> {
        let intaker = Arc::new(Intaker::new(Arc::clone(desk), Limits::default()));
        let gates = crate::http::router(Arc::clone(desk), intaker, None, &crate::http::Site::default())?;
        let request = Request::get(&self.path)
            .header(header::COOKIE, self.cookies(token))
            .body(Body::empty())
            .map_err(|_| Ending::usage(format!("{:?} is no address", self.path)))?;
        let answer = gates.router.oneshot(request).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes =
            to_bytes(answer.into_body(), LARGEST_BYTES).await.context("the page is too long to print")?;
        page_in(&self.path, (status, &headers), &bytes)
    }
}

/// The page in an answer; what is none is said to be one.
fn page_in(
    path: &str,
    (status, headers): (StatusCode, &HeaderMap),
    body: &[u8],
) -> Result<(StatusCode, String)> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if status == StatusCode::OK && !kind.is_some_and(|kind| kind.starts_with("text/html")) {
        return Err(Ending::usage(format!("{path} is no page but a file; fetch it from the console")));
    }
    Ok((status, String::from_utf8_lossy(body).into_owned()))
}

/// The console of a node that runs on the folder.
struct Console {
    outbound: Outbound,
    /// Without a final slash.
    base: String,
}

impl Console {
    /// Where it listens, as it noted when it began. Over TLS it is known by its own certificate, whatever name that is for and
    /// whoever vouches for it: neither a name server nor a proxy stands in between.
    fn of(config: &Config, local: &Local) -> Result<Self> {
        let noted = local.fact(serve::CONSOLE).and_then(|address| address.parse::<SocketAddr>().ok());
        let noted = noted.ok_or_else(|| Ending::busy("the running node does not listen yet; try again"))?;
        let address = SocketAddr::new(reachable(noted.ip()), noted.port());
        let bounds = Bounds { whole: WAITS, body_bytes: LARGEST_BYTES, ..Bounds::default() };
        let allow = vec![address.ip().to_string().parse::<Allowed>()?];
        let options = OutboundOptions { allow, ca_file: None, bounds };
        let (scheme, outbound) = match &config.http.tls_cert {
            Some(certificate) => ("https", Outbound::pinned(&options, certificate)?),
            None => ("http", Outbound::new(&options)?),
        };
        Ok(Self { outbound, base: format!("{scheme}://{address}") })
    }

    /// Asks for a page; one of the past is waited for while the node makes it ready.
    async fn ask(&self, path: &str, cookies: &str) -> Result<(StatusCode, String)> {
        let url = Url::parse(&format!("{}{path}", self.base))?;
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookies)?);
        let until = edge::monotonic() + WAITS;
        loop {
            let answer = self.outbound.get(&url, &headers).await.map_err(unanswered)?;
            if answer.status != StatusCode::ACCEPTED || edge::monotonic() >= until {
                return page_in(path, (answer.status, &answer.headers), &answer.body);
            }
            tokio::time::sleep(LOOKS_AGAIN).await;
        }
    }
}

/// An address at which a node can be asked that listens at every address of its machine.
const fn reachable(listens: IpAddr) -> IpAddr {
    match listens {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    }
}

/// Why the running node was not asked, and what to do.
fn unanswered(error: OutboundError) -> anyhow::Error {
    let says = match &error {
        OutboundError::Untrusted { .. } => {
            "the running node shows another certificate than [http] tls_cert holds, or speaks no TLS; start it again with this \
             configuration"
        }
        _ => "the running node does not answer",
    };
    anyhow::Error::new(error).context(says)
}

/// The page with its style inside, without scripts, and with a policy that lets it load nothing.
fn on_its_own(page: &str, paper: Paper) -> String {
    let style = String::from_utf8_lossy(ui::assets::css().bytes).into_owned();
    // Behind the style: every sheet has the size, whatever its marking says of its margins.
    let style = format!("{style}@page {{ size: {} }}", paper.css());
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
    let mut out = String::with_capacity(page.len() + style.len());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let (kept, skipped) = match tag {
            _ if tag.starts_with("<link rel=\"stylesheet\"") => {
                (format!("{policy}<style>{style}</style>"), end(tag, ">"))
            }
            _ if tag.starts_with("<link") || tag.starts_with("<img") => (String::new(), end(tag, ">")),
            _ if tag.starts_with("<script") => (String::new(), end(tag, "</script>")),
            _ => ("<".to_owned(), 1),
        };
        out.push_str(&kept);
        rest = &tag[skipped..];
    }
    out.push_str(rest);
    out
}

fn end(text: &str, mark: &str) -> usize {
    text.find(mark).map_or(text.len(), |at| at + mark.len())
}

#[cfg(test)]
mod tests {
    use super::Paper;

    #[test]
    fn the_sheet_is_that_of_the_readers() {
        use model::Side;
        assert_eq!(Paper::usual("fr", Side::Us), Paper::A4);
        assert_eq!(Paper::usual("en", Side::Eu), Paper::A4);
        assert_eq!(Paper::usual("en", Side::Us), Paper::Letter);
    }

    #[test]
    fn a_page_on_its_own_has_its_style_and_asks_for_nothing() {
        let page = "<head><link rel=\"stylesheet\" href=\"/a.css\"><link rel=\"icon\" href=\"/m.svg\">\
                    <script src=\"/a.js\" defer></script></head><p>1 &lt; 2</p><img src=\"/m.svg\">";
        let alone = super::on_its_own(page, super::Paper::A4);
        assert!(alone.contains("@page { size: A4 }"));
        assert!(alone.contains("<style>") && alone.contains("default-src 'none'"));
        assert!(!alone.contains("<script") && !alone.contains("src=") && !alone.contains("/m.svg"));
        assert!(alone.ends_with("<p>1 &lt; 2</p>"));
    }
}
