//! Waiting for the servers to elect a leader, without losing the time between the election and the next look.

use std::time::Duration;

use async_nats::jetstream::stream::Info;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

use super::wire::{Wire, WireError};

/// How often is asked again, without waiting for the answer to the question before: what was asked while a stream had no
/// leader is never answered.
const EVERY: Duration = Duration::from_millis(100);

/// How often in one attempt, which so lasts two seconds at most.
const TIMES: u32 = 20;

impl Wire {
    /// The sequence of the last message of the commits, by the word of the leader of the stream, and whether the stream
    /// has been sealed. With `both`, the packs must have a leader too: until then nothing can be sent.
    pub async fn led(&self, both: bool) -> Result<(u64, bool), WireError> {
        let packs = async {
            match both {
                true => soon(|| self.packs_info()).await.map(drop),
                false => Ok(()),
            }
        };
        let (commits, packs) = tokio::join!(soon(|| self.commits_info()), packs);
        let (end, ()) = (commits?, packs?);
        Ok((end.state.last_sequence, end.config.sealed))
    }
}

/// Asks over and over; the first answer counts.
async fn soon<F: Future<Output = Result<Info, WireError>>>(ask: impl Fn() -> F) -> Result<Info, WireError> {
    let mut asked = FuturesUnordered::new();
    let mut failed = WireError("the cluster does not answer in time".to_owned());
    for _ in 0..TIMES {
        asked.push(ask());
        let pause = tokio::time::sleep(EVERY);
        tokio::pin!(pause);
        loop {
            tokio::select! {
                Some(answer) = asked.next() => match answer {
                    Ok(info) => return Ok(info),
                    Err(error) => failed = error,
                },
                () = &mut pause => break,
            }
        }
    }
    Err(failed)
}
