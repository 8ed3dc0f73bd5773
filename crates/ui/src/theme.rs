//! Light, dark, high contrast, or whatever the system says.

/// How a page is coloured; kept in the cookie `theme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// As the operating system prefers.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// White on black, lines instead of shades.
    Contrast,
}

impl Theme {
    /// Every choice, in the order of the menu.
    pub const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Contrast];

    /// The value of the cookie, of `?theme=` and of `data-theme`.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }

    /// The theme with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.code() == code.trim())
    }

    /// What the page was asked for, else what was chosen before, else as the system.
    pub fn negotiate(query: Option<&str>, cookie: Option<&str>) -> Self {
        query.and_then(Self::from_code).or_else(|| cookie.and_then(Self::from_code)).unwrap_or_default()
    }
}
