//! Themes of the configuration: a built-in one with some roles changed.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use toml::Spanned;
use toml::de::DeValue;

use super::section::{Section, one_of};
use super::theme::{Theme, ThemeChoice};

/// Themes that another can be made from.
const BASES: [&str; 4] = ["dark", "light", "ansi", "none"];

/// The modifiers a role can have.
const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// How colours are written, for hints.
const COLOURS: &str = "a colour is written \"#b3261e\", \"red\", \"light-red\" or as a number from 0 to 255";

/// Reads `[themes]`.
pub(super) fn read(mut section: Section<'_, '_>) -> BTreeMap<String, Theme> {
    let mut themes = BTreeMap::new();
    for (name, _) in section.entries() {
        let key = *name.get_ref();
        if key == ThemeChoice::Auto.name() {
            let hint = "\"auto\" chooses among the others; name it anything else".to_owned();
            section.source.complain(&name.span(), "no theme can be called \"auto\"", Some(hint));
        } else if let Some(theme) = section.section(key) {
            themes.insert(key.to_owned(), theme_of(theme, key));
        }
    }
    themes
}

/// Reads one theme.
fn theme_of(mut section: Section<'_, '_>, name: &str) -> Theme {
    let default = if BASES.contains(&name) { name } else { "dark" };
    let mut base = Theme::built_in(default).unwrap_or_default();
    if let Some(wanted) = section.text("base") {
        match Theme::built_in(wanted.get_ref()) {
            Some(theme) => base = theme,
            None => {
                let hint = format!("{}; \"{default}\" is used", one_of(wanted.get_ref(), BASES.into_iter()));
                section.bad("base", &wanted.span(), wanted.get_ref(), hint);
            }
        }
    }
    for role in Theme::ROLES {
        let Some(value) = section.value(role) else { continue };
        let Some(style) = base.role_mut(role) else { continue };
        if matches!(value.get_ref(), DeValue::Table(_)) {
            if let Some(table) = section.section(role) {
                *style = style_of(table, *style);
            }
        } else if let Some(color) = color(&mut section, role, value) {
            style.fg = Some(color);
        }
    }
    section.finish();
    base
}

/// Reads the style of a role, changing what it had in the base.
fn style_of(mut section: Section<'_, '_>, mut style: Style) -> Style {
    if let Some(value) = section.value("fg") {
        style.fg = color(&mut section, "fg", value).or(style.fg);
    }
    if let Some(value) = section.value("bg") {
        style.bg = color(&mut section, "bg", value).or(style.bg);
    }
    for (name, modifier) in MODIFIERS {
        let mut on = style.add_modifier.contains(modifier);
        section.flag(name, &mut on);
        style.add_modifier.set(modifier, on);
    }
    section.finish();
    style
}

/// Reads a colour.
fn color<'t>(section: &mut Section<'_, 't>, name: &str, value: &Spanned<DeValue<'t>>) -> Option<Color> {
    match value.get_ref() {
        DeValue::String(text) => {
            let color = text.parse().ok();
            if color.is_none() {
                section.bad(name, &value.span(), text, COLOURS.to_owned());
            }
            color
        }
        DeValue::Integer(number) => {
            let index = u8::from_str_radix(number.as_str(), number.radix()).ok();
            if index.is_none() {
                section.bad(name, &value.span(), number.as_str(), COLOURS.to_owned());
            }
            index.map(Color::Indexed)
        }
        _ => {
            section.wrong_type(name, value, COLOURS);
            None
        }
    }
}
