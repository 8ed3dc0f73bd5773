//! The law in the binary, and what happens to law that is not sound.

mod calendars;
mod checks;
mod diffs;
mod methods;
