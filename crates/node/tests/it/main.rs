//! Stories through the real binary.

mod away;
mod bad_http;
mod bad_input;
mod begin;
mod damage;
mod matrix;
mod node;
mod refuse;
mod run;
mod save;
mod share;
