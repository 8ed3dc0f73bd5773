//! Stories through the real binary.

mod bad_http;
mod bad_input;
mod begin;
mod damage;
mod node;
mod refuse;
mod run;
mod save;
mod share;
