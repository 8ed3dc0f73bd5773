//! Front-door stories of the ui crate: whole pages, in both languages.

mod kinds;
mod policy;
mod reasons;
mod snapshots;
