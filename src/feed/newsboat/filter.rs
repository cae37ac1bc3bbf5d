//! newsboat's filter language, as far as it can be said in Dateline's query language.
//!
//! ```text
//! unread = "yes" and title =~ "rain|snow"      is:unread title:/rain|snow/
//! age < 3 or flags # "s"                       since:3d OR tag:s
//! ```

use crate::model::Query;
use crate::text::{Clean, Raw};

/// How deep parentheses are followed.
const MAX_DEPTH: usize = 32;

/// The query that says the same.
///
/// # Errors
/// What in it has no counterpart.
pub fn query(expression: &Raw) -> Result<Query, Clean> {
    let mut parser = Parser { rest: expression.untrusted(), depth: 0 };
    let said = parser.any()?;
    if !parser.rest.trim().is_empty() {
        return Err(unknown(parser.rest));
    }
    Query::parse(&said).map_err(|_| unknown(expression.untrusted()))
}

fn unknown(text: &str) -> Clean {
    Clean::new(&format!("“{}” is no filter that is known", crate::feed::draft::clip(text.trim(), 60)))
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn any(&mut self) -> Result<String, Clean> {
        let mut parts = vec![self.all()?];
        while self.word("or") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { format!("({})", parts.join(" OR ")) })
    }

    fn all(&mut self) -> Result<String, Clean> {
        let mut parts = vec![self.one()?];
        while self.word("and") {
            parts.push(self.one()?);
        }
        Ok(parts.join(" "))
    }

    fn one(&mut self) -> Result<String, Clean> {
        self.rest = self.rest.trim_start();
        if let Some(inside) = self.rest.strip_prefix('(') {
            self.rest = inside;
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(Clean::new("it is nested too deep"));
            }
            let said = self.any()?;
            self.depth -= 1;
            self.rest = self.rest.trim_start().strip_prefix(')').ok_or_else(|| Clean::new("a parenthesis is open"))?;
            return Ok(format!("({said})"));
        }
        let length = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest.trim_start();
        let operator = ["==", "=~", "!=", "!~", "!#", "<=", ">=", "=", "<", ">", "#", "between"]
            .into_iter()
            .find(|operator| self.rest.starts_with(operator))
            .ok_or_else(|| unknown(self.rest))?;
        self.rest = self.rest[operator.len()..].trim_start();
        let value = self.value()?;
        said(name, operator, &value)
    }

    /// A value in quotes, in which `\"` stands for itself, or a bare one.
    fn value(&mut self) -> Result<String, Clean> {
        let Some(inside) = self.rest.strip_prefix('"') else {
            let length = self.rest.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(self.rest.len());
            let (value, rest) = self.rest.split_at(length);
            self.rest = rest;
            return Ok(value.to_owned());
        };
        let mut value = String::new();
        let mut chars = inside.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.rest = &inside[at + 1..];
                    return Ok(value);
                }
                '\\' => value.extend(chars.next().map(|(_, c)| c)),
                c => value.push(c),
            }
        }
        Err(Clean::new("a quote is open"))
    }

    fn word(&mut self, word: &str) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
            && rest[word.len()..].starts_with(|c: char| c.is_whitespace() || c == '(');
        if found {
            self.rest = &rest[word.len()..];
        }
        found
    }
}

/// One comparison in Dateline's words.
fn said(name: &str, operator: &str, value: &str) -> Result<String, Clean> {
    let no = |yes: String, negated: bool| if negated { format!("-{yes}") } else { yes };
    let negated = operator.starts_with('!');
    let field = match name {
        "title" => Some("title"),
        "content" | "description" => Some("body"),
        "author" => Some("author"),
        "feedtitle" => Some("source"),
        _ => None,
    };
    match (name, operator) {
        ("unread", "=" | "==" | "!=") => match value {
            "yes" => Ok(no("is:unread".to_owned(), negated)),
            "no" => Ok(no("is:read".to_owned(), negated)),
            other => Err(Clean::new(&format!("unread is yes or no, not “{other}”"))),
        },
        ("flags", "#" | "!#") if is_word(value) => Ok(no(format!("tag:{value}"), negated)),
        ("age", "<" | "<=" | ">" | ">=" | "between") => age(operator, value),
        _ => match (field, operator) {
            (Some(field), "=~" | "!~") => Ok(no(format!("{field}:/{}/", value.replace('/', "\\/")), negated)),
            (Some(field), "=" | "==" | "!=") if !value.contains('"') && !value.trim().is_empty() => {
                Ok(no(format!("{field}:\"{value}\""), negated))
            }
            _ => Err(Clean::new(&format!("“{} {operator}” has no counterpart", crate::feed::draft::clip(name, 40)))),
        },
    }
}

fn is_word(value: &str) -> bool {
    !value.is_empty() && value.chars().all(char::is_alphanumeric)
}

/// `age`: whole days since publication.
fn age(operator: &str, value: &str) -> Result<String, Clean> {
    let days =
        |text: &str| text.trim().parse::<u16>().map_err(|_| Clean::new(&format!("“{value}” is no number of days")));
    match (operator, value.split_once(':')) {
        ("between", Some((from, to))) => {
            let since = format!("since:{}d", days(to)?.saturating_add(1));
            Ok(match days(from)? {
                0 => since,
                from => format!("{since} before:{from}d"),
            })
        }
        ("<", None) => Ok(format!("since:{}d", days(value)?)),
        ("<=", None) => Ok(format!("since:{}d", days(value)?.saturating_add(1))),
        (">", None) => Ok(format!("before:{}d", days(value)?.saturating_add(1))),
        (">=", None) => Ok(format!("before:{}d", days(value)?)),
        _ => Err(Clean::new(&format!("“age {operator} {value}” is not understood"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_can_be_said() {
        for (newsboat, dateline) in [
            ("unread = \"yes\"", "is:unread"),
            ("unread != \"no\"", "-is:read"),
            ("unread = \"yes\" and title =~ \"rain|snow\"", "is:unread title:/rain|snow/"),
            (
                "(title = \"Two words\" or author !~ \"a/b\") and age < 3",
                "(title:\"Two words\" OR -author:/a\\/b/) since:3d",
            ),
            ("age between 0:7", "since:8d"),
            ("flags # \"s\" or feedtitle == \"The Example\"", "tag:s OR source:\"The Example\""),
        ] {
            let said = query(&Raw::new(newsboat)).map(|query| query.to_string());
            let wanted = Query::parse(dateline).map(|query| query.to_string()).map_err(|_| Clean::default());
            assert_eq!(said, wanted, "{newsboat}");
        }
    }

    #[test]
    fn what_cannot() {
        for newsboat in [
            "tags # \"news\"",
            "rssurl =~ \"x\"",
            "unread",
            "",
            "age < soon",
            "title =~ \"open",
            "(unread = \"yes\"",
            "title =~ \"(\"",
        ] {
            assert!(query(&Raw::new(newsboat)).is_err(), "{newsboat}");
        }
        assert!(query(&Raw::new("(".repeat(100_000))).is_err());
    }

    proptest! {
        #[test]
        fn any_text(text in "(unread|title|age|flags| |=|=~|#|between|\"|\\\\|\\(|\\)|and|or|yes|1:2|\\PC){0,30}") {
            let _ = query(&Raw::new(text));
        }
    }
}
