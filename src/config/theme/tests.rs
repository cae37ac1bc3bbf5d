use ratatui::style::Modifier;

use super::built_in::rgb;
use super::*;
use crate::config::Config;

/// The relative luminance of WCAG 2.
fn luminance(color: Color) -> f64 {
    let (r, g, b) = match color {
        Color::Rgb(r, g, b) => (r, g, b),
        // As every terminal draws xterm's palette: a cube of six steps, and a ramp of greys.
        Color::Indexed(n @ 16..=231) => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            (step((n - 16) / 36), step((n - 16) / 6 % 6), step((n - 16) % 6))
        }
        Color::Indexed(n @ 232..) => (8 + 10 * (n - 232), 8 + 10 * (n - 232), 8 + 10 * (n - 232)),
        _ => panic!("{color:?} has no luminance of its own"),
    };
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/// The contrast of WCAG 2: 1 to 21.
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What a theme is read on: the terminal's backgrounds it is made for.
const DARK_GROUNDS: [u32; 3] = [0x000000, 0x1e1e1e, 0x2a2a2a];
const LIGHT_GROUNDS: [u32; 3] = [0xffffff, 0xf8f8f8, 0xeeeeee];

#[test]
fn contrast_is_that_of_the_standard() {
    assert!((contrast(rgb(0x000000), rgb(0xffffff)) - 21.0).abs() < 1e-9);
    assert!((contrast(rgb(0x777777), rgb(0xffffff)) - 4.48).abs() < 0.01);
}

#[test]
fn every_text_reads_on_every_usual_background_and_on_the_selection() {
    let palette = |theme: Theme| theme.map_colors(super::super::colors::to_palette);
    for (theme, grounds) in [
        (Theme::dark(), DARK_GROUNDS),
        (Theme::light(), LIGHT_GROUNDS),
        // On terminals with 256 colours.
        (palette(Theme::dark()), DARK_GROUNDS),
        (palette(Theme::light()), LIGHT_GROUNDS),
    ] {
        let tints = [theme.selection, theme.selection_unfocused].map(|style| style.bg.unwrap());
        for role in Theme::ROLES.iter().filter(|role| **role != "rule") {
            let style = theme.role(role).unwrap();
            let Some(ink) = style.fg else { continue };
            let under: Vec<Color> = match style.bg {
                Some(own) => vec![own],
                None => grounds.map(rgb).into_iter().chain(tints).collect(),
            };
            for ground in under {
                let found = contrast(ink, ground);
                assert!(found >= 4.5, "{role}: {ink:?} on {ground:?} has {found:.2}");
            }
        }
    }
}

#[test]
fn a_theme_reads_on_a_page_of_its_own_or_on_the_terminals() {
    for (theme, grounds) in [(Theme::dark(), DARK_GROUNDS), (Theme::light(), LIGHT_GROUNDS)] {
        let page = theme.page.bg.unwrap();
        let [a, b] = [grounds[0], grounds[2]].map(|ground| luminance(rgb(ground)));
        assert!((a.min(b)..=a.max(b)).contains(&luminance(page)), "the page is one of the backgrounds that are tested");
        assert_eq!(theme.on_the_terminals_page().page, Style::new());
    }
}

#[test]
fn rules_are_seen_but_not_loud() {
    for (theme, grounds) in [(Theme::dark(), DARK_GROUNDS), (Theme::light(), LIGHT_GROUNDS)] {
        for ground in grounds {
            let found = contrast(theme.rule.fg.unwrap(), rgb(ground));
            // 3 is what WCAG 2 (1.4.11) asks of what has to be seen and not read.
            assert!((3.0..5.0).contains(&found), "{found:.2} on {ground:06x}");
        }
    }
}

#[test]
fn nothing_depends_on_colour_alone() {
    for name in ["dark", "light", "ansi", "none"] {
        let theme = Theme::built_in(name).unwrap();
        let look = |style: Style| style.add_modifier;
        assert_ne!(look(theme.headline_unread), look(theme.headline_read), "{name}");
        assert_ne!(look(theme.title), look(theme.body), "{name}");
        assert_ne!(look(theme.link), look(theme.body), "{name}");
        assert_ne!(look(theme.pane_focused), look(theme.pane), "{name}");
    }
}

#[test]
fn the_selection_shows_in_every_theme_and_keeps_unread_bold() {
    for name in ["dark", "light", "ansi", "none"] {
        let theme = Theme::built_in(name).unwrap();
        for style in [theme.selection, theme.selection_unfocused] {
            assert!(style.bg.is_some() || !style.add_modifier.is_empty(), "{name}");
            assert_eq!(style.sub_modifier, Modifier::empty(), "{name}");
            assert_eq!(style.fg, None, "{name}");
        }
        assert_ne!(theme.selection, theme.selection_unfocused, "{name}");
    }
}

#[test]
fn only_the_colours_that_are_promised() {
    for role in Theme::ROLES {
        let ansi = Theme::ansi().role(role).unwrap();
        for color in [ansi.fg, ansi.bg].into_iter().flatten() {
            assert!(!matches!(color, Color::Rgb(..) | Color::Indexed(_)), "{role}");
        }
        let none = Theme::none().role(role).unwrap();
        assert_eq!((none.fg, none.bg), (None, None), "{role}");
    }
}

#[test]
fn the_environment_says_how_many_colours() {
    let depth = |set: &[(&str, &str)]| {
        Depth::of_environment(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    };
    assert_eq!(depth(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
    assert_eq!(depth(&[("TERM", "xterm-kitty")]), Depth::True);
    assert_eq!(depth(&[("TERM", "screen-256color")]), Depth::Palette);
    assert_eq!(depth(&[("TERM", "linux")]), Depth::Sixteen);
    assert_eq!(depth(&[]), Depth::Sixteen);
    assert_eq!(depth(&[("TERM", "dumb"), ("COLORTERM", "truecolor")]), Depth::None);
    assert_eq!(depth(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]), Depth::None);
    assert_eq!(depth(&[("TERM", "xterm-256color"), ("NO_COLOR", "")]), Depth::Palette);
}

#[test]
fn the_theme_fits_the_terminal_or_is_the_one_that_was_named() {
    let mut config = Config::default();
    let dark = Some(Background::Dark);
    assert_eq!(Theme::choose(&config, Depth::True, dark), Theme::dark());
    assert_eq!(Theme::choose(&config, Depth::True, Some(Background::Light)), Theme::light());
    assert_eq!(Theme::choose(&config, Depth::True, None), Theme::dark());
    assert_eq!(Theme::choose(&config, Depth::Sixteen, None), Theme::ansi());
    assert_eq!(Theme::choose(&config, Depth::Sixteen, dark), Theme::ansi());
    assert_eq!(Theme::choose(&config, Depth::None, dark), Theme::none());
    assert!(matches!(Theme::choose(&config, Depth::Palette, dark).body.fg, Some(Color::Indexed(_))));

    config.theme = ThemeChoice::Light;
    assert_eq!(Theme::choose(&config, Depth::True, dark), Theme::light());
    assert_ne!(Theme::choose(&config, Depth::None, dark), Theme::none());

    let own = Theme { body: Style::new().fg(Color::Green), ..Theme::dark() };
    config.themes.insert("light".to_owned(), own.clone());
    assert_eq!(Theme::choose(&config, Depth::True, dark), own);
}
