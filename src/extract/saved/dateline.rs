//! The place a story is filed from: from the line that agencies begin with (`MINSK, Nov 23 (X) —`),
//! else from a place and a date that the first sentences name together (`in Minsk on November 23`).

use crate::extract::date::leading_date;
use crate::extract::start_of;
use crate::text::{Clean, Lang};

/// How far into the story's first paragraph a place is looked for, in bytes.
const LOOK: usize = 600;

/// What the lead says of place and agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The place, in the letters of the text but not in capitals throughout.
    pub(super) place: Option<Clean>,
    /// Bytes of the lead that are not yet its first sentence.
    pub(super) prefix: usize,
}

/// Finds the dateline of a story that begins with `lead`; `story` is all of it.
pub(super) fn find(lead: &str, story: &str, lang: Option<Lang>) -> Dateline {
    if let Some((place, prefix)) = agency(lead).or_else(|| agency_east(lead)) {
        return Dateline { place: Some(Clean::new(&uncapital(place))), prefix };
    }
    let place = with_date(start_of(lead, LOOK), lang).and_then(|place| base_form(&place, story, lang));
    Dateline { place: place.map(|place| Clean::new(&place)), prefix: 0 }
}

/// `PLACE[, REGION][, DATE][.] [(AGENCY) or /AGENCY/][.] —`: the place, and the bytes before the
/// first sentence.
fn agency(lead: &str) -> Option<(&str, usize)> {
    let place = capitalised(lead, 4)?;
    let shouted = place.chars().filter(|c| c.is_alphabetic()).all(|c| !c.is_lowercase()) && place.chars().count() > 2;
    let (mut dated, mut named) = (false, false);
    let mut at = place.len();
    loop {
        let before = at;
        let rest = &lead[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if let Some(length) = dash(trimmed).filter(|_| at > before || !trimmed.starts_with('-')) {
            return (shouted || dated || named).then_some((place, at + length));
        }
        if let Some(length) = brackets(trimmed) {
            named = true;
            at += length;
        } else if let Some(length) = leading_date(trimmed) {
            dated = true;
            at += length;
        } else if trimmed.starts_with([',', '.', ':']) {
            at += 1;
            let next = lead[at..].trim_start();
            // `МИНСК, 23 ноября. /ТАСС/. Лидеры …`: the sentence begins without a dash.
            let over = leading_date(next).is_none() && brackets(next).is_none() && capitalised_agency(next).is_none();
            if over {
                let stop = trimmed.starts_with(['.', ':']);
                let prefix = lead.len() - next.len();
                return (stop && shouted && (dated || named)).then_some((place, prefix));
            }
        } else if let Some(length) = capitalised_agency(trimmed).filter(|_| before > place.len()) {
            at += length;
        } else {
            return None;
        }
        if at > 120 {
            return None;
        }
    }
}

/// A dash that sets a dateline off: its bytes, with the space after it.
fn dash(text: &str) -> Option<usize> {
    let signs = text.chars().take_while(|c| matches!(c, '—' | '–' | '-' | '―' | '−'));
    let length: usize = signs.map(char::len_utf8).sum();
    let rest = &text[length..];
    let space = rest.len() - rest.trim_start().len();
    (length > 0 && (space > 0 || length > 1)).then_some(length + space)
}

/// `(Reuters)` or `/TASS/`: its bytes.
fn brackets(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '(' => ')',
        '/' => '/',
        '[' => ']',
        _ => return None,
    };
    let end = text[1..].find(close)? + 2;
    (end <= 60).then_some(end)
}

/// One or two words in capitals before a dash, comma or stop: an agency or a region.
fn capitalised_agency(text: &str) -> Option<usize> {
    let name = capitalised(text, 2)?;
    let rest = text[name.len()..].trim_start();
    (rest.starts_with(['—', '–', '-', ',', '(', '/', '.'])).then_some(name.len())
}

