//! Plain text saved from pages: every text in `fixtures/saved`, against what is written beside it,
//! and the first real page where it is at hand.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::extract::{Extracted, NotAnArticle, saved_text};
use serde::Deserialize;

/// What a fixture should come out as; what is not given is not checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Why it is one of the fixtures.
    #[serde(rename = "about")]
    _about: String,
    /// `"empty"` or `"headlines"` where there is no article.
    error: Option<String>,
    title: Option<String>,
    byline: Option<String>,
    dateline: Option<String>,
    standfirst: Option<String>,
    published: Option<String>,
    lang: Option<String>,
    body_start: Option<usize>,
    body_end: Option<usize>,
    /// The story's text; by default its lines from `body_start` to `body_end` that are not empty.
    text: Option<String>,
    /// The headlines, in order.
    #[serde(default)]
    related: Vec<String>,
    /// The lines that are dropped.
    #[serde(default)]
    dropped: Vec<usize>,
    /// What the blocks are: `p`, `h`, `list`, `rule`, in short.
    blocks: Option<Vec<String>>,
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/saved");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

fn text_of(clean: Option<&dateline::text::Clean>) -> Option<String> {
    clean.map(ToString::to_string)
}

/// What is wrong with `page`, in words.
fn complaints(text: &str, expected: &Expected, page: &Extracted) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |name: &str, found: String, expected: String| {
        if found != expected {
            wrong.push(format!("  {name}\n    is     {found}\n    should {expected}"));
        }
    };
    if let Some(title) = &expected.title {
        check("title", page.title.to_string(), title.clone());
    }
    check("byline", format!("{:?}", text_of(page.byline.as_ref())), format!("{:?}", expected.byline));
    check("dateline", format!("{:?}", text_of(page.dateline.as_ref())), format!("{:?}", expected.dateline));
    check("standfirst", format!("{:?}", text_of(page.standfirst.as_ref())), format!("{:?}", expected.standfirst));
    let published = page.published.map(|time| time.to_string());
    check("published", format!("{published:?}"), format!("{:?}", expected.published));
    if let Some(lang) = &expected.lang {
        check("lang", format!("{:?}", text_of(page.lang.as_ref())), format!("{:?}", Some(lang)));
    }
    let (start, end) = (expected.body_start.unwrap_or(1), expected.body_end.unwrap_or(text.lines().count()));
    check("body", format!("{}-{}", page.body_start, page.body_end), format!("{start}-{end}"));
    let lines = || text.lines().skip(start - 1).take(end - start + 1).map(str::trim).filter(|line| !line.is_empty());
    let whole = expected.text.clone().unwrap_or_else(|| lines().collect::<Vec<_>>().join("\n"));
    check("text", page.text.to_string(), whole.trim().to_owned());
    let related: Vec<String> = page.related.iter().map(|related| related.title.to_string()).collect();
    check("related", related.join("\n           "), expected.related.join("\n           "));
    let dropped: Vec<usize> = page.dropped.iter().map(|dropped| dropped.line).collect();
    check("dropped", format!("{dropped:?}"), format!("{:?}", expected.dropped));
    if let Some(blocks) = &expected.blocks {
        let found: Vec<&str> = page.document.blocks.iter().map(kind).collect();
        check("blocks", found.join(" "), blocks.join(" "));
    }
    wrong
}

fn kind(block: &dateline::model::Block) -> &'static str {
    use dateline::model::Block;
    match block {
        Block::Heading { .. } => "h",
        Block::Paragraph(_) => "p",
        Block::List { .. } => "list",
        Block::Rule => "rule",
        _ => "other",
    }
}

#[test]
fn every_fixture_comes_out_as_written_beside_it() {
    let mut report = String::new();
    let files = fixtures();
    assert!(files.len() >= 20, "only {} fixtures found", files.len());
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a readable fixture");
        let beside = fs::read_to_string(path.with_extension("toml")).expect("an expectation beside it");
        let expected: Expected = toml::from_str(&beside).unwrap_or_else(|error| panic!("{name}: {error}"));
        let wrong = match (&expected.error, saved_text(&text)) {
            (None, Ok(page)) => complaints(&text, &expected, &page),
            (Some(error), Err(NotAnArticle::Empty)) if error == "empty" => Vec::new(),
            (Some(error), Err(NotAnArticle::AllHeadlines(found))) if error == "headlines" => {
                let found: Vec<String> = found.iter().map(|related| related.title.to_string()).collect();
                if found == expected.related { Vec::new() } else { vec![format!("  headlines {found:#?}")] }
            }
            (error, found) => vec![format!("  should be {error:?}, is {found:#?}")],
        };
        if !wrong.is_empty() {
            report.push_str(&format!("{name}\n{}\n", wrong.join("\n")));
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn the_first_real_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/csto-summit.txt");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return;
    };
    let lines: Vec<&str> = text.lines().collect();
    let page = saved_text(&text).expect("a story");
    assert_eq!((page.body_start, page.body_end), (1, 20));
    assert_eq!(page.text.as_str(), lines[..20].join("\n"));
    let related: Vec<&str> = page.related.iter().map(|related| related.title.as_str()).collect();
    assert_eq!(related, lines[20..30]);
    assert_eq!(page.dropped.iter().map(|dropped| dropped.line).collect::<Vec<_>>(), [31, 32]);
    assert_eq!(page.dateline.as_ref().map(dateline::text::Clean::as_str), Some("Minsk"));
    assert!(lines[0].starts_with("Leaders") && page.title.as_str().starts_with("Leaders"), "{}", page.title);
    assert_eq!((page.published, page.byline), (None, None));
    assert_eq!(page.document.blocks.len(), 20);
}

#[test]
fn nothing_to_read() {
    for text in ["", "\n\n \n", "***\n---\n", "\u{feff}", "12 34\n"] {
        assert_eq!(saved_text(text), Err(NotAnArticle::Empty), "{text:?}");
    }
}
