//! Stories through the real binary.

mod begin;
mod node;
mod profile;
mod refuse;
mod run;
mod save;
mod share;
