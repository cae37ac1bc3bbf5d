//! The forms in which an article is given to another program.

/// A form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// One JSON object.
    Json,
    /// Its address, on a line.
    Url,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Text, Self::Markdown, Self::Json, Self::Url];

    /// Its name in the configuration, and before a command: `markdown: wc -w`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Url => "url",
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }
}
