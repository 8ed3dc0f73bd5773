//! Fields in every state, buttons, messages.

use maud::{Markup, html};

use crate::component::{self, ButtonKind, Field, FieldKind, Tone};
use crate::{Locale, t};

pub(super) fn forms(locale: Locale) -> Markup {
    let fields = fields(locale);
    html! {
        div.columns {
            section.card { div.card-body {
                (component::error_summary(locale, &fields))
                form.form method="post" action="/styleguide" {
                    @for one in &fields { (component::field(locale, one)) }
                    p.row {
                        (component::button(ButtonKind::Primary, &t!(locale, "action-save")))
                        (component::button_link(ButtonKind::Plain, "#forms", &t!(locale, "action-cancel")))
                    }
                }
            } }
            section.card { div.card-body {
                div.row {
                    (component::button_link(ButtonKind::Primary, "#forms", &t!(locale, "action-confirm")))
                    (component::button_link(ButtonKind::Plain, "#forms", &t!(locale, "action-details")))
                    (component::button_link(ButtonKind::Danger, "#forms", &t!(locale, "accord-withdraw")))
                    (component::post_button(ButtonKind::Plain, "/styleguide", &t!(locale, "action-verify"), &[("csrf", "sample")]))
                }
                (component::search_box(locale, "/exchange/objects", "q", ""))
            } }
        }
    }
}

fn fields(locale: Locale) -> Vec<Field<'static>> {
    vec![
        Field {
            name: "name",
            label: t!(locale, "word-name"),
            value: "North Sea".into(),
            hint: t!(locale, "styleguide-sample-name-hint"),
            error: t!(locale, "styleguide-sample-name-error"),
            required: true,
            ..Field::default()
        },
        Field {
            name: "until",
            label: t!(locale, "word-until"),
            value: "2027-11-24T00:00".into(),
            kind: FieldKind::Moment,
            ..Field::default()
        },
        Field {
            name: "role",
            label: t!(locale, "word-role"),
            kind: FieldKind::Select(vec![
                ("csirt".into(), t!(locale, "role-csirt")),
                ("isac".into(), t!(locale, "role-isac")),
            ]),
            required: true,
            ..Field::default()
        },
        Field {
            name: "text",
            label: t!(locale, "word-description"),
            kind: FieldKind::Area,
            ..Field::default()
        },
        Field {
            name: "share",
            label: t!(locale, "styleguide-sample-share"),
            value: "on".into(),
            kind: FieldKind::Check,
            ..Field::default()
        },
    ]
}

pub(super) fn messages(locale: Locale) -> Markup {
    html! {
        div.columns {
            div.stack {
                (component::alert(Tone::Ok, &t!(locale, "styleguide-sample-saved"), html! { (t!(locale, "styleguide-sample-saved-body")) }))
                (component::alert(Tone::Warn, &t!(locale, "styleguide-sample-behind"), html! { (t!(locale, "styleguide-sample-behind-body")) }))
            }
            div.stack {
                (component::alert(Tone::Err, &t!(locale, "styleguide-sample-failed"), html! { (t!(locale, "styleguide-sample-failed-body")) }))
                (component::alert(Tone::Info, &t!(locale, "styleguide-sample-readonly"), html! {}))
            }
        }
    }
}
