//! What lists show of a stage, shared by everybody who lists it: a board holds thousands of them.

use std::sync::Arc;

use model::Bilingual;

use crate::pack::Stage;
use crate::words::Words;

/// The face of a stage.
#[derive(Debug, Clone, Default)]
pub struct Face {
    /// Its name for programs.
    pub stage: Arc<str>,
    /// Its name for people.
    pub title: Arc<Bilingual>,
    /// The clause.
    pub clause: Arc<str>,
    /// The fields that it needs, as a set of the bits of [`Words::field_bits`].
    pub required: u128,
    /// Stages that it stands for.
    pub replaces: Vec<String>,
}

impl Face {
    /// The face of `stage`.
    pub fn of(stage: &Stage, words: &Words) -> Arc<Self> {
        Arc::new(Self {
            stage: stage.id.as_str().into(),
            title: Arc::new(stage.title.clone()),
            clause: stage.cite.as_str().into(),
            required: words.field_bits(stage.required.iter().map(String::as_str)),
            replaces: stage.replaces.clone(),
        })
    }
}
