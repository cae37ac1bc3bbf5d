//! The forms in which articles leave Dateline.

/// How articles are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// Markdown with front matter, a file to an article; pictures in a folder beside them.
    Markdown,
    /// A page of HTML to an article, its pictures inside.
    Html,
    /// One book (EPUB 3).
    Epub,
    /// Plain text, a file to an article.
    Text,
    /// One file with everything that Dateline knows of them, to be imported again.
    Jsonl,
    /// A folder that a browser shows without a network: indexes, a search, the articles.
    Site,
    /// The list of feeds.
    Opml,
}

impl ExportFormat {
    /// Every one of them, in the order they are offered.
    pub const ALL: [Self; 7] =
        [Self::Markdown, Self::Html, Self::Epub, Self::Text, Self::Jsonl, Self::Site, Self::Opml];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Epub => "epub",
            Self::Text => "text",
            Self::Jsonl => "jsonl",
            Self::Site => "site",
            Self::Opml => "opml",
        }
    }

    /// What it is good for, in a few words.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown: for notebooks and other programs",
            Self::Html => "HTML: a page that stands alone, its pictures inside",
            Self::Epub => "EPUB: one book, for readers of books",
            Self::Text => "plain text",
            Self::Jsonl => "JSON lines: everything, to be imported again",
            Self::Site => "a folder for the browser: pages, indexes, a search",
            Self::Opml => "OPML: the list of feeds",
        }
    }

    /// How its files end; nothing for a folder.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Epub => "epub",
            Self::Text => "txt",
            Self::Jsonl => "jsonl",
            Self::Site => "",
            Self::Opml => "opml",
        }
    }

    /// Whether all articles go into one file.
    #[must_use]
    pub fn is_one_file(self) -> bool {
        matches!(self, Self::Epub | Self::Jsonl | Self::Opml)
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for format in ExportFormat::ALL {
            assert_eq!(ExportFormat::named(format.name()), Some(format));
        }
        assert_eq!(ExportFormat::named("pdf"), None);
    }
}
