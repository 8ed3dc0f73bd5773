//! The form itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use desk::pages::{App, Faults, Fields, Page, Visitor, party_name};
use desk::views::Known;
use maud::{Markup, html};
use model::{Onward, PartyId, Tlp};
use ui::component::{ButtonKind, Field, FieldKind, button, button_link, card, error_summary, field, heading};
use ui::t;

use super::{Goal, sketch};
use crate::pages::MARKING;

/// The page with what was entered so far, and what is wrong with it.
pub(super) fn page(app: &App, visitor: &Visitor, goal: Goal<'_>, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let form = Form { visitor, known: &known, me: app.desk.me, sent, faults };
    let (title, action, back) = match goal.before {
        None => (
            t!(locale, "accord-propose-title"),
            "/accord/agreements/propose".to_owned(),
            "/accord/agreements".into(),
        ),
        Some(before) => (
            t!(locale, "accord-amend-title", title = locale.pick(&before.title)),
            format!("/accord/agreements/{}/amend", goal.id),
            format!("/accord/agreements/{}", goal.id),
        ),
    };
    let grants = sketch::rows(sent, "grants");
    let commitments = sketch::rows(sent, "commitments");
    let head = form.head(goal.before.is_none());
    let mut all = head.clone();
    all.extend((0..grants).flat_map(|n| form.grant(n)));
    all.extend((0..commitments).flat_map(|n| form.commitment(n)));
    all.push(Field {
        name: "party",
        label: t!(locale, "word-parties"),
        error: faults.of("party"),
        ..Field::default()
    });
    let (csrf, token) = visitor.csrf();
    let body = html! {
        (heading(&title, html! { (t!(locale, "accord-propose-lede")) }, html! {}))
        (error_summary(locale, &all))
        form.form method="post" action=(action) novalidate {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="grants" value=(grants);
            input type="hidden" name="commitments" value=(commitments);
            // The key "Enter" presses the first button of a form, and must not add a row.
            button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" {}
            (card(&t!(locale, "accord-agreement-title"), html! {}, html! {
                @for one in &head { (field(locale, one)) }
                (form.parties())
            }))
            @for n in 0..grants { (form.grant_card(n)) }
            @for n in 0..commitments { (form.commitment_card(n)) }
            div.actions {
                (more("grant", &t!(locale, "accord-propose-more-grant"), grants))
                (more("commitment", &t!(locale, "accord-propose-more-commitment"), commitments))
            }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "accord-propose-submit")))
                (button_link(ButtonKind::Plain, &back, &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, marking: Some(MARKING), updated: None }.show(app, visitor, body)
}

fn more(what: &str, text: &str, rows: usize) -> Markup {
    html! {
        @if rows < sketch::MOST_ROWS {
            button.button type="submit" name="more" value=(what) formnovalidate { (text) }
        }
    }
}

/// Every name that a row can have: a field borrows its name, and these live as long as the program.
static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let grant = ["everything", "what", "up_to", "onward", "purpose_en", "purpose_fr"].map(|what| ('g', what));
    let commitment = ["party", "text_en", "text_fr", "due"].map(|what| ('c', what));
    let rows = (0..sketch::MOST_ROWS).flat_map(|n| {
        grant.iter().chain(&commitment).map(move |(letter, what)| format!("{letter}{n}_{what}"))
    });
    let head = ["name", "title_en", "title_fr", "text_en", "text_fr", "from", "until"].map(str::to_owned);
    rows.chain(head).collect()
});

struct Form<'a> {
    visitor: &'a Visitor,
    known: &'a Known,
    me: PartyId,
    sent: &'a Fields,
    faults: &'a Faults,
}

/// A field that borrows nothing from the form.
type Own = Field<'static>;

