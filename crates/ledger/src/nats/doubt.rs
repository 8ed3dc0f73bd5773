//! When something has gone wrong with what is under way: nothing more is sent, and nobody waits for what will not come.

use std::time::Duration;

use super::sequencer::{Event, Sequencer};

/// How long, once something has gone wrong, the answers to what else is under way are waited for.
const GRACE: Duration = Duration::from_millis(500);

impl Sequencer {
    /// Nothing may be sent any more before the stream has been looked at; soon, also when servers are silent.
    pub fn doubt(&mut self, reason: &str) {
        if self.doubt.is_none() {
            self.doubt = Some(reason.to_owned());
            let (attempt, teller) = (self.attempt, self.teller.clone());
            tokio::spawn(async move {
                tokio::time::sleep(GRACE).await;
                drop(teller.send(Event::Silent { attempt }));
            });
        }
    }

    /// What is under way may or may not be stored: nobody waits for the answers any more, the stream will tell.
    pub fn forsake(&mut self, reason: &str) {
        if self.airborne > 0 {
            self.doubt(reason);
            self.troubled = true;
            (self.airborne, self.unanswered) = (0, 0);
            self.attempt += 1;
        }
    }
}