/// The capitalised words, at most `most` and of letters only, that `text` begins with.
fn capitalised(text: &str, most: usize) -> Option<&str> {
    let mut end = 0;
    let mut words = 0;
    for word in text.split(' ') {
        let letters = word.trim_end_matches([',', '.', ':', '(']);
        let name = letters.chars().next().is_some_and(char::is_uppercase)
            && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        if !name {
            break;
        }
        words += 1;
        end = letters.as_ptr() as usize - text.as_ptr() as usize + letters.len();
        if letters.len() < word.len() || words == most {
            break;
        }
    }
    (words > 0).then(|| &text[..end])
}

/// `新华社明斯克11月23日电`: the place between the agency's name and the date.
fn agency_east(lead: &str) -> Option<(&str, usize)> {
    let digits = lead.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0 && *at < 60)?;
    let used = leading_date(&lead[digits..])?;
    let rest = &lead[digits + used..];
    let wired = rest.strip_prefix('电').or_else(|| rest.strip_prefix('電'))?;
    let place = lead[..digits].rsplit('社').next()?;
    let note = if wired.starts_with('（') { wired.find('）').map_or(0, |end| end + '）'.len_utf8()) } else { 0 };
    let body = wired[note..].trim_start();
    (!place.is_empty()).then_some((place, lead.len() - body.len()))
}

/// Words that say "in" or "at" before a place's name, in languages that write them apart.
const LOCATIVES: &[&str] = &[
    "in", "at", "à", "en", "em", "a", "ad", "i", "на", "в", "во", "у", "ў", "w", "we", "v", "ve", "u", "în", "la",
    "σε", "στο", "στη", "στην",
];

/// A place named right before or after a day and month.
fn with_date(lead: &str, lang: Option<Lang>) -> Option<String> {
    let words: Vec<(usize, &str)> =
        lead.split_whitespace().map(|word| (word.as_ptr() as usize - lead.as_ptr() as usize, word)).collect();
    for n in 0..words.len() {
        if leading_date(&lead[words[n].0..]).is_none() {
            continue;
        }
        // "… in Minsk on November 23": back over one short word to the name, and to its "in".
        let before = n.checked_sub(1).map(|m| if is_short(words[m].1) { m } else { n })?;
        if let Some(place) = place_ending_at(&words, before, lang) {
            return Some(place);
        }
        // "On November 23 in Minsk …"
        let used = leading_date(&lead[words[n].0..])?;
        let after = words.iter().position(|(start, _)| *start >= words[n].0 + used)?;
        if let Some(place) = words.get(after..).and_then(|words| place_starting(words, lang)) {
            return Some(place);
        }
    }
    None
}

fn is_short(word: &str) -> bool {
    word.chars().count() <= 3 && word.chars().all(char::is_lowercase)
}

/// The name of up to three words before `end`, if "in" stands before it.
fn place_ending_at(words: &[(usize, &str)], end: usize, lang: Option<Lang>) -> Option<String> {
    for length in 1..=3 {
        let start = end.checked_sub(length)?;
        let name = &words[start..end];
        if !name.iter().all(|(_, word)| is_name(word.trim_end_matches(','))) {
            return None;
        }
        if start.checked_sub(1).is_some_and(|before| is_locative(words[before].1, lang)) {
            return Some(join(name));
        }
    }
    None
}

fn place_starting(words: &[(usize, &str)], lang: Option<Lang>) -> Option<String> {
    let (first, rest) = words.split_first()?;
    if !is_locative(first.1, lang) {
        return None;
    }
    let mut length = 0;
    for (_, word) in rest.iter().take(3) {
        if !is_name(word.trim_end_matches([',', '.'])) {
            break;
        }
        length += 1;
        if word.ends_with([',', '.']) {
            break;
        }
    }
    (length > 0).then(|| join(&rest[..length]))
}

