//! Stories through the real binary.

mod begin;
mod dial;
mod export;
mod feed;
mod node;
mod objects;
mod pull;
mod refuse;
mod run;
mod save;
mod share;
