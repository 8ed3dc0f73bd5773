//! Stories through the real binary.

mod begin;
mod dial;
mod node;
mod refuse;
mod run;
mod save;
mod share;
