//! Articles as JSON lines, as `dateline import` takes them.

use std::path::Path;

use dateline::text::{Lang, language};
use serde_json::Value;

/// An article to be measured with.
pub struct Article {
    /// What labels call it.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its text.
    pub body: String,
    /// The language found in it, else the one named.
    pub lang: Option<Lang>,
}

/// Reads a file of articles, one object a line: `{"id", "title", "body", "lang"}`; others are ignored.
pub fn read(path: &Path) -> Result<Vec<Article>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut articles = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let value: Value =
            serde_json::from_str(line).map_err(|error| format!("{}:{}: {error}", path.display(), n + 1))?;
        let field = |name: &str| match &value[name] {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let (title, body) = (field("title"), field("body"));
        let lang = language::detect(if body.is_empty() { &title } else { &body });
        let lang = lang.or_else(|| Lang::from_code(&field("lang")));
        articles.push(Article { id: field("id"), title, body, lang });
    }
    Ok(articles)
}
