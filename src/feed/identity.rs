//! Which article an entry is: the name that stays the same from one fetch to the next.
//!
//! The identity holds within a feed; the store keys articles by (feed, identity), so that one feed
//! can never overwrite another's.

use xxhash_rust::xxh3::Xxh3;

use super::Entry;
use crate::text::Clean;

/// The longest guid kept as it is, in bytes. Longer ones (whole articles have been seen) are kept
/// as their hash.
const MAX_GUID: usize = 512;

/// The identity of `entry`: its guid; else its link without tracking parameters; else a hash of its
/// title and date (and of its text, where it has neither). Never empty.
///
/// The guid is only cleaned, not normalised: publishers change links, titles and dates of
/// an article, and keep its guid. Hashes begin with `hash:`.
#[must_use]
pub fn identity(entry: &Entry) -> Clean {
    if let Some(guid) = &entry.guid {
        let raw = guid.untrusted().trim();
        let clean = Clean::new(raw);
        if !clean.is_empty() {
            return if raw.len() > MAX_GUID { hash(&[raw]) } else { clean };
        }
    }
    if let Some(link) = &entry.link {
        return Clean::new(link.without_tracking().as_str());
    }
    let title = entry.title.as_str();
    match entry.published {
        Some(time) => hash(&[title, &time.0.to_string()]),
        None if !title.is_empty() => hash(&[title]),
        None => {
            let text = entry.content_html.as_ref().or(entry.summary_html.as_ref());
            hash(&[text.map_or("", |raw| raw.untrusted())])
        }
    }
}

/// 128 bits of XXH3: stable across versions and machines by its specification.
fn hash(parts: &[&str]) -> Clean {
    let mut hasher = Xxh3::new();
    for part in parts {
        hasher.update(part.as_bytes());
        // A byte that no UTF-8 has, so that ("ab", "c") and ("a", "bc") differ.
        hasher.update(&[0xff]);
    }
    Clean::new(&format!("hash:{:032x}", hasher.digest128()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Time;
    use crate::text::{Link, Raw};

    fn entry() -> Entry {
        Entry {
            guid: Some(Raw::new(" tag:a.example,2024:1\u{1b}[31m ")),
            title: Clean::new("Rain"),
            link: Link::parse("https://a.example/1?utm_source=feed&id=1"),
            published: Some(Time(1_700_000_000)),
            ..Entry::default()
        }
    }

    #[test]
    fn guid_then_link_then_title_and_date() {
        let mut entry = entry();
        assert_eq!(identity(&entry).as_str(), "tag:a.example,2024:1");
        entry.guid = Some(Raw::new(" \u{200b} "));
        assert_eq!(identity(&entry).as_str(), "https://a.example/1?id=1");
        entry.link = None;
        let dated = identity(&entry);
        // Kept in every store: this value must never change.
        assert_eq!(dated.as_str(), "hash:d19f0a872bae28e6ad97488a1272d43c");
        entry.published = None;
        let titled = identity(&entry);
        entry.title = Clean::default();
        let nothing = identity(&entry);
        entry.summary_html = Some(Raw::new("It rained."));
        let text = identity(&entry);
        let all = [&dated, &titled, &nothing, &text];
        for (i, a) in all.iter().enumerate() {
            assert!(a.as_str().starts_with("hash:"));
            assert!(all[i + 1..].iter().all(|b| a != b));
        }
    }

    #[test]
    fn a_guid_that_is_a_book_is_hashed() {
        let entry = Entry { guid: Some(Raw::new("x".repeat(MAX_GUID + 1))), ..entry() };
        assert_eq!(identity(&entry).as_str().len(), "hash:".len() + 32);
    }
}
