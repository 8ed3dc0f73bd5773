//! Tickets: a text that this node hands to a browser and believes when it comes back in time, such as "the password of
//! this account was right". Nothing is stored; a ticket is of use for its purpose alone.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use model::{Timestamp, from_base64, to_base64};

use super::Local;

impl Local {
    /// A ticket for `text`, good until then.
    pub(crate) fn ticket(&self, purpose: &str, text: &str, until: Timestamp) -> String {
        let until_s = until.as_second();
        let mac = self.mac(&sealed(purpose, text, until_s));
        format!("{until_s}.{}.{}", to_base64(text.as_bytes()), to_base64(&mac))
    }

    /// The text of a ticket that this node gave out for this purpose and that is still good.
    pub(crate) fn read_ticket(&self, purpose: &str, ticket: &str, now: Timestamp) -> Option<String> {
        let mut parts = ticket.splitn(3, '.');
        let until_s: i64 = parts.next()?.parse().ok()?;
        let text = String::from_utf8(from_base64(parts.next()?).ok()?).ok()?;
        let mac = from_base64(parts.next()?).ok()?;
        let wanted = self.mac(&sealed(purpose, &text, until_s));
        let holds = verify_slices_are_equal(&mac, &wanted).is_ok() && now.as_second() < until_s;
        holds.then_some(text)
    }
}

/// What the ticket vouches for; lengths first, so that no two tickets read the same.
fn sealed(purpose: &str, text: &str, until_s: i64) -> Vec<u8> {
    format!("ticket\0{}\0{purpose}{until_s}\0{text}", purpose.len()).into_bytes()
}
