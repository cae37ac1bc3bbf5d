//! The story's text as the page states it for search engines (`articleBody`), held against what was
//! found on the page: a check in both directions.

use super::tidy::Said;
use super::title::key;
use crate::model::Document;

/// The least share of the found prose that the stated text must hold to be taken for the whole.
const WHOLE: f32 = 0.75;

/// Letters of a block that are looked for in the stated text.
const SAMPLE: usize = 48;

/// Uses the stated text `body` (a paragraph to a line). Where it says what was found and is whole,
/// paragraphs that it does not have go: captions, notes of the site. Where it has much more than was
/// found, it takes its place. Linear in both, but for the search of one in the other.
pub(super) fn check(document: &mut Document, body: &str, least: u32) {
    let stated = Document::from_paragraphs(body.lines());
    let (said_words, found_words) = (stated.words(), document.words());
    if said_words < least {
        return;
    }
    let whole = key(body);
    let said: Vec<Said> = document.blocks.iter().map(Said::of).collect();
    let known: Vec<bool> = said.iter().map(|block| holds(&whole, &block.text)).collect();
    let size = |of: &dyn Fn(usize) -> bool| -> usize {
        said.iter().enumerate().filter(|(at, block)| block.prose() && of(*at)).map(|(_, block)| block.text.len()).sum()
    };
    let (agreed, all) = (size(&|at| known[at]), size(&|_| true));
    let share = agreed as f32 / all.max(1) as f32;
    // Drawn by a program, or the wrong part of the page was found.
    if said_words > found_words * 2 || (share < 0.3 && u64::from(said_words) * 10 > u64::from(found_words) * 7) {
        *document = stated;
        return;
    }
    if share >= WHOLE && said_words * 10 >= found_words * 6 {
        let mut at = 0;
        document.blocks.retain(|_| {
            at += 1;
            known[at - 1] || !said[at - 1].line() || said[at - 1].text.trim().is_empty()
        });
    }
}

/// Whether a text holds the beginning, the middle or the end of `part`, letters and numbers alone.
fn holds(whole: &str, part: &str) -> bool {
    let part: Vec<char> = key(part).chars().collect();
    if part.is_empty() {
        return true;
    }
    let sample = |from: usize| {
        let sample: String = part[from..].iter().take(SAMPLE).collect();
        whole.contains(&sample)
    };
    sample(0) || (part.len() > SAMPLE && (sample((part.len() - SAMPLE) / 2) || sample(part.len() - SAMPLE)))
}
