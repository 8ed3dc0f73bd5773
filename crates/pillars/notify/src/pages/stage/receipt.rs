//! What became of a filing over the link: written here, given to the authority's node, received there with a reference,
//! answered. Each step with the record that shows it; and what waits for a second person.

use desk::pages::{App, DeliveryState, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::Timestamp;
use records::message::Says;
use ui::component::{Tone, alert, card, hash, status, time_full};
use ui::t;

use crate::authority::letters::{Letter, filed};
use crate::case::Case;
use crate::held::waiting;

/// The filings of this stage, the newest first.
pub(super) fn receipts(app: &App, visitor: &Visitor, case: &Case, stage: &str) -> Result<Markup, PageError> {
    let letters = filed(&app.desk.views, app.desk.me, &case.id.to_string())?;
    let of: Vec<&Letter> = letters.iter().filter(|letter| letter.filing.stage == stage).collect();
    Ok(html! { @for letter in of { (one(app, visitor, letter)) } })
}

fn one(app: &App, visitor: &Visitor, letter: &Letter) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let at = |at: Timestamp| time_full(locale, at, visitor.now, visitor.zone.as_ref());
    let given = (app.site.deliveries)(letter.record);
    let given = given.iter().find(|one| one.party == letter.filing.to);
    let answers = letter.said.iter().filter(|spoken| spoken.from == letter.filing.to);
    let body = html! {
        ol {
            li { (status(Tone::Ok, &t!(locale, "filing-written"))) " " (at(letter.at)) " "
                (hash(locale, "record", &letter.record.to_string())) }
            li {
                @match given.map(|one| (&one.state, one.at)) {
                    Some((DeliveryState::Sent | DeliveryState::Superseded { .. }, when)) => {
                        (status(Tone::Ok, &t!(locale, "filing-given"))) " " @if let Some(when) = when { (at(when)) }
                    }
                    Some((DeliveryState::Refused(why) | DeliveryState::Withheld(why), _)) => {
                        (status(Tone::Err, &t!(locale, "filing-not-given"))) " " (why)
                    }
                    None => { (status(Tone::Warn, &t!(locale, "filing-underway"))) }
                }
            }
            @for spoken in answers {
                @match &spoken.message.says {
                    Says::Received { at: came } => li {
                        (status(Tone::Ok, &t!(locale, "filing-received"))) " " (at(*came)) " · "
                        (t!(locale, "notify-reference")) " " strong translate="no" { (spoken.message.reference) } " "
                        (hash(locale, "record", &spoken.record.to_string()))
                    },
                    Says::Refused { fault } => li { (status(Tone::Err, &t!(locale, "filing-refused"))) " " span lang="en" { (fault) } },
                    Says::Feedback { feedback, guidance, .. } => li {
                        (status(Tone::Ok, &t!(locale, "filing-answered"))) " " (at(spoken.at)) " · " (feedback)
                        @if !guidance.is_empty() { br; (guidance) }
                    },
                    Says::Question { question, text } => li {
                        (status(Tone::Warn, &t!(locale, "filing-asked"))) " " (question) ": " (text)
                    },
                    Says::Answer { .. } => {}
                }
            }
        }
    };
    card(&t!(locale, "filing-receipt"), party_link(locale, &known, letter.filing.to), body)
}

/// What waits for a second person before this stage counts as sent.
pub(super) fn held(app: &App, visitor: &Visitor, case: &Case, stage: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let drafts = waiting(&app.desk)?;
    let of = drafts.iter().filter(|one| one.asked.incident() == case.id && one.asked.stage() == stage);
    Ok(html! {
        @for one in of {
            (alert(Tone::Warn, &t!(locale, "filing-awaits"), html! {
                p {
                    (t!(locale, "release-by")) " " (one.by) " · "
                    (time_full(locale, one.since, visitor.now, visitor.zone.as_ref())) " · "
                    a href={ "/release/" (one.draft) } { (t!(locale, "filing-to-draft")) }
                }
            }))
        }
    })
}
