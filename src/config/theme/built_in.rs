//! The themes that come with the program.

use ratatui::style::{Color, Modifier, Style};

use super::Theme;

impl Theme {
    /// For dark backgrounds, black to #2a2a2a: paper-white text, one red.
    #[must_use]
    pub fn dark() -> Self {
        Self::printed(&Inks {
            page: rgb(0x19191b),
            strong: rgb(0xf2f0ea),
            text: rgb(0xd8d6d0),
            soft: rgb(0xb4b2ac),
            faint: rgb(0xa8a6a0),
            line: rgb(0x7a7976),
            accent: rgb(0xff8f80),
            link: rgb(0x9cc0ee),
            quoted: rgb(0xb5cf9a),
            error: rgb(0xff8a8a),
            tint: rgb(0x343a47),
            tint_unfocused: rgb(0x30333a),
            marker: rgb(0xe8c35a),
            on_marker: rgb(0x1a1a1a),
        })
    }

    /// For light backgrounds, white to #eeeeee: ink on paper, one red.
    #[must_use]
    pub fn light() -> Self {
        Self::printed(&Inks {
            page: rgb(0xfbfaf6),
            strong: rgb(0x111111),
            text: rgb(0x262626),
            soft: rgb(0x545454),
            faint: rgb(0x5e5e5e),
            line: rgb(0x86847e),
            accent: rgb(0xa8201a),
            link: rgb(0x1d4f91),
            quoted: rgb(0x37602a),
            error: rgb(0xa3121f),
            tint: rgb(0xdde4f0),
            tint_unfocused: rgb(0xe4e4e2),
            marker: rgb(0xffd966),
            on_marker: rgb(0x1a1a1a),
        })
    }

    /// Only the terminal's own sixteen colours, and few of them: text is in the terminal's own
    /// colour, so that it reads on any background.
    #[must_use]
    pub fn ansi() -> Self {
        let plain = Self::none();
        Self {
            masthead: plain.masthead.fg(Color::Red),
            pane_focused: plain.pane_focused.fg(Color::Red),
            accent: plain.accent.fg(Color::Red),
            bookmark: plain.bookmark.fg(Color::Red),
            error: plain.error.fg(Color::Red),
            code_text: plain.code_text.fg(Color::Green),
            speaker: plain.speaker.fg(Color::Red),
            // Black on yellow is the one pair that reads in every palette.
            hit: Style::new().fg(Color::Black).bg(Color::Yellow),
            ..plain
        }
    }

    /// No colours: bold, dim, underlined and reversed only.
    #[must_use]
    pub fn none() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        let italic = plain.add_modifier(Modifier::ITALIC);
        let underlined = plain.add_modifier(Modifier::UNDERLINED);
        Self {
            page: plain,
            masthead: bold,
            bar: plain,
            rule: dim,
            pane: plain,
            pane_focused: bold,
            day: bold,
            headline_unread: bold,
            headline_read: plain,
            meta: dim,
            accent: bold,
            bookmark: bold,
            selection: plain.add_modifier(Modifier::REVERSED),
            selection_unfocused: underlined,
            title: bold,
            standfirst: italic,
            body: plain,
            heading: bold,
            strong: bold,
            emphasis: italic,
            quote: italic,
            code: plain,
            code_comment: italic,
            code_text: plain,
            code_figure: plain,
            code_keyword: bold,
            code_name: plain,
            link: underlined,
            reason: italic,
            status: plain,
            status_key: bold,
            input: plain,
            notice: plain,
            error: bold,
            said: underlined,
            speaker: bold.add_modifier(Modifier::UNDERLINED),
            hit: bold.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// [`Theme::none`] in colours.
    fn printed(inks: &Inks) -> Self {
        let plain = Self::none();
        let bold = Style::new().add_modifier(Modifier::BOLD);
        Self {
            page: Style::new().fg(inks.text).bg(inks.page),
            masthead: plain.masthead.fg(inks.accent),
            bar: plain.bar.fg(inks.soft),
            rule: Style::new().fg(inks.line),
            pane: plain.pane.fg(inks.faint),
            pane_focused: plain.pane_focused.fg(inks.accent),
            day: plain.day.fg(inks.soft),
            headline_unread: plain.headline_unread.fg(inks.strong),
            headline_read: plain.headline_read.fg(inks.soft),
            meta: Style::new().fg(inks.faint),
            accent: plain.accent.fg(inks.accent),
            bookmark: plain.bookmark.fg(inks.accent),
            selection: Style::new().bg(inks.tint),
            selection_unfocused: Style::new().bg(inks.tint_unfocused),
            title: plain.title.fg(inks.strong),
            standfirst: plain.standfirst.fg(inks.text),
            body: plain.body.fg(inks.text),
            heading: plain.heading.fg(inks.strong),
            strong: plain.strong.fg(inks.strong),
            emphasis: plain.emphasis.fg(inks.text),
            quote: plain.quote.fg(inks.soft),
            code: plain.code.fg(inks.text),
            code_comment: plain.code_comment.fg(inks.faint),
            code_text: plain.code_text.fg(inks.quoted),
            code_figure: plain.code_figure.fg(inks.quoted),
            code_keyword: plain.code_keyword.fg(inks.strong),
            code_name: plain.code_name.fg(inks.link),
            link: plain.link.fg(inks.link),
            reason: plain.reason.fg(inks.soft),
            status: plain.status.fg(inks.faint),
            status_key: plain.status_key.fg(inks.text),
            input: plain.input.fg(inks.strong),
            notice: plain.notice.fg(inks.text),
            error: plain.error.fg(inks.error),
            said: Style::new().bg(inks.tint),
            speaker: bold.fg(inks.accent),
            hit: Style::new().fg(inks.on_marker).bg(inks.marker),
        }
    }
}

/// The colours a printed theme is made of.
struct Inks {
    /// The paper.
    page: Color,
    /// Headlines.
    strong: Color,
    /// Running text.
    text: Color,
    /// What steps back.
    soft: Color,
    /// What steps back further; still readable.
    faint: Color,
    /// Rules: seen, not read.
    line: Color,
    /// The one accent.
    accent: Color,
    /// Links in the text.
    link: Color,
    /// Words in quotation marks, and figures, in code.
    quoted: Color,
    /// What went wrong.
    error: Color,
    /// Behind the selected row.
    tint: Color,
    /// Behind the selected row of another pane.
    tint_unfocused: Color,
    /// Behind what a search found.
    marker: Color,
    /// On it.
    on_marker: Color,
}

/// The colour written `0xrrggbb`.
pub(super) fn rgb(hex: u32) -> Color {
    Color::from_u32(hex)
}
