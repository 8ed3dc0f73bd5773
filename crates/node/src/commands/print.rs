//! `entente print`: a page of the console as a file, as one account may see it, for paper or mail.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use axum::body::{Body, to_bytes};
use clap::Args;
use desk::{Desk, edge};
use exchange::ingest::Intaker;
use formats::json::Limits;
use http::{Request, StatusCode, header};
use tower::ServiceExt as _;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::newfile::NewFile;
use crate::{chromium, folder, print};

/// No page is longer.
const LARGEST_BYTES: usize = 64 << 20;

/// Write a page of the console as HTML or PDF, as an account may see it; no node may run on the folder
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
        let desk = folder::open(config)?;
        let page = self.page(&desk);
        // Whoever printed it has seen it.
        desk.write_audit()?;
        desk.close();
        let page = on_its_own(&page?);
        if let Some(file) = &self.html {
            kept(file, page.as_bytes())?;
        }
        if let Some(file) = &self.pdf {
            let place = folder::Scratch::make()?;
            std::fs::write(place.path().join("page.html"), &page)?;
            chromium::print(place.path())?;
            kept(file, &std::fs::read(place.path().join("page.pdf"))?)?;
        }
        for file in self.html.iter().chain(&self.pdf) {
            print::line(&format!("{} is written", file.display()))?;
        }
        Ok(Exit::Ok)
    }

    /// The page as the console answers it.
    fn page(&self, desk: &Arc<Desk>) -> Result<String> {
        if desk.local.account(&self.account).is_none() {
            return Err(Ending::usage(format!(
                "there is no account {:?}; see `entente account list`",
                self.account
            )));
        }
        let token = desk.local.open_session(&self.account, edge::now())?;
        let answer = crate::block_on(self.asked(desk, &token));
        desk.local.close_session(&token)?;
        let (status, page) = answer?;
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
            .header(header::COOKIE, format!("entente={token}; lang={}; theme=light", self.lang))
            .body(Body::empty())
            .map_err(|_| Ending::usage(format!("{:?} is no address", self.path)))?;
        let answer = gates.router.oneshot(request).await?;
        let (status, kind) = (answer.status(), answer.headers().get(header::CONTENT_TYPE).cloned());
        let bytes =
            to_bytes(answer.into_body(), LARGEST_BYTES).await.context("the page is too long to print")?;
        let is_page = kind.is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.starts_with("text/html")));
        if status == StatusCode::OK && !is_page {
            return Err(Ending::usage(format!(
                "{} is no page but a file; fetch it from the console",
                self.path
            )));
        }
        Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// Writes a file that must not be there yet.
fn kept(file: &Path, bytes: &[u8]) -> Result<()> {
    let mut new = NewFile::beside(file)?;
    new.write_all(bytes)?;
    new.keep(false)
}

/// The page with its style inside, without scripts, and with a policy that lets it load nothing.
fn on_its_own(page: &str) -> String {
    let style = String::from_utf8_lossy(ui::assets::css().bytes).into_owned();
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
    #[test]
    fn a_page_on_its_own_has_its_style_and_asks_for_nothing() {
        let page = "<head><link rel=\"stylesheet\" href=\"/a.css\"><link rel=\"icon\" href=\"/m.svg\">\
                    <script src=\"/a.js\" defer></script></head><p>1 &lt; 2</p><img src=\"/m.svg\">";
        let alone = super::on_its_own(page);
        assert!(alone.contains("<style>") && alone.contains("default-src 'none'"));
        assert!(!alone.contains("<script") && !alone.contains("src=") && !alone.contains("/m.svg"));
        assert!(alone.ends_with("<p>1 &lt; 2</p>"));
    }
}
