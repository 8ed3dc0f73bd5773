//! Stories through the real binary.

mod away;
mod bad_http;
mod bad_input;
mod begin;
mod cluster;
mod damage;
mod dial;
mod export;
mod feed;
mod matrix;
mod node;
mod objects;
mod profile;
mod pull;
mod refuse;
mod run;
mod save;
#[path = "../../../ledger/tests/it/cluster/servers.rs"]
mod servers;
mod share;
