//! The shape of a line: all that is looked at to tell prose from headlines and debris.

use super::script::Script;
use crate::text::width;

/// How a line ends, closing quotation marks and brackets aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum End {
    /// As a statement does.
    Stop,
    /// With a question, a call or an ellipsis, as headlines do as well.
    Query,
    /// With a colon.
    Colon,
    /// With a comma, semicolon or dash: the text goes on.
    Pause,
    /// With a word.
    Open,
}

/// What a line begins with before its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Sign {
    None,
    /// A bullet, an arrow, a hyphen.
    Bullet,
    /// `1.` or `1)`.
    Number,
    /// A dash, which opens speech in many languages.
    Dash,
}

/// The shape of a line.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Shape {
    /// Columns it takes.
    pub(in crate::extract) width: usize,
    /// Words; in scripts without spaces, a third of the letters.
    pub(in crate::extract) words: usize,
    pub(in crate::extract) letters: usize,
    /// Characters that are seen.
    pub(in crate::extract) visible: usize,
    pub(in crate::extract) digits: usize,
    pub(in crate::extract) end: End,
    /// Sentences that end within it, the last not counted.
    pub(in crate::extract) inner_sentences: usize,
    /// Begins with a small letter.
    pub(in crate::extract) lower: bool,
    /// Words that begin with a capital.
    pub(in crate::extract) capitals: usize,
    pub(in crate::extract) sign: Sign,
    pub(super) script: Option<Script>,
    /// Wholly in brackets.
    pub(in crate::extract) bracketed: bool,
    /// Parts set off by `|`, `•`, `/`, `›` and the like, as in menus and crumbs.
    pub(in crate::extract) crumbs: usize,
    /// Holds an address: of the web or of mail.
    pub(in crate::extract) address: bool,
}

impl Shape {
    /// Looks at a line. Linear.
    pub(in crate::extract) fn of(line: &str) -> Self {
        let (sign, body) = cut_sign(line);
        let (script, letters) = Script::most(body);
        let tokens = body.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        let unspaced = script.is_some_and(Script::unspaced);
        let first = body.chars().find(|c| c.is_alphabetic());
        let initials = body.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        Self {
            width: width::width(line),
            words: if unspaced { tokens.max(letters / 3) } else { tokens },
            letters,
            visible: body.chars().filter(|c| !c.is_whitespace()).count(),
            digits: body.chars().filter(|c| c.is_numeric()).count(),
            end: end(body),
            inner_sentences: inner_sentences(body),
            lower: first.is_some_and(Script::small),
            capitals: initials.filter(|c| c.is_uppercase()).count(),
            sign,
            script,
            bracketed: (body.starts_with('(') && body.ends_with(')')) || (body.starts_with('[') && body.ends_with(']')),
            crumbs: body
                .split_whitespace()
                .filter(|w| matches!(*w, "|" | "•" | "·" | "/" | "›" | "»" | ">" | "→"))
                .count(),
            address: body.contains("://") || body.split_whitespace().any(is_mail),
        }
    }

    /// Whether the words end with a statement's sign.
    pub(in crate::extract) fn stops(&self) -> bool {
        self.end == End::Stop
    }

    /// A line of the length and look of a headline: some words, no stop, no pause, no small start.
    pub(in crate::extract) fn like_headline(&self) -> bool {
        let long = if self.unspaced() { self.width >= 12 } else { self.words >= 3 && self.width >= 15 };
        long && self.width <= 200
            && matches!(self.end, End::Open | End::Query)
            && !self.lower
            && self.crumbs < 2
            && !self.bracketed
            && self.letters * 2 > self.visible
    }

    /// Whether its script has no spaces between words.
    pub(in crate::extract) fn unspaced(&self) -> bool {
        self.script.is_some_and(Script::unspaced)
    }
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// Parts a line from the bullet, number or dash it begins with.
pub(in crate::extract) fn cut_sign(line: &str) -> (Sign, &str) {
    let line = line.trim();
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return (Sign::None, line) };
    let rest = chars.as_str();
    let spaced = rest.starts_with(char::is_whitespace);
    match first {
        '•' | '◦' | '▪' | '▫' | '■' | '□' | '●' | '○' | '►' | '▶' | '▸' | '‣' | '⁃' | '✓' | '✔' | '→' | '➤' | '※' => {
            (Sign::Bullet, rest.trim_start())
        }
        '*' | '-' | '+' | '»' | '›' | '>' | '·' if spaced => (Sign::Bullet, rest.trim_start()),
        '—' | '–' | '―' => (Sign::Dash, rest.trim_start()),
        c if c.is_ascii_digit() => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &line[digits..];
            match rest.strip_prefix(['.', ')']).filter(|rest| digits <= 3 && rest.starts_with(char::is_whitespace)) {
                Some(rest) => (Sign::Number, rest.trim_start()),
                None => (Sign::None, line),
            }
        }
        _ => (Sign::None, line),
    }
}

