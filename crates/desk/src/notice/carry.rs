//! Carries out what is due: the verdict of this moment, one try, and what became of it.
//!
//! A try is noted before it is made, so that a node that dies meanwhile tries again later, with the same id, by which
//! the receiver knows it. Of a cluster the holder of the lease carries. It asks whether it still is that before it looks
//! for what is due and again before it sends: a node that was stopped for a while believes so without.
//!
//! Whoever does not answer holds up no other: each parcel is tried by itself, a few at a time.

use std::sync::Arc;

use ledger::OnceKey;
use model::time::SignedDuration;
use model::{Digest, Timestamp};
use records::notice_receipt::{NoticeReceipt, Outcome};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::couriers::Failure;
use super::parcel::{Parcel, pack};
use super::{Couriers, Kept, State, Way, letter, may_have, saved};
use crate::edge;
use crate::pages::{App, PageError, Visitor, party_name};
use crate::reactors::LEASE;

/// Parcels tried at once.
const AT_ONCE: usize = 4;
/// After this long nobody tries again.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// The longest pause between two tries.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// Tries everything that is due by one way, and says how many messages arrived. A way that is slow keeps no other
/// waiting: the node has a loop for each.
pub async fn carry(app: &App, way: Way, now: Timestamp) -> Result<usize, PageError> {
    let Some(couriers) = app.site.couriers.clone() else { return Ok(0) };
    let parcels = app.blocking(move |app| due(app, way, now)).await?;
    let mut trying = JoinSet::new();
    let room = Arc::new(Semaphore::new(AT_ONCE));
    for parcel in parcels {
        let (app, couriers, room) = (app.clone(), Arc::clone(&couriers), Arc::clone(&room));
        trying.spawn(async move {
            let _place = room.acquire_owned().await;
            attempt(&app, &couriers, parcel, now).await
        });
    }
    let mut arrived = 0;
    while let Some(tried) = trying.join_next().await {
        match tried {
            Ok(Ok(done)) => arrived += usize::from(done),
            Ok(Err(error)) => tracing::warn!(%error, "a notice was not tried"),
            Err(error) => tracing::warn!(%error, "a notice was not tried"),
        }
    }
    Ok(arrived)
}

/// What is to be tried by this node now.
fn due(app: &App, way: Way, now: Timestamp) -> Result<Vec<Parcel>, PageError> {
    let look = || app.desk.local.due_errands(way, now);
    let found = look()?;
    if found.is_empty() || app.desk.ledger.commons().is_none() {
        return Ok(pack(found));
    }
    Ok(if is_ours_and_knows(app) { pack(look()?) } else { Vec::new() })
}

/// Whether this node carries, and knows what became of the tries of the holder before; in doubt it waits for the next look.
pub(super) fn is_ours_and_knows(app: &App) -> bool {
    let Some(commons) = app.desk.ledger.commons() else { return true };
    is_ours(app) && app.desk.local.knows_all(&commons).unwrap_or(false)
}

/// Whether this node carries: always, or while it holds the lease of its cluster. When nobody answers, not.
fn is_ours(app: &App) -> bool {
    app.desk.ledger.commons().is_none_or(|commons| commons.holds(LEASE).unwrap_or(false))
}

/// A message that is ready, and where it goes.
enum Ready {
    Mail(crate::outbound::Letter),
    Hook(super::Hook, String),
}

async fn attempt(
    app: &App,
    couriers: &Arc<Couriers>,
    parcel: Parcel,
    now: Timestamp,
) -> Result<bool, PageError> {
    let making = Arc::clone(couriers);
    let making = move |app: &App| Ok(prepare(app, &making, parcel, now)?.filter(|_| is_ours(app)));
    let made = app.blocking(making).await?;
    let Some((parcel, tries, first, ready)) = made else { return Ok(false) };
    let sent = match ready {
        Ok(Ready::Mail(letter)) => couriers.mail(&letter).await,
        Ok(Ready::Hook(hook, body)) => couriers.post(&hook, &parcel.id, body, now).await,
        Err(failure) => Err(failure),
    };
    app.blocking(move |app| settle(app, &parcel, (tries, first), sent, now)).await
}

type Made = Option<(Parcel, i64, Timestamp, Result<Ready, Failure>)>;

