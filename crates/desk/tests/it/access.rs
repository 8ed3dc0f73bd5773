//! People and access, as a browser and a program meet them: confirmation, second factor, sessions, tokens, guests, the
//! pane of glass, the audit trail, approval by two.

mod approval;
mod audit;
mod factor;
mod glass;
mod guests;
mod person;
mod sessions;
mod tokens;
