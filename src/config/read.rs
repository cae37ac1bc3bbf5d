//! The settings one by one: from the parsed file to a [`Config`].

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::access;
use super::command::Command;
use super::key::KeySeq;
use super::keymap::Keymap;
use super::presets::Preset;
use super::section::{Section, Source, one_of, short};
use super::settings::{Config, Fetch, MAX_REFRESH_MINUTES};
use super::share;
use super::sites;
use super::theme::ThemeChoice;
use super::themes;
use crate::model::{Action, Place};

/// The value that takes a key's meaning away.
const UNBOUND: &str = "none";

/// Reads every setting of `table`; what is missing or cannot be used keeps its default.
pub(super) fn config<'t>(source: &mut Source<'t>, table: &DeTable<'t>) -> Config {
    let mut config = Config::default();
    let mut root = Section::root(source, table);
    root.number("refresh_minutes", 0..=MAX_REFRESH_MINUTES, &mut config.refresh_minutes);
    root.flag("refresh_adaptive", &mut config.refresh_adaptive);
    root.flag("refresh_on_start", &mut config.refresh_on_start);
    root.number("keep_days", 0..=36_500, &mut config.keep_days);
    root.number("keep_mb", 0..=1_000_000, &mut config.keep_mb);
    root.flag("mirror_feeds", &mut config.mirror_feeds);
    root.flag("bookmark_pictures", &mut config.bookmark_pictures);
    screen(&mut root, &mut config);
    root.number("image_cache_mb", 0..=100_000, &mut config.image_cache_mb);
    config.browser = command("browser", &mut root);
    root.choice("notify", &mut config.notify);
    root.lines("notify_searches", &mut config.notify_searches);
    config.notify_command = command("notify_command", &mut root);
    root.choice("arrows", &mut config.arrows);
    root.flag("brief", &mut config.brief);
    root.flag("restore", &mut config.restore);
    root.lines("preferred_sources", &mut config.preferred_sources);

    if let Some(section) = root.section("fetch") {
        fetch(section, &mut config.fetch);
    }
    config.access = access::read(&mut root);
    config.sites = sites::read(&mut root);
    config.shares = share::read(&mut root);
    if let Some(mut section) = root.section("related") {
        section.number("limit", 1..=100, &mut config.related.limit);
        section.finish();
    }
    if let Some(section) = root.section("themes") {
        config.themes = themes::read(section);
    }
    theme(&mut root, &mut config);
    if let Some(section) = root.section("macros") {
        config.macros = macros(section);
    }

    config.keys = Keymap::preset(Preset::default(), config.arrows);
    if let Some(section) = root.section("keys") {
        keys(section, &mut config);
    }
    root.finish();
    config
}

/// The settings of the screen, which can be changed while it is open: `:set` reads them, too.
pub(super) fn screen(root: &mut Section<'_, '_>, config: &mut Config) {
    root.choice("images", &mut config.images);
    root.number("text_width", 20..=400, &mut config.text_width);
    root.choice("text_align", &mut config.text_align);
    root.flag("hyphenate", &mut config.hyphenate);
    root.flag("justify", &mut config.justify);
    root.choice("mark_read", &mut config.mark_read);
    root.choice("fold", &mut config.fold);
    root.flag("mark_copies", &mut config.mark_copies);
    root.flag("compact", &mut config.compact);
    root.flag("link_numbers", &mut config.link_numbers);
    root.choice("hyperlinks", &mut config.hyperlinks);
    root.flag("mouse", &mut config.mouse);
    root.flag("linear", &mut config.linear);
    root.choice("sort", &mut config.sort);
    root.choice("pipe_format", &mut config.pipe_format);
}

/// A program: a line of words with quotes, or a list of words.
fn command(name: &str, root: &mut Section<'_, '_>) -> Option<Command> {
    let value = root.value(name)?;
    let words = match value.get_ref() {
        DeValue::String(line) => {
            let command = Command::parse(line);
            if command.is_none() && !line.trim().is_empty() {
                root.bad(name, &value.span(), line, "a quote in it is not closed".to_owned());
            }
            return command;
        }
        DeValue::Array(words) => words.iter().map(|word| word.get_ref().as_str().map(str::to_owned)).collect(),
        _ => None,
    };
    match words {
        Some(words) => Command::new(words),
        None => {
            root.wrong_type(name, value, "a program with its arguments, as text or as a list of texts");
            None
        }
    }
}

