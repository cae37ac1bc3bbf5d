//! JSON Feed 1.0 and 1.1.
//!
//! Read as a stream: each item becomes a draft as soon as it is whole, so that a file that was cut,
//! or is broken somewhere, still gives the items before that place. Members of the wrong type
//! (numbers for ids, one author instead of a list) are taken for what they mean.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::draft::{Complaints, Draft, File, Finish, Rich, offer_date};
use super::entry::{Complaint, FeedHead, Format, MAX_ENTRIES, Parsed};
use super::html_text::Kind;
use crate::text::Link;

/// What was read by now.
#[derive(Default)]
struct Reader {
    feed: Draft<'static>,
    entries: Vec<Draft<'static>>,
    complaints: Complaints,
    /// The `version` names JSON Feed.
    declared: bool,
    /// There is a list of items.
    items: bool,
}

/// Reads a JSON feed; `None` if it is some other JSON.
pub(super) fn read(text: &str, address: Option<&Link>, complaints: Complaints) -> Option<Parsed> {
    let mut reader = Reader { complaints: complaints.clone(), ..Reader::default() };
    let mut result = reader.read(text);
    // Line breaks and tabs inside of strings: not allowed, and written all the same.
    if result.as_ref().is_err_and(|error| error.is_syntax()) {
        let one_line = text.replace(['\n', '\r', '\t'], " ");
        let mut again = Reader { complaints, ..Reader::default() };
        let second = again.read(&one_line);
        if second.is_ok() || again.entries.len() > reader.entries.len() {
            (reader, result) = (again, second);
        }
    }
    if let Err(error) = result {
        if error.is_eof() {
            reader.complaints.add(Complaint::Truncated);
        } else {
            reader.complaints.add(Complaint::BrokenJson(error.line(), error.column()));
        }
    }
    // Much JSON has "items"; without a version at least one of them must look like an entry.
    let looks_like_one = reader.declared || (reader.items && reader.entries.iter().any(|entry| !entry.id.is_none()));
    if !looks_like_one {
        return None;
    }
    let head = FeedHead { format: Format::Json, ..FeedHead::default() };
    let (head, finish) = Finish::head(reader.feed, address, head);
    let mut complaints = reader.complaints;
    let entries = reader.entries.into_iter().filter_map(|draft| finish.entry(draft, &mut complaints)).collect();
    Some(Parsed { feed: head, entries, complaints: complaints.into_inner() })
}

struct TopLevel<'r>(&'r mut Reader);

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if key == "items" {
                map.next_value_seed(Items(self.0))?;
            } else if MEMBERS.contains(&&*key) {
                let value: Value = map.next_value()?;
                self.0.member(&key, &value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Members of the feed that say something to us.
const MEMBERS: &[&str] = &[
    "version",
    "title",
    "home_page_url",
    "feed_url",
    "next_url",
    "description",
    "icon",
    "favicon",
    "language",
    "author",
    "authors",
];

struct Items<'r>(&'r mut Reader);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.items = true;
        loop {
            if self.0.entries.len() >= MAX_ENTRIES {
                self.0.complaints.add(Complaint::TooManyEntries);
                while items.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(());
            }
            match items.next_element::<Value>()? {
                Some(Value::Object(item)) => self.0.item(&item),
                Some(_) => {}
                None => return Ok(()),
            }
        }
    }
}

/// A string, or a number as one.
fn string(value: &Value) -> Option<Cow<'static, str>> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(Cow::Owned(text.clone())),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

fn strings(value: &Value) -> Vec<Cow<'static, str>> {
    match value {
        Value::Array(list) => list.iter().filter_map(string).collect(),
        other => string(other).into_iter().collect(),
    }
}

/// People: one or a list, objects with a name or plain strings.
fn people(draft: &mut Draft<'_>, value: &Value) {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    for person in list {
        let name = match person {
            Value::Object(person) => person.get("name").and_then(string),
            other => string(other),
        };
        if let Some(name) = name {
            draft.add_person(1, &name);
        }
    }
}

