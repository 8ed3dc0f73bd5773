//! Line icons, 16 × 16, drawn in the colour of the text around them. Decoration only: the word beside an
//! icon carries the meaning.

use maud::{Markup, html};

/// Every icon of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Done, in order.
    Check,
    /// Needs attention.
    Warning,
    /// Failed.
    Cross,
    /// Nothing going on.
    Idle,
    /// Worth knowing.
    Info,
    /// Time.
    Clock,
    /// Search.
    Search,
    /// Copy.
    Copy,
    /// Appearance.
    Contrast,
    /// Language.
    Globe,
    /// A person.
    User,
    /// Opens the menu.
    Menu,
    /// Leads on.
    Chevron,
    /// Sorted ascending.
    Up,
    /// Sorted descending.
    Down,
    /// A link between nodes.
    Link,
    /// The ledger.
    Ledger,
    /// A document, an object.
    Document,
    /// An agreement.
    Agreement,
    /// A party.
    Party,
    /// Relationships.
    Graph,
    /// Quarantine.
    Quarantine,
    /// Filters.
    Filter,
    /// The overview.
    Home,
    /// Keys and accounts.
    Key,
    /// Withheld.
    Lock,
    /// Collections.
    Stack,
    /// The command palette.
    Command,
    /// Notices.
    Bell,
}

impl Icon {
    /// Every icon.
    pub const ALL: [Icon; 29] = [
        Icon::Check,
        Icon::Warning,
        Icon::Cross,
        Icon::Idle,
        Icon::Info,
        Icon::Clock,
        Icon::Search,
        Icon::Copy,
        Icon::Contrast,
        Icon::Globe,
        Icon::User,
        Icon::Menu,
        Icon::Chevron,
        Icon::Up,
        Icon::Down,
        Icon::Link,
        Icon::Ledger,
        Icon::Document,
        Icon::Agreement,
        Icon::Party,
        Icon::Graph,
        Icon::Quarantine,
        Icon::Filter,
        Icon::Home,
        Icon::Key,
        Icon::Lock,
        Icon::Stack,
        Icon::Command,
        Icon::Bell,
    ];

    const fn path(self) -> &'static str {
        match self {
            Icon::Check => "M3 8.5 6.5 12 13 4.5",
            Icon::Warning => "M8 2 14.5 13.5h-13ZM8 6.5v3.2M8 11.6v.1",
            Icon::Cross => "M4 4l8 8M12 4l-8 8",
            Icon::Idle => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5.5 8h5",
            Icon::Info => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 7.2v3.8M8 4.9v.1",
            Icon::Clock => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.8V8l2.3 1.6",
            Icon::Bell => {
                "M3 11.5c1.2-1 1.4-2.2 1.4-4.4a3.6 3.6 0 0 1 7.2 0c0 2.2.2 3.4 1.4 4.4ZM6.6 13.6c.5.7 2.3.7 2.8 0M8 2v1.4"
            }
            Icon::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14",
            Icon::Copy => "M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3",
            Icon::Contrast => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 2v12M10 3v10M12 4.6v6.8",
            Icon::Globe => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM2 8h12M8 2c-4 4-4 8 0 12 4-4 4-8 0-12",
            Icon::User => "M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM2.8 13.8c.6-5 9.8-5 10.4 0",
            Icon::Menu => "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
            Icon::Chevron => "M6 3.5 10.5 8 6 12.5",
            Icon::Up => "M8 13V3.5M4 7.2 8 3.2l4 4",
            Icon::Down => "M8 3v9.5M4 8.8l4 4 4-4",
            Icon::Link => {
                "M6.5 9.5 9.5 6.5M7.5 4.8 9.3 3a2.6 2.6 0 0 1 3.7 3.7l-1.8 1.8M8.5 11.2 6.7 13A2.6 2.6 0 0 1 3 9.3l1.8-1.8"
            }
            Icon::Ledger => {
                "M3 2.5h8.5a1.5 1.5 0 0 1 1.5 1.5v9.5H4.5A1.5 1.5 0 0 1 3 12ZM3 12a1.5 1.5 0 0 1 1.5-1.5H13M6 5.5h4"
            }
            Icon::Document => "M4 2h5.5L12.5 5v9H4ZM9.5 2v3h3M6 8.2h4.5M6 10.8h4.5",
            Icon::Agreement => "M4 2h8v7M4 2v12h4M6.2 5h3.6M6.2 7.6h2M9 13.8l.6-2.3 3-3 1.7 1.7-3 3Z",
            Icon::Party => "M2.5 13.5h11M3.5 13.5v-6M6.5 13.5v-6M9.5 13.5v-6M12.5 13.5v-6M2 6.5 8 2.5l6 4Z",
            Icon::Graph => {
                "M4 5.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM12 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM5 14a1.8 1.8 0 1 0 0-3.6A1.8 1.8 0 0 0 5 14ZM5.6 4.8l4.8 2.4M10.4 8.8l-3.8 2.4M4.2 5.8l.6 4.6"
            }
            Icon::Quarantine => "M2.5 4.5h11v9h-11ZM2 2.5h12v2H2ZM6.3 7.5l3.4 3.4M9.7 7.5l-3.4 3.4",
            Icon::Filter => "M2.5 3h11L9.3 8.2V13l-2.6-1.3V8.2Z",
            Icon::Home => "M2.5 7.5 8 2.7l5.5 4.8M4 6.5v7h8v-7M6.8 13.5v-4h2.4v4",
            Icon::Key => "M5 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM7.2 7.9 13 2.2M10.5 4.6l2 2M5 10v.1",
            Icon::Lock => "M3.5 7h9v6.5h-9ZM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
            Icon::Stack => "M8 2 14 5 8 8 2 5ZM2 8l6 3 6-3M2 11l6 3 6-3",
            Icon::Command => "M2.5 3h11v10h-11ZM5 6.2 7 8 5 9.8M8.5 10h2.5",
        }
    }
}

/// The icon as inline SVG, hidden from screen readers.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg.icon viewBox="0 0 16 16" aria-hidden="true" focusable="false" { path d=(icon.path()) {} }
    }
}
