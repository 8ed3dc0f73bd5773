//! Putting a technology on the list, and changing what is said of it.

use std::borrow::Cow;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, PageError, Signed, Visitor, labels};
use maud::{Markup, html};
use model::{AgreementId, Marking, Tlp};
use ui::component::{ButtonKind, Field, FieldKind, button};
use ui::{Locale, t};

use super::own;
use super::sheet::Sheet;
use super::words::{MATURITIES, maturity};
use crate::access::WatchKeep;
use crate::watch::{Change, Entry, WatchError, revise, start};

pub async fn ask_add(State(app): State<App>, visitor: May<WatchKeep>) -> Result<Markup, PageError> {
    let first = Fields(
        [("owner", visitor.account.name.as_str()), ("tlp", Tlp::Amber.min(visitor.account.clearance).word())]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
    );
    app.blocking(move |app| Ok(form(app, &visitor, None, &first, &Faults::default()))).await
}

pub async fn submit_add(State(app): State<App>, sent: Signed<WatchKeep>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, mut faults) = (&sent.visitor, Faults::default());
        if let Some(change) = read(visitor, &sent.fields, &mut faults) {
            match start(&app.desk, &change, &visitor.account.name, visitor.now) {
                Ok(watch) => {
                    let to = crate::watch::href(&app.desk.me, &watch);
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(error) => refused(visitor.locale, error, &mut faults)?,
            }
        }
        Ok(faults.answer(form(app, visitor, None, &sent.fields, &faults)))
    })
    .await
}

pub async fn ask_edit(
    State(app): State<App>,
    visitor: May<WatchKeep>,
    Path(watch): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let entry = own(app, &visitor, &watch)?;
        Ok(form(app, &visitor, Some(&entry), &kept(app, &entry), &Faults::default()))
    })
    .await
}

pub async fn submit_edit(
    State(app): State<App>,
    Path(watch): Path<String>,
    sent: Signed<WatchKeep>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, mut faults) = (&sent.visitor, Faults::default());
        let entry = own(app, visitor, &watch)?;
        unmoved(visitor.locale, &entry, &sent.fields)?;
        if let Some(change) = read(visitor, &sent.fields, &mut faults) {
            let before = (&entry.said, entry.record);
            match revise(&app.desk, before, &change, &visitor.account.name, visitor.now) {
                Ok(()) => return Ok(Redirect::to(&entry.href()).into_response()),
                Err(error) => refused(visitor.locale, error, &mut faults)?,
            }
        }
        Ok(faults.answer(form(app, visitor, Some(&entry), &sent.fields, &faults)))
    })
    .await
}

/// Two who change the same version do not undo each other.
pub(super) fn unmoved(locale: Locale, entry: &Entry, sent: &Fields) -> Result<(), PageError> {
    if sent.get("version") == entry.record.to_string() {
        return Ok(());
    }
    Err(PageError::Conflict(t!(locale, "picture-watch-moved").into()))
}

/// What was refused, at its field.
pub(super) fn refused(locale: Locale, error: WatchError, faults: &mut Faults) -> Result<(), PageError> {
    use crate::watch::Why;
    match error {
        WatchError::Field { field, why } => faults.say(
            field,
            match why {
                Why::Empty => t!(locale, "picture-watch-empty"),
                Why::Long => t!(locale, "picture-watch-long"),
                Why::Horizon => t!(locale, "picture-watch-horizon-wrong"),
                Why::Backwards => t!(locale, "picture-watch-backwards"),
                Why::Past => t!(locale, "picture-watch-past"),
                Why::Future => t!(locale, "picture-watch-future"),
                Why::Link => t!(locale, "picture-watch-link-wrong"),
                Why::Full => t!(locale, "picture-watch-full"),
                Why::Nobody => t!(locale, "picture-watch-nobody"),
            },
        ),
        WatchError::Submit(error) => return Err(PageError::broken(error)),
    }
    Ok(())
}

fn read(visitor: &Visitor, sent: &Fields, faults: &mut Faults) -> Option<Change> {
    let locale = visitor.locale;
    let step = MATURITIES.iter().find(|(word, _)| *word == sent.get("maturity")).map(|(_, step)| *step);
    faults.check(step.is_none(), "maturity", t!(locale, "form-choose"));
    let review = sent.get("review").parse().ok();
    faults.check(review.is_none(), "review", t!(locale, "picture-watch-day-wrong"));
    // Nobody writes more strictly than they could read.
    let tlp = sent.get("tlp").parse::<Tlp>().ok().filter(|tlp| *tlp <= visitor.account.clearance);
    faults.check(tlp.is_none(), "tlp", t!(locale, "form-choose"));
    let under: Option<AgreementId> = sent.get("under").parse().ok();
    faults.check(under.is_none() && !sent.get("under").is_empty(), "under", t!(locale, "form-choose"));
    let language = Locale::from_code(sent.get("language")).unwrap_or(locale);
    Some(Change {
        technology: sent.get("technology").to_owned(),
        why: sent.get("why").to_owned(),
        language: language.code().to_owned(),
        owner: sent.get("owner").to_owned(),
        from: sent.get("from").to_owned(),
        until: sent.get("until").to_owned(),
        maturity: step?,
        review: review?,
        marking: Marking::tlp(tlp?),
        under,
    })
    .filter(|_| faults.is_empty())
}

