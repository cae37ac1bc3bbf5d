use super::*;
use crate::config::{Arrows, Fetch, Hyperlinks, Images, Keymap, Lookup, MarkRead, Preset, Theme, ThemeChoice};
use crate::model::{Action, Place};

fn read(text: &str) -> (Config, Vec<Complaint>) {
    parse(Clean::new("config.toml"), text)
}

/// The complaints as a person sees them, hints behind the arrow.
fn complaints(text: &str) -> Vec<String> {
    let say = |c: &Complaint| match &c.hint {
        Some(hint) => format!("{c} → {hint}"),
        None => c.to_string(),
    };
    read(text).1.iter().map(say).collect()
}

/// The example with every setting switched on: prose has a space after its `#`, settings have none.
fn example() -> String {
    let switch = |line: &str| match line.strip_prefix('#') {
        Some(setting) if setting.starts_with(|c: char| c.is_alphabetic() || c == '"') => setting.to_owned(),
        _ => line.to_owned(),
    };
    EXAMPLE.lines().map(switch).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_is_the_defaults() {
    for text in [EXAMPLE, &example()] {
        let (config, complaints) = read(text);
        assert_eq!(complaints, []);
        assert_eq!(config, Config::default());
    }
}

#[test]
fn the_example_has_every_setting_and_every_key() {
    let text = example();
    let table = DeTable::parse(&text).unwrap();
    let mut source = Source::new(Clean::default(), &text);
    let _ = read::config(&mut source, table.get_ref());
    // Feeds that want a secret and themes of one's own are shown in prose: there is no default to switch on.
    assert_eq!(source.absent, ["feed", "site", "share", "themes", "macros"]);

    let table: toml::Table = toml::from_str(&text).unwrap();
    for place in Place::ALL {
        let shown = table["keys"][place.name()].as_table().unwrap();
        let bound = Keymap::default().own(place);
        assert_eq!(shown.len(), bound.len(), "{}", place.name());
        for (keys, action) in bound {
            assert_eq!(shown.get(&keys).and_then(|a| a.as_str()), action.map(Action::name), "{keys}");
        }
    }
}

#[test]
fn the_example_names_every_role() {
    for role in Theme::ROLES {
        assert!(EXAMPLE.contains(&format!("#   {role} ")), "{role}");
    }
}

#[test]
fn every_setting_is_read() {
    let (config, complaints) = read(
        r##"
        refresh_minutes = 5
        refresh_adaptive = false
        refresh_on_start = false
        keep_days = 0
        keep_mb = 2000
        mirror_feeds = false
        bookmark_pictures = false
        images = "auto"
        image_cache_mb = 7
        text_width = 0x50
        text_align = "left"
        hyphenate = true
        justify = true
        mark_read = "manual"
        browser = ["my browser", "--url=%s"]
        theme = "mine"
        arrows = "scroll"
        fold = "copies"
        brief = false
        preferred_sources = ["Reuters", "AP"]
        mark_copies = false
        compact = true
        link_numbers = true
        notify = "command"
        notify_searches = ["port"]
        notify_command = "say %s"
        hyperlinks = "never"
        mouse = false
        linear = true
        pipe_format = "json"
        sort = "source"
        restore = true
        macros.w = "4 enter"
        [fetch]
        timeout_seconds = 3
        parallel = 1
        per_host = 1
        max_mb = 1
        user_agent = "x/1"
        [related]
        limit = 3
        [keys]
        preset = "newsboat"
        [keys.article]
        "g g" = "first"
        j = "none"
        [themes.mine]
        base = "light"
        body = "#010203"
        title = { fg = 9, bold = false, underlined = true }
        "##,
    );
    assert_eq!(complaints, []);
    let mut mine = Theme::light();
    mine.body.fg = Some(ratatui::style::Color::Rgb(1, 2, 3));
    mine.title = ratatui::style::Style::new().fg(ratatui::style::Color::Indexed(9)).underlined();
    let mut keys = Keymap::preset(Preset::Newsboat, Arrows::Scroll);
    keys.bind(Place::Article, "g g".parse().unwrap(), Some(Action::First));
    keys.bind(Place::Article, "j".parse().unwrap(), None);
    assert_eq!(
        config,
        Config {
            refresh_minutes: 5,
            refresh_adaptive: false,
            refresh_on_start: false,
            keep_days: 0,
            keep_mb: 2000,
            mirror_feeds: false,
            bookmark_pictures: false,
            images: Images::Auto,
            image_cache_mb: 7,
            text_width: 80,
            text_align: crate::config::TextAlign::Left,
            hyphenate: true,
            justify: true,
            mark_read: MarkRead::Manual,
            browser: crate::config::Command::new(vec!["my browser".to_owned(), "--url=%s".to_owned()]),
            theme: ThemeChoice::Own("mine".to_owned()),
            arrows: Arrows::Scroll,
            fold: crate::model::Folding::Copies,
            brief: false,
            preferred_sources: vec!["Reuters".into(), "AP".into()],
            mark_copies: false,
            compact: true,
            link_numbers: true,
            notify: crate::config::Notify::Command,
            notify_searches: vec!["port".into()],
            notify_command: crate::config::Command::parse("say %s"),
            hyperlinks: Hyperlinks::Never,
            mouse: false,
            linear: true,
            pipe_format: crate::model::Form::Json,
            shares: Vec::new(),
            sort: crate::model::Order::Source,
            restore: true,
            macros: [("w".to_owned(), "4 enter".parse().unwrap())].into(),
            fetch: Fetch {
                timeout_seconds: 3,
                parallel: 1,
                per_host: 1,
                max_mb: 1,
                user_agent: Some("x/1".to_owned())
            },
            access: Vec::new(),
            sites: Vec::new(),
            related: crate::config::Related { limit: 3 },
            keys,
            themes: [("mine".to_owned(), mine)].into(),
        }
    );
}

#[test]
fn complaints_name_the_spot_and_the_way_out() {
    let said = complaints(
        r##"refresh_minuts = 5
text_width = 7
keep_days = "ten"
keep_dyas = 1
mouse = 1
mark_read = "opne"
theme = "solarized"
browser = 7
fetch.user_agent = "\u001b[31m"
fetch.zebra = true
[keys]
preset = "vim"
[keys.headlines]
"ctrl-entr" = "next"
"shift-1" = "next"
"x" = "bookmrak"
"w" = 5
"pgdn" = "next"
"pagedown" = "previous"
"щ щ" = "next"
"щ" = "next"
[keys.heallines]
[themes.auto]
[themes.mine]
base = "drak"
boddy = "red"
body = "reddish"
title = { fg = 300, blod = true }
"##,
    );
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn one_bad_setting_leaves_the_others() {
    let (config, complaints) = read("text_width = 100000\nkeep_days = 7\n[fetch]\nmax_mb = 3.5\nparallel = 2\n");
    assert_eq!(complaints.len(), 2);
    assert_eq!(config.keep_days, 7);
    assert_eq!(config.fetch.parallel, 2);
    assert_eq!(config.text_width, Config::default().text_width);
}

#[test]
fn a_file_that_is_not_toml_is_one_complaint() {
    let (config, complaints) = read("compact = true\n\ntext_width = = 3\n");
    assert_eq!(config, Config::default());
    assert_eq!(complaints.len(), 1);
    assert_eq!(complaints[0].at, Some((3, 14)));
}

#[test]
fn nobody_is_locked_in() {
    let (config, complaints) = read("[keys.anywhere]\n\"ctrl-c\" = \"none\"\n");
    assert_eq!(complaints.len(), 1);
    let keys: crate::config::KeySeq = "ctrl-c".parse().unwrap();
    assert_eq!(config.keys.lookup(Place::Article, keys.keys()), Lookup::Action(Action::Quit));
}

/// Loads a configuration of these bytes from a file.
fn load_bytes(bytes: &[u8]) -> (Config, Vec<Complaint>) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("c.toml");
    std::fs::write(&file, bytes).unwrap();
    load(&Places::find(Some(dir.path()), Some(&file)).unwrap())
}

#[test]
fn files_that_cannot_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let mut places = Places::find(Some(dir.path()), Some(dir.path())).unwrap();
    assert_eq!(load(&places).1.len(), 1, "a directory");
    places.config_file = dir.path().join("missing.toml");
    assert_eq!(load(&places).1.len(), 1, "named and missing");
    places.config_named = false;
    assert_eq!(load(&places), (Config::default(), vec![]), "not named and missing");

    let (_, complaints) = load_bytes(b"compact = true\n# caf\xe9\n");
    assert_eq!(complaints[0].at, Some((2, 6)));
    assert_eq!(load_bytes(&vec![b'#'; 1_000_001]).1.len(), 1);
    assert_eq!(load_bytes(b"\xef\xbb\xbfcompact = true\r\n"), (Config { compact: true, ..Config::default() }, vec![]));
    assert_eq!(load_bytes(b""), (Config::default(), vec![]));
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(text in "(?s).{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn no_value_breaks_it(name in proptest::sample::select(vec!["browser", "theme", "text_width", "keys", "themes.a.body", "keys.article.j", "fetch", "fetch.user_agent"]),
                          value in proptest::sample::select(vec!["1", "-1", "99999999999999999999", "1.5", "true", "\"\"", "\"x\"", "[]", "[1]", "{}", "{ a = 1 }", "1979-05-27", "inf"])) {
        let _ = read(&format!("{name} = {value}\n"));
    }
}