fn rich(text: Cow<'static, str>, kind: Kind) -> Rich<'static> {
    Rich { text, kind }
}

impl Reader {
    /// Reads as much as can be read. What stands behind the feed does not matter.
    fn read(&mut self, text: &str) -> serde_json::Result<()> {
        TopLevel(self).deserialize(&mut serde_json::Deserializer::from_str(text))
    }

    fn member(&mut self, key: &str, value: &Value) {
        if matches!(key, "author" | "authors") {
            people(&mut self.feed, value);
            return;
        }
        let Some(text) = string(value) else { return };
        let feed = &mut self.feed;
        match key {
            "version" => self.declared |= text.to_ascii_lowercase().contains("jsonfeed"),
            "title" => feed.title.offer(1, rich(text, Kind::Unsaid)),
            "home_page_url" => feed.link.offer(1, text),
            "feed_url" => feed.own_address.offer(1, text),
            "next_url" => feed.next_page.offer(1, text),
            "description" => feed.summary.offer(1, rich(text, Kind::Unsaid)),
            "icon" => feed.image.offer(2, text),
            "favicon" => feed.image.offer(1, text),
            "language" => feed.lang.offer(1, text),
            _ => {}
        }
    }

    fn item(&mut self, item: &Map<String, Value>) {
        let mut draft = Draft::default();
        draft.touched = !item.is_empty();
        let text = |key: &str| item.get(key).and_then(string);
        for (rank, key) in [(3, "url"), (2, "external_url")] {
            if let Some(address) = text(key) {
                draft.link.offer(rank, address);
            }
        }
        if let Some(id) = text("id") {
            if id.starts_with("http://") || id.starts_with("https://") {
                draft.link.offer(1, id.clone());
            }
            draft.id.offer(1, id);
        }
        if let Some(title) = text("title") {
            draft.title.offer(1, rich(title, Kind::Unsaid));
        }
        if let Some(summary) = text("summary") {
            draft.summary.offer(1, rich(summary, Kind::Lines));
        }
        if let Some(html) = text("content_html") {
            draft.content.offer(2, rich(html, Kind::Html));
        }
        if let Some(plain) = text("content_text") {
            draft.content.offer(1, rich(plain, Kind::Lines));
        }
        for (rank, key) in [(2_000_002, "image"), (2_000_001, "banner_image")] {
            if let Some(address) = text(key) {
                draft.image.offer(rank, address);
            }
        }
        if let Some(date) = text("date_published") {
            offer_date(&mut draft.published, 1, &date, &mut self.complaints);
        }
        if let Some(date) = text("date_modified") {
            offer_date(&mut draft.updated, 1, &date, &mut self.complaints);
        }
        if let Some(lang) = text("language") {
            draft.lang.offer(1, lang);
        }
        for key in ["authors", "author"] {
            if let Some(value) = item.get(key) {
                people(&mut draft, value);
            }
        }
        for tag in item.get("tags").map(strings).unwrap_or_default() {
            draft.add_category(&tag);
        }
        if let Some(Value::Array(files)) = item.get("attachments") {
            for file in files {
                let Some(address) = file.get("url").and_then(string) else { continue };
                let media_type = file.get("mime_type").and_then(string);
                let bytes = file
                    .get("size_in_bytes")
                    .and_then(|n| n.as_u64().or_else(|| n.as_str().and_then(|text| text.trim().parse().ok())));
                draft.add_file(File { address, media_type, bytes });
            }
        }
        self.entries.push(draft);
    }
}

#[cfg(test)]
mod tests {
    use crate::feed::{Complaint, Format, Parsed, What, parse};
    use proptest::prelude::*;

    fn read(text: &str) -> Parsed {
        parse(text.as_bytes(), None, None).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[test]
    fn a_whole_feed() {
        let parsed = read(
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"F &amp; G","home_page_url":"https://a.example/",
            "feed_url":"https://a.example/f.json","next_url":"https://a.example/f2.json","description":"All news","language":"en-GB",
            "icon":"https://a.example/i.png","authors":[{"name":"Ed"}],"_x":{"deep":[[[]]]},"items":[
            {"id":1,"url":"https://a.example/1","title":"One","content_html":"<p>x</p>","content_text":"x","summary":"a < b",
             "date_published":"2023-11-23T10:00:00+03:00","date_modified":1700000000,"image":"https://a.example/1.png",
             "author":{"name":"Ann"},"tags":["a","b",null],"language":"de",
             "attachments":[{"url":"https://a.example/1.mp3","mime_type":"audio/mpeg","size_in_bytes":12}]},
            {"id":"https://a.example/2","content_text":"a\n\nb","tags":"one","authors":["Bo","Cy"]}]}"#,
        );
        let head = &parsed.feed;
        assert_eq!((head.format, head.title.as_ref().unwrap().as_str()), (Format::Json, "F & G"));
        assert_eq!(head.next_page.as_ref().unwrap().as_str(), "https://a.example/f2.json");
        let [one, two] = parsed.entries.as_slice() else { panic!("{parsed:?}") };
        assert_eq!(one.guid.as_ref().unwrap().untrusted(), "1");
        assert_eq!(one.byline.as_ref().unwrap().as_str(), "Ann");
        assert_eq!(one.summary_html.as_ref().unwrap().untrusted(), "a &lt; b");
        assert_eq!(one.content_html.as_ref().unwrap().untrusted(), "<p>x</p>");
        assert_eq!(one.published.unwrap().to_string(), "2023-11-23T07:00:00Z");
        assert_eq!(one.updated.unwrap().0, 1_700_000_000);
        assert_eq!(one.enclosures[0].bytes, Some(12));
        assert_eq!((one.categories.len(), one.lang.as_ref().unwrap().as_str()), (2, "de"));
        assert_eq!(two.link.as_ref().unwrap().as_str(), "https://a.example/2");
        assert_eq!(two.content_html.as_ref().unwrap().untrusted(), "<p>a</p>\n<p>b</p>");
        assert_eq!((two.byline.as_ref().unwrap().as_str(), two.lang.as_ref().unwrap().as_str()), ("Bo, Cy", "en-gb"));
        assert!(parsed.complaints.is_empty());
    }

    #[test]
    fn broken_feeds_give_what_they_have() {
        for (text, entries, complaints) in [
            (
                r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"},{"id":"2","titl"#,
                1,
                vec![Complaint::Truncated],
            ),
            (
                r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"},]}"#,
                1,
                vec![Complaint::BrokenJson(1, 65)],
            ),
            (r#"{"items":[{"id":"1"}],}"#, 1, vec![Complaint::BrokenJson(1, 23)]),
            ("\u{feff} {\"items\":[{\"id\":\"1\",\"title\":\"a\tb\nc\"}]} junk", 1, vec![]),
            (r#"{"version":"https://jsonfeed.org/version/1","items":[]}"#, 0, vec![]),
            (r#"{"version":"https://jsonfeed.org/version/1","items":[1,null,{"id":"1"}]}"#, 1, vec![]),
        ] {
            let parsed = read(text);
            assert_eq!((parsed.entries.len(), parsed.complaints), (entries, complaints), "{text}");
        }
    }

    #[test]
    fn other_json_is_no_feed() {
        for text in [r#"{"items":[{"name":"x"}]}"#, "{}", r#"{"a":1}"#, "[1,2]", r#"{"a"#, "{{{{"] {
            assert_eq!(parse(text.as_bytes(), None, None).unwrap_err().what, What::Json, "{text}");
        }
        let deep = format!("{{\"items\":{}", "[".repeat(100_000));
        assert_eq!(parse(deep.as_bytes(), None, None).unwrap_err().what, What::Json);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(\\{|\\}|\\[|\\]|\"|:|,|items|id|authors|title|1|null|\\PC){0,60}") {
            let _ = parse(format!("{{{text}").as_bytes(), None, None);
            let _ = parse(format!("{{\"items\":[{{{text}").as_bytes(), None, None);
        }
    }
}