fn fetch(mut section: Section<'_, '_>, fetch: &mut Fetch) {
    section.number("timeout_seconds", 1..=600, &mut fetch.timeout_seconds);
    section.number("parallel", 1..=256, &mut fetch.parallel);
    section.number("per_host", 1..=16, &mut fetch.per_host);
    section.number("max_mb", 1..=1000, &mut fetch.max_mb);
    if let Some(agent) = section.text("user_agent") {
        let name = *agent.get_ref();
        // It becomes an HTTP header: visible ASCII and spaces.
        if name.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) && name.len() <= 200 {
            fetch.user_agent = (!name.trim().is_empty()).then(|| name.trim().to_owned());
        } else {
            let hint = "printable ASCII, at most 200 characters; Dateline's own name is used".to_owned();
            section.bad("user_agent", &agent.span(), name, hint);
        }
    }
    section.finish();
}

/// The theme, once it is known which themes the file has.
pub(super) fn theme(root: &mut Section<'_, '_>, config: &mut Config) {
    let Some(name) = root.text("theme") else { return };
    match ThemeChoice::named(name.get_ref()) {
        ThemeChoice::Own(own) if !config.themes.contains_key(&own) => {
            let known = ThemeChoice::BUILT_IN.into_iter().chain(config.themes.keys().map(String::as_str));
            let hint = format!("{}; \"auto\" is used", one_of(&own, known));
            root.bad("theme", &name.span(), &own, hint);
        }
        choice => config.theme = choice,
    }
}

/// Keys under names.
fn macros(mut section: Section<'_, '_>) -> BTreeMap<String, KeySeq> {
    let mut macros = BTreeMap::new();
    for (name, value) in section.entries() {
        let DeValue::String(keys) = value.get_ref() else {
            section.wrong_type(name.get_ref(), value, "keys in quotes, as in \"j enter\"");
            continue;
        };
        match keys.parse::<KeySeq>() {
            Ok(keys) => drop(macros.insert((*name.get_ref()).to_owned(), keys)),
            Err(bad) => section.source.complain(&value.span(), &bad.to_string(), Some(bad.hint())),
        }
    }
    macros
}

/// The preset, then the bindings of each place on top of it.
fn keys(mut section: Section<'_, '_>, config: &mut Config) {
    let mut preset = Preset::default();
    section.choice("preset", &mut preset);
    config.keys = Keymap::preset(preset, config.arrows);
    for place in Place::ALL {
        if let Some(bindings) = section.section(place.name()) {
            bind(bindings, place, &mut config.keys);
        }
    }
    if config.keys.keys_for(Place::Anywhere, Action::Quit).is_empty()
        && let Ok(way_out) = "ctrl-c".parse::<KeySeq>()
    {
        // Without it a person could lock themselves in: in the reader no key sends a signal.
        config.keys.bind(Place::Anywhere, way_out, Some(Action::Quit));
        section.source.complain(&(0..0), "no key is left to quit", Some("ctrl-c stays bound".to_owned()));
    }
    section.finish();
}

/// The bindings of one place.
fn bind(mut section: Section<'_, '_>, place: Place, keymap: &mut Keymap) {
    let mut seen: Vec<(KeySeq, Range<usize>)> = Vec::new();
    for (name, value) in section.entries() {
        let keys: KeySeq = match name.get_ref().parse() {
            Ok(keys) => keys,
            Err(bad) => {
                section.source.complain(&name.span(), &bad.to_string(), Some(bad.hint()));
                continue;
            }
        };
        let DeValue::String(action) = value.get_ref() else {
            section.wrong_type(name.get_ref(), value, "the name of an action in quotes, or \"none\"");
            continue;
        };
        let meaning = Action::named(action);
        if meaning.is_none() && action != UNBOUND {
            let names = Action::ALL.iter().map(|action| action.name()).chain([UNBOUND]);
            let message = format!("no action is called \"{}\"", short(action));
            section.source.complain(&value.span(), &message, Some(one_of(action, names)));
            continue;
        }
        if let Some((first, span)) = seen.iter().find(|(other, _)| other.collides(&keys)) {
            let line = section.source.line(span);
            let (message, hint) = if *first == keys {
                (format!("\"{keys}\" is already bound on line {line}"), "that binding is used")
            } else {
                let hint = "one begins with the other, so one of them could never be reached; the first is used";
                (format!("\"{keys}\" cannot be bound beside \"{first}\" on line {line}"), hint)
            };
            section.source.complain(&name.span(), &message, Some(hint.to_owned()));
            continue;
        }
        seen.push((keys.clone(), name.span()));
        keymap.bind(place, keys, meaning);
    }
}