#[test]
fn feeds_that_want_a_secret() {
    use crate::model::access::{Access, Holder, Scheme, Source};
    let (config, said) = read(
        r#"
        [[feed]]
        address = "https://a.example/feed"
        user = "ada"
        secret_command = ["pass", "show", "a b"]
        [[feed]]
        host = "WWW.B.example"
        secret_env = "B_TOKEN"
        [[feed]]
        host = "c.example"
        header = "X-Key"
        secret_command = "pass show 'c d'"
        "#,
    );
    assert_eq!(said, []);
    let command = |words: [&str; 3]| Source::Command(words.map(str::to_owned).to_vec());
    let link = crate::text::Link::parse("https://a.example/feed").unwrap();
    let access = |holder, scheme, source| Access { holder, scheme, source };
    assert_eq!(
        config.access,
        [
            access(Holder::Address(link), Scheme::Basic { user: "ada".to_owned() }, command(["pass", "show", "a b"])),
            access(Holder::Host("b.example".to_owned()), Scheme::Bearer, Source::Variable("B_TOKEN".to_owned())),
            access(
                Holder::Host("c.example".to_owned()),
                Scheme::Header("X-Key".to_owned()),
                command(["pass", "show", "c d"])
            ),
        ]
    );
    let said = complaints(
        r#"[[feed]]
address = "https://a.example/feed"
password = "hunter2"
[[feed]]
host = "https://b.example"
secret_env = "X"
[[feed]]
host = "c.example"
header = "X Key"
secret_command = []
[[feed]]
user = "ada"
"#,
    );
    assert!(!said.iter().any(|line| line.contains("hunter2")), "{said:?}");
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn sites_are_read_and_bad_selectors_said() {
    let (config, said) =
        read("[[site]]\nhost = \"WWW.a.example\"\narticle = \"div.story\"\nremove = [\".ad\", \"aside\"]\n");
    assert_eq!(said, []);
    let site = &config.sites[0];
    assert_eq!((site.host.as_str(), site.article.as_deref(), site.remove.len()), ("a.example", Some("div.story"), 2));
    let said = complaints("[[site]]\nhost = \"a.example\"\narticle = \"div..\"\n");
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(complaints("[[site]]\narticle = \"div\"\n").len(), 1);
}
