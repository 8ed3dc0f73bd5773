//! Stories through the real binary.

mod away;
mod bad_http;
mod bad_input;
mod begin;
mod clock;
mod crash;
mod damage;
mod dial;
mod disk;
mod erase;
mod exhausted;
mod export;
mod feed;
mod injected;
mod matrix;
mod node;
mod objects;
mod profile;
mod pull;
mod refuse;
mod rotate;
mod run;
mod save;
mod share;
