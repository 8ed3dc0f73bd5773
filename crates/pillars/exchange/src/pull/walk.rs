//! The walk through a collection, page by page, from where the last one stood to its end.

use std::collections::HashSet;
use std::sync::Arc;

use desk::edge;
use desk::outbound::{Answer, Url};
use formats::taxii::{Follow, Page, Query, follow, parse_time, read_page};
use model::Digest;

use super::ask::Asker;
use super::error::PullError;
use super::find::Found;
use super::place::{Place, UnderWay};
use super::{Pulled, Source, page, shown};
use crate::ingest::Intaker;

/// A date further ahead of our clock than this is not believed: it would silence the server until then.
const MAX_AHEAD_US: i64 = 24 * 3600 * 1_000_000;
/// Attempts at a page that arrives whole but is no page.
const PAGE_ATTEMPTS: u32 = 3;

pub(super) async fn walk(
    intaker: Arc<Intaker>,
    asker: &Asker<'_>,
    source: &Source,
    found: &Found,
    pulled: &mut Pulled,
    progress: &mut impl FnMut(&Pulled),
) -> Result<(), PullError> {
    let name = Place::name(&found.url, source);
    let objects = found.url.join("objects/")?;
    let mut place = Place::load(intaker.local(), &name);
    let mut at = place.under_way();
    pulled.resumed = place.walk.is_some();
    pulled.added_after = place.after.map(shown);
    let mut seen = Seen::default();
    while pulled.pages < source.bounds.pages {
        let (answer, page) = match fetch(asker, source, &objects, &at).await {
            Ok(fetched) => fetched,
            // A cursor kept from an earlier run may have been used up or forgotten: begin at the last complete walk.
            Err(Unfetched { error: PullError::Refused { status, .. }, .. })
                if pulled.resumed && pulled.pages == 0 && at.next.is_some() =>
            {
                pulled.remarks.push(format!(
                    "its old cursor is not accepted any more ({status}); the walk began again"
                ));
                place.walk = None;
                at = place.under_way();
                pulled.resumed = false;
                continue;
            }
            Err(Unfetched { error, rest }) => {
                if let Some((answer, page)) = rest {
                    page::take(&intaker, source, &answer.body, &page, &mut place, pulled).await?;
                    place.save(intaker.local(), &name)?;
                }
                return Err(error);
            }
        };
        pulled.pages += 1;
        page::take(&intaker, source, &answer.body, &page, &mut place, pulled).await?;
        let dated = last_added(&answer, pulled);
        at.last = at.last.max(dated);
        progress(pulled);
        let header = dated.map(shown);
        match follow(&page, header.as_deref(), at.next.as_deref(), at.after) {
            Follow::Done => return finish(&intaker, &name, place, &at, &page, pulled),
            Follow::Next(next) => at.next = Some(next),
            Follow::After(after) => (at.next, at.after) = (None, Some(after)),
            Follow::Stuck => return stuck(&intaker, &name, place, &objects, "gives no way to it"),
        }
        if let Some(how) = seen.goes_nowhere(&at, &answer, &page, source.bounds.empty_pages) {
            return stuck(&intaker, &name, place, &objects, how);
        }
        place.walk = Some(at.clone());
        place.save(intaker.local(), &name)?;
    }
    Err(PullError::Endless { pages: pulled.pages })
}

/// A page that could not be fetched, with what could be read of it.
struct Unfetched {
    error: PullError,
    rest: Option<(Answer, Page)>,
}

impl From<PullError> for Unfetched {
    fn from(error: PullError) -> Self {
        Self { error, rest: None }
    }
}

/// Filters and limit go with every page: medallion refuses a `next` that comes without them.
async fn fetch(
    asker: &Asker<'_>,
    source: &Source,
    objects: &Url,
    at: &UnderWay,
) -> Result<(Answer, Page), Unfetched> {
    let query = Query {
        added_after: at.after,
        limit: Some(source.bounds.page_objects),
        next: at.next.clone(),
        filter: source.filter.clone(),
        ignored: Vec::new(),
    };
    let url =
        objects.at(&format!("{}?{}", objects.path(), query.to_query_string())).map_err(PullError::from)?;
    let mut attempt = 1;
    loop {
        let answer = asker.ask(&url).await?;
        let page = read_page(&answer.body, formats::json::Limits::default());
        let Some(reason) = page::broken(&page) else { return Ok((answer, page)) };
        if attempt >= PAGE_ATTEMPTS {
            let error = PullError::Malformed { url: objects.to_string(), reason };
            return Err(Unfetched { error, rest: Some((answer, page)) });
        }
        tokio::time::sleep(asker.pause(attempt, None)).await;
        attempt += 1;
    }
}

/// The date of the page's last object as the server says it, when it can be believed.
fn last_added(answer: &Answer, pulled: &mut Pulled) -> Option<i64> {
    let text = answer.headers.get("x-taxii-date-added-last")?.to_str().ok()?;
    let date = parse_time(text).filter(|date| *date <= edge::now_us().saturating_add(MAX_AHEAD_US));
    if date.is_none() {
        pulled.remark(format!(
            "X-TAXII-Date-Added-Last {:?} is not believed",
            text.chars().take(40).collect::<String>()
        ));
    }
    date
}

/// The end: now `added_after` moves, and not before.
fn finish(
    intaker: &Intaker,
    name: &str,
    mut place: Place,
    at: &UnderWay,
    page: &Page,
    pulled: &mut Pulled,
) -> Result<(), PullError> {
    place.walk = None;
    place.after = place.after.max(at.last);
    place.save(intaker.local(), name)?;
    pulled.added_after = place.after.map(shown);
    pulled.complete = true;
    if at.last.is_none() && !page.objects.is_empty() {
        pulled
            .remark("it sends no X-TAXII-Date-Added-Last, so the next run reads everything again".to_owned());
    }
    Ok(())
}

/// A walk that leads nowhere is forgotten: going on where it stood would lead there again.
fn stuck(
    intaker: &Intaker,
    name: &str,
    mut place: Place,
    objects: &Url,
    how: &'static str,
) -> Result<(), PullError> {
    place.walk = None;
    place.save(intaker.local(), name)?;
    Err(PullError::Stuck { url: objects.to_string(), how })
}

/// What this walk has seen, to notice a circle.
#[derive(Default)]
struct Seen {
    cursors: HashSet<Digest>,
    pages: HashSet<Digest>,
    empty: u64,
}

impl Seen {
    fn goes_nowhere(
        &mut self,
        at: &UnderWay,
        answer: &Answer,
        page: &Page,
        empty_pages: u64,
    ) -> Option<&'static str> {
        if let Some(next) = &at.next
            && !self.cursors.insert(Digest::of(next.as_bytes()))
        {
            return Some("leads in a circle");
        }
        let (Some(first), Some(last)) = (page.objects.first(), page.objects.last()) else {
            self.empty += 1;
            return (self.empty >= empty_pages).then_some("sends page after page without an object");
        };
        self.empty = 0;
        // The objects alone: a circle may well number its cursors anew.
        let objects = Digest::of(&answer.body[first.start..last.end]);
        (!self.pages.insert(objects)).then_some("sends the same page again")
    }
}

impl Pulled {
    fn remark(&mut self, text: String) {
        if self.remarks.len() < 20 && !self.remarks.contains(&text) {
            self.remarks.push(text);
        }
    }
}