/// Leaves out what the account may not have any more, notes the try, and writes the message.
fn prepare(app: &App, couriers: &Couriers, mut parcel: Parcel, now: Timestamp) -> Result<Made, PageError> {
    let visitor = Visitor::away(app, &parcel.account, now);
    let (mut kept, mut gone) = (Vec::new(), Vec::new());
    for notice in parcel.notices.drain(..) {
        let key = notice.key.clone();
        match as_it_holds(app, visitor.as_ref(), notice)? {
            Some(notice) => kept.push(notice),
            None => gone.push(key),
        }
    }
    parcel.notices = kept;
    let (local, way) = (&app.desk.local, (parcel.account.as_str(), parcel.way));
    local.end_errands(way, gone.iter(), (State::Withdrawn, ""), now)?;
    let Some(visitor) = visitor.filter(|_| !parcel.notices.is_empty()) else { return Ok(None) };
    let (tries, first) = local.try_parcel(&parcel, now, |tries| now + pause(tries))?;
    let ready = match parcel.way {
        Way::Mail => local.address(&parcel.account).map(|to| {
            let party = party_name(&app.desk.known(), app.desk.me);
            Ready::Mail(letter::letter(couriers, &parcel, (visitor.locale, &party), (&to, now)))
        }),
        Way::Webhook => local
            .hook(&parcel.account)
            .map(|hook| Ready::Hook(hook, letter::message(couriers, &parcel, app.desk.me, now))),
    };
    let ready = ready.ok_or_else(|| Failure::lasting("the account has taken its address away"));
    Ok(Some((parcel, tries, first, ready)))
}

/// What may go out of a notice at this moment: it may have waited for hours, and what it tells may have been taken back,
/// narrowed or erased meanwhile. What changes here changes in the console too.
fn as_it_holds(app: &App, visitor: Option<&Visitor>, notice: Kept) -> Result<Option<Kept>, PageError> {
    let Some(visitor) = visitor else { return Ok(None) };
    if notice.kind != saved::KIND {
        return Ok(may_have(app, visitor, &notice).then_some(notice));
    }
    let (account, key, before) = (notice.account.clone(), notice.key.clone(), notice.text.clone());
    let now = saved::again(app, visitor, notice)?.filter(|notice| may_have(app, visitor, notice));
    match &now {
        Some(told) if told.text == before => return Ok(now),
        Some(told) => app.desk.local.retell(told)?,
        None => app.desk.local.take_back(&account, &key)?,
    }
    app.bells.forget(&account);
    Ok(now)
}

/// A minute, then twice as long each time.
fn pause(tries: i64) -> SignedDuration {
    let minutes = 1_i64 << (tries - 1).clamp(0, 10);
    SignedDuration::from_mins(minutes).min(LONGEST_PAUSE)
}

fn settle(
    app: &App,
    parcel: &Parcel,
    (tries, first): (i64, Timestamp),
    sent: Result<(), Failure>,
    now: Timestamp,
) -> Result<bool, PageError> {
    let (state, said) = match sent {
        Ok(()) => (State::Done, String::new()),
        Err(failure) if failure.lasting || now.duration_since(first) >= PATIENCE => {
            (State::GivenUp, failure.said)
        }
        Err(failure) => (State::Waiting, failure.said),
    };
    let keys = parcel.notices.iter().map(|notice| &notice.key);
    app.desk.local.end_errands((&parcel.account, parcel.way), keys, (state, &said), now)?;
    app.desk.views.tell("notices");
    let outcome = match state {
        State::Done => Outcome::Delivered,
        State::GivenUp => Outcome::GivenUp,
        State::Waiting | State::Withdrawn => {
            tracing::info!(
                account = parcel.account,
                way = parcel.way.word(),
                tries,
                said,
                "a notice waits for another try"
            );
            return Ok(false);
        }
    };
    receipt(app, parcel, (outcome, tries, said), now)?;
    Ok(outcome == Outcome::Delivered)
}

/// Writes down what became of it; twice never, whichever node of the party does.
fn receipt(
    app: &App,
    parcel: &Parcel,
    (outcome, tries, said): (Outcome, i64, String),
    now: Timestamp,
) -> Result<(), PageError> {
    let body = NoticeReceipt {
        parcel: parcel.id.clone(),
        account: parcel.account.clone(),
        way: parcel.way.word().to_owned(),
        notices: parcel.notices.iter().map(|notice| notice.reference.clone()).collect(),
        outcome,
        tries: tries.max(0) as u64,
        said,
    };
    let mut key = OnceKey::default();
    key.copy_from_slice(&Digest::of(format!("notice\n{}", parcel.id).as_bytes()).0[..16]);
    let sealed = app.desk.seal::<NoticeReceipt>(now).body(&body, edge::salt());
    app.desk.submit_once(vec![(key, sealed)]).map_err(PageError::broken)?;
    Ok(())
}
