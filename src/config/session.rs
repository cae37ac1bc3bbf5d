//! Settings changed for the time that the reader is open: `:set text_width 60`.

use toml::de::DeTable;

use super::read;
use super::section::{Section, Source};
use super::settings::Config;
use super::theme::ThemeChoice;
use crate::clean;
use crate::model::{Folding, Form};
use crate::text::Clean;

/// The settings that can be changed so, with what they may be where that is a short list.
const NAMES: [(&str, &[&str]); 14] = [
    ("compact", YES_NO),
    ("fold", &[Folding::Stories.name(), Folding::Copies.name(), Folding::Nothing.name()]),
    ("hyphenate", YES_NO),
    ("justify", YES_NO),
    ("linear", YES_NO),
    ("link_numbers", YES_NO),
    ("mark_copies", YES_NO),
    ("mark_read", &["open", "scroll", "manual"]),
    ("mouse", YES_NO),
    ("pipe_format", &[Form::Text.name(), Form::Markdown.name(), Form::Json.name(), Form::Url.name()]),
    ("sort", &["newest", "oldest", "unread", "source", "length"]),
    ("text_align", &["center", "left"]),
    ("text_width", &[]),
    ("theme", &ThemeChoice::BUILT_IN),
];

const YES_NO: &[&str] = &["true", "false"];

/// The names of the settings that [`set`] takes.
pub fn settable() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

/// What the setting `name` may be, where that is a short list; with themes of the person's own.
#[must_use]
pub fn values(config: &Config, name: &str) -> Vec<String> {
    let of = |known: &&(&str, &[&str])| known.0 == name;
    let listed = NAMES.iter().find(of).map_or(&[][..], |(_, values)| values);
    let own = config.themes.keys().filter(|_| name == "theme").cloned();
    listed.iter().map(|value| (*value).to_owned()).chain(own).collect()
}

/// The settings with `name` being `value`, written as in the file, quotes and `true` for `yes` apart.
///
/// # Errors
/// What is wrong, in words: no such setting, or not such a value.
pub fn set(config: &Config, name: &str, value: &str) -> Result<Config, Clean> {
    if !settable().any(|known| known == name) {
        let hint = super::nearest(name, settable()).map_or_else(
            || format!("these can be set: {}", settable().collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean {near}?"),
        );
        return Err(clean!("no setting is called so here ({hint})"));
    }
    let value = match value {
        "yes" | "on" => "true",
        "no" | "off" => "false",
        value => value,
    };
    let written = value.trim_matches('"').replace('\\', "\\\\").replace('"', "\\\"");
    let bare = value.parse::<i64>().is_ok() || matches!(value, "true" | "false");
    let line = if bare { format!("{name} = {value}") } else { format!("{name} = \"{written}\"") };
    let table = DeTable::parse(&line).map_err(|error| clean!("{}", error.message()))?;
    let mut source = Source::new(Clean::default(), &line);
    let mut changed = config.clone();
    let mut root = Section::root(&mut source, table.get_ref());
    read::screen(&mut root, &mut changed);
    read::theme(&mut root, &mut changed);
    match source.complaints.into_iter().next() {
        None => Ok(changed),
        Some(complaint) => Err(match complaint.hint {
            // What the file falls back to is not what happens here.
            Some(hint) => clean!("{} ({})", complaint.message, hint.as_str().split("; ").next().unwrap_or_default()),
            None => complaint.message,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::MarkRead;

    #[test]
    fn settings_are_changed_as_the_file_would() {
        let config = Config::default();
        assert_eq!(set(&config, "text_width", "60").unwrap().text_width, 60);
        assert!(set(&config, "compact", "yes").unwrap().compact);
        assert!(!set(&config, "mouse", "off").unwrap().mouse);
        assert_eq!(set(&config, "mark_read", "\"manual\"").unwrap().mark_read, MarkRead::Manual);
        assert_eq!(set(&config, "theme", "light").unwrap().theme, ThemeChoice::named("light"));
    }

    #[test]
    fn what_cannot_be_is_said() {
        let said = |name, value| set(&Config::default(), name, value).unwrap_err().to_string();
        assert!(said("text_widht", "60").contains("did you mean text_width?"));
        assert!(said("text_width", "6").contains("20 to 400"));
        assert!(said("mark_read", "opne").contains("did you mean \"open\"?"));
        assert!(said("theme", "darkk\\\"").contains("dark"));
        assert!(said("keep_days", "1").contains("these can be set"));
    }

    #[test]
    fn every_value_that_is_offered_can_be_set() {
        for (name, _) in NAMES {
            for value in values(&Config::default(), name) {
                assert!(set(&Config::default(), name, &value).is_ok(), "{name} {value}");
            }
        }
    }
}
