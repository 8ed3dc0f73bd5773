//! Agreements for programs: `/api/v1/accord/agreements`, read only.

use axum::Json;
use axum::extract::{Path, State};
use desk::pages::{App, May, PageError, Problem, Visitor, may_read};
use desk::views::{AgreementState, VersionState};
use model::{Agreement, AgreementId};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::access::AgreementRead;
use crate::pages::find;
use crate::standing::Standing;

/// One agreement in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgreementItem {
    /// `agreement:<uuid>`.
    id: String,
    /// The word for URLs and commands.
    name: String,
    /// `in-force`, `awaiting-our-signature`, `awaiting-others`, `proposed`, `not-yet-active`, `expired`, `withdrawn`.
    standing: &'static str,
    /// The newest version, signed or not.
    version: u32,
    /// Title in English and French.
    #[schema(value_type = Object)]
    title: model::Bilingual,
    /// Parties that sign.
    parties: Vec<String>,
    /// How many of them have signed the newest version.
    signed: usize,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    active_from: model::Timestamp,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    active_until: model::Timestamp,
}

/// Every agreement that the caller may read.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgreementList {
    agreements: Vec<AgreementItem>,
}

/// One verified signature.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureItem {
    party: String,
    signatory: String,
    /// When it arrived at this node, RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    received_at: Option<model::Timestamp>,
}

/// One version with its signatures.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionItem {
    /// SHA-256 of the proposal's bytes: what is signed.
    proposal_sha256: String,
    proposed_by: String,
    fully_signed: bool,
    signatures: Vec<SignatureItem>,
    /// The agreement as it was proposed.
    #[schema(value_type = Object)]
    agreement: Agreement,
}

/// A party that has left.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawalItem {
    party: String,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    effective: model::Timestamp,
    reason: String,
}

/// One agreement over its versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgreementDetail {
    id: String,
    standing: &'static str,
    /// Newest first.
    versions: Vec<VersionItem>,
    withdrawals: Vec<WithdrawalItem>,
}

/// The agreements that the caller may read.
#[utoipa::path(get, path = "/api/v1/accord/agreements", tag = "accord", responses(
    (status = 200, description = "every agreement", body = AgreementList),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(
    State(app): State<App>,
    visitor: May<AgreementRead>,
) -> Result<Json<AgreementList>, PageError> {
    app.blocking(move |app| {
        let known = app.desk.known();
        let mut agreements = Vec::new();
        for (id, state) in &known.agreements {
            if let Some(newest) = state.newest()
                && may_read(app, &visitor, newest)?
            {
                agreements.push(item(app, &visitor, *id, state, newest));
            }
        }
        Ok(Json(AgreementList { agreements }))
    })
    .await
}

/// One agreement with all versions, signatures and withdrawals.
#[utoipa::path(get, path = "/api/v1/accord/agreements/{id}", tag = "accord",
    params(("id" = String, Path, description = "`agreement:<uuid>` or the agreement's name")),
    responses(
        (status = 200, description = "the agreement", body = AgreementDetail),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn one(
    State(app): State<App>,
    visitor: May<AgreementRead>,
    Path(id): Path<String>,
) -> Result<Json<AgreementDetail>, PageError> {
    app.blocking(move |app| {
        let known = app.desk.known();
        let (id, state) = find(app, &visitor, &known, &id)?;
        let withdrawals = state.withdrawals.iter().map(|(party, withdrawal)| WithdrawalItem {
            party: party.to_string(),
            effective: withdrawal.effective,
            reason: withdrawal.reason.clone(),
        });
        Ok(Json(AgreementDetail {
            id: id.to_string(),
            standing: Standing::of(state, app.desk.me, visitor.now).code(),
            versions: state.versions.values().rev().map(version_item).collect(),
            withdrawals: withdrawals.collect(),
        }))
    })
    .await
}

fn item(
    app: &App,
    visitor: &Visitor,
    id: AgreementId,
    state: &AgreementState,
    newest: &VersionState,
) -> AgreementItem {
    let agreement = &newest.agreement;
    AgreementItem {
        id: id.to_string(),
        name: agreement.name.clone(),
        standing: Standing::of(state, app.desk.me, visitor.now).code(),
        version: agreement.version,
        title: agreement.title.clone(),
        parties: agreement.parties.iter().map(|party| party.party.to_string()).collect(),
        signed: newest.signed.len(),
        active_from: agreement.active_from,
        active_until: agreement.active_until,
    }
}

fn version_item(version: &VersionState) -> VersionItem {
    let signatures = version.signed.iter().map(|(party, signed)| SignatureItem {
        party: party.to_string(),
        signatory: signed.signatory.clone(),
        received_at: model::Timestamp::from_microsecond(signed.at_us).ok(),
    });
    VersionItem {
        proposal_sha256: version.sha256.to_string(),
        proposed_by: version.author.to_string(),
        fully_signed: version.is_fully_signed(),
        signatures: signatures.collect(),
        agreement: version.agreement.clone(),
    }
}

#[derive(OpenApi)]
#[openapi(paths(list, one), tags((name = "accord")))]
struct Described;

/// The description of these paths, to be merged into the node's document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Described::openapi()
}
