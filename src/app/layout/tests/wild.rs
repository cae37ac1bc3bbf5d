//! Documents of any shape, set in any way: nothing runs over, nothing is lost, every link keeps its words.

use std::collections::BTreeMap;

use super::*;
use crate::model::document::inlines_text;
use crate::model::table::Span;

/// Words in letters that nothing but the document has: Greek, Hebrew, Chinese.
fn word() -> impl Strategy<Value = Inline> {
    "([α-ω]{1,12} ?|[א-ת]{1,7} ?|[一-三]{1,5}|[.,;!?()]){0,6}".prop_map(|text| Inline::Text(Clean::run(&text)))
}

fn line() -> impl Strategy<Value = Vec<Inline>> {
    let plain = || proptest::collection::vec(word(), 0..4);
    let link = |text| Inline::Link { to: Link::parse("https://a.example/").unwrap(), text };
    let piece = prop_oneof![
        4 => word(),
        1 => plain().prop_map(Inline::Strong),
        1 => plain().prop_map(Inline::Emphasis),
        1 => plain().prop_map(Inline::Strike),
        1 => plain().prop_map(Inline::Superscript),
        1 => "[α-ω ]{0,20}".prop_map(|code| Inline::Code(Clean::verbatim(&code))),
        2 => plain().prop_map(link),
        1 => plain().prop_map(move |text| Inline::Emphasis(vec![link(text)])),
        1 => Just(Inline::Break),
        1 => (1_u32..4).prop_map(Inline::Note),
    ];
    proptest::collection::vec(piece, 0..5)
}

fn block() -> impl Strategy<Value = Block> {
    let span = (0_usize..4, 0_usize..5, 0_usize..6, 0_usize..5).prop_map(|(row, column, columns, rows)| Span {
        row,
        column,
        columns,
        rows,
    });
    // Of spans only a part is left by what stands in their way: some cells are empty.
    let cell = prop_oneof![line(), Just(Vec::new())];
    let rows = proptest::collection::vec(proptest::collection::vec(cell, 0..5), 0..4);
    let table = (0_usize..4, rows, proptest::collection::vec(span, 0..4), line());
    let leaf = prop_oneof![
        4 => line().prop_map(Block::Paragraph),
        1 => (1_u8..7, line()).prop_map(|(level, text)| Block::Heading { level, text }),
        2 => table.prop_map(|(head, rows, spans, caption)| Block::Table(Table { head, rows, spans, caption })),
        1 => "([α-ω ]{0,30}\n){0,3}".prop_map(|text| Block::Code { language: None, text: CleanText::new(&text) }),
        1 => line().prop_map(|caption| Block::Figure { image: Image { link: None, alt: Clean::default() }, caption }),
        1 => Just(Block::Media { link: Link::parse("https://a.example/b.mp3").unwrap(), title: Clean::new("ααα") }),
        1 => Just(Block::Rule),
    ];
    leaf.prop_recursive(9, 24, 3, |inner| {
        let blocks = || proptest::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            blocks().prop_map(Block::Quote),
            (proptest::option::of(any::<u64>()), proptest::collection::vec(blocks(), 0..3))
                .prop_map(|(start, items)| Block::list(start, items)),
            proptest::collection::vec((line(), blocks()), 0..3).prop_map(Block::Definitions),
            proptest::collection::vec(blocks(), 0..3).prop_map(Block::Notes),
        ]
    })
}

fn document() -> impl Strategy<Value = Document> {
    proptest::collection::vec(block(), 0..5).prop_map(|blocks| Document { blocks })
}

/// How often each letter of those scripts stands in a text.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut counted = BTreeMap::new();
    for c in text.chars().filter(|c| matches!(c, 'α'..='ω' | 'א'..='ת' | '一'..='三')) {
        *counted.entry(c).or_default() += 1;
    }
    counted
}

fn in_links(inlines: &[Inline], found: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Link { text, .. } => {
                let mut words = String::new();
                inlines_text(text, &mut words);
                found.push(words);
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Strike(inner) => in_links(inner, found),
            _ => {}
        }
    }
}

/// The words of every link, in the order in which they are numbered.
fn linked(blocks: &[Block], found: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Heading { text, .. } | Block::Figure { caption: text, .. } => {
                in_links(text, found);
            }
            Block::Quote(inner) => linked(inner, found),
            Block::List { items, .. } | Block::Notes(items) => items.iter().for_each(|item| linked(item, found)),
            Block::Definitions(items) => items.iter().for_each(|(term, meaning)| {
                in_links(term, found);
                linked(meaning, found);
            }),
            Block::Table(table) => {
                in_links(&table.caption, found);
                table.rows.iter().flatten().for_each(|cell| in_links(cell, found));
            }
            Block::Media { title, .. } => found.push(title.to_string()),
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

/// The letters of a document, titles of sound and film included.
fn of_document(document: &Document) -> BTreeMap<char, usize> {
    let (mut titles, mut all) = (Vec::new(), document.plain_text());
    linked(&document.blocks, &mut titles);
    titles.iter().filter(|title| *title == "ααα").for_each(|title| all.push_str(title));
    letters(&all)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_runs_over_and_no_letter_is_lost(document in document(), columns in 1_u16..70) {
        let titled = document.blocks.iter().any(|block| format!("{block:?}").contains("Media"));
        let wanted = of_document(&document);
        for measure in measures(columns) {
            let laid_out = set(document.clone(), "ell", &measure);
            for row in &laid_out.rows {
                let room: usize = if row.strip.is_some() { laid_out.widest.into() } else { columns.into() };
                let text = row.text();
                let wide = row.width().saturating_sub(width(&text[text.trim_end().len()..]));
                // A sign of two columns stands alone where there is only one.
                prop_assert!(wide <= room.max(2), "{row:?} in {measure:?}");
            }
            let all = laid_out.rows.iter().map(Row::text).collect::<String>();
            let there = letters(&all);
            // What is read out names the head of a column at each row.
            let enough = wanted.iter().all(|(letter, many)| {
                let there = there.get(letter).copied().unwrap_or(0);
                titled || if measure.linear { there >= *many } else { there == *many }
            });
            prop_assert!(enough, "{wanted:?} is not {there:?} in {measure:?}");
            // On the screen stands what is in the rows.
            prop_assert_eq!(letters(&drawn(&laid_out)), there);
        }
    }

    #[test]
    fn every_link_is_numbered_as_the_document_has_it(document in document(), columns in 1_u16..70) {
        let mut wanted = Vec::new();
        linked(&document.blocks, &mut wanted);
        for measure in measures(columns) {
            let laid_out = set(document.clone(), "ell", &measure);
            prop_assert_eq!(laid_out.links.len(), wanted.len());
            let mut words = vec![String::new(); wanted.len()];
            for run in laid_out.rows.iter().flat_map(|row| &row.runs) {
                if let Some(link) = run.link {
                    words[usize::from(link)].push_str(run.text.as_str());
                }
            }
            for (words, wanted) in words.iter().zip(&wanted) {
                prop_assert_eq!(letters(words), letters(wanted), "{:?}", measure);
            }
        }
    }
}
