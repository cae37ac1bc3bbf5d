//! Saved pages: `extract`, `import`, `show`, `related`.

use std::fs;

use serde_json::Value;

use crate::home::{Home, sample};

/// A saved page in plain text: a story, then headlines, a link word and a log-in line.
pub const STORY: &str = "\
Engineers closed the last gap in the Varda dam on Tuesday, nine years after work on it began.
“We waited for this day,” said Marta Ilves, who heads the works. “The lake will fill by spring.”
The dam is to give power to about forty thousand homes in the Varda valley and its three towns.
Farmers below the dam fear for their fields; the ministry promised to let water through in summer.
The valley’s council meets next week to speak about the road that the lake is going to cover.
Two villages were moved for the dam, and their people now live on the terraces above the valley.
Flood warning lifted in three districts
Ferry line to the islands reopens after repairs
Council of Lenno buys twelve electric buses
Record apple harvest leaves growers short of crates
All news
Please log in
";

/// Imports the story into a new home and returns the number of its article.
fn with_story() -> (Home, String) {
    let home = Home::new();
    let page = home.file("varda.txt", STORY);
    let said = home.run(&["import", &page, "--json"]).objects();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0]["error"], Value::Null, "{said:?}");
    let articles = home.run(&["list", "--json"]).objects();
    let story = articles.iter().find(|article| article["stub"] == false).unwrap();
    (home, story["id"].to_string())
}

#[test]
fn a_saved_page_becomes_an_article_and_its_headlines() {
    let home = Home::new();
    let page = home.file("varda.txt", STORY);
    let found = home.run(&["extract", &page, "--json"]).objects().remove(0);
    assert_eq!((found["body_start"].as_u64(), found["body_end"].as_u64()), (Some(1), Some(6)), "{found}");
    assert_eq!(found["related"].as_array().unwrap().len(), 4, "{found}");
    let text = found["text"].as_str().unwrap();
    assert_eq!(text.lines().filter(|line| !line.is_empty()).count(), 6, "{text}");
    assert!(text.contains("“We waited for this day,”") && text.contains("valley’s"), "{text}");
    assert!(!text.contains("log in") && !text.contains("All news"), "{text}");
    assert!(!home.path("data").exists(), "nothing is stored");

    let read = home.run(&["extract", &page]).well();
    assert!(read.contains("lines 1 to 6") && read.contains("Ferry line to the islands"), "{read}");
}

#[test]
fn what_was_imported_is_shown_in_every_form() {
    let (home, id) = with_story();
    let text = home.run(&["show", &id]).well();
    assert!(text.lines().any(|line| line.starts_with("Engineers closed") && line.ends_with("began.")), "{text}");
    let markdown = home.run(&["show", &id, "--format", "markdown"]).well();
    assert!(markdown.starts_with("# "), "{markdown}");
    let html = home.run(&["show", &id, "--format", "html"]).well();
    assert!(html.starts_with("<!doctype html>") && html.contains("<p>Engineers closed"), "{html}");
    let record = home.run(&["show", &id, "--json"]).objects().remove(0);
    for name in [
        "id",
        "guid",
        "title",
        "url",
        "author",
        "published",
        "updated",
        "summary",
        "content_html",
        "text",
        "tags",
        "enclosures",
        "image",
        "comments_url",
        "feed_url",
        "feed_title",
        "lang",
        "read",
        "bookmarked",
    ] {
        assert!(record.get(name).is_some(), "{name}: {record}");
    }
    assert_eq!(record["id"].to_string(), id);
    assert_eq!(home.run(&["show", &id, "--format", "json"]).objects()[0], record);
}

#[test]
fn the_headlines_of_the_page_are_related() {
    let (home, id) = with_story();
    let related = home.run(&["related", &id, "--json"]).objects();
    let titles: Vec<&str> = related.iter().filter_map(|item| item["title"].as_str()).collect();
    assert!(titles.contains(&"Ferry line to the islands reopens after repairs"), "{titles:?}");
    assert!(related.iter().all(|item| item["query_id"].as_u64() == id.parse().ok()));
    let ranks: Vec<u64> = related.iter().filter_map(|item| item["rank"].as_u64()).collect();
    assert_eq!(ranks, (1..=ranks.len() as u64).collect::<Vec<_>>());
    assert_eq!(home.run(&["related", &id, "--limit", "2", "--json"]).objects().len(), 2);
    let people = home.run(&["related", &id]).well();
    assert!(people.contains("Ferry line"), "{people}");
}

