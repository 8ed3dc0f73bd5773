//! Two nodes over real loopback sockets: what the verdict releases crosses, the rest crosses as hashes.

mod anew;
mod gaps;
mod hostile;
mod keys;
mod model;
mod pair;
mod raw;
mod red;
mod seats;
mod stories;
mod tls;
