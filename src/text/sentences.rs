//! Sentences of a text, by the rules of Unicode (UAX 29), mended where a full stop only shortens a word.

use unicode_segmentation::UnicodeSegmentation;

/// Words of headlines, titles and measures that end in a full stop within a sentence, folded and
/// without the stop. One letter alone always does (`J. Smith`).
const SHORT: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "gen", "col", "maj", "capt", "lt", "sgt", "sen", "rep", "gov", "hon", "rev",
    "jr", "sr", "no", "vs", "etc", "approx", "inc", "ltd", "co", "corp", "jan", "feb", "aug", "sept", "oct", "nov",
    "dec", "fig", "vol", "u.s", "u.k", "u.n", "e.u", "a.m", "p.m", "e.g", "i.e", "bzw", "ca", "dr", "hr", "fr", "nr",
    "str", "usw", "z.b", "d.h", "mio", "mrd", "geb", "abs", "sra", "ud", "uds", "pág", "núm", "ee.uu", "av", "sig",
    "dott", "ing", "avv", "г", "гг", "ул", "им", "тыс", "млн", "млрд", "руб", "коп", "чел", "т.е", "т.д", "т.п", "т.к",
    "см", "стр", "др", "проф", "акад", "св", "обл",
];

/// The sentences of `text` in order, each with its place in bytes and without white space around it.
/// A line break ends a sentence as well. Linear in length.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.split('\n') {
        // Where the sentence under way begins in the line.
        let mut start = 0;
        for (at, piece) in line.split_sentence_bound_indices() {
            let end = at + piece.len();
            if end < line.len() && is_open(&line[start..end], &line[end..]) {
                continue;
            }
            let sentence = line[start..end].trim();
            if sentence.chars().any(char::is_alphanumeric) {
                found.push(sentence);
            }
            start = end;
        }
    }
    found
}

/// Whether what was read so far goes on in `rest`.
fn is_open(so_far: &str, rest: &str) -> bool {
    let so_far = so_far.trim_end();
    if rest.chars().next().is_some_and(char::is_lowercase) {
        return true;
    }
    let Some(word) = so_far.strip_suffix('.').and_then(|text| text.rsplit([' ', '\u{a0}', '(', '«', '“', '"']).next())
    else {
        return false;
    };
    let mut letters = word.chars();
    let single = matches!((letters.next(), letters.next()), (Some(one), None) if one.is_alphabetic());
    single || SHORT.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_that_shorten_end_nothing() {
        for (text, expected) in [
            ("Rain fell. Mr. Lund left at 5 p.m. on Monday. It was late.", 3),
            ("J. R. Hartley wrote it. Who read it?", 2),
            ("В 2023 г. Иванов продал 5 тыс. тонн. Цены упали!", 2),
            ("Das kostet z.B. 3,5 Mio. Euro. Mehr nicht.", 2),
            ("会议结束了。大家都走了。", 2),
            ("One line\nand another", 2),
            ("“Stop!” he said. Nobody did.", 2),
            ("", 0),
            (" … \n — ", 0),
        ] {
            assert_eq!(sentences(text).len(), expected, "{text}: {:?}", sentences(text));
        }
    }
}