#[test]
fn importing_twice_changes_nothing() {
    let (home, _) = with_story();
    let before = home.run(&["list", "--json", "--limit", "0"]).objects().len();
    home.run(&["import", "varda.txt"]).well();
    assert_eq!(home.run(&["list", "--json", "--limit", "0"]).objects().len(), before);
}

#[test]
fn marks_and_bookmarks_stay() {
    let (home, id) = with_story();
    assert_eq!(home.run(&["mark", "read", &id]).well(), format!("{id} marked read\n"));
    assert_eq!(home.run(&["mark", "read", &id]).well(), format!("{id} was read already\n"));
    assert_eq!(home.run(&["show", &id, "--json"]).objects()[0]["read"], true);
    home.run(&["mark", "unread", &id]).well();
    assert_eq!(home.run(&["show", &id, "--json"]).objects()[0]["read"], false);

    home.run(&["list", "--bookmarks"]).failed(1, &["nothing matches"]);
    home.run(&["bookmark", &id]).well();
    assert_eq!(home.run(&["list", "--bookmarks", "--json"]).objects()[0]["id"].to_string(), id);
    home.run(&["bookmark", "--remove", &id]).well();
    home.run(&["list", "--bookmarks"]).failed(1, &["nothing matches"]);

    let ran = home.run(&["mark", "read", &id, "99999"]).failed(1, &["no article “99999”"]);
    assert!(ran.out.contains("marked read"), "the others are still done: {ran:?}");
    home.run(&["bookmark", "99999"]).failed(1, &["no article “99999”"]);
    home.run(&["show", "99999"]).failed(1, &["no article “99999”"]);
    home.run(&["related", "99999"]).failed(1, &["no article “99999”"]);
    home.run(&["show", "varda"]).failed(1, &["there is no article “varda”"]);
}

#[test]
fn what_is_stored_is_found() {
    let (home, id) = with_story();
    let found = home.run(&["search", "varda", "ministry", "--json"]).objects();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["id"].to_string(), id);
    assert_eq!(home.run(&["search", "\"gap in the Varda\"", "--json"]).objects().len(), 1);
    home.run(&["search", "zebra"]).failed(1, &["nothing matches"]);
    home.run(&["search", "title:(varda"]).failed(2, &["parenthesis", "character 7"]);
    assert_eq!(home.run(&["list", "dam -zebra", "--json"]).objects().len(), 1);
}

#[test]
fn lists_for_programs_are_between_tabs() {
    let (home, id) = with_story();
    let list = home.run(&["list"]).plain();
    assert_eq!(list.err, "");
    let line = list.out.lines().find(|line| line.starts_with(&format!("{id}\t"))).unwrap();
    assert_eq!(line.split('\t').count(), 4, "{line}");
    let feeds = home.run(&["feeds"]).well();
    assert!(feeds.lines().all(|line| line.split('\t').count() == 6), "{feeds}");
    let feed = home.run(&["feeds", "--json"]).objects().remove(0);
    for name in ["url", "title", "site_url", "description", "language", "error", "unread"] {
        assert!(feed.get(name).is_some(), "{name}: {feed}");
    }
}

#[test]
fn articles_as_json_lines_keep_their_names() {
    let home = Home::new();
    let mut lines = String::new();
    for (id, body) in [
        ("doc-a", "The Varda dam in the north was closed on Tuesday by engineers of the ministry."),
        ("doc-b", "Engineers of the ministry said the Varda dam would fill by spring."),
        ("doc-c", "A record apple harvest left the growers of Lenno short of crates."),
    ] {
        let line = serde_json::json!({"id": id, "title": format!("Report {id}"), "body": body, "lang": "en",
            "published": "2024-03-01T10:00:00Z", "url": format!("https://news.example/{id}"), "source": "News"});
        lines.push_str(&format!("{line}\n"));
    }
    let file = home.file("articles.jsonl", &lines);
    home.run(&["import", &file]).well();
    let run = home.run(&["related", "--all", "--format", "tsv"]).well();
    let rows: Vec<Vec<&str>> = run.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 4), "{run}");
    let best = rows.iter().find(|row| row[0] == "doc-a" && row[1] == "1").unwrap();
    assert_eq!(best[2], "doc-b", "{run}");
    assert!(best[3].parse::<f32>().is_ok_and(|score| score > 0.0 && score <= 1.0), "{run}");
    let best = home.run(&["related", "--all", "--format", "tsv", "--limit", "1", "--floor", "0.3"]).well();
    assert_eq!(best.lines().count(), 2, "{best}");
    home.run(&["related", "--all", "--floor", "3"]).failed(2, &["a number from 0 to 1"]);
    assert_eq!(home.run(&["show", "doc-c", "--json"]).objects()[0]["guid"], "doc-c");
    let article = home.run(&["list", "--json"]).objects().remove(0);
    assert!(article["guid"].as_str().unwrap().starts_with("doc-"), "{article}");
}

