//! Themes: a style for every role on the screen.

mod built_in;

use std::fmt;

use ratatui::style::{Color, Style};

/// Builds [`Theme`] and its table of roles from one list, so that a role cannot miss its name in the
/// configuration.
macro_rules! roles {
    ($($role:ident, $doc:literal;)*) => {
        /// A style for every role on the screen. Styles are patches: what they leave open shows
        /// through.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Theme {
            $(#[doc = $doc] pub $role: Style,)*
        }

        impl Theme {
            /// The names of all roles.
            pub const ROLES: &'static [&'static str] = &[$(stringify!($role),)*];

            /// The style of a role by its name.
            #[must_use]
            pub fn role(&self, name: &str) -> Option<Style> {
                match name { $(stringify!($role) => Some(self.$role),)* _ => None }
            }

            /// The style of a role by its name, to change it.
            pub fn role_mut(&mut self, name: &str) -> Option<&mut Style> {
                match name { $(stringify!($role) => Some(&mut self.$role),)* _ => None }
            }
        }
    };
}

roles! {
    page, "The paper under everything; left out where the terminal's own background is known to fit.";
    masthead, "The program's name in the top line.";
    bar, "The rest of the top line.";
    rule, "Lines between panes.";
    pane, "The title of a pane.";
    pane_focused, "The title of the pane that has the keys.";
    day, "The day above a group of headlines.";
    headline_unread, "The headline of an article that is not read.";
    headline_read, "The headline of one that is.";
    meta, "Source, age, reading time: what stands under a headline.";
    accent, "The bar beside the selected row, the unread mark, counts that matter.";
    bookmark, "The mark of a bookmark.";
    selection, "Laid over the selected row of the pane that has the keys.";
    selection_unfocused, "Laid over the selected row of another pane.";
    title, "The headline over an article.";
    standfirst, "The sentence under it.";
    body, "An article's text.";
    heading, "A heading in the text.";
    strong, "Strong words in the text.";
    emphasis, "Stressed words in the text.";
    quote, "A quotation.";
    code, "Code.";
    code_comment, "A remark in code.";
    code_text, "Words in quotation marks in code.";
    code_figure, "Figures and other constants in code.";
    code_keyword, "The words of a language in code.";
    code_name, "A name in code, where it is given.";
    link, "A link.";
    reason, "Why an article is related: the shared names and words.";
    status, "The bottom line.";
    status_key, "A key named in the bottom line.";
    input, "A line that is being typed.";
    notice, "Something that was done.";
    error, "Something that went wrong.";
    said, "What somebody says, where that is marked.";
    speaker, "Who says it.";
    hit, "What a search found, in the text.";
}

/// Which theme the configuration asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeChoice {
    /// What fits the terminal: see [`Theme::choose`].
    #[default]
    Auto,
    /// [`Theme::dark`].
    Dark,
    /// [`Theme::light`].
    Light,
    /// [`Theme::ansi`].
    Ansi,
    /// [`Theme::none`].
    None,
    /// A theme of the file, by its name.
    Own(String),
}

impl ThemeChoice {
    /// The names that are always there.
    pub const BUILT_IN: [&'static str; 5] = ["auto", "dark", "light", "ansi", "none"];

    /// The choice of that name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "auto" => Self::Auto,
            "dark" => Self::Dark,
            "light" => Self::Light,
            "ansi" => Self::Ansi,
            "none" => Self::None,
            own => Self::Own(own.to_owned()),
        }
    }

    /// Its name in the configuration.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Ansi => "ansi",
            Self::None => "none",
            Self::Own(name) => name,
        }
    }
}

impl fmt::Display for ThemeChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Whether the terminal's background is dark or light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Background {
    /// Light text stands on it.
    Dark,
    /// Dark text stands on it.
    Light,
}

/// The colours a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None, or none are wanted.
    None,
    /// The sixteen named ones.
    Sixteen,
    /// The 256 of xterm.
    Palette,
    /// All.
    True,
}

impl Depth {
    /// A colour as near to `color` as can be shown.
    #[must_use]
    pub fn shown(self, color: Color) -> Color {
        match self {
            Self::None | Self::Sixteen => super::colors::to_sixteen(color),
            Self::Palette => super::colors::to_palette(color),
            Self::True => color,
        }
    }

    /// What the environment says: `NO_COLOR` (not empty) and `TERM=dumb` mean none; then
    /// `COLORTERM` and `TERM`, as terminals and multiplexers set them. `variable` looks one up.
    #[must_use]
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default();
        if is_set("NO_COLOR") || term == "dumb" {
            return Self::None;
        }
        let colorterm = variable("COLORTERM").unwrap_or_default();
        if colorterm == "truecolor" || colorterm == "24bit" || term.ends_with("-direct") {
            return Self::True;
        }
        // Terminals that always can, whose variables often get lost on the way (ssh, sudo).
        const ALWAYS_TRUE: [&str; 5] = ["kitty", "ghostty", "alacritty", "wezterm", "foot"];
        if ALWAYS_TRUE.iter().any(|name| term.contains(name)) {
            return Self::True;
        }
        if term.contains("256color") { Self::Palette } else { Self::Sixteen }
    }
}

impl Theme {
    /// The theme to use: what was chosen, else what fits the terminal (without colours
    /// [`Theme::none`], with few [`Theme::ansi`], else dark or light). It brings its own page, so
    /// that it reads on any terminal: see [`Theme::on_the_terminals_page`]. Colours are brought down
    /// to those the terminal has.
    #[must_use]
    pub fn choose(config: &super::Config, depth: Depth, background: Option<Background>) -> Self {
        let name = match (&config.theme, depth, background) {
            (ThemeChoice::Auto, Depth::None, _) => "none",
            (ThemeChoice::Auto, Depth::Sixteen, _) => "ansi",
            (ThemeChoice::Auto, _, None | Some(Background::Dark)) => "dark",
            (ThemeChoice::Auto, _, Some(Background::Light)) => "light",
            (chosen, _, _) => chosen.name(),
        };
        let theme = config.themes.get(name).cloned().or_else(|| Self::built_in(name)).unwrap_or_else(Self::ansi);
        match depth {
            // Someone who names a theme wants its colours, NO_COLOR or not (https://no-color.org);
            // the named sixteen are the ones every terminal takes.
            Depth::None | Depth::Sixteen => theme.map_colors(super::colors::to_sixteen),
            Depth::Palette => theme.map_colors(super::colors::to_palette),
            Depth::True => theme,
        }
    }

    /// The same theme without a page of its own: for a terminal that has told a background which
    /// fits.
    #[must_use]
    pub fn on_the_terminals_page(mut self) -> Self {
        self.page = Style::new();
        self
    }

    /// The built-in theme of that name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        match name {
            "dark" => Some(Self::dark()),
            "light" => Some(Self::light()),
            "ansi" => Some(Self::ansi()),
            "none" => Some(Self::none()),
            _ => None,
        }
    }

    /// Every colour put through `map`.
    #[must_use]
    fn map_colors(mut self, map: impl Fn(Color) -> Color) -> Self {
        for role in Self::ROLES {
            if let Some(style) = self.role_mut(role) {
                style.fg = style.fg.map(&map);
                style.bg = style.bg.map(&map);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests;
