//! A short run of what the fuzz targets do, with input made of the pieces that such files have.

#[path = "../../fuzz/checks.rs"]
pub mod checks;

use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(data in proptest::collection::vec(any::<u8>(), 0..300)) {
        for check in [checks::feed, checks::opml, checks::newsboat, checks::date, checks::charset, checks::text] {
            check(&data);
        }
    }

    #[test]
    fn feeds(text in "(<(rss|channel|item|title|link|guid|entry|feed|description|author|pubDate|content)( type='x?html'| href='/a'|/)?>|</(item|title|entry|description|feed|rss)>|<!\\[CDATA\\[|\\]\\]>|&lt;|&amp;|&#27;\\[2J|&|[\u{1b}\u{202e}\u{9b}]|a|\n|<!ENTITY a 'b'>|<!DOCTYPE a \\[|2024-01-01|\\PC){0,60}") {
        checks::feed(format!("<rss>{text}").as_bytes());
        checks::feed(text.as_bytes());
    }

    #[test]
    fn lists(text in "(<outline|xmlUrl='https://a.example/|text=\"|title='a'|'|\"|>|/>|</outline>|<body>|https://b.example/ |query:a:|unread = |~|!|#|\n|\\PC){0,40}") {
        checks::opml(format!("<opml>{text}").as_bytes());
        checks::newsboat(text.as_bytes());
    }

    #[test]
    fn dates(text in "([0-9]{1,4}|-|:|/|T|Z| |,|\\+|Mon|Jan|мая|PM|GMT|年|月|\\PC){0,16}") {
        checks::date(text.as_bytes());
    }
}

proptest! {
    // Each of these builds a page.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn pages(text in "(<(p|div|h1|a href='/x'|table|tr|td|script|li|article)>|</(p|div|table|article|script)>|Some words of a story\\. |\u{1b}\\[31m|&#x202e;|\n\n|\\PC){0,60}") {
        checks::page(text.as_bytes());
        checks::text(text.as_bytes());
    }
}