/// Signs that may stand behind the one that ends a sentence.
fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '】'
            | '》'
            | '〉'
            | '）'
            | '］'
            | '“'
            | '„'
            | '«'
            | '*'
            | '†'
            | '¹'
            | '²'
            | '³'
    )
}

/// What kind of end the sign `c` makes; `None` for what ends nothing.
fn ending(c: char) -> Option<End> {
    Some(match c {
        '.' | '。' | '．' | '｡' | '۔' | '।' | '॥' | '։' | '።' | '။' | '។' | '៕' | '།' => End::Stop,
        '!' | '?' | '…' | '！' | '？' | '؟' | '‼' | '⁇' | '⁈' | '‽' | '՞' | '՜' => End::Query,
        ':' | '：' => End::Colon,
        ',' | ';' | '，' | '、' | '；' | '،' | '؛' | '—' | '–' | '-' | '፣' | '፤' => End::Pause,
        _ => return None,
    })
}

fn end(line: &str) -> End {
    let mut body = line.trim_end();
    // A note's number behind the last sentence: `… said.[3]`
    if let Some((before, note)) = body.strip_suffix(']').and_then(|body| body.rsplit_once('['))
        && note.len() <= 3
        && note.bytes().all(|b| b.is_ascii_digit())
    {
        body = before;
    }
    let body = body.trim_end_matches(|c: char| closes(c) || c.is_whitespace());
    let Some(last) = body.chars().next_back() else { return End::Open };
    let end = ending(last).unwrap_or(End::Open);
    if body.ends_with("...") {
        return End::Query;
    }
    if end == End::Stop && abbreviated(body) && width::width(line) < 110 { End::Open } else { end }
}

/// Whether the last dot belongs to an abbreviation (`U.S.`, `J.`), so that it need not end a
/// sentence.
fn abbreviated(body: &str) -> bool {
    let Some(word) = body.strip_suffix('.').and_then(|body| body.split_whitespace().next_back()) else { return false };
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    single || (word.contains('.') && word.split('.').all(|part| part.chars().count() == 1))
}

/// Sentences that end within the line, before its last.
fn inner_sentences(line: &str) -> usize {
    let mut count = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some(End::Stop | End::Query) = ending(c) else { continue };
        while chars.next_if(|&(_, c)| closes(c) || matches!(ending(c), Some(End::Stop | End::Query))).is_some() {}
        let spaceless = matches!(c, '。' | '！' | '？' | '．' | '｡');
        let space = chars.next_if(|(_, c)| c.is_whitespace()).is_some();
        let Some(&(_, next)) = chars.peek() else { break };
        if !(space || spaceless) || Script::small(next) {
            continue;
        }
        let word = line[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if c != '.' || !cut_short(word, next) {
            count += 1;
        }
    }
    count
}

/// Whether a dot between `word` and `next` shows that the word was cut short rather than that a
/// sentence ended: `Mr. Smith`, `J. Doe`, `Nov. 23`.
fn cut_short(word: &str, next: char) -> bool {
    let letters = word.chars().count();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    word.chars().all(char::is_alphabetic)
        && ((letters == 1)
            || ((2..=3).contains(&letters) && capital)
            || ((2..=4).contains(&letters) && next.is_numeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        for (line, expected) in [
            ("He said so.", End::Stop),
            ("“He said so.”", End::Stop),
            ("He said so.[3]", End::Stop),
            ("他说。", End::Stop),
            ("یہ خبر ہے۔", End::Stop),
            ("यह खबर है।", End::Stop),
            ("Why?", End::Query),
            ("And then…", End::Query),
            ("And then...", End::Query),
            ("The list:", End::Colon),
            ("one, two,", End::Pause),
            ("Minister resigns", End::Open),
            ("Minister visits the U.S.", End::Open),
            ("Details of the “coup”", End::Open),
        ] {
            assert_eq!(Shape::of(line).end, expected, "{line}");
        }
    }

    #[test]
    fn sentences() {
        for (line, inner) in [
            ("One ended. Another ended.", 1),
            ("Mr. Smith met J. Doe on Nov. 23 in St. Petersburg.", 0),
            ("It grew by 2.5 percent.", 0),
            ("第一句。第二句。", 1),
            ("“Yes!” She left. He stayed.", 2),
        ] {
            assert_eq!(Shape::of(line).inner_sentences, inner, "{line}");
        }
    }

    #[test]
    fn signs() {
        assert_eq!(cut_sign("• one"), (Sign::Bullet, "one"));
        assert_eq!(cut_sign("12) one"), (Sign::Number, "one"));
        assert_eq!(cut_sign("2024 was"), (Sign::None, "2024 was"));
        assert_eq!(cut_sign("— Да"), (Sign::Dash, "Да"));
        assert_eq!(cut_sign("-5 degrees"), (Sign::None, "-5 degrees"));
    }
}
