//! Golden pages and properties of the layout.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::model::document::Document;
use crate::model::{ArticleId, Block, FeedId, Headline, Image, Inline, Table, Texts, Time};
use crate::text::CleanText;
use crate::text::width::width;

fn article(document: Document) -> Article {
    Article {
        headline: Headline {
            id: ArticleId(1),
            feed: FeedId(1),
            title: "Ferry to the islands is late again".into(),
            source: "The Harbour Post".into(),
            link: Link::parse("https://harbour.example/ferry"),
            published: Time(1_768_464_000),
            words: document.words(),
            read: false,
            bookmarked: false,
            whole: false,
            revisions: 0,
            stub: false,
            lang: None,
            tags: Vec::new(),
            fold: None,
        },
        guid: "1".into(),
        byline: Some("Ada Quill".into()),
        dateline: Some("Saltmarsh".into()),
        standfirst: Some("Nobody on the pier is surprised.".into()),
        summary: None,
        published_given: Some(Time(1_768_464_000)),
        updated: None,
        arrived: Time(0),
        comments: None,
        image: None,
        enclosures: Vec::new(),
        categories: Vec::new(),
        document,
        kind: TextKind::Feed,
        texts: Texts { feed: true, ..Texts::default() },
        missing: None,
        trifles: false,
        note: None,
        revised: None,
        position: 0,
    }
}

fn page(document: Document, columns: u16) -> String {
    let laid_out = lay_out(&article(document), &Measure::of(columns), &TimeZone::UTC);
    let lines: Vec<String> =
        laid_out.rows.iter().map(|row| row.runs.iter().map(|run| run.text.as_str()).collect()).collect();
    lines.join("\n")
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn every_block() -> Document {
    let cell = |text: &str| words(text);
    Document {
        blocks: vec![
            Block::Paragraph(vec![
                Inline::Text(Clean::run("The ")),
                Inline::Strong(words("Gannet")),
                Inline::Text(Clean::run(" left at noon, two hours late, with ")),
                Inline::Link { to: Link::parse("https://a.example/").unwrap(), text: words("nine passengers") },
                Inline::Text(Clean::run(" and a piano on board.")),
            ]),
            Block::Heading { level: 2, text: words("What they say") },
            Block::Quote(vec![
                Block::Paragraph(words("The tide does not read timetables, and neither, I am told, does the captain.")),
                Block::Paragraph(words("We wait.")),
            ]),
            Block::List {
                start: None,
                items: vec![
                    vec![Block::Paragraph(words("Monday: late, because of fog over the outer bank"))],
                    vec![
                        Block::Paragraph(words("Tuesday:")),
                        Block::List {
                            start: Some(9),
                            items: vec![vec![Block::Paragraph(words("late"))], vec![Block::Paragraph(words("later"))]],
                        },
                    ],
                ],
            },
            Block::Table(Table {
                head: true,
                rows: vec![
                    vec![cell("Pier"), cell("Low water"), cell("Remarks of the harbour master")],
                    vec![cell("North"), cell("06:12"), cell("Mind the third step, which is not there")],
                ],
                caption: words("Tides for Friday"),
            }),
            Block::Code { language: None, text: CleanText::new("fn main() {\n    wait();\n}\n") },
            Block::Figure { image: Image { link: None, alt: "A gannet".into() }, caption: words("The other Gannet.") },
            Block::Definitions(vec![(words("slack water"), vec![Block::Paragraph(words("The pause between tides."))])]),
            Block::Rule,
            Block::Paragraph(vec![
                Inline::Text(Clean::run("x")),
                Inline::Superscript(words("2")),
                Inline::Break,
                Inline::Text("end".into()),
            ]),
        ],
    }
}

#[test]
fn every_block_at_three_widths() {
    insta::assert_snapshot!("every_block_72", page(every_block(), 72));
    insta::assert_snapshot!("every_block_40", page(every_block(), 40));
    insta::assert_snapshot!("every_block_16", page(every_block(), 16));
}

#[test]
fn an_article_without_text_says_what_to_do() {
    assert!(page(Document::default(), 60).contains("carries no text"));
    let mut stub = article(Document::default());
    stub.headline.stub = true;
    let laid_out = lay_out(&stub, &Measure::of(60), &TimeZone::UTC);
    let text: String = laid_out.rows.iter().flat_map(|row| &row.runs).map(|run| run.text.as_str()).collect();
    assert!(text.contains("Only the headline"));
}

#[test]
fn a_place_is_found_again_at_another_width() {
    let document = Document::from_paragraphs(["one two three four five six seven eight nine ten eleven twelve"; 9]);
    let wide = lay_out(&article(document.clone()), &Measure::of(60), &TimeZone::UTC);
    let narrow = lay_out(&article(document), &Measure::of(20), &TimeZone::UTC);
    for row in &wide.rows {
        let found = &narrow.rows[narrow.row_of(row.place)];
        assert_eq!(found.place.block, row.place.block);
        assert!(found.place <= row.place);
    }
}

proptest! {
    #[test]
    fn no_row_is_wider_than_the_measure(text in "(\\PC{0,14} ){0,30}", columns in 8_u16..90) {
        let mut document = every_block();
        document.blocks.push(Block::Quote(vec![Block::Quote(vec![Block::Paragraph(words(&text))])]));
        document.blocks.push(Block::Table(Table { head: false, rows: vec![vec![words(&text), words("b"), words(&text)]], caption: Vec::new() }));
        let laid_out = lay_out(&article(document), &Measure::of(columns), &TimeZone::UTC);
        for row in &laid_out.rows {
            let wide: usize = row.runs.iter().map(|run| width(run.text.as_str().trim_end())).sum();
            // Eight columns is the least a nested text is given, whatever its indents.
            prop_assert!(wide <= usize::from(columns).max(8 + 6), "{row:?}");
        }
    }
}
