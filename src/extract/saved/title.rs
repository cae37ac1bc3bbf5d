//! The headline of a saved story: found above it, or made from its first sentence.

use super::kinship::Subject;
use super::shape::{End, Shape};
use super::unit::Unit;
use crate::text::{Clean, Lang, width};

/// The most columns of a headline that is made from a sentence.
pub(super) const MADE: usize = 100;

/// The most columns that a line taken for the headline may have.
const LONGEST: usize = 250;

/// Which of the units before `start` is the story's headline; `None` if none is. It stands near the
/// story and shares its words, or it is the only line above it.
pub(super) fn find(units: &[Unit], start: usize, story: &Subject, lang: Option<Lang>) -> Option<usize> {
    let could_be = |unit: &Unit| {
        let shape = &unit.shape;
        shape.width <= LONGEST
            && shape.letters * 2 > shape.visible
            && !shape.lower
            && !shape.address
            && shape.crumbs < 2
            && (shape.words >= 2 || shape.width >= 8)
            && (shape.end != End::Stop || (shape.inner_sentences == 0 && shape.width < 120))
            && !matches!(shape.end, End::Colon | End::Pause)
    };
    let candidates: Vec<usize> = (0..start).filter(|&n| could_be(&units[n])).collect();
    let headlines = candidates.iter().filter(|&&n| units[n].shape.like_headline()).count();
    let mut best: Option<(usize, f32)> = None;
    for &n in &candidates {
        let unit = &units[n];
        let subject = Subject::of([unit.text.as_str()], lang);
        let shared = subject.within(story);
        let wide = unit.shape.like_headline();
        // A lone headline above the story is its own; among others it must prove itself.
        let lone = headlines <= 1 && wide;
        let enough = if n + 1 == start { 1 } else { 2 };
        if !lone && (shared < 0.4 || subject.shared(story) < enough) {
            continue;
        }
        let near = (start - n).min(8) as f32;
        let score = shared - near * 0.03 + if n == 0 { 0.05 } else { 0.0 } + if wide { 0.1 } else { 0.0 }
            // A line that ends as a sentence is rather the one below the headline.
            - if unit.shape.stops() { 0.5 } else { 0.0 };
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((n, score));
        }
    }
    best.map(|(n, _)| n)
}

/// Makes a headline of a story's first paragraph: its first sentence, cut at a boundary that leaves
/// whole phrases. Notes in brackets and the final stop go; a question keeps its sign. At most
/// [`MADE`] columns (one more for the `…` where no boundary was found).
pub(super) fn make(lead: &str) -> Clean {
    let title = shortened(first_sentence(lead));
    // A lead of signs more than words: better all of it than nothing.
    if title.is_empty() { Clean::new(width::head(lead, MADE)) } else { title }
}

fn shortened(sentence: &str) -> Clean {
    let bare = |text: &str| {
        text.trim_end_matches(['.', '。', '．', '۔', '।', '։', ',', ';', ':', '，', '、', ' ']).trim().to_owned()
    };
    let whole = bare(sentence);
    if width::width(&whole) <= MADE {
        return Clean::new(&unquoted(&whole));
    }
    let plain = without_brackets(&whole);
    if width::width(&plain) <= MADE {
        return Clean::new(&unquoted(&plain));
    }
    let cut = clause(&plain, MADE * 3 / 5).or_else(|| phrase(&plain)).or_else(|| clause(&plain, MADE * 2 / 5));
    match cut {
        Some(end) => Clean::new(&unquoted(&bare(&plain[..end]))),
        None => {
            let head = width::head(&plain, MADE - 1);
            let end = head.rfind(char::is_whitespace).filter(|end| end * 2 > head.len()).unwrap_or(head.len());
            Clean::new(&format!("{}…", bare(&plain[..end])))
        }
    }
}