#[test]
fn a_page_of_headlines_is_said_to_be_one() {
    let home = Home::new();
    let page = home.file(
        "front.txt",
        "Flood warning lifted in three districts\nFerry line to the islands reopens\nCouncil buys electric buses\n\
         Record apple harvest leaves growers short of crates\nTeachers’ union agrees to new contract\n",
    );
    let ran = home.run(&["extract", &page, "--json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("only headlines"), "{ran:?}");
    let found = ran.objects().remove(0);
    assert_eq!(found["title"], Value::Null);
    assert!(found["related"].as_array().unwrap().len() >= 4, "{found}");
}

#[test]
fn a_page_comes_by_standard_input() {
    let home = Home::new();
    let found = home.run_with(&["extract", "-", "--json"], STORY.as_bytes()).objects().remove(0);
    assert_eq!(found["body_end"], 6, "{found}");
    let ran = home.run_with(&["import", "-"], STORY.as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn the_sample_becomes_one_clean_article_and_ten_headlines() {
    let Some(sample) = sample("csto-summit.txt") else { return };
    let lines: Vec<String> = fs::read_to_string(&sample).unwrap().lines().map(str::to_owned).collect();
    let home = Home::new();
    let path = sample.to_str().unwrap();
    let found = home.run(&["extract", path, "--json"]).objects().remove(0);
    assert_eq!((found["body_start"].as_u64(), found["body_end"].as_u64()), (Some(1), Some(20)), "{found}");
    let related: Vec<&str> = found["related"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(related, lines[20..30].iter().map(String::as_str).collect::<Vec<_>>());
    let text: Vec<&str> = found["text"].as_str().unwrap().lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(text, lines[..20].iter().map(String::as_str).collect::<Vec<_>>());
    assert!(found["dateline"].as_str().is_some_and(|place| place.eq_ignore_ascii_case("minsk")), "{found}");

    home.run(&["import", path]).well();
    let articles = home.run(&["list", "--json"]).objects();
    assert_eq!(articles.len(), 1, "headlines on a page are no news: {articles:?}");
    assert_eq!(home.run(&["list", "is:stub", "--json"]).objects().len(), 10, "a query has them");
    let articles = home.run(&["list", "--all", "--json"]).objects();
    let (stubs, whole): (Vec<_>, Vec<_>) = articles.iter().partition(|article| article["stub"] == true);
    assert_eq!((whole.len(), stubs.len()), (1, 10), "{articles:?}");
    let id = whole[0]["id"].to_string();
    assert_eq!(home.run(&["related", &id, "--json"]).objects().len(), 10);
}

#[test]
fn every_command_speaks_json() {
    let (home, id) = with_story();
    for arguments in [
        &["import", "varda.txt"][..],
        &["extract", "varda.txt"],
        &["feeds"],
        &["list"],
        &["search", "varda"],
        &["show", &id],
        &["related", &id],
        &["related", "--all"],
        &["mark", "read", &id],
        &["bookmark", &id],
        &["bookmark", "--remove", &id],
        &["config", "path"],
        &["doctor"],
    ] {
        let ran = home.run(&[arguments, &["--json"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}: {ran:?}");
        assert!(!ran.objects().is_empty(), "{arguments:?}");
    }
    let failed = home.run(&["import", "no-such-file", "--json"]);
    assert_eq!(failed.code, 5);
    assert!(failed.objects()[0]["error"].as_str().is_some_and(|error| error.contains("no-such-file")));
}
