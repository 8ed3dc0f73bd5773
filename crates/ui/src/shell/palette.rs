//! The command palette: type a few letters, choose, go. It is filled by the script from the same endpoint that answers
//! `/find`; without the script it stays hidden, and the search box leads to that page.

use maud::{Markup, html};

use super::Shell;
use crate::{Icon, icon, t};

/// Opens it by pointer; shown by the script.
pub(super) fn button(shell: &Shell<'_>) -> Markup {
    html! {
        button.top-link.palette-open type="button" data-palette-open="" title=(t!(shell.locale, "shell-palette-open")) {
            (icon(Icon::Command)) span.visually-hidden { (t!(shell.locale, "shell-palette")) }
        }
    }
}

/// A combobox with a list (ARIA 1.2): the focus stays in the field, the arrows move through the list.
pub(super) fn palette(shell: &Shell<'_>) -> Markup {
    let locale = shell.locale;
    html! {
        @if let Some(ask) = &shell.palette {
            dialog.palette #palette aria-label=(t!(locale, "shell-palette")) data-ask=(ask)
                data-find=(shell.search.as_deref().unwrap_or("/find")) data-all=(t!(locale, "shell-palette-all"))
                data-failed=(t!(locale, "shell-palette-failed")) data-loading=(t!(locale, "component-loading")) {
                form.palette-head method="dialog" {
                    (icon(Icon::Search))
                    input #palette-field type="text" role="combobox" aria-expanded="false" aria-controls="palette-list"
                        aria-autocomplete="list" aria-label=(t!(locale, "shell-palette")) autocomplete="off"
                        spellcheck="false" maxlength="400" placeholder=(t!(locale, "shell-palette-placeholder"));
                    button.button.button-quiet type="submit" value="close" { (t!(locale, "action-close")) }
                }
                ul.palette-list #palette-list role="listbox" aria-label=(t!(locale, "shell-palette-found")) {}
                p.palette-said role="status" {}
                p.palette-keys.muted aria-hidden="true" {
                    kbd { "↑" } " " kbd { "↓" } " " (t!(locale, "shell-palette-choose")) " · "
                    kbd { "↵" } " " (t!(locale, "shell-palette-go")) " · " kbd { "Esc" } " " (t!(locale, "action-close"))
                }
            }
        }
    }
}
