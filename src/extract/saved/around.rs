//! What the lines around a story are: headlines of other articles, or debris of the page.

use super::script::Script;
use super::shape::{End, Shape, cut_sign};
use super::unit::Unit;
use crate::extract::date;
use crate::text::Clean;

/// What a line around the story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A headline of another article.
    Headline,
    /// Left out, and why.
    Debris(&'static str),
}

/// Headlines that must follow a link word for it not to be the page's last line but one.
const AFTER_LINK: usize = 3;

/// Judges one run of lines, before, behind or between the parts of the story; `script` is the
/// story's, `last` says that the page ends with the run. Linear.
pub(super) fn judge(run: &[&Unit], script: Option<Script>, last: bool) -> Vec<Role> {
    let mut roles: Vec<Option<Role>> = run.iter().map(|unit| debris(unit, script).map(Role::Debris)).collect();
    let usual = usual_width(run, &roles);
    let open: Vec<usize> = (0..run.len()).filter(|&n| roles[n].is_none()).collect();
    let mut headlines = 0;
    let mut link = None;
    // Pages end with a link to all news and, behind it, a line for those who want to log in.
    let last_two = open.len().checked_sub(2).filter(|&before| last && before >= AFTER_LINK);
    for (place, &n) in open.iter().enumerate() {
        let shape = &run[n].shape;
        let edge = place == 0
            || place + 1 == open.len()
            || last_two == Some(place)
            || link.is_some_and(|link| link + 1 == place);
        if is_link(shape, usual, edge) || (last && place + 1 == open.len() && place > 2 && is_call(shape, usual)) {
            roles[n] = Some(Role::Debris("a link or label"));
            link = (headlines > 0).then_some(place);
        } else {
            headlines += 1;
        }
    }
    // What stands alone behind the last link word is no headline: a log-in line, a slogan.
    if let Some(link) = link {
        let tail: Vec<usize> = open[link + 1..].iter().copied().filter(|&n| roles[n].is_none()).collect();
        if tail.len() < AFTER_LINK {
            for n in tail {
                roles[n] = Some(Role::Debris("stands alone behind the list's end"));
            }
        }
    }
    // One short line is not a list of headlines.
    let left: Vec<usize> = open.iter().copied().filter(|&n| roles[n].is_none()).collect();
    if let [only] = left[..]
        && run[only].shape.words < 5
        && short_for_one(&run[only].shape)
    {
        roles[only] = Some(Role::Debris("a single short line"));
    }
    roles.into_iter().map(|role| role.unwrap_or(Role::Headline)).collect()
}

/// Why a line can be no headline, whatever stands around it.
fn debris(unit: &Unit, script: Option<Script>) -> Option<&'static str> {
    let shape = &unit.shape;
    let words = headline_text(unit.text.as_str());
    if shape.letters == 0 {
        return Some("no words");
    }
    if shape.script.is_some() && script.is_some() && shape.script != script && shape.letters >= 3 {
        return Some("in another script than the story");
    }
    if date::mostly_date(unit.text.as_str()) {
        return Some("a date");
    }
    if shape.letters * 2 < shape.visible {
        return Some("mostly numbers and signs");
    }
    if shape.address {
        return Some("an address");
    }
    if shape.crumbs >= 2 {
        return Some("a menu");
    }
    if shape.bracketed {
        return Some("a note in brackets");
    }
    if shape.words <= 1 && shape.width < 40 {
        return Some("a link or label");
    }
    if shape.end == End::Colon && shape.words <= 4 {
        return Some("a label");
    }
    if shape.stops() && (shape.inner_sentences > 0 || shape.width >= 120 || shape.words <= 3) {
        return Some("a sentence outside the story");
    }
    if shape.width > 250 {
        return Some("too long for a headline");
    }
    words.is_empty().then_some("no words")
}

/// The middle width of the lines that look like headlines; `None` if none does.
fn usual_width(run: &[&Unit], roles: &[Option<Role>]) -> Option<usize> {
    let mut widths: Vec<usize> = run
        .iter()
        .zip(roles)
        .filter(|(unit, role)| role.is_none() && unit.shape.like_headline())
        .map(|(unit, _)| unit.shape.width)
        .collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied()
}

/// Whether a line is a link or a label among headlines of the usual width: much shorter than they,
/// at the edge of their run or of a word or two.
fn is_link(shape: &Shape, usual: Option<usize>, edge: bool) -> bool {
    let few = if shape.unspaced() { shape.width <= 16 } else { shape.words <= 3 };
    let fewer = if shape.unspaced() { shape.width <= 12 } else { shape.words <= 2 };
    match usual {
        Some(usual) => {
            let short = shape.width * 20 < usual * 9;
            let shortish = shape.width * 10 < usual * 6;
            (short && (fewer || (edge && few))) || (shortish && edge && fewer) || (fewer && shape.width < 14)
        }
        None => true,
    }
}

/// Whether a page's last line is a call to the reader rather than a headline: less than half as
/// wide as they, and nothing named in it.
fn is_call(shape: &Shape, usual: Option<usize>) -> bool {
    let named = shape.capitals > 1 || shape.digits > 0;
    let cased = shape.script.is_some_and(Script::cased);
    cased && !named && usual.is_some_and(|usual| shape.width * 20 < usual * 9)
}

fn short_for_one(shape: &Shape) -> bool {
    if shape.unspaced() { shape.width < 20 } else { shape.width < 36 }
}

/// The words of a headline, without the bullet, number, date or time of day that it begins with.
pub(super) fn headline_text(line: &str) -> Clean {
    let (_, mut body) = cut_sign(line);
    // `14:05 Minister resigns`, `23.11.2023 14:05 Minister resigns`
    while let Some((first, rest)) = body.split_once(char::is_whitespace) {
        let clock = first.chars().any(|c| c.is_ascii_digit())
            && first.contains([':', '.', '/'])
            && first.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '/' | ',' | '-'));
        let sign = matches!(first, "|" | "-" | "–" | "—" | "•" | "·" | ",");
        if !(sign || clock && first.len() >= 4) {
            break;
        }
        body = rest.trim_start();
    }
    Clean::new(body)
}
