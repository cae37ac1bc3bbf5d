//! Every file of `tests/fixtures/feeds`, read and compared with the expectations in the JSON beside
//! it (`NAME.expect.json`). Fields that an expectation does not name are not compared; `null` means
//! that there must be none.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dateline::feed::{self, Entry, Parsed};
use dateline::text::{Clean, Link};
use serde_json::{Value, json};

/// Where the fixtures say they were fetched from.
const ADDRESS: &str = "https://feeds.example/dir/feed.xml";

/// What is wrong with one file, and how many things were compared.
struct Row {
    name: String,
    about: String,
    compared: usize,
    wrong: Vec<String>,
}

#[test]
fn every_fixture_is_read_as_it_should_be() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feeds");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !path.to_string_lossy().ends_with(".expect.json"));
    files.sort();
    assert!(files.len() > 60, "the fixtures are there");
    let rows: Vec<Row> = files.iter().map(|path| row(path)).collect();
    let table = table(&rows);
    println!("{table}");
    assert!(rows.iter().all(|row| row.wrong.is_empty()), "\n{table}");
}

fn table(rows: &[Row]) -> String {
    let mut out = String::new();
    let (mut compared, mut wrong) = (0, 0);
    for row in rows {
        let held = row.compared - row.wrong.len();
        let _ = writeln!(out, "{:<36} {held:>3} of {:>3}  {}", row.name, row.compared, row.about);
        row.wrong.iter().for_each(|what| {
            let _ = writeln!(out, "    {what}");
        });
        compared += row.compared;
        wrong += row.wrong.len();
    }
    let _ = writeln!(out, "{} files, {} of {compared} expectations held", rows.len(), compared - wrong);
    out
}

fn row(path: &Path) -> Row {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let expected = std::fs::read_to_string(path.with_file_name(format!("{name}.expect.json"))).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let bytes = std::fs::read(path).unwrap();
    let read = feed::parse(&bytes, expected["content_type"].as_str(), Link::parse(ADDRESS).as_ref());
    let mut row = Row { name, about: expected["about"].as_str().unwrap_or("").to_owned(), compared: 0, wrong: vec![] };
    let mut compare = |field: String, wanted: &Value, got: Value| {
        row.compared += 1;
        if *wanted != got {
            row.wrong.push(format!("{field}: wanted {wanted}, got {got}"));
        }
    };
    match (read, expected["not_a_feed"].as_str()) {
        (Err(not), Some(what)) => {
            compare("what it is".into(), &json!(what), json!(format!("{:?}", not.what)));
            let found: Vec<&str> = not.alternates.iter().map(|alternate| alternate.link.as_str()).collect();
            compare("the feeds it names".into(), &expected["alternates"], json!(found));
        }
        (Ok(parsed), None) => {
            compare("format".into(), &expected["format"], json!(parsed.feed.format.to_string()));
            each(&expected["feed"], |field, wanted| compare(field.into(), wanted, of_feed(&parsed, field)));
            let entries = expected["entries"].as_array().unwrap();
            compare("entries".into(), &json!(entries.len()), json!(parsed.entries.len()));
            for (n, (wanted, entry)) in entries.iter().zip(&parsed.entries).enumerate() {
                each(wanted, |field, wanted| compare(format!("entry {n}, {field}"), wanted, of_entry(entry, field)));
            }
            let complaints: Vec<String> = parsed.complaints.iter().map(|of| format!("{of:?}")).collect();
            let kinds: Vec<&str> = complaints.iter().map(|of| of.split('(').next().unwrap_or("")).collect();
            let wanted = if expected["complaints"].is_null() { json!([]) } else { expected["complaints"].clone() };
            compare("complaints".into(), &wanted, json!(kinds));
        }
        (Ok(parsed), Some(what)) => {
            compare("what it is".into(), &json!(what), json!(parsed.feed.format.to_string()));
        }
        (Err(not), None) => compare("what it is".into(), &expected["format"], json!(not.to_string())),
    }
    row
}

fn each(fields: &Value, mut with: impl FnMut(&str, &Value)) {
    fields.as_object().into_iter().flatten().for_each(|(field, wanted)| with(field, wanted));
}

fn line(text: &Option<Clean>) -> Value {
    json!(text.as_ref().map(Clean::as_str))
}

fn link(link: &Option<Link>) -> Value {
    json!(link.as_ref().map(Link::as_str))
}

fn of_feed(parsed: &Parsed, field: &str) -> Value {
    let head = &parsed.feed;
    match field {
        "title" => line(&head.title),
        "site" => link(&head.site),
        "own_address" => link(&head.own_address),
        "next_page" => link(&head.next_page),
        "description" => line(&head.description),
        "lang" => line(&head.lang),
        "author" => line(&head.author),
        "image" => link(&head.image),
        "ttl" => json!(head.ttl_minutes),
        other => panic!("no field of a feed is called {other}"),
    }
}

fn of_entry(entry: &Entry, field: &str) -> Value {
    match field {
        "title" => json!(entry.title.as_str()),
        "guid" => json!(entry.guid.as_ref().map(|guid| guid.untrusted())),
        "link" => link(&entry.link),
        "base" => link(&entry.base),
        "comments" => link(&entry.comments),
        "image" => link(&entry.image),
        "byline" => line(&entry.byline),
        "source" => line(&entry.source),
        "lang" => line(&entry.lang),
        "published" => json!(entry.published.map(|time| time.to_string())),
        "updated" => json!(entry.updated.map(|time| time.to_string())),
        "summary" => json!(entry.summary_html.as_ref().map(|html| html.untrusted())),
        "content" => json!(entry.content_html.as_ref().map(|html| html.untrusted())),
        "categories" => json!(entry.categories.iter().map(Clean::as_str).collect::<Vec<_>>()),
        "enclosures" => json!(
            entry
                .enclosures
                .iter()
                .map(|file| json!([file.link.as_str(), line(&file.media_type), file.bytes]))
                .collect::<Vec<_>>()
        ),
        other => panic!("no field of an entry is called {other}"),
    }
}
