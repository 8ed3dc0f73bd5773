//! The pattern language of STIX 2.1 (§9): parsed completely, printed back, remarked.
//!
//! Only patterns whose `pattern_type` is `stix` come here; snort, sigma, yara and the rest are
//! other languages and are stored as text. Length and depth are bounded.

mod ast;
mod lexer;
mod parse;
mod print;
mod remarks;

pub use ast::{
    Comparison, Constant, Match, Observation, Operator, Path, Pattern, Predicate, Qualifier, Step, Test,
};
pub use parse::{PatternError, parse};
pub use remarks::{Remark, remarks};
