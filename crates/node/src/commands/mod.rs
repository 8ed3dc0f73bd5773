//! The commands, one file each.

pub mod accord;
pub mod account;
pub mod backup;
pub mod completions;
pub mod config;
pub mod doctor;
pub mod exchange;
pub mod init;
pub mod ledger;
pub mod link;
pub mod man;
pub mod notify;
pub mod openapi;
pub mod party;
pub mod picture;
pub mod print;
pub mod restore;
pub mod sbom;
pub mod serve;
pub mod share;
pub mod views;
