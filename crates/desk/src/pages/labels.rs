//! Labels of the Traffic Light Protocol, to choose one of them.

use std::borrow::Cow;

use model::Tlp;

/// Each label as a choice of a form: its word, and as FIRST writes it (TLP 2.0).
pub fn labels(among: impl IntoIterator<Item = Tlp>) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
    among.into_iter().map(|tlp| (tlp.word().into(), tlp.to_string().into())).collect()
}
