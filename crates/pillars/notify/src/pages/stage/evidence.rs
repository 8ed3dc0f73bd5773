//! What was noted as filed by hand, with its evidence, and the file of it: given away as a file, never shown in the page.

use std::borrow::Cow;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Attached, May, PageError, Visitor};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use maud::{Markup, html};
use model::{IncidentId, RecordId};
use records::submission::{EvidenceFile, Submission};
use ui::component::{ButtonKind, Field, FieldKind, button, card, facts, field, hash, time_full};
use ui::{sentence, t};

use super::find;
use crate::access::{IncidentRead, StageSubmit};
use crate::case::{Case, Said};
use crate::commands::attach_evidence::{Kept, MOST_BYTES, evidence, kept};
use crate::commands::submit_stage::Sent;
use crate::held::ask_with_file;

/// The name of the field for a file.
pub(super) const FILE: &str = "evidence-file";

/// The file of that record, for those who may see the incident; at the console and for programs.
pub async fn file(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path((id, record)): Path<(String, String)>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let record = record.parse().map_err(|_| PageError::NotFound)?;
        let Some(kept) = evidence(&app.desk, case.id, record)? else {
            return Err(gone(app, &case, record)?);
        };
        let bytes = kept.bytes().ok_or(PageError::NotFound)?;
        // Whatever it is, a browser saves it and neither shows nor guesses it.
        let headers = [
            (CONTENT_TYPE, "application/octet-stream".to_owned()),
            (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (CONTENT_DISPOSITION, disposition(&kept.name)),
        ];
        Ok((headers, bytes).into_response())
    })
    .await
}

/// Why a file is not there: it was erased, when a submission of this incident names it; else there is none.
fn gone(app: &App, case: &Case, record: RecordId) -> Result<PageError, PageError> {
    let named = case.statements.iter().find_map(|statement| match &statement.said {
        Said::Submission(sent) => sent.evidence_file.as_ref().filter(|file| file.record == Some(record)),
        Said::Fact(_) | Said::Determination(_) | Said::Assignment(_) => None,
    });
    Ok(match (named, kept(&app.desk, case.id, record)?) {
        (Some(file), Kept::Erased(at)) => PageError::Gone(sentence!(
            "refused-evidence-erased",
            name = file.name.as_str(),
            at = at,
            sha256 = file.sha256.as_str()
        )),
        (_, Kept::Erased(_) | Kept::Here | Kept::Elsewhere) => PageError::NotFound,
    })
}

/// RFC 6266: a name in ASCII for all, and the true one for those who read RFC 8187.
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", ui::query::encode(name))
}

/// Attaches a file to the last submission that was noted by hand: it is stated anew with the file, its hour unchanged.
pub async fn attach(
    State(app): State<App>,
    Path((id, stage)): Path<(String, String)>,
    attached: Attached<StageSubmit>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let visitor = &attached.form.visitor;
        let case = find(app, visitor, &id)?;
        let sent = last(&case, &stage).cloned().ok_or(PageError::NotFound)?;
        let Some(file) = attached.file(FILE) else {
            return Err(PageError::Wrong(t!(visitor.locale, "notify-evidence-file-lost").into()));
        };
        let again = Sent {
            stage: sent.stage,
            at: sent.at,
            channel: sent.channel,
            reference: sent.reference,
            evidence: sent.evidence,
            evidence_file: None,
            by: sent.by,
        };
        ask_with_file(&app.desk, (case.id, again), Some((&file.name, &file.bytes)), &visitor.account.name)
            .map_err(crate::api::write::refused)?;
        Ok(Redirect::to(&format!("/notify/incidents/{}/stages/{stage}", case.id)).into_response())
    })
    .await
}

/// The last submission of a stage, when it was noted by hand.
fn last<'a>(case: &'a Case, stage: &str) -> Option<&'a Submission> {
    let of = |said: &'a Said| match said {
        Said::Submission(sent) => (sent.stage == stage).then_some(sent),
        Said::Fact(_) | Said::Determination(_) | Said::Assignment(_) => None,
    };
    let last = case.statements.iter().rev().find_map(|statement| of(&statement.said));
    last.filter(|sent| is_by_hand(sent))
}

