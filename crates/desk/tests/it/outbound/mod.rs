//! Going out: whom a node speaks to, and what a server may do to it.

mod guard;
mod hostile;
mod server;
mod trust;
