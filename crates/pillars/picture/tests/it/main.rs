//! The stories of the picture: what is counted, for whom, and what leaves it again.

mod compared;
mod handover;
mod matrix;
mod publish;
mod refusals;
mod report;
mod sight;
mod subject;
mod trends;
mod views;
mod watch;
mod world;