/// The first sentence of a paragraph, with its closing signs.
fn first_sentence(text: &str) -> &str {
    let ends = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '։'));
    for (at, c) in ends {
        let mut end = at + c.len_utf8();
        let closing = text[end..].chars().take_while(|c| matches!(c, '"' | '”' | '’' | '»' | '」' | ')' | '“'));
        end += closing.map(char::len_utf8).sum::<usize>();
        let rest = &text[end..];
        // The shape of the piece and one more letter tells whether a sentence ended here.
        let next: String = rest.chars().take(3).collect();
        if rest.is_empty() || Shape::of(&format!("{}{next}", &text[..end])).inner_sentences > 0 {
            return &text[..end];
        }
        if at > 2000 {
            break;
        }
    }
    text
}

/// The text without what stands in round brackets.
fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth > 0 => {
                depth -= 1;
                if out.ends_with(' ') {
                    out.pop();
                }
            }
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if depth == 0 { out } else { text.to_owned() }
}

/// Where the last phrase that fits ends: before a short small word (`of`, `в`, `und`, which open
/// phrases in most languages), behind a word of some length.
fn phrase(text: &str) -> Option<usize> {
    let mut best = None;
    let mut end_of_word = 0;
    let mut before = "";
    let mut unclosed = 0_i32;
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        if width::width(&text[..end_of_word]) > MADE {
            break;
        }
        let letters = word.chars().count();
        let opens = letters <= 3 && word.chars().all(char::is_lowercase);
        let firm =
            before.chars().count() >= 4 && before.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'));
        if opens && firm && unclosed <= 0 && width::width(&text[..end_of_word]) >= MADE / 2 {
            best = Some(end_of_word);
        }
        unclosed += word
            .chars()
            .map(|c| match c {
                '“' | '«' | '„' => 1,
                '”' | '»' => -1,
                _ => 0,
            })
            .sum::<i32>();
        before = word;
        end_of_word = start + word.len();
    }
    best
}

/// Where the last clause that fits ends, if it is `least` columns long.
fn clause(text: &str, least: usize) -> Option<usize> {
    let fits = width::head(text, MADE).len();
    let least = width::head(text, least).len();
    let stop = |c: char| matches!(c, ',' | ';' | '，' | '；' | '、' | '،' | '—' | '–' | ':' | '：');
    text[..fits].char_indices().filter(|(at, c)| stop(*c) && *at >= least).map(|(at, _)| at).next_back()
}

/// A quotation mark that lost its partner to the cut goes.
fn unquoted(text: &str) -> String {
    let count = |c: char| text.matches(c).count();
    let mut text = text.to_owned();
    for (open, close) in [('“', '”'), ('«', '»'), ('„', '“'), ('「', '」')] {
        if text.starts_with(open) && !text.contains(close) {
            text.remove(0);
        }
    }
    if count('"') % 2 == 1 && text.starts_with('"') {
        text.remove(0);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_from_sentences() {
        for (lead, title) in [
            ("The ferry was sold. Nobody wept.", "The ferry was sold"),
            ("Was the ferry sold? Nobody knows.", "Was the ferry sold?"),
            (
                "Members of the Upper Valley Beekeepers' Union (UVBU) from nine villages discussed swarming colonies and the price of honey at a meeting in the old dairy on May 3.",
                "Members of the Upper Valley Beekeepers' Union from nine villages discussed swarming colonies",
            ),
            ("湖边的小镇议会星期一开会讨论了那条老渡船。会议很长。", "湖边的小镇议会星期一开会讨论了那条老渡船"),
        ] {
            assert_eq!(make(lead).as_str(), title);
        }
    }

    #[test]
    fn never_cut_within_a_word_and_never_too_long() {
        let long = "Extraordinarilylongwordsthat ".repeat(20);
        let title = make(&long);
        assert!(width::width(title.as_str()) <= MADE);
        assert!(title.as_str().ends_with("Extraordinarilylongwordsthat…"), "{title}");
    }
}