impl Form<'_> {
    fn one(
        &self,
        name: &str,
        label: Cow<'static, str>,
        kind: FieldKind<'static>,
        hint: Cow<'static, str>,
    ) -> Own {
        Field {
            value: self.sent.get(name).to_owned().into(),
            error: self.faults.of(name),
            name: NAMES.get(name).map_or("", String::as_str),
            label,
            kind,
            hint,
            required: true,
            ..Field::default()
        }
    }

    fn head(&self, fresh: bool) -> Vec<Own> {
        let locale = self.visitor.locale;
        let hint = t!(locale, "accord-propose-utc");
        let text = || t!(locale, "accord-propose-text-hint");
        let mut list = vec![
            self.one("title_en", t!(locale, "accord-propose-title-en"), FieldKind::Text, "".into()),
            self.one("title_fr", t!(locale, "accord-propose-title-fr"), FieldKind::Text, "".into()),
            self.one("text_en", t!(locale, "accord-propose-text-en"), FieldKind::Area, text()),
            self.one("text_fr", t!(locale, "accord-propose-text-fr"), FieldKind::Area, text()),
            self.one("from", t!(locale, "accord-propose-from"), FieldKind::Moment, hint.clone()),
            self.one("until", t!(locale, "accord-propose-until"), FieldKind::Moment, hint),
        ];
        if fresh {
            let hint = t!(locale, "accord-propose-name-hint");
            list.insert(0, self.one("name", t!(locale, "accord-propose-name"), FieldKind::Text, hint));
        }
        list
    }

    fn grant(&self, n: usize) -> Vec<Own> {
        let locale = self.visitor.locale;
        let at = |what: &str| format!("g{n}_{what}");
        let onward = [
            (Onward::Organisation, t!(locale, "accord-onward-organisation")),
            (Onward::Clients, t!(locale, "accord-onward-clients")),
            (Onward::AsMarked, t!(locale, "accord-onward-as-marked")),
        ];
        let onward = onward.map(|(one, text)| (sketch::onward_word(one).into(), text));
        let optional = |field: Own| Field { required: false, ..field };
        vec![
            self.one(&at("everything"), t!(locale, "accord-grant-everything"), FieldKind::Check, "".into()),
            optional(self.one(
                &at("what"),
                t!(locale, "accord-propose-what"),
                FieldKind::Text,
                t!(locale, "accord-propose-what-hint"),
            )),
            self.one(
                &at("up_to"),
                t!(locale, "accord-grant-up-to"),
                FieldKind::Select(desk::pages::labels(Tlp::ALL)),
                "".into(),
            ),
            self.one(
                &at("onward"),
                t!(locale, "accord-grant-onward"),
                FieldKind::Select(onward.to_vec()),
                "".into(),
            ),
            self.one(&at("purpose_en"), t!(locale, "accord-propose-purpose-en"), FieldKind::Text, "".into()),
            self.one(&at("purpose_fr"), t!(locale, "accord-propose-purpose-fr"), FieldKind::Text, "".into()),
        ]
    }

    fn commitment(&self, n: usize) -> Vec<Own> {
        let locale = self.visitor.locale;
        let at = |what: &str| format!("c{n}_{what}");
        let parties =
            self.choices().into_iter().map(|(id, name)| (id.to_string().into(), name.into())).collect();
        vec![
            self.one(&at("party"), t!(locale, "word-party"), FieldKind::Select(parties), "".into()),
            self.one(&at("text_en"), t!(locale, "accord-propose-commitment-en"), FieldKind::Text, "".into()),
            self.one(&at("text_fr"), t!(locale, "accord-propose-commitment-fr"), FieldKind::Text, "".into()),
            Field {
                required: false,
                ..self.one(
                    &at("due"),
                    t!(locale, "accord-commitment-when"),
                    FieldKind::Moment,
                    t!(locale, "accord-propose-utc"),
                )
            },
        ]
    }

    fn grant_card(&self, n: usize) -> Markup {
        let locale = self.visitor.locale;
        let title = t!(locale, "accord-propose-grant", number = n as u64 + 1);
        card(
            &title,
            self.drop(&format!("g{n}_drop"), n),
            html! {
                (self.choose(&format!("g{n}_from"), &t!(locale, "accord-grant-from"), &t!(locale, "accord-propose-everyone")))
                (self.choose(&format!("g{n}_to"), &t!(locale, "accord-grant-to"), &t!(locale, "accord-propose-everyone")))
                @for one in &self.grant(n) { (field(locale, one)) }
            },
        )
    }

    fn commitment_card(&self, n: usize) -> Markup {
        let title = t!(self.visitor.locale, "accord-propose-commitment", number = n as u64 + 1);
        card(
            &title,
            self.drop(&format!("c{n}_drop"), n),
            html! {
                @for one in &self.commitment(n) { (field(self.visitor.locale, one)) }
            },
        )
    }

    fn drop(&self, name: &str, n: usize) -> Markup {
        html! {
            label.row {
                input type="checkbox" name=(name) value="on" checked[self.sent.get(name) == "on"];
                (t!(self.visitor.locale, "accord-propose-drop", number = n as u64 + 1))
            }
        }
    }

    /// Us and everybody who is trusted.
    fn choices(&self) -> Vec<(PartyId, String)> {
        let list = self.known.parties.iter().filter(|(id, party)| party.trusted || **id == self.me);
        list.map(|(id, _)| (*id, party_name(self.known, *id))).collect()
    }

    fn choose(&self, name: &str, label: &str, hint: &str) -> Markup {
        let chosen: Vec<&str> = self.sent.all(name).collect();
        let wrong = self.faults.of(name);
        html! {
            fieldset.field id=(name) {
                legend { (label) }
                p.field-hint { (hint) }
                @if !wrong.is_empty() { p.field-error { (wrong) } }
                @for (id, short) in self.choices() {
                    label { input type="checkbox" name=(name) value=(id) checked[chosen.contains(&id.to_string().as_str())]; (short) }
                }
            }
        }
    }

    fn parties(&self) -> Markup {
        let locale = self.visitor.locale;
        self.choose("party", &t!(locale, "word-parties"), &t!(locale, "accord-propose-parties-hint"))
    }
}
