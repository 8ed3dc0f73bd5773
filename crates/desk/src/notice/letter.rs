//! What a parcel says, by mail and by webhook: words where the way may carry them, else only that something waits.

use model::time::micros;
use model::{PartyId, Timestamp, Tlp};
use serde_json::{Value, json};
use ui::{Locale, t};

use super::parcel::Parcel;
use super::store::Kept;
use super::{Couriers, Urgency};
use crate::outbound::Letter;

/// The mail of a parcel.
pub(super) fn letter(
    couriers: &Couriers,
    parcel: &Parcel,
    (locale, party): (Locale, &str),
    (to, now): (&str, Timestamp),
) -> Letter {
    let up_to = couriers.mail_up_to;
    let subject = match parcel.notices.as_slice() {
        [one] => told(locale, one, up_to),
        many => t!(locale, "notice-mail-many", count = many.len()).into_owned(),
    };
    let mut text = String::new();
    for one in &parcel.notices {
        if one.urgency == Urgency::Urgent {
            text.push_str(&t!(locale, "notice-urgent"));
            text.push_str(": ");
        }
        text.push_str(&told(locale, one, up_to));
        text.push('\n');
        if let Some(due) = one.due.filter(|_| one.tlp <= up_to) {
            text.push_str(&t!(locale, "notice-mail-due", due = locale.utc(due).as_str()));
            text.push('\n');
        }
        text.push_str(&format!("{}\n", link(couriers, one)));
        text.push_str(&t!(locale, "notice-mail-reference", reference = one.reference.as_str()));
        text.push_str("\n\n");
    }
    text.push_str(&t!(locale, "notice-mail-foot", party = party));
    text.push_str(&format!("\n{}/account/notices\n", couriers.base));
    Letter { to: to.to_owned(), subject: format!("Entente: {subject}"), text, id: parcel.id.clone(), at: now }
}

/// The mail that carries a code to an address.
pub(crate) fn code_letter(locale: Locale, (party, to): (&str, &str), code: &str, now: Timestamp) -> Letter {
    let text = format!(
        "{}\n\n{code}\n\n{}\n",
        t!(locale, "notice-code-text", party = party),
        t!(locale, "notice-code-otherwise")
    );
    let subject = format!("Entente: {}", t!(locale, "notice-code-subject"));
    Letter { to: to.to_owned(), subject, text, id: crate::edge::uuid().simple().to_string(), at: now }
}

fn told(locale: Locale, notice: &Kept, up_to: Tlp) -> String {
    if notice.tlp <= up_to {
        locale.pick(&notice.text).to_owned()
    } else {
        t!(locale, "notice-something", tlp = notice.tlp.to_string().as_str()).into_owned()
    }
}

/// Leads to the notice by its reference: the page itself may be named after what nobody may read here.
fn link(couriers: &Couriers, notice: &Kept) -> String {
    format!("{}/notices/{}", couriers.base, notice.reference)
}

/// The body of a webhook.
pub(super) fn message(couriers: &Couriers, parcel: &Parcel, party: PartyId, now: Timestamp) -> String {
    let notices: Vec<Value> = parcel.notices.iter().map(|one| item(couriers, one)).collect();
    let data = json!({ "party": party, "account": parcel.account, "notices": notices });
    json!({ "type": "entente.notices", "timestamp": micros(now), "data": data }).to_string()
}

fn item(couriers: &Couriers, notice: &Kept) -> Value {
    let mut item = json!({
        "reference": notice.reference,
        "link": link(couriers, notice),
        "tlp": notice.tlp.to_string(),
        "urgency": notice.urgency.word(),
    });
    if notice.tlp <= couriers.webhook_up_to {
        item["kind"] = json!(notice.kind);
        item["text"] = json!({ "en": notice.text.en, "fr": notice.text.fr });
        item["at"] = json!(micros(notice.at));
        item["due"] = json!(notice.due.map(micros));
    }
    item
}
