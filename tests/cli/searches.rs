//! Searching by command: orders, saved searches, and what is said of a query that cannot be read.

use crate::home::Home;

/// A home with three articles.
fn library() -> Home {
    let home = Home::new();
    let lines = [
        r#"{"id":"a","title":"Grain deal signed","body":"The ministers agreed on wheat exports.","published":"2024-03-01T10:00:00Z"}"#,
        r#"{"id":"b","title":"Harbour opens","body":"The first ship carries grain, grain and more grain.","published":"2024-03-02T10:00:00Z"}"#,
        r#"{"id":"c","title":"Ferry late","body":"Nothing else happened.","published":"2024-03-03T10:00:00Z"}"#,
    ];
    let file = home.file("news.jsonl", lines.join("\n"));
    home.run(&["import", &file]).well();
    home
}

fn titles(home: &Home, arguments: &[&str]) -> Vec<String> {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
    home.run(&arguments).objects().iter().map(|object| object["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_search_is_sorted_as_one_likes() {
    let home = library();
    assert_eq!(titles(&home, &["search", "grain"]), ["Grain deal signed", "Harbour opens"]);
    assert_eq!(titles(&home, &["search", "grain", "--sort", "newest"]), ["Harbour opens", "Grain deal signed"]);
    assert_eq!(titles(&home, &["search", "grain", "--limit", "1"]).len(), 1);
}

#[test]
fn searches_are_kept_listed_renamed_and_removed() {
    let home = library();
    home.run(&["saved"]).failed(1, &["no search is saved yet", "dateline saved add"]);
    home.run(&["saved", "add", "corn", "grain", "OR", "wheat"]).well();
    let listed = home.run(&["saved", "--json"]).objects().remove(0);
    assert_eq!((listed["name"].as_str(), listed["query"].as_str()), (Some("corn"), Some("grain OR wheat")));
    assert_eq!(listed["unread"], 2);
    assert_eq!(titles(&home, &["list", "@Corn"]), ["Harbour opens", "Grain deal signed"]);
    assert_eq!(titles(&home, &["search", "@corn", "ship"]), ["Harbour opens"]);
    home.run(&["saved", "rename", "corn", "cereal news"]).well();
    assert_eq!(titles(&home, &["list", "@\"cereal news\" is:unread"]).len(), 2);
    home.run(&["list", "@corn"]).failed(1, &["no saved search “corn”"]);
    let told = home.run(&["saved", "add", "cereal news", "oats"]).well();
    assert!(told.contains("finds oats now; before: grain OR wheat"), "what gave way can be had back: {told}");
    home.run(&["saved", "remove", "@cereal news"]).well();
    home.run(&["saved", "add", "x", "is:sideways"]).failed(2, &["sideways"]);
}

#[test]
fn a_mistake_is_marked_under_its_spot() {
    let home = library();
    home.run(&["search", "grain is:unred"])
        .failed(2, &["\n  grain is:unred\n           ^^^^^\n", "did you mean unread?"]);
    home.run(&["list", "選挙 (a"]).failed(2, &["\n  選挙 (a\n       ^\n"]);
}