/// What is kept, as the form would send it.
fn kept(app: &App, entry: &Entry) -> Fields {
    let said = &entry.said;
    let step = MATURITIES.iter().find(|(_, step)| *step == said.maturity).map_or("", |(word, _)| word);
    let values = [
        ("technology", said.technology.clone()),
        ("why", said.why.clone()),
        ("language", said.language.clone()),
        ("owner", said.owner.clone()),
        ("from", said.from.clone()),
        ("until", said.until.clone()),
        ("maturity", step.to_owned()),
        ("review", said.review.to_string()),
        ("tlp", entry.marking.tlp.word().to_owned()),
        ("under", under(app, entry).map(|id| id.to_string()).unwrap_or_default()),
    ];
    Fields(values.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// Under which agreement a version was shared.
pub(super) fn under(app: &App, entry: &Entry) -> Option<AgreementId> {
    let classes = app.desk.views.classes();
    classes.get(entry.class as usize).and_then(|class| class.under.first().copied())
}

fn form(app: &App, visitor: &Visitor, entry: Option<&Entry>, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (title, act) = match entry {
        None => (t!(locale, "picture-watch-add"), "add"),
        Some(_) => (t!(locale, "picture-watch-edit"), "edit"),
    };
    let fields = fields(app, visitor, sent, faults);
    let button = button(ButtonKind::Primary, &t!(locale, "action-save"));
    Sheet { title, lede: html! {}, entry, act, fields: &fields, button }.show(app, visitor)
}

/// The fields with what was entered.
fn fields(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> [Field<'static>; 10] {
    let locale = visitor.locale;
    let one = |name: &'static str, label, kind, hint, required| Field {
        name,
        label,
        kind,
        hint,
        required,
        value: sent.get(name).to_owned().into(),
        language: ["technology", "why"].contains(&name).then(|| sent.get("language").to_owned().into()),
        error: faults.of(name),
        ..Field::default()
    };
    let none = Cow::Borrowed("");
    let steps = MATURITIES.map(|(word, step)| (word.into(), maturity(locale, step))).to_vec();
    let reachable = Tlp::ALL.into_iter().filter(|tlp| *tlp <= visitor.account.clearance);
    let languages = Locale::ALL.map(|one| (one.code().into(), one.endonym().into())).to_vec();
    [
        one("technology", t!(locale, "picture-watch-technology"), FieldKind::Text, none.clone(), true),
        one(
            "why",
            t!(locale, "picture-watch-why"),
            FieldKind::Area,
            t!(locale, "picture-watch-why-hint"),
            true,
        ),
        one(
            "language",
            t!(locale, "picture-watch-language"),
            FieldKind::Select(languages),
            none.clone(),
            true,
        ),
        one(
            "owner",
            t!(locale, "picture-watch-owner"),
            FieldKind::Text,
            t!(locale, "picture-watch-owner-hint"),
            true,
        ),
        one(
            "from",
            t!(locale, "picture-watch-from"),
            FieldKind::Text,
            t!(locale, "picture-watch-horizon-hint"),
            false,
        ),
        one("until", t!(locale, "picture-watch-to"), FieldKind::Text, none.clone(), false),
        one("maturity", t!(locale, "picture-watch-maturity"), FieldKind::Select(steps), none.clone(), true),
        one(
            "review",
            t!(locale, "picture-watch-review"),
            FieldKind::Text,
            t!(locale, "picture-watch-day-hint"),
            true,
        ),
        one("tlp", t!(locale, "word-marking"), FieldKind::Select(labels(reachable)), none, true),
        one(
            "under",
            t!(locale, "picture-watch-under"),
            FieldKind::Select(agreements(app, visitor)),
            t!(locale, "picture-watch-under-hint"),
            false,
        ),
    ]
}

/// Agreements that every party has signed and this visitor may read.
fn agreements(app: &App, visitor: &Visitor) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    let known = app.desk.known();
    let named = known.agreements.iter().filter_map(|(id, state)| {
        let version = state.newest_signed()?;
        let readable = desk::pages::may_read(app, visitor, version).unwrap_or(false);
        let title = readable.then(|| visitor.locale.pick(&version.agreement.title).to_owned())?;
        Some((Cow::Owned(id.to_string()), Cow::Owned(title)))
    });
    std::iter::once((Cow::Borrowed(""), t!(visitor.locale, "picture-watch-under-none")))
        .chain(named)
        .collect()
}
