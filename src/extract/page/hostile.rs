//! Pages that are made to hurt. The big ones are made here; `benches/extract` says how long they take.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::model::{Block, Inline};

const ADDRESS: &str = "https://lakepost.example/news/ferry";

fn read(html: &str) -> Result<Extracted, NotAnArticle> {
    page(html, Link::parse(ADDRESS).as_ref())
}

/// All texts of an extraction.
fn texts(page: &Extracted) -> String {
    format!(
        "{}\n{:?}\n{:?}\n{:?}\n{:?}\n{}",
        page.title.as_str(),
        page.byline,
        page.site,
        page.lang,
        page.standfirst,
        page.text.as_str()
    )
}

/// Whether a terminal could be misled by a character.
fn harms(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}' | '\u{feff}')
}

/// All addresses of an extraction, pictures and embedded pages among them.
fn addresses(page: &Extracted) -> Vec<Link> {
    fn of_line(line: &[Inline], all: &mut Vec<Link>) {
        for inline in line {
            if let Inline::Image(image) = inline {
                all.extend(image.link.clone());
            }
        }
    }
    let mut all = page.document.links();
    for block in &page.document.blocks {
        match block {
            Block::Figure { image, .. } => all.extend(image.link.clone()),
            Block::Media { link, .. } => all.push(link.clone()),
            Block::Paragraph(line) => of_line(line, &mut all),
            _ => {}
        }
    }
    all.extend(page.link.clone().into_iter().chain(page.image.clone()));
    all.extend(page.related.iter().filter_map(|headline| headline.link.clone()));
    all
}

#[test]
fn pages_that_attack_come_out_as_plain_text() {
    for (name, html) in [
        ("escapes", include_str!("../../../tests/fixtures/hostile/pages/escapes.html")),
        ("bidi", include_str!("../../../tests/fixtures/hostile/pages/bidi.html")),
        ("base", include_str!("../../../tests/fixtures/hostile/pages/base.html")),
        ("links", include_str!("../../../tests/fixtures/hostile/pages/links.html")),
    ] {
        let page = read(html).unwrap_or_else(|none| panic!("{name}: {none}"));
        assert_eq!(page.title.as_str(), "Ferry sold today", "{name}");
        let said = texts(&page);
        assert_eq!(said.chars().filter(|c| harms(*c)).count(), 0, "{name}: {said:?}");
        assert!(!said.contains("[31m") && !said.contains("owned"), "{name}: {said}");
        for link in addresses(&page) {
            assert!(link.is_web(), "{name}: {link}");
        }
        assert!(page.document.words() > 100, "{name}");
    }
}

#[test]
fn sizes_without_end_are_survived() {
    let story =
        "<p>The harbour master said that the ferry would not sail, and that nobody knew when it would.</p>".repeat(8);
    let mut attributes = String::from("<p ");
    (0..30_000).for_each(|n| _ = write!(attributes, "a{n}='{n}' "));
    let sources = (0..4_000).map(|n| format!("/{n}.jpg {n}w, ")).collect::<String>();
    for (name, html) in [
        ("depth", format!("{}{story}", "<div>".repeat(20_000))),
        ("inline depth", format!("<p>{}{story}", "<b><i><a href=x>".repeat(3_000))),
        ("tables in tables", format!("{}{story}", "<table><tr><td>".repeat(3_000))),
        ("lists in lists", format!("{}{story}", "<ul><li>".repeat(3_000))),
        ("attributes", format!("{attributes}>{story}")),
        ("a word", format!("<p>{}</p>{story}", "a".repeat(300_000))),
        ("a table", format!("<table>{}</table>{story}", "<tr><td>a<td>b".repeat(4_000))),
        ("spans", format!("<table><tr><td rowspan=99999999 colspan=99999999>a</table>{story}")),
        ("sources", format!("<img srcset='{sources}' src=/a.jpg>{story}")),
        ("comments", format!("{}{story}", "<!-- ".repeat(20_000))),
        ("entities", format!("<p>{}</p>{story}", "&amp;&#x10ffff;&#0;&nope;".repeat(3_000))),
        ("bases", format!("{}{story}", "<base href='https://a.example/'>".repeat(3_000))),
        ("scripts", format!("{}{story}", "<script type='application/ld+json'>[[[[[[</script>".repeat(1_000))),
        ("data", format!("<script type='application/ld+json'>{}</script>{story}", "[".repeat(100_000))),
        ("dates", format!("<h1>t</h1>{}{story}", "<time>1/2/3</time><span class=date>99</span>".repeat(2_000))),
        ("names", format!("<h1>t</h1>{}{story}", "<a rel=author>By and and, by</a>".repeat(2_000))),
    ] {
        if let Ok(page) = read(&html) {
            assert!(!page.title.is_empty(), "{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_page_breaks_it(
        html in "(</?(html|body|article|main|p|div|h1|h2|ul|li|a|table|tr|td|time|span|aside|nav|figure|figcaption|script|title|meta|base)\
                 ( (class|id|href|content|property|datetime|itemprop)=\"[a-z:/ .0-9-]{0,12}\")?>|[A-Za-z ,.:]{0,30}|\\PC{0,4}){0,80}"
    ) {
        if let Ok(page) = read(&html) {
            prop_assert!(!page.title.is_empty());
            prop_assert!(!texts(&page).chars().any(harms));
        }
    }
}
