//! Who asked for what, and what became of it: around every handler, for the audit trail.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::CONTENT_DISPOSITION;
use http::request::Parts;
use http::{Method, StatusCode};
use records::audit::{Deed, Line};

use super::app::App;
use super::visitor::{Came, Visitor};
use crate::audit::Next as Then;

/// Views are gathered this long.
const MINUTE: Duration = Duration::from_secs(60);
/// What is kept of a path, characters.
const PATH_CHARS: usize = 200;

/// Put on an answer to a form that changed nothing, such as a dry run: it was a look.
#[derive(Debug, Clone, Copy)]
pub struct Looked;

/// What the handler's permission said about the one who asks; empty when nobody was asked.
#[derive(Debug, Default)]
struct Seen(OnceLock<Asked>);

#[derive(Debug)]
struct Asked {
    line: Line,
    let_in: bool,
}

/// Notes who asks, as soon as that is known.
pub(super) fn note(parts: &Parts, visitor: &Visitor, act: &'static str, let_in: bool) {
    let Some(seen) = parts.extensions.get::<Arc<Seen>>() else { return };
    let (by, program) = match &visitor.came {
        Came::Session { id, .. } => (id.hex()[..8].to_owned(), false),
        Came::Token { id, .. } => (id[..8].to_owned(), true),
        Came::Away => return, // nobody looked
    };
    let path = visitor.path.split('?').next().unwrap_or("");
    let line = Line {
        at: visitor.came_at,
        who: visitor.account.name.clone(),
        by,
        program,
        act: act.to_owned(),
        what: path.chars().take(PATH_CHARS).collect(),
        deed: Deed::Saw,
        count: 1,
        reason: String::new(),
    };
    let _ = seen.0.set(Asked { line, let_in }); // whoever asked first is the one
}

/// Lets the handler answer, and puts on the trail what became of it. What changed something is there before the answer
/// leaves.
pub(super) async fn watch(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let seen = Arc::<Seen>::default();
    request.extensions_mut().insert(Arc::clone(&seen));
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let response = next.run(request).await;
    let Some(asked) = seen.0.get() else { return response };
    let mut line = asked.line.clone();
    let changes = changes && response.extensions().get::<Looked>().is_none();
    line.deed = deed(asked.let_in, changes, &line.what, &response);
    if line.what == "/events" {
        return response;
    }
    if matches!(line.deed, Deed::Did | Deed::Exported) && !is_program_read(&line) {
        if let Err(error) = app.desk.present().write_line(line).await {
            tracing::error!(%error, "an act is not on the record");
        }
    } else {
        gather(&app, line);
    }
    response
}

fn deed(let_in: bool, changes: bool, path: &str, response: &Response) -> Deed {
    let status = response.status();
    let taken = response.headers().contains_key(CONTENT_DISPOSITION) || path.starts_with("/api/");
    match (let_in, changes) {
        (false, _) => Deed::Refused,
        _ if status.is_client_error() || status.is_server_error() => Deed::Failed,
        (true, true) => Deed::Did,
        (true, false) if taken => Deed::Exported,
        // Sent on to prove who is there, or elsewhere: nothing was shown.
        (true, false) if status == StatusCode::SEE_OTHER => Deed::Failed,
        (true, false) => Deed::Saw,
    }
}

/// What programs read again and again is counted like views.
fn is_program_read(line: &Line) -> bool {
    line.deed == Deed::Exported && line.what.starts_with("/api/")
}

fn gather(app: &App, line: Line) {
    let then = app.desk.present().audit.add(line);
    if then == Then::Wait {
        return;
    }
    // A node that stops writes down itself what waits; this must not keep it alive.
    let desk = Arc::downgrade(app.desk.present());
    tokio::spawn(async move {
        if then == Then::Begin {
            tokio::time::sleep(MINUTE).await;
        }
        let Some(desk) = desk.upgrade() else { return };
        let written = tokio::task::spawn_blocking(move || desk.write_audit()).await;
        if let Ok(Err(error)) = written {
            tracing::error!(%error, "what was looked at is not on the record");
        }
    });
}
