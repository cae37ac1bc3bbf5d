//! Setting an article into lines, and painting it: for one of 5,000 words and one of a megabyte, in
//! each way that the settings offer.
//!
//! `cargo bench --bench layout`
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark stops where something is wrong")]

use dateline::app::layout::{Edge, Measure, lay_out};
use dateline::app::quoting;
use dateline::model::{Article, ArticleId, Block, Document, FeedId, Headline, Inline, Table, Time};
use dateline::text::{Clean, CleanText, Link};
use divan::{Bencher, black_box};
use jiff::tz::TimeZone;

fn main() {
    divan::main();
}

const WORDS: &[&str] = &[
    "harbour",
    "the",
    "of",
    "late",
    "administration",
    "tide",
    "and",
    "Gannet",
    "passengers",
    "incomprehensible",
    "pier",
    "a",
    "in",
    "said",
    "oars",
    "responsibility",
    "bread",
    "by",
    "rope",
    "notwithstanding",
    "to",
    "captain",
    "water",
];

/// An article of so many words: paragraphs of 90, every tenth block a heading, a quotation, a list, a
/// table or code in turn.
fn article(words: usize) -> Article {
    let mut random = fastrand::Rng::with_seed(7);
    let mut sentence = |words: usize| {
        let words: Vec<&str> = (0..words).map(|_| WORDS[random.usize(..WORDS.len())]).collect();
        vec![Inline::Text(Clean::new(&words.join(" ")))]
    };
    let mut blocks = Vec::new();
    for n in 0..words.div_ceil(90) {
        blocks.push(match n % 50 {
            9 => Block::Heading { level: 2, text: sentence(5) },
            19 => Block::Quote(vec![Block::Paragraph(sentence(60))]),
            29 => Block::list(None, (0..5).map(|_| vec![Block::Paragraph(sentence(18))]).collect()),
            39 => Block::Table(Table {
                head: 1,
                rows: (0..10).map(|_| (0..4).map(|_| sentence(2)).collect()).collect(),
                ..Table::default()
            }),
            49 => Block::Code {
                language: Some("rust".into()),
                text: CleanText::new(
                    &"fn tide(name: &str) -> u32 { let n = 7; wait(name, \"x\"); n } // late\n".repeat(12),
                ),
            },
            _ => {
                let mut line = sentence(88);
                line.push(Inline::Link { to: Link::parse("https://a.example/x").unwrap(), text: sentence(2) });
                Block::Paragraph(line)
            }
        });
    }
    let document = Document { blocks };
    let at = Time(1_768_464_000);
    let title = "Ferry to the islands is late again".into();
    let headline = Headline {
        link: Link::parse("https://harbour.example/ferry"),
        words: document.words(),
        lang: Some("eng".into()),
        ..Headline::new(ArticleId(1), FeedId(1), title, "The Harbour Post".into(), at)
    };
    Article { published_given: Some(at), ..Article::new(headline, "1".into(), document) }
}

/// 5,000 words, and about a megabyte.
const SIZES: [usize; 2] = [5_000, 150_000];

/// The ways to set a page.
const WAYS: [(&str, Edge); 3] = [
    ("ragged", Edge { hyphens: false, justified: false }),
    ("hyphenated", Edge { hyphens: true, justified: false }),
    ("justified", Edge { hyphens: true, justified: true }),
];

#[divan::bench(args = SIZES, consts = [0, 1, 2])]
fn set<const WAY: usize>(bencher: Bencher<'_, '_>, words: usize) {
    let article = article(words);
    let (_, edge) = WAYS[WAY];
    let measure = Measure { edge, colours: false, ..Measure::of(72) };
    bencher.bench(|| lay_out(black_box(&article), &measure, &TimeZone::UTC));
}

/// With its code told apart.
#[divan::bench(args = SIZES)]
fn coloured(bencher: Bencher<'_, '_>, words: usize) {
    let article = article(words);
    let measure = Measure { colours: true, ..Measure::of(72) };
    bencher.bench(|| lay_out(black_box(&article), &measure, &TimeZone::UTC));
}

/// Unpacking the grammars and telling a first line of code apart. Once in the life of a program, so
/// one sample, and only where nothing else was measured before: `-- grammars`.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn grammars(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| dateline::text::code::tokens("fn main() {}", Some("rust")));
}

/// One screen of 60 lines, as the view draws it.
#[divan::bench(args = SIZES)]
fn first_screen(bencher: Bencher<'_, '_>, words: usize) {
    let laid_out = lay_out(&article(words), &Measure::of(72), &TimeZone::UTC);
    bencher.bench(|| {
        laid_out.rows.iter().take(60).map(|row| row.pieces_aside(black_box(72), 0).pieces.len()).sum::<usize>()
    });
}

/// Who says what.
#[divan::bench(args = SIZES)]
fn quotations(bencher: Bencher<'_, '_>, words: usize) {
    let article = article(words);
    let laid_out = lay_out(&article, &Measure::of(72), &TimeZone::UTC);
    bencher.bench(|| quoting::of(black_box(&laid_out), article.headline.lang.as_ref()));
}
