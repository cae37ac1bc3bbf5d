//! `dateline config`, the configuration's complaints, places, help.

use std::fs;

use crate::home::Home;

#[test]
fn without_a_terminal_there_is_no_reader() {
    Home::new().run(&[]).failed(2, &["needs a terminal", "dateline list"]);
}

#[test]
fn help_has_examples_and_versions_are_told() {
    let home = Home::new();
    let help = home.run(&["--help"]).well();
    assert!(help.contains("Examples:") && help.contains("Exit codes:"), "{help}");
    assert!(home.run(&["--version"]).well().starts_with("dateline "));
    for command in ["add", "import", "refresh", "list", "search", "related", "extract"] {
        let help = home.run(&[command, "--help"]).well();
        assert!(help.contains("Examples:"), "{command}: {help}");
    }
    assert_eq!(home.run(&["no-such-command"]).code, 2);
    assert_eq!(home.run(&["list", "--unread", "--bookmarks"]).code, 2);
}

#[test]
fn no_configuration_is_a_good_one() {
    let home = Home::new();
    let said = home.run(&["config"]).well();
    assert!(said.contains("config/dateline/config.toml") && said.contains("the defaults are used"), "{said}");
    assert_eq!(home.run(&["config", "check", "--json"]).well(), "");
    assert!(home.run(&["config", "path"]).well().ends_with("config/dateline/config.toml\n"));
    assert!(!home.path("config").exists(), "no configuration is written");
}

#[test]
fn the_default_configuration_is_one() {
    let home = Home::new();
    let text = home.run(&["config", "default"]).well();
    assert_eq!(text, fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config.example.toml")).unwrap());
    home.file("config/dateline/config.toml", &text);
    assert!(home.run(&["config"]).well().contains("nothing to complain about"));
}

#[test]
fn a_bad_configuration_is_said_and_everything_still_works() {
    let home = Home::new();
    let file = home.file("config/dateline/config.toml", "text_with = 60\n\n  mouse = \"no\u{202e}\"\n");
    let ran = home.run(&["config", "check"]).plain();
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.out.replace(&file, "FILE"),
        "FILE:1:1: \"text_with\" is not a setting\nhint: did you mean \"text_width\"?\n\
         FILE:3:11: mouse cannot be text\nhint: it is true or false; true is used\n"
    );
    let complaints = home.run(&["config", "check", "--json"]).objects();
    assert_eq!((complaints[1]["line"].as_u64(), complaints[1]["column"].as_u64()), (Some(3), Some(11)));

    let page = home.file("page.txt", crate::pages::STORY);
    let ran = home.run(&["extract", &page]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains(":1:1: ") && ran.err.contains("hint: did you mean"), "{ran:?}");
}

#[test]
fn a_broken_configuration_is_one_complaint() {
    let home = Home::new();
    home.file("config/dateline/config.toml", "mouse = = true\n");
    let ran = home.run(&["config"]).plain();
    assert_eq!((ran.code, ran.out.matches("config.toml:").count()), (2, 1), "{ran:?}");
    assert!(ran.out.contains(":1:9: "), "{ran:?}");
    let ran = home.run(&["config", "--config", "no/such.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("no/such.toml: cannot be read"), "{ran:?}");
    fs::create_dir(home.path("dir.toml")).unwrap();
    assert_eq!(home.run(&["config", "--config", "dir.toml"]).code, 2);
}

#[test]
fn a_data_directory_holds_everything() {
    let home = Home::new();
    let page = home.file("page.txt", crate::pages::STORY);
    home.run(&["import", &page, "--data-dir", "elsewhere"]).well();
    assert!(home.path("elsewhere/dateline.db").exists());
    assert!(!home.path("data").exists());
}

#[test]
fn the_doctor_looks_around() {
    let home = Home::new();
    let ran = home.run(&["doctor"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let checks = home.run(&["doctor", "--json"]).objects();
    assert!(checks.iter().all(|check| check["ok"] == true), "{checks:?}");
    home.file("config/dateline/config.toml", "mous = true\n");
    let ran = home.run(&["doctor"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("mous"), "{ran:?}");
}
