//! Two nodes over real loopback sockets: what the verdict releases crosses, the rest crosses as hashes.

mod hostile;
mod keys;
mod pair;
mod raw;
mod stories;
mod tls;
