//! Stories through the real binary.

mod access;
mod away;
mod bad_http;
mod bad_input;
mod begin;
mod crash;
mod damage;
mod dial;
mod export;
mod feed;
mod limits;
mod matrix;
mod node;
mod notify;
mod objects;
mod profile;
mod pull;
mod refuse;
mod rotate;
mod run;
mod save;
mod share;
