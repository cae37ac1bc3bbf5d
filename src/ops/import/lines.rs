//! Articles as JSON lines: one object a line, as `dateline export --format jsonl` writes them and as
//! other programs can.

use std::collections::BTreeMap;
use std::io::{BufRead, Read as _};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::kept::Kept;
use super::{Failure, Kind, Progress, Report, Skipped, What, called_off, stopped};
use crate::clean;
use crate::extract;
use crate::feed::date;
use crate::model::{Document, Enclosure, FeedId, NewArticle, Time};
use crate::ops::{incoming, stories};
use crate::store::{Safety, Store};
use crate::text::{Clean, Link, charset};

/// Articles stored in one transaction. One for all would keep other writers waiting for seconds.
const BATCH: usize = 1000;

/// The most bytes of lines whose articles are stored in one transaction: of long lines fewer go together.
const BATCH_BYTES: u64 = 32 << 20;

/// The longest line that is read, in bytes: an article with all the pictures that a bookmark keeps.
const MAX_LINE: u64 = 64 << 20;

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
    let (mut found, mut read, mut held) = (0, 0, 0);
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
        held += length;
        if batch.len() >= BATCH || held >= BATCH_BYTES {
            held = 0;
            found += batch.len();
            take_in(store, &mut batch, &mut report, now).map_err(|failure| stopped(failure, &report))?;
            if !progress(read) {
                report.skipped.insert(0, called_off(&clean!("what follows line {number}")));
                return Ok(report);
            }
        }
    }
    found += batch.len();
    take_in(store, &mut batch, &mut report, now).map_err(|failure| stopped(failure, &report))?;
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

/// An article of a line, and what is kept of it besides.
struct Read {
    article: NewArticle,
    kept: Kept,
}

fn take_in(store: &mut Store, batch: &mut Vec<Read>, report: &mut Report, now: Time) -> Result<(), Failure> {
    // Articles of a feed that is subscribed to are that feed's, so that they are not there twice; all
    // others stand among what was brought in by hand.
    let mut of_feeds: BTreeMap<Option<FeedId>, Vec<Read>> = BTreeMap::new();
    for read in batch.drain(..) {
        let feed = match &read.kept.feed {
            Some(address) => store.reader().feed_at(address)?,
            None => None,
        };
        of_feeds.entry(feed).or_default().push(read);
    }
    for (feed, read) in of_feeds {
        let (articles, kept): (Vec<NewArticle>, Vec<Kept>) =
            read.into_iter().map(|read| (read.article, read.kept)).unzip();
        let taken = store.write(Safety::Person, "importing articles", |w| {
            let feed = match feed {
                Some(feed) => feed,
                None => incoming::saved(w, now)?,
            };
            // They come in any order and are put into stories in that of their publication.
            w.judge_later();
            let taken = incoming::take_in(w, feed, &articles, now)?;
            for (id, kept) in taken.ids.iter().zip(&kept) {
                // What was there has been in a person's hands since.
                if let Some(id) = id.filter(|id| taken.new.contains(id)) {
                    kept.keep(w, id, now)?;
                }
            }
            Ok(taken)
        })?;
        report.count(&taken, articles.len());
    }
    Ok(())
}

/// Reads a line, which may be empty; says what is wrong with it.
fn article(line: &str) -> Result<Option<Read>, Clean> {
    if line.is_empty() {
        return Ok(None);
    }
    let Ok(Value::Object(fields)) = serde_json::from_str(line) else {
        return Err(Clean::new("it is no JSON object"));
    };
    let link = text(&fields, &["url"]).and_then(|url| Link::parse(&url));
    let ours = fields.get("document").cloned().and_then(|document| serde_json::from_value::<Document>(document).ok());
    let document = match text(&fields, &["body", "text"]) {
        // As Dateline wrote it: the texts beside it only render it.
        _ if ours.is_some() => ours.unwrap_or_default(),
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
    let article_link = |name: &str| text(&fields, &[name]).and_then(|url| Link::parse(&url));
    let article = NewArticle {
        guid: id.unwrap_or_else(|| incoming::named("line", &format!("{title}\n{}", document.plain_text()))),
        title,
        source: line_text(&["source", "feed_title"]),
        link,
        byline: line_text(&["author", "byline"]),
        published: fields.get("published").and_then(time),
        updated: fields.get("updated").and_then(time),
        lang: line_text(&["lang", "language"]).map(|lang| Clean::new(&lang.as_str().to_lowercase())),
        dateline: line_text(&["dateline"]),
        summary: line_text(&["summary"]),
        standfirst: line_text(&["standfirst"]),
        comments: article_link("comments_url"),
        image: article_link("image"),
        enclosures: list::<Enclosure>(&fields, "enclosures"),
        categories: list::<Clean>(&fields, "categories"),
        full: fields.get("text_kind").and_then(Value::as_str) == Some("full"),
        stub: fields.get("stub").and_then(Value::as_bool).unwrap_or(false),
        document,
        ..NewArticle::default()
    };
    Ok(Some(Read { article, kept: Kept::of(&fields) }))
}

/// Those of a list that are what they should be.
fn list<T: DeserializeOwned>(fields: &Map<String, Value>, name: &str) -> Vec<T> {
    let items = fields.get(name).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| serde_json::from_value(item.clone()).ok()).collect()
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
