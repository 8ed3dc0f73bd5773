//! Runs the loop for one realm: seal, submit, fold, release, links, accounts; the one door out.
//!
//! A [`Desk`] is a party at work in one realm. Pillars hand it drafts and projections; gates ask it
//! for releases. Clock and randomness enter through [`edge`], SQL of the views through [`sql`].

pub mod access;
pub mod addressed;
mod approval;
pub mod audit;
mod bucket;
pub mod card;
pub mod consumers;
pub mod desk;
pub mod edge;
pub mod erase;
pub mod find;
pub mod key_line;
pub mod links;
pub mod local;
mod moment;
pub mod notice;
pub mod outbound;
pub mod pages;
pub mod past;
pub mod pillar;
pub mod reactors;
pub mod release;
pub mod rotate;
pub mod seldom;
pub mod sql;
pub mod sso;
pub mod submit;
mod unfinished;
pub mod views;
pub mod webauthn;

pub use approval::{Act, DecideError};
pub use desk::{Afloat, Desk, DeskOptions, OpenDeskError, open_ledger};
pub use pillar::Pillar;
pub use release::Released;
pub use views::{Entry, FoldError, Folding};
