//! Stories through the real binary.

mod away;
mod bad_http;
mod bad_input;
mod begin;
mod damage;
mod dial;
mod export;
mod feed;
mod matrix;
mod node;
mod notify;
mod objects;
mod profile;
mod pull;
mod refuse;
mod run;
mod save;
mod share;