/// What the node sent itself has its evidence already.
fn is_by_hand(sent: &Submission) -> bool {
    sent.channel != "link" && sent.mail.is_none()
}

/// The field for a file.
pub(super) fn input(visitor: &Visitor, error: Cow<'static, str>) -> Field<'static> {
    let locale = visitor.locale;
    Field {
        name: FILE,
        label: t!(locale, "notify-evidence-file"),
        kind: FieldKind::File,
        hint: t!(locale, "notify-evidence-file-hint", most = locale.bytes(MOST_BYTES as u64)),
        error,
        ..Field::default()
    }
}

fn form(visitor: &Visitor, id: IncidentId, stage: &str) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    html! {
        details {
            summary { (t!(locale, "notify-evidence-attach")) }
            form.form method="post" enctype="multipart/form-data"
                action={ "/notify/incidents/" (id) "/stages/" (stage) "/evidence" } {
                input type="hidden" name=(csrf) value=(token);
                (field(locale, &Field { required: true, ..input(visitor, "".into()) }))
                div.actions { (button(ButtonKind::Plain, &t!(locale, "notify-evidence-attach"))) }
            }
        }
    }
}

/// The submissions of a stage that were noted by hand, the newest first.
pub(super) fn filed(app: &App, visitor: &Visitor, case: &Case, stage: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let mut cards = Vec::new();
    for statement in case.statements.iter().rev() {
        let Said::Submission(sent) = &statement.said else { continue };
        if sent.stage == stage && is_by_hand(sent) {
            cards.push(one(app, visitor, case.id, sent)?);
        }
    }
    Ok(html! {
        @if !cards.is_empty() {
            (card(&t!(locale, "notify-filed-by-hand"), html! {}, html! {
                @for one in &cards { (one) }
                @if visitor.may::<StageSubmit>() && last(case, stage).is_some() { (form(visitor, case.id, stage)) }
            }))
        }
    })
}

fn one(app: &App, visitor: &Visitor, id: IncidentId, sent: &Submission) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let mut said = vec![
        (t!(locale, "notify-filed-at"), time_full(locale, sent.at, visitor.now, visitor.zone.as_ref())),
        (t!(locale, "notify-by-way"), html! { (sent.channel) }),
        (t!(locale, "notify-who"), html! { (sent.by) }),
    ];
    if !sent.reference.is_empty() {
        said.push((t!(locale, "notify-reference"), html! { strong translate="no" { (sent.reference) } }));
    }
    if !sent.evidence.is_empty() {
        said.push((t!(locale, "notify-evidence"), html! { (sent.evidence) }));
    }
    if let Some(file) = &sent.evidence_file {
        said.push((t!(locale, "notify-evidence-file"), link(app, visitor, id, file)?));
    }
    Ok(facts(said))
}

/// The file with its digest; a link as long as its bytes are kept.
pub(super) fn link(
    app: &App,
    visitor: &Visitor,
    id: IncidentId,
    file: &EvidenceFile,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let kept = match file.record {
        Some(record) => Some((record, kept(&app.desk, id, record)?)),
        None => None,
    };
    Ok(html! {
        @match kept {
            Some((record, Kept::Here)) => {
                a href={ "/notify/incidents/" (id) "/evidence/" (record) } download { (file.name) }
            }
            Some((_, Kept::Erased(at))) => {
                (file.name) " · " strong { (t!(locale, "notify-evidence-erased")) } " "
                (time_full(locale, at, visitor.now, visitor.zone.as_ref())) " · "
                span.muted { (t!(locale, "notify-evidence-erased-proves")) }
            }
            Some((_, Kept::Elsewhere)) | None => {
                (file.name) " · " span.muted { (t!(locale, "notify-evidence-elsewhere")) }
            }
        }
        " · " (locale.bytes(file.size_bytes)) br;
        (hash(locale, "SHA-256", &file.sha256))
    })
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_can_say_nothing_but_a_name() {
        assert_eq!(
            disposition("accusé \"1\";a.html"),
            "attachment; filename=\"accus_ _1__a.html\"; filename*=UTF-8''accus%C3%A9%20%221%22%3Ba.html"
        );
    }
}
