//! Stories through the real binary.

mod access;
mod away;
mod bad_http;
mod bad_input;
mod begin;
mod damage;
mod dial;
mod export;
mod feed;
mod limits;
mod matrix;
mod node;
mod objects;
mod profile;
mod pull;
mod refuse;
mod run;
mod save;
mod seeds;
mod share;
