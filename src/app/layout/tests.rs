//! Golden pages and properties of the layout.

use jiff::tz::TimeZone;
use proptest::prelude::*;

mod wild;

use super::*;
use crate::model::document::Document;
use crate::model::table::Span;
use crate::model::{ArticleId, Block, FeedId, Headline, Image, Inline, Table, Time};
use crate::text::CleanText;
use crate::text::width::width;

fn article(document: Document) -> Article {
    let at = Time(1_768_464_000);
    let headline = Headline {
        link: Link::parse("https://harbour.example/ferry"),
        words: document.words(),
        ..Headline::new(
            ArticleId(1),
            FeedId(1),
            "Ferry to the islands is late again".into(),
            "The Harbour Post".into(),
            at,
        )
    };
    Article {
        byline: Some("Ada Quill".into()),
        dateline: Some("Saltmarsh".into()),
        standfirst: Some("Nobody on the pier is surprised.".into()),
        published_given: Some(at),
        ..Article::new(headline, "1".into(), document)
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
            Block::list(
                None,
                vec![
                    vec![Block::Paragraph(words("Monday: late, because of fog over the outer bank"))],
                    vec![
                        Block::Paragraph(words("Tuesday:")),
                        Block::list(
                            Some(9),
                            vec![vec![Block::Paragraph(words("late"))], vec![Block::Paragraph(words("later"))]],
                        ),
                    ],
                ],
            ),
            Block::Table(Table {
                head: 1,
                rows: vec![
                    vec![cell("Pier"), cell("Low water"), cell("Remarks of the harbour master")],
                    vec![cell("North"), cell("06:12"), cell("Mind the third step, which is not there")],
                ],
                caption: words("Tides for Friday"),
                ..Table::default()
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

/// Every way to set a page.
fn measures(columns: u16) -> impl Iterator<Item = Measure> {
    (0..8_u8).map(move |n| Measure {
        edge: Edge { hyphens: n & 1 != 0, justified: n & 2 != 0 },
        linear: n & 4 != 0,
        ..Measure::of(columns)
    })
}

fn set(document: Document, lang: &str, measure: &Measure) -> LaidOut {
    let mut article = article(document);
    article.headline.lang = Some(lang.into());
    lay_out(&article, measure, &TimeZone::UTC)
}

fn drawn(laid_out: &LaidOut) -> String {
    let line = |row: &Row| {
        let mut line = String::new();
        for piece in row.pieces(laid_out.columns) {
            line.push_str(&" ".repeat(usize::from(piece.column).saturating_sub(width(&line))));
            line.push_str(piece.text.as_str());
        }
        line.trim_end().to_owned()
    };
    laid_out.rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_page_is_justified_without_rivers_and_parts_words() {
    let text = "The administration of the harbour has acknowledged, notwithstanding considerable \
                embarrassment, that incomprehensible announcements concerning the responsibilities of \
                individual passengers were nevertheless distributed among the representatives.";
    let at = |columns| {
        let measure = Measure { edge: Edge { hyphens: true, justified: true }, ..Measure::of(columns) };
        set(Document::from_paragraphs([text]), "eng", &measure)
    };
    let laid_out = at(38);
    insta::assert_snapshot!("justified_38", drawn(&laid_out));
    assert!(laid_out.rows.iter().any(|row| row.seam == Seam::Hyphen));
    assert!(laid_out.rows.iter().all(|row| row.stretch == 0), "two of five lines would stay short of the edge");
    let spread = |laid_out: &LaidOut| laid_out.rows.iter().any(|row| row.stretch > 0);
    let laid_out = (40..80).map(at).find(spread).expect("at some width most lines reach the edge");
    for row in laid_out.rows.iter().filter(|row| row.stretch > 0) {
        assert!(usize::from(row.stretch) <= row.text().matches(' ').count(), "no space is wider than two columns");
    }
}

#[test]
fn a_page_read_from_the_right() {
    let document = Document {
        blocks: vec![
            Block::Heading { level: 2, text: words("מה אומרים") },
            Block::Paragraph(words("המעבורת NATO יצאה ב-12:30, באיחור של שעתיים (שוב), עם תשעה נוסעים.")),
            Block::Quote(vec![
                Block::Paragraph(words("הגאות לא קוראת לוחות זמנים.")),
                Block::Paragraph(words("נחכה.")),
            ]),
            Block::list(
                Some(1),
                vec![vec![Block::Paragraph(words("יום שני"))], vec![Block::Paragraph(words("יום שלישי"))]],
            ),
            Block::Paragraph(words("The word שלום (peace) is read from the right.")),
            Block::Table(Table {
                head: 1,
                rows: vec![vec![words("שם"), words("מספר")], vec![words("צפון"), words("12")]],
                ..Table::default()
            }),
        ],
    };
    for columns in [72, 40, 24] {
        let laid_out = set(document.clone(), "heb", &Measure::of(columns));
        insta::assert_snapshot!(format!("from_the_right_{columns}"), drawn(&laid_out));
    }
}

#[test]
fn footnotes_lead_there_and_back() {
    let document = Document {
        blocks: vec![
            Block::Paragraph(vec![
                Inline::Text(Clean::run("It was late")),
                Inline::Note(1),
                Inline::Text(Clean::run(" again.")),
            ]),
            Block::Paragraph(vec![Inline::Text(Clean::run("Very")), Inline::Note(2)]),
            Block::Notes(vec![
                vec![Block::Paragraph(words("By an hour."))],
                vec![Block::Paragraph(words("And a day,")), Block::Paragraph(words("or two."))],
            ]),
        ],
    };
    let laid_out = set(document, "eng", &Measure::of(40));
    insta::assert_snapshot!("footnotes", drawn(&laid_out));
    let words_of = |block: u32| laid_out.blocks().find(|words| words.block == block).unwrap().text;
    let (sign, note) = laid_out.notes[1];
    assert_eq!((words_of(sign.block).as_str(), words_of(note.block).as_str()), ("Very²", "And a day,"));
}

#[test]
fn a_table_too_wide_goes_sideways_and_is_read_out_where_nothing_stands_beside() {
    let row = |n: usize| (0..6).map(|column| words(&format!("measurement{column} {n}"))).collect();
    let table = Table { head: 1, rows: (0..3).map(row).collect(), ..Table::default() };
    let document = Document { blocks: vec![Block::Table(table)] };
    let laid_out = set(document.clone(), "eng", &Measure::of(40));
    assert!(laid_out.widest > 40 && laid_out.rows.iter().any(|row| row.strip.is_some()));
    let read_out = set(document, "eng", &Measure { linear: true, ..Measure::of(40) });
    insta::assert_snapshot!("table_read_out", drawn(&read_out));
}

#[test]
fn code_is_told_apart_only_when_asked_to() {
    let document = Document {
        blocks: vec![Block::Code { language: Some("rust".into()), text: CleanText::new("fn main() {}\n// done") }],
    };
    let plain = set(document.clone(), "eng", &Measure { colours: false, ..Measure::of(40) });
    let coloured = set(document, "eng", &Measure::of(40));
    assert!(plain.uncoloured && !coloured.uncoloured);
    let keyword = |laid_out: &LaidOut| {
        let runs = laid_out.rows.iter().flat_map(|row| &row.runs);
        runs.filter(|run| run.tone == Tone::Token(Token::Keyword)).map(|run| run.text.to_string()).collect::<String>()
    };
    assert_eq!((keyword(&plain).as_str(), keyword(&coloured).as_str()), ("", "fn"));
    let text = |laid_out: &LaidOut| laid_out.rows.iter().map(Row::text).collect::<Vec<_>>();
    assert_eq!(text(&plain), text(&coloured));
}

#[test]
fn words_are_whole_wherever_a_line_was_broken() {
    let text = "A well-known passenger wrote to https://harbour.example/a/complaint/about/the/ferry?of=monday and \
                渡轮今天停航港务局说 in vain";
    for columns in 10..60 {
        let laid_out = set(Document::from_paragraphs([text]), "eng", &Measure::of(columns));
        assert!(laid_out.blocks().any(|block| block.text == text), "{columns}: {}", drawn(&laid_out));
    }
    let parted = Measure { edge: Edge { hyphens: true, justified: false }, ..Measure::of(24) };
    let text = "An incomprehensible administrative responsibility notwithstanding misunderstandings";
    let laid_out = set(Document::from_paragraphs([text]), "eng", &parted);
    assert!(laid_out.rows.iter().any(|row| row.seam == Seam::Hyphen));
    assert!(laid_out.blocks().any(|block| block.text == text));
}

#[test]
fn a_place_is_named_by_signs_in_chinese() {
    let text = "港务局周四说，由于外滩有雾，渡轮今天停航。潮水不看时刻表，局长说，我听说船长也不看。明天恢复。";
    let wide = set(Document::from_paragraphs([text; 3]), "zho", &Measure::of(40));
    let narrow = set(Document::from_paragraphs([text; 3]), "zho", &Measure::of(22));
    let at = wide.rows.iter().position(|row| row.place.offset > 0 && row.text().starts_with('不')).unwrap_or(8);
    let words = wide.words_at(at).unwrap();
    assert_eq!(words.len(), 8);
    let place = narrow.place_of(&words).unwrap();
    assert!(narrow.rows[narrow.row_of(place)].text().contains(&words[0]), "{words:?}");
}

#[test]
fn what_is_nested_without_end_stays_within_the_page() {
    let mut blocks = vec![Block::Paragraph(words("At the bottom of it all the ferry was late again."))];
    for n in 0..60 {
        blocks = match n % 3 {
            0 => vec![Block::Quote(blocks)],
            1 => vec![Block::Definitions(vec![(words("why"), blocks)])],
            _ => vec![Block::list(Some(1_000_000), vec![blocks])],
        };
    }
    let laid_out = set(Document { blocks }, "eng", &Measure::of(30));
    assert!(laid_out.rows.iter().all(|row| row.width() <= 30));
    assert!(drawn(&laid_out).contains("bottom"));
}

#[test]
fn a_head_over_nothing_but_lines_of_all_columns_is_read_out() {
    let span = crate::model::table::Span { row: 1, column: 0, columns: 2, rows: 1 };
    let rows = vec![vec![words("Pier"), words("Tide")], vec![words("Closed all winter"), Vec::new()]];
    let table = Table { head: 1, rows, spans: vec![span], ..Table::default() };
    let document = Document { blocks: vec![Block::Table(table)] };
    let read_out = drawn(&set(document, "eng", &Measure { linear: true, ..Measure::of(40) }));
    assert!(read_out.contains("Pier; Tide\nClosed all winter"), "{read_out}");
}

#[test]
fn a_table_read_out_numbers_its_links_once() {
    let link = |to: &str, text: &str| vec![Inline::Link { to: Link::parse(to).unwrap(), text: words(text) }];
    let rows = vec![
        vec![link("https://a.example/pier", "Pier"), words("Water")],
        vec![words("North"), words("low")],
        vec![words("South"), link("https://a.example/high", "high")],
    ];
    let document = Document { blocks: vec![Block::Table(Table { head: 1, rows, ..Table::default() })] };
    let laid_out = set(document, "eng", &Measure { linear: true, ..Measure::of(40) });
    let linked = |at: u16| {
        let runs = laid_out.rows.iter().flat_map(|row| &row.runs).filter(|run| run.link == Some(at));
        runs.map(|run| run.text.to_string()).collect::<String>()
    };
    assert_eq!((linked(0).as_str(), linked(1).as_str(), laid_out.links.len()), ("Pier", "high", 2));
    assert!(drawn(&laid_out).contains("Pier; Water\nPier: North; Water: low"), "{}", drawn(&laid_out));
}

#[test]
fn a_table_read_out_says_labels_again_and_their_links_once() {
    let link = vec![Inline::Link { to: Link::parse("https://a.example/north").unwrap(), text: words("North") }];
    let span = |row, column, columns, rows| Span { row, column, columns, rows };
    let rows = vec![
        vec![words("Pier"), words("Water"), Vec::new()],
        vec![Vec::new(), words("low"), words("high")],
        vec![link, words("6"), words("12")],
        vec![Vec::new(), words("7"), words("13")],
        vec![Vec::new(), words("none"), Vec::new()],
        vec![words("In winter"), Vec::new(), Vec::new()],
    ];
    let spans = vec![
        span(0, 0, 1, 2),
        span(0, 1, 2, 1),
        span(2, 0, 1, 3),
        span(4, 1, 2, 1),
        span(5, 0, usize::MAX, usize::MAX),
    ];
    let document = Document { blocks: vec![Block::Table(Table { head: 2, rows, spans, caption: Vec::new() })] };
    let laid_out = set(document, "eng", &Measure { linear: true, ..Measure::of(60) });
    let told = "\
Pier: North; Water, low: 6; Water, high: 12
Pier: North; Water, low: 7; Water, high: 13
Pier: North; Water, low, high: none
In winter";
    assert!(drawn(&laid_out).contains(told), "{}", drawn(&laid_out));
    assert_eq!(laid_out.rows.iter().flat_map(|row| &row.runs).filter(|run| run.link.is_some()).count(), 1);
}

#[test]
fn what_is_raised_keeps_its_sign_in_any_style() {
    let paragraph = vec![
        Inline::Text(Clean::run("x")),
        Inline::Superscript(vec![Inline::Emphasis(words("n"))]),
        Inline::Text(Clean::run(" y")),
        Inline::Superscript(vec![Inline::Emphasis(words("ж+1"))]),
    ];
    let laid_out = set(Document { blocks: vec![Block::Paragraph(paragraph)] }, "eng", &Measure::of(40));
    assert!(drawn(&laid_out).contains("xⁿ y^(ж+1)"), "{}", drawn(&laid_out));
}

#[test]
fn a_change_is_told_in_words_where_it_is_heard() {
    let mut article = article(Document {
        blocks: vec![Block::Paragraph(vec![Inline::Strike(words("nine")), Inline::Strong(words("ten"))])],
    });
    let page =
        |article: &Article| drawn(&lay_out(article, &Measure { linear: true, ..Measure::of(60) }, &TimeZone::UTC));
    assert!(page(&article).contains("[struck out: nine]ten"));
    article.revised = Some(crate::model::Revised { back: 0, of: 1, at: Time(0), title: None, trivial: false });
    assert!(page(&article).contains("[taken out: nine][put in: ten]"), "{}", page(&article));
    // The key that leads on is strong as well, and was not put in.
    assert_eq!(page(&article).matches("[put in: ").count(), 1, "{}", page(&article));
}

#[test]
fn a_change_stands_between_signs_where_no_colour_tells_it() {
    let mut article = article(Document {
        blocks: vec![Block::Paragraph(vec![Inline::Strike(words("nine")), Inline::Strong(words("ten"))])],
    });
    let page =
        |article: &Article| drawn(&lay_out(article, &Measure { signs: true, ..Measure::of(60) }, &TimeZone::UTC));
    assert!(page(&article).contains("nineten"), "what an article strikes out itself is no change");
    article.revised = Some(crate::model::Revised { back: 0, of: 1, at: Time(0), title: None, trivial: false });
    assert!(page(&article).contains("[-nine-]{+ten+}"), "{}", page(&article));
    assert_eq!(page(&article).matches("{+").count(), 1, "{}", page(&article));
}

proptest! {
    #[test]
    fn no_row_is_wider_than_the_measure(text in "(\\PC{0,14} ){0,30}", columns in 8_u16..90) {
        let mut document = every_block();
        document.blocks.push(Block::Quote(vec![Block::Quote(vec![Block::Paragraph(words(&text))])]));
        document.blocks.push(Block::Table(Table { rows: vec![vec![words(&text), words("b"), words(&text)]], ..Table::default() }));
        for measure in measures(columns) {
            let laid_out = set(document.clone(), "eng", &measure);
            for row in &laid_out.rows {
                let room = if row.strip.is_some() { laid_out.widest.into() } else { usize::from(columns) };
                let wide = row.width() - (row.text().len() - row.text().trim_end().len());
                prop_assert!(wide <= room, "{row:?} in {measure:?}");
            }
        }
    }

    #[test]
    fn no_letter_is_lost_and_none_is_added(
        text in "([a-z]{1,14}|[а-я]{1,9}|[א-ת]{1,6}|[一-三]{1,9}|[.,;:!?()]| ){0,60}",
        columns in 8_u16..90,
        lang in prop_oneof![Just("eng"), Just("rus"), Just("heb"), Just("zho")],
    ) {
        let document = Document {
            blocks: vec![
                Block::Paragraph(words(&text)),
                Block::Quote(vec![Block::Paragraph(words(&text))]),
                Block::list(None, vec![vec![Block::Paragraph(words(&text))]]),
                Block::Notes(vec![vec![Block::Paragraph(words(&text))]]),
            ],
        };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        for measure in measures(columns) {
            let laid_out = set(document.clone(), lang, &measure);
            let blocks: Vec<Words> = laid_out.blocks().collect();
            let wanted = letters(Clean::new(&text).as_str());
            let read: Vec<String> = blocks.iter().map(|block| letters(&block.text)).filter(|block| *block == wanted).collect();
            prop_assert!(read.len() >= 4 || wanted.is_empty(), "{:?}", blocks);
            // On the screen they are the same, in whatever order.
            let sorted = |text: String| { let mut all: Vec<char> = text.chars().collect(); all.sort_unstable(); all };
            let on_screen = letters(&drawn(&laid_out));
            let in_rows = letters(&laid_out.rows.iter().map(Row::text).collect::<String>());
            prop_assert_eq!(sorted(on_screen), sorted(in_rows));
        }
    }
}
