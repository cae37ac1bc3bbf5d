//! Which parts of a piece of code are what: `syntect` with the grammars of Sublime Text, read as the
//! scopes they give and never as colours. The grammars are unpacked when the first code is looked at,
//! which takes some tens of milliseconds: this is no work for the screen's thread.

use std::ops::Range;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// What a part of code is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Token {
    /// Anything else: names, signs.
    #[default]
    Plain,
    /// A remark for readers.
    Comment,
    /// Words in quotation marks.
    Text,
    /// A figure or another constant.
    Figure,
    /// A word of the language.
    Keyword,
    /// A name where it is given: of a function, a type, a tag.
    Name,
}

/// More code than this is not looked at, in bytes: nobody reads it on a screen.
const MOST: usize = 64 << 10;

/// A longer line is passed over, in bytes: it was made by a machine for a machine.
const LONGEST_LINE: usize = 1_000;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Scopes and what they mean, by their beginnings; the first that fits counts.
static MEANINGS: LazyLock<Vec<(Scope, Token)>> = LazyLock::new(|| {
    [
        ("comment", Token::Comment),
        ("string", Token::Text),
        ("constant.character", Token::Text),
        ("constant", Token::Figure),
        ("keyword.operator", Token::Plain),
        ("keyword", Token::Keyword),
        ("storage", Token::Keyword),
        ("entity.name.tag", Token::Keyword),
        ("entity.name", Token::Name),
        ("entity.other.attribute-name", Token::Name),
        ("markup.heading", Token::Keyword),
        ("markup.inserted", Token::Text),
        ("markup.deleted", Token::Comment),
        ("variable.language", Token::Keyword),
    ]
    .into_iter()
    .filter_map(|(name, token)| Some((Scope::new(name).ok()?, token)))
    .collect()
});

/// Other names of languages, and close relatives of some that have no grammar here.
const ALSO: &[(&str, &str)] = &[
    ("typescript", "js"),
    ("ts", "js"),
    ("tsx", "js"),
    ("jsx", "js"),
    ("mjs", "js"),
    ("node", "js"),
    ("shell", "bash"),
    ("console", "bash"),
    ("shell-session", "bash"),
    ("zsh", "bash"),
    ("fish", "bash"),
    ("golang", "go"),
    ("kotlin", "java"),
    ("csharp", "cs"),
    ("c#", "cs"),
    ("objective-c", "m"),
    ("py3", "python"),
    ("python3", "python"),
    ("pycon", "python"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("postgresql", "sql"),
    ("mysql", "sql"),
    ("patch", "diff"),
    ("elisp", "lisp"),
    ("scheme", "lisp"),
    ("vue", "html"),
    ("svelte", "html"),
    ("svg", "xml"),
];

/// The parts of `code` that are something, in order, as byte ranges within a line each. `language` is
/// what its page calls it; without one the first line is looked at (`#!/bin/sh`, `<?php`). `None` where
/// the language is not known or the code is longer than 64 KB. Linear in the code.
#[must_use]
pub fn tokens(code: &str, language: Option<&str>) -> Option<Vec<(Range<usize>, Token)>> {
    if code.len() > MOST {
        return None;
    }
    let mut state = ParseState::new(grammar(code, language)?);
    let mut stack = ScopeStack::new();
    let mut found: Vec<(Range<usize>, Token)> = Vec::new();
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        if line.len() <= LONGEST_LINE {
            // A grammar that gives up leaves the rest as it is.
            let Ok(steps) = state.parse_line(line, &GRAMMARS) else { break };
            let (mut at, end) = (0, line.trim_end_matches('\n').len());
            for (to, step) in &steps {
                let to = (*to).min(end);
                put(&mut found, start + at..start + to, meaning(&stack));
                at = to;
                if stack.apply(step).is_err() {
                    return Some(found);
                }
            }
            put(&mut found, start + at..start + end, meaning(&stack));
        }
        start += line.len();
    }
    Some(found)
}

fn grammar(code: &str, language: Option<&str>) -> Option<&'static SyntaxReference> {
    let Some(name) = language else {
        return GRAMMARS.find_syntax_by_first_line(code.lines().next()?);
    };
    let name = name.to_ascii_lowercase();
    let also = ALSO.iter().find(|(other, _)| *other == name).map(|(_, known)| *known);
    GRAMMARS.find_syntax_by_token(also.unwrap_or(&name))
}

fn put(found: &mut Vec<(Range<usize>, Token)>, range: Range<usize>, token: Token) {
    if range.start >= range.end || token == Token::Plain {
        return;
    }
    match found.last_mut() {
        Some((before, last)) if before.end == range.start && *last == token => before.end = range.end,
        _ => found.push((range, token)),
    }
}

/// What the innermost scope says that says anything.
fn meaning(stack: &ScopeStack) -> Token {
    let meaning_of = |scope: &Scope| MEANINGS.iter().find(|(known, _)| known.is_prefix_of(*scope)).map(|(_, m)| *m);
    stack.as_slice().iter().rev().find_map(meaning_of).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'c>(code: &'c str, language: &str) -> Vec<(&'c str, Token)> {
        tokens(code, Some(language))
            .unwrap_or_default()
            .into_iter()
            .map(|(range, token)| (&code[range], token))
            .collect()
    }

    #[test]
    fn parts_are_told() {
        let code = "fn tide() -> u8 {\n    // low\n    let s = \"wet\"; 7\n}\n";
        let parts = parts(code, "rust");
        for part in [
            ("fn", Token::Keyword),
            ("tide", Token::Name),
            ("// low", Token::Comment),
            ("\"wet\"", Token::Text),
            ("7", Token::Figure),
        ] {
            assert!(parts.contains(&part), "{part:?} in {parts:?}");
        }
        assert!(tokens("x", Some("no such language")).is_none());
        assert!(tokens("#!/bin/bash\necho hi", None).is_some());
        assert!(tokens("hello", None).is_none());
        assert!(!super::tests::parts("const x = 'a'", "typescript").is_empty());
    }

    #[test]
    fn parts_never_cross_a_line() {
        let code = "/* one\ntwo */ x\n";
        for (range, _) in tokens(code, Some("c")).unwrap() {
            assert!(!code[range].contains('\n'));
        }
    }
}
