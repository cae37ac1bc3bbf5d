//! For whom a screen has to do without: colours, columns and rules, or more than sixteen colours. The
//! article's own pages are in `page`; here are all the others.

use ratatui::style::{Color, Modifier};

use crate::session::Session;

/// Every kind of screen, and the keys that lead there.
const SCREENS: [(&str, &str); 14] = [
    ("list", "j"),
    ("stories", "4+"),
    ("bookmarks", "bjjbB"),
    ("no bookmarks", "B"),
    ("sources", "S"),
    ("help", "?"),
    ("article", "<enter>"),
    ("related", "<enter><down>"),
    ("links", "<enter>L"),
    ("search", "/bridge<enter>"),
    ("typing", "/bridge"),
    ("go to", "<ctrl-p>br"),
    ("packs", "p"),
    ("export", "e"),
];

/// The screens, each with what it is.
fn each(start: impl Fn() -> Session, look: impl Fn(&str, Session)) {
    for (name, keys) in SCREENS {
        look(name, start().keys(keys));
    }
}

#[test]
fn nothing_but_words_where_one_listens() {
    let start = || Session::edition().settings(|config| config.linear = true);
    each(start, |what, session| {
        let screen = session.screen();
        let drawn = screen.chars().find(|c| matches!(c, '\u{2500}'..='\u{259f}' | '★' | '☆' | '●' | '○' | '↻'));
        assert_eq!(drawn, None, "{what}\n{screen}");
    });
    for (name, keys) in [("sources", "S"), ("bookmarks", "bjjbB"), ("help", "?"), ("go_to", "<ctrl-p>br")] {
        insta::assert_snapshot!(format!("access_linear_{name}"), start().size(80, 24).keys(keys).screen());
    }
}

#[test]
fn no_colours_where_none_are_wanted_and_the_selection_still_shows() {
    each(
        || Session::edition().theme("none"),
        |what, session| {
            let (buffer, _) = session.draw(&dateline::config::Theme::none());
            let coloured = buffer.content.iter().find(|cell| (cell.fg, cell.bg) != (Color::Reset, Color::Reset));
            assert!(coloured.is_none(), "{what}: {coloured:?}\n{}", session.screen());
            let marked = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::BOLD;
            assert!(buffer.content.iter().any(|cell| cell.modifier.intersects(marked)), "{what}");
        },
    );
}

#[test]
fn of_sixteen_colours_none_stands_on_another_but_what_was_found() {
    each(
        || Session::edition().theme("ansi"),
        |what, session| {
            let (buffer, _) = session.draw(&dateline::config::Theme::ansi());
            for cell in &buffer.content {
                let pair = (cell.fg, cell.bg, cell.modifier.contains(Modifier::REVERSED));
                let reads = match pair {
                    (Color::Black, Color::Yellow, _) => true,
                    // Reversed, a colour of its own would be a block with black words on it.
                    (ink, Color::Reset, reversed) => ink == Color::Reset || !reversed,
                    _ => false,
                };
                assert!(reads, "{what}: {:?} in {pair:?}\n{}", cell.symbol(), session.screen());
            }
        },
    );
}
