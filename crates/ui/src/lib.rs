//! Page shell, components, server-side SVG and strings in English and French.
//!
//! Pure functions from values to markup: nothing here reads a clock, a disk or a network. Everything a
//! page shows works without scripts and under [`assets::CONTENT_SECURITY_POLICY`], which allows neither
//! inline style nor inline script.

pub mod assets;
pub mod component;
mod icon;
pub mod locale;
pub mod query;
mod shell;
pub mod styleguide;
pub mod svg;
mod theme;

pub use icon::{Icon, icon};
pub use locale::Locale;
pub use maud::{DOCTYPE, Markup, PreEscaped, html};
pub use shell::{Bell, NavItem, NavSection, OwnParty, PastStrip, Shell, User, bell};
pub use theme::Theme;
