//! The help as people read it: a change to it shows in a review.

use crate::home::Home;

const COMMANDS: [&str; 25] = [
    "add",
    "import",
    "refresh",
    "feeds",
    "saved",
    "list",
    "search",
    "show",
    "related",
    "extract",
    "mark",
    "bookmark",
    "config",
    "doctor",
    "stories",
    "copies",
    "brief",
    "mute",
    "tag",
    "tags",
    "note",
    "export",
    "cleanup",
    "completions",
    "man",
];

#[test]
fn the_help_of_every_command() {
    let home = Home::new();
    let mut all = home.run(&["--help"]).well();
    for command in COMMANDS {
        assert!(all.contains(&format!("\n  {command} ")), "{command} is not named in the help");
        all.push_str(&format!("\n======== {command}\n{}", home.run(&[command, "--help"]).well()));
    }
    insta::assert_snapshot!(all);
}
