//! Articles as JSON lines: one object a line, as `dateline export --format jsonl` writes them and as
//! other programs can.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::{Failure, Kind, Progress, Report, Skipped, What, called_off};
use crate::clean;
use crate::extract;
use crate::feed::date;
use crate::model::{Document, NewArticle, Time};
use crate::ops::{incoming, stories};
use crate::store::{Safety, Store};
use crate::text::{Clean, Link, charset};

/// Articles stored in one transaction. One for all would keep other writers waiting for seconds.
const BATCH: usize = 1000;

/// The longest line that is read, in bytes: the text of a very long book.
const MAX_LINE: u64 = 16 << 20;

/// Imports articles from bytes in any encoding: see [`stream`].
pub(super) fn import(
    store: &mut Store,
    bytes: &[u8],
    name: &Clean,
    now: Time,
    progress: Progress<'_>,
) -> Result<Report, Failure> {
    let text = charset::decode(bytes, None).text;
    let all = text.len() as u64;
    stream(store, text.as_bytes(), name, now, |read| progress(read, all))
}

/// Imports articles from lines of UTF-8, a batch at a time; `progress` is told how many bytes have
/// been read, and answers whether to go on. Lines that are no article are left out and named; none at all is an error. Needs
/// memory for one batch, however many there are.
pub(super) fn stream(
    store: &mut Store,
    mut from: impl BufRead,
    name: &Clean,
    now: Time,
    mut progress: impl FnMut(u64) -> bool,
) -> Result<Report, Failure> {
    let mut report = Report::new(What::JsonLines, name.clone());
    let mut batch = Vec::new();
    let (mut found, mut read) = (0, 0);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let unreadable = |error| Failure::new(Kind::Data, clean!("{name} cannot be read any further: {error}"));
        let mut length = (&mut from).take(MAX_LINE).read_until(b'\n', &mut line).map_err(unreadable)? as u64;
        if length == 0 {
            break;
        }
        let whole = length < MAX_LINE || line.ends_with(b"\n");
        if !whole && found == 0 && batch.is_empty() {
            // Some other file: not worth reading to its end.
            let failure =
                Failure::new(Kind::Data, clean!("{name}: line {number} is longer than {} MB", MAX_LINE >> 20));
            return Err(failure.hint(EXAMPLE));
        }
        if whole {
            match article(String::from_utf8_lossy(&line).trim_start_matches('\u{feff}').trim()) {
                Ok(article) => batch.extend(article),
                Err(why) => report.skipped.push(Skipped { line: number, why }),
            }
        } else {
            length += skip_line(&mut from).map_err(unreadable)?;
            report.skipped.push(Skipped { line: number, why: clean!("it is longer than {} MB", MAX_LINE >> 20) });
        }
        read += length;
        if batch.len() >= BATCH {
            found += batch.len();
            take_in(store, &mut batch, &mut report, now)?;
            if !progress(read) {
                report.skipped.insert(0, called_off(&clean!("what follows line {number}")));
                return Ok(report);
            }
        }
    }
    found += batch.len();
    take_in(store, &mut batch, &mut report, now)?;
    // Whoever calls it off here has it done in the background, or with the next refresh.
    while progress(read) && stories::catch_up(store)? > 0 {}
    match report.skipped.first() {
        Some(first) if found == 0 => {
            let failure =
                Failure::new(Kind::Data, clean!("{name} holds no article: line {}: {}", first.line, first.why));
            Err(failure.hint(EXAMPLE))
        }
        _ => Ok(report),
    }
}

/// What a line should look like.
const EXAMPLE: &str = r#"a line looks like {"id": "1", "title": "…", "body": "…", "published": "2024-01-31"}"#;

/// Reads past the end of a line. How many bytes that was.
fn skip_line(from: &mut impl BufRead) -> std::io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = from.fill_buf()?;
        let (length, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        from.consume(length);
        skipped += length as u64;
        if ended {
            return Ok(skipped);
        }
    }
}

fn take_in(store: &mut Store, batch: &mut Vec<NewArticle>, report: &mut Report, now: Time) -> Result<(), Failure> {
    if batch.is_empty() {
        return Ok(());
    }
    let taken = store.write(Safety::Person, "importing articles", |w| {
        let saved = incoming::saved(w, now)?;
        // They come in any order and are put into stories in that of their publication.
        w.judge_later();
        incoming::take_in(w, saved, batch, now)
    })?;
    report.count(&taken, batch.len());
    batch.clear();
    Ok(())
}

/// Reads a line, which may be empty; says what is wrong with it.
fn article(line: &str) -> Result<Option<NewArticle>, Clean> {
    if line.is_empty() {
        return Ok(None);
    }
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
    Ok(Some(NewArticle {
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
    }))
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
