//! Articles as JSON lines: one object a line, as `dateline export --format jsonl` writes them and as
//! other programs can.

use serde_json::{Map, Value};

use super::{Failure, Kind, Report, Skipped, What};
use crate::clean;
use crate::extract;
use crate::feed::date;
use crate::model::{Document, NewArticle, Time};
use crate::ops::incoming;
use crate::store::{Safety, Store};
use crate::text::{Clean, Link, charset};

/// Articles stored in one transaction. One for all would keep other writers waiting for seconds.
const BATCH: usize = 1000;

/// Imports articles. Lines that are no article are left out and named; none at all is an error.
pub(super) fn import(store: &mut Store, bytes: &[u8], name: &Clean, now: Time) -> Result<Report, Failure> {
    let text = charset::decode(bytes, None).text;
    let mut report = Report::new(What::JsonLines, name.clone());
    let mut batch = Vec::new();
    let mut found = 0;
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match article(line) {
            Ok(article) => batch.push(article),
            Err(why) => report.skipped.push(Skipped { line: n + 1, why }),
        }
        if batch.len() >= BATCH {
            found += batch.len();
            take_in(store, &mut batch, &mut report, now)?;
        }
    }
    found += batch.len();
    take_in(store, &mut batch, &mut report, now)?;
    match report.skipped.first() {
        Some(first) if found == 0 => {
            let failure =
                Failure::new(Kind::Data, clean!("{name} holds no article: line {}: {}", first.line, first.why));
            Err(failure.hint(r#"a line looks like {"id": "1", "title": "…", "body": "…", "published": "2024-01-31"}"#))
        }
        _ => Ok(report),
    }
}

fn take_in(store: &mut Store, batch: &mut Vec<NewArticle>, report: &mut Report, now: Time) -> Result<(), Failure> {
    if batch.is_empty() {
        return Ok(());
    }
    let taken = store.write(Safety::Person, "importing articles", |w| {
        let saved = incoming::saved(w, now)?;
        incoming::take_in(w, saved, batch, now)
    })?;
    report.count(&taken, batch.len());
    batch.clear();
    Ok(())
}

/// Reads a line; says what is wrong with it.
fn article(line: &str) -> Result<NewArticle, Clean> {
    let Ok(Value::Object(fields)) = serde_json::from_str(line) else {
        return Err(Clean::new("it is no JSON object"));
    };
    let link = text(&fields, &["url"]).and_then(|url| Link::parse(&url));
    let document = match text(&fields, &["body", "text"]) {
        Some(body) => paragraphs(&body),
        None => {
            text(&fields, &["content_html"]).map(|html| extract::fragment(&html, link.as_ref())).unwrap_or_default()
        }
    };
    let title = text(&fields, &["title"]).map_or_else(Clean::default, |title| Clean::new(&title));
    if title.is_empty() && document.is_empty() {
        return Err(Clean::new("it has neither a title nor a body"));
    }
    let id = text(&fields, &["guid", "id"]).map(|id| Clean::new(&id)).filter(|id| !id.is_empty());
    let line_text = |names: &[&str]| text(&fields, names).map(|text| Clean::new(&text)).filter(|text| !text.is_empty());
    Ok(NewArticle {
        guid: id.unwrap_or_else(|| incoming::named("line", &format!("{title}\n{}", document.plain_text()))),
        title,
        source: line_text(&["source", "feed_title"]),
        link,
        byline: line_text(&["author", "byline"]),
        published: fields.get("published").and_then(time),
        updated: fields.get("updated").and_then(time),
        lang: line_text(&["lang", "language"]).map(|lang| Clean::new(&lang.as_str().to_lowercase())),
        document,
        ..NewArticle::default()
    })
}

/// The first of these fields that holds a text or a number.
fn text(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match fields.get(*name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Paragraphs of a plain text: parted by empty lines, or where there are none, each line one.
fn paragraphs(body: &str) -> Document {
    let body = body.replace("\r\n", "\n");
    let by_gaps: Vec<&str> = body.split("\n\n").filter(|part| !part.trim().is_empty()).collect();
    if by_gaps.len() > 1 { Document::from_paragraphs(by_gaps) } else { Document::from_paragraphs(body.lines()) }
}

/// A moment as feeds write it (RFC 3339 and many others), or seconds since 1970.
fn time(value: &Value) -> Option<Time> {
    match value {
        Value::Number(seconds) => seconds.as_i64().or_else(|| seconds.as_f64().map(|seconds| seconds as i64)).map(Time),
        Value::String(text) => date::parse(text),
        _ => None,
    }
}