fn join(name: &[(usize, &str)]) -> String {
    name.iter().map(|(_, word)| word.trim_end_matches([',', '.'])).collect::<Vec<_>>().join(" ")
}

fn is_locative(word: &str, lang: Option<Lang>) -> bool {
    // German writes every noun with a capital; only "in" without an article comes before a place.
    if lang.is_some_and(|lang| lang.code() == "deu") {
        return word.eq_ignore_ascii_case("in");
    }
    LOCATIVES.contains(&word.to_lowercase().as_str())
}

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().count() >= 2
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
        && crate::text::months::month(word).is_none()
}

/// The name as a map has it. Where names are inflected, it is taken only if the story has the form
/// without the ending (`Минск` for `Минске`): a wrong name is worse than none.
fn base_form(place: &str, story: &str, lang: Option<Lang>) -> Option<String> {
    const INFLECTED: &[&str] =
        &["rus", "ukr", "bel", "pol", "ces", "slk", "slv", "hrv", "srp", "lit", "lav", "ell", "fin", "est", "hun"];
    if !lang.is_some_and(|lang| INFLECTED.contains(&lang.code())) {
        return Some(place.to_owned());
    }
    let base = |form: &str| {
        place.strip_prefix(form).is_some_and(|ending| (1..=2).contains(&ending.chars().count()))
            && form.chars().count() >= 3
    };
    story.split(|c: char| !c.is_alphabetic() && c != '-').find(|form| base(form)).map(str::to_owned)
}

/// `MINSK` as `Minsk`; names in other cases stay as they are.
fn uncapital(place: &str) -> String {
    if place.chars().any(char::is_lowercase) || place.chars().count() <= 3 {
        return place.to_owned();
    }
    let mut out = String::with_capacity(place.len());
    let mut start = true;
    for c in place.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic() && !matches!(c, '\'' | '’');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies() {
        for (lead, place, rest) in [
            ("MINSK, Nov 23 (Reuters) — Leaders met.", "Minsk", "Leaders met."),
            ("MINSK — Leaders met.", "Minsk", "Leaders met."),
            ("WASHINGTON (AP) — It rained.", "Washington", "It rained."),
            ("Berlin (dpa) - Es regnet.", "Berlin", "Es regnet."),
            ("NEW YORK, May 3 -- It rained.", "New York", "It rained."),
            ("МИНСК, 23 ноября. /ТАСС/. Лидеры встретились.", "Минск", "Лидеры встретились."),
            ("Минск. 23 ноября. ИНТЕРФАКС-ЗАПАД - Лидеры встретились.", "Минск", "Лидеры встретились."),
            ("新华社明斯克11月23日电（记者某某）会议召开。", "明斯克", "会议召开。"),
        ] {
            let found = find(lead, lead, None);
            assert_eq!(found.place.as_ref().map(Clean::as_str), Some(place), "{lead}");
            assert_eq!(&lead[found.prefix..], rest, "{lead}");
        }
    }

    #[test]
    fn places_with_dates() {
        let lang = |code| Lang::from_code(code);
        for (lead, code, place) in [
            ("They met at a fair in Upper Valley on May 3.", "en", Some("Upper Valley")),
            ("On May 3 in Tashkent, they met.", "en", Some("Tashkent")),
            ("Se reunieron en Lima el 3 de mayo.", "es", Some("Lima")),
            ("Sie trafen sich in Bern am 3. Mai.", "de", Some("Bern")),
            ("Sie trafen sich im Rathaus am 3. Mai.", "de", None),
            ("Они встретились в Минске 3 мая. Минск рад.", "ru", Some("Минск")),
            ("Они встретились в Москве 3 мая.", "ru", None),
            ("They met Jane on May 3.", "en", None),
            ("Apple – the fruit – is cheap.", "en", None),
            ("They met in Rome.", "en", None),
        ] {
            assert_eq!(find(lead, lead, lang(code)).place.as_ref().map(Clean::as_str), place, "{lead}");
        }
    }
}
