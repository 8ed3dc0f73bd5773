//! A lease: one node of a party does what must be done once. No clocks are compared: a node that wants the lease
//! watches the holder renew it, and takes it when it has not been renewed for long enough by its own clock.

use std::time::Duration;

use tokio::sync::watch;

use super::commit::hex;
use super::commons::connected;
use super::wire::Wire;

/// How often a holder renews, and the others look.
const BEAT: Duration = Duration::from_secs(1);

/// A holder stops acting after so many beats without a renewal; others take over after so many more.
const STOP_AFTER: u32 = 5;
const TAKE_AFTER: u32 = 8;

/// Takes part until nobody listens any more.
pub(super) async fn take_part(
    mut wires: watch::Receiver<Option<Wire>>,
    duty: String,
    holding: watch::Sender<bool>,
) {
    let Some(wire) = connected(&mut wires).await else { return };
    let me = hex(&super::engine::name16());
    let (mut mine, mut missed) = (None, 0);
    let (mut seen, mut unchanged) = (None, 0);
    while !holding.is_closed() {
        if let Some(sequence) = mine {
            match wire.renew_lease(&duty, &me, sequence).await {
                Ok(renewed) => (mine, missed) = (Some(renewed), 0),
                // Another has it, or nobody answers: asked again, until it may belong to another.
                Err(_) if missed + 1 < STOP_AFTER => missed += 1,
                Err(_) => {
                    holding.send_replace(false);
                    (mine, seen, unchanged) = (None, None, 0);
                }
            }
        } else if let Ok((sequence, held)) = wire.lease(&duty).await {
            unchanged = if seen == Some(sequence) { unchanged + 1 } else { 0 };
            seen = Some(sequence);
            if (!held || unchanged >= TAKE_AFTER)
                && let Ok(taken) = wire.renew_lease(&duty, &me, sequence).await
            {
                (mine, missed) = (Some(taken), 0);
                holding.send_replace(true);
            }
        }
        let gone = holding.closed();
        // Nobody listens any more, or it is time for the next beat.
        let _ = tokio::time::timeout(BEAT, gone).await;
    }
    if let Some(sequence) = mine {
        // Given back, so that nobody has to wait; if that fails, they wait.
        let _ = wire.give_lease_back(&duty, sequence).await;
    }
}
