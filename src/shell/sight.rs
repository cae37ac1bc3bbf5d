//! What the terminal can show besides words, and what of it a frame has.

use ratatui::Frame;

use crate::app::State;
use crate::app::pictures::Means;
use crate::config::{Config, Depth, Hyperlinks, Theme};
use crate::terminal::{Abilities, Anchor, Overlay, Strip, hyperlinks};
use crate::ui;

/// How pictures can be shown. In words where a person wants no colours, listens rather than looks, or
/// has so few colours that nothing could be made out.
pub(super) fn means(abilities: &Abilities, depth: Depth, config: &Config) -> Means {
    if config.linear || depth == Depth::None {
        return Means::Words;
    }
    match (abilities.graphics(), depth) {
        (Some(_), _) => {
            let (across, down) = abilities.cell();
            Means::Graphics(across, down)
        }
        (None, Depth::None | Depth::Sixteen) => Means::Words,
        (None, depth) => Means::Halves(depth),
    }
}

/// Whether links are told to the terminal.
pub(super) fn tells_links(config: &Config, env: impl Fn(&str) -> Option<String>) -> bool {
    config.hyperlinks == Hyperlinks::Auto && hyperlinks::understood(env)
}

/// Draws a frame, and says what lies on it.
pub(super) fn draw(state: &State, theme: &Theme, links: bool, frame: &mut Frame<'_>) -> Overlay {
    ui::view(state, theme, frame);
    let strips = ui::picture_rows(state)
        .into_iter()
        .map(|found| Strip {
            id: found.id,
            row: found.row,
            x: found.area.x,
            y: found.area.y,
            columns: found.area.width,
        })
        .collect();
    let anchors = if links { ui::link_words(state, frame.buffer_mut()) } else { Vec::new() };
    let anchors = anchors
        .into_iter()
        .map(|found| Anchor { x: found.area.x, y: found.area.y, columns: found.area.width, link: found.link })
        .collect();
    Overlay { strips, anchors }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Reply;

    #[test]
    fn what_is_shown_where() {
        let none = |_: &str| None;
        let mut abilities = Abilities::new(none);
        let config = Config::default();
        assert_eq!(means(&abilities, Depth::True, &config), Means::Halves(Depth::True));
        assert_eq!(means(&abilities, Depth::Sixteen, &config), Means::Words);
        abilities.learn(&Reply::Cell(9, 18));
        abilities.learn(&Reply::KittyGraphics);
        assert_eq!(means(&abilities, Depth::Sixteen, &config), Means::Graphics(9, 18));
        assert_eq!(means(&abilities, Depth::None, &config), Means::Words);
        assert_eq!(means(&abilities, Depth::True, &Config { linear: true, ..config }), Means::Words);
    }

    #[test]
    fn links_are_told_where_they_are_understood_and_wanted() {
        let kitty = |name: &str| (name == "TERM").then(|| "xterm-kitty".to_owned());
        assert!(tells_links(&Config::default(), kitty));
        assert!(!tells_links(&Config::default(), |_| None));
        let config = Config { hyperlinks: Hyperlinks::Never, ..Config::default() };
        assert!(!tells_links(&config, kitty));
    }
}
