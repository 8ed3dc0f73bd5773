//! Stories through the real binary.

mod access;
mod away;
mod bad_http;
mod bad_input;
mod begin;
mod clock;
mod cluster;
mod crash;
mod damage;
mod dial;
mod disk;
mod erase;
mod exhausted;
mod export;
mod feed;
mod filing;
mod injected;
mod limits;
mod matrix;
mod node;
mod notify;
mod objects;
mod overload;
mod paper;
mod profile;
mod pull;
mod refuse;
mod rotate;
mod run;
mod save;
mod seeds;
#[path = "../../../ledger/tests/it/cluster/servers.rs"]
mod servers;
mod share;
mod snapshot;
