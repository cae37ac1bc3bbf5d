//! One source file as the guard sees it: the paths it names, the macros it calls and how long it
//! is, with everything under `#[cfg(test)]` left out.
//!
//! Read as tokens, not as text, so that comments, strings and formatting can neither hide a
//! violation nor make up one.

use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// What the guard knows of one file.
pub(crate) struct Source {
    /// Where it is, from the package's root, with `/`.
    pub(crate) file: String,
    /// Every path of two or more segments, `use` trees spread out.
    pub(crate) paths: Vec<Named>,
    /// Every macro that is called, by the last segment of its name.
    pub(crate) macros: Vec<(usize, String)>,
    /// Lines outside `#[cfg(test)]`.
    pub(crate) lines: usize,
    /// Modules that are declared here for tests only, from the crate's root.
    pub(crate) test_modules: Vec<Vec<String>>,
    /// Whether it begins with `//!`.
    pub(crate) header: bool,
    /// Whether it holds `#![forbid(unsafe_code)]`.
    pub(crate) forbids_unsafe: bool,
}

/// A path as written, and what it means from the crate's root.
pub(crate) struct Named {
    /// The line it begins on.
    pub(crate) line: usize,
    /// Its segments as written.
    pub(crate) segments: Vec<String>,
    /// Its segments from the crate's root; `None` for a path that does not begin with `crate`,
    /// `self` or `super`.
    pub(crate) ours: Option<Vec<String>>,
}

/// The module a file makes, from the crate's root: `src/app/mod.rs` makes `app`, `src/lib.rs`
/// the root itself.
pub(crate) fn module_of(file: &str) -> Vec<String> {
    let inner = file.strip_prefix("src/").unwrap_or(file);
    let mut module: Vec<String> = Path::new(inner)
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if module.last().is_some_and(|name| name == "mod") || module == ["lib"] {
        module.pop();
    }
    module
}

impl Source {
    /// Reads `code`, the text of `file`. Panics when it is not Rust: then nothing builds anyway.
    pub(crate) fn read(file: &str, code: &str) -> Self {
        let tokens =
            TokenStream::from_str(code).unwrap_or_else(|error| panic!("{file} does not read as Rust: {error}"));
        let mut source = Self {
            file: file.to_owned(),
            paths: Vec::new(),
            macros: Vec::new(),
            lines: code.lines().count(),
            test_modules: Vec::new(),
            header: code.starts_with("//!"),
            forbids_unsafe: false,
        };
        source.walk(tokens, &module_of(file));
        source
    }

    fn walk(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => at = self.attribute(&tokens, at, module),
                TokenTree::Ident(word) if word == "mod" => match (tokens.get(at + 1), tokens.get(at + 2)) {
                    (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) => {
                        self.walk(body.stream(), &child(module, &name.to_string()));
                        at += 3;
                    }
                    _ => at += 1,
                },
                TokenTree::Ident(_) => at = self.path(&tokens, at, &[], module),
                TokenTree::Group(group) => {
                    self.walk(group.stream(), module);
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// Steps over an attribute, and over the item it stands on where that is for tests only.
    fn attribute(&mut self, tokens: &[TokenTree], at: usize, module: &[String]) -> usize {
        let inner = matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
        let body = at + 1 + usize::from(inner);
        let Some(TokenTree::Group(group)) = tokens.get(body) else { return at + 1 };
        let text = group.stream().to_string().replace(char::is_whitespace, "");
        if inner {
            self.forbids_unsafe |= text == "forbid(unsafe_code)";
            return body + 1;
        }
        if !(text == "cfg(test)" || text.starts_with("cfg(all(test,")) {
            // Derives and the like name paths too.
            self.walk(group.stream(), module);
            return body + 1;
        }
        let end = end_of_item(tokens, body + 1);
        if let Some(window) = tokens[body + 1..end].windows(3).find(|w| is_word(&w[0], "mod") && is_mark(&w[2], ';')) {
            self.test_modules.push(child(module, &window[1].to_string()));
        }
        let first = tokens[at].span().start().line;
        let last = tokens[end - 1].span().end().line;
        self.lines = self.lines.saturating_sub(last + 1 - first);
        end
    }

    /// Reads one path that begins at `at` and goes on from `before`; returns where it ends.
    fn path(&mut self, tokens: &[TokenTree], mut at: usize, before: &[String], module: &[String]) -> usize {
        let mut segments = before.to_vec();
        let line = tokens[at].span().start().line;
        loop {
            match tokens.get(at) {
                Some(TokenTree::Ident(word)) => segments.push(word.to_string()),
                Some(TokenTree::Punct(mark)) if mark.as_char() == '*' => segments.push("*".to_owned()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.tree(group, &segments, module);
                    return at + 1;
                }
                _ => break,
            }
            at += 1;
            if !is_double_colon(tokens, at) {
                break;
            }
            at += 2;
        }
        if is_mark_at(tokens, at, '!') && !is_mark_at(tokens, at + 1, '=') {
            self.macros.push((line, segments.last().cloned().unwrap_or_default()));
        }
        if segments.len() > 1 {
            let ours = from_root(module, &segments);
            self.paths.push(Named { line, segments, ours });
        }
        at
    }

    /// Reads the branches of a `use` tree: `{a, b::c, d as e}`.
    fn tree(&mut self, group: &Group, before: &[String], module: &[String]) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at = match token {
                TokenTree::Ident(word) if word == "as" => at + 2,
                TokenTree::Punct(mark) if mark.as_char() != '*' => at + 1,
                _ => self.path(&tokens, at, before, module).max(at + 1),
            };
        }
    }
}

/// Where the item that begins at `at` ends: after its body, or after its semicolon.
fn end_of_item(tokens: &[TokenTree], at: usize) -> usize {
    // The braces of a `use` tree are not a body.
    let import = tokens[at..].iter().take_while(|token| !is_mark(token, ';')).any(|token| is_word(token, "use"));
    tokens[at..]
        .iter()
        .position(|token| {
            is_mark(token, ';')
                || !import && matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
        })
        .map_or(tokens.len(), |end| at + end + 1)
}

fn from_root(module: &[String], segments: &[String]) -> Option<Vec<String>> {
    let (mut base, mut rest): (Vec<String>, &[String]) = match segments[0].as_str() {
        "crate" => (Vec::new(), &segments[1..]),
        "self" | "super" => (module.to_vec(), segments),
        _ => return None,
    };
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "self" => {}
            "super" => {
                base.pop();
            }
            _ => break,
        }
        rest = others;
    }
    base.extend_from_slice(rest);
    Some(base)
}

fn child(module: &[String], name: &str) -> Vec<String> {
    let mut module = module.to_vec();
    module.push(name.to_owned());
    module
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_mark_at(tokens: &[TokenTree], at: usize, mark: char) -> bool {
    tokens.get(at).is_some_and(|token| is_mark(token, mark))
}

fn is_double_colon(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
        && is_mark_at(tokens, at + 1, ':')
}
