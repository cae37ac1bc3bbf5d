//! What a label says against what was found.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use dateline::extract::{Extracted, NotAnArticle};
use serde::{Deserialize, Deserializer};

/// What is known of a page.
#[derive(Deserialize)]
pub struct Label {
    pub page: String,
    pub url: Option<String>,
    pub text: Option<String>,
    pub title: Option<String>,
    /// `Some(None)`: the page names nobody.
    #[serde(default, deserialize_with = "stated")]
    pub byline: Option<Option<String>>,
    /// `YYYY-MM-DD`, or longer; the first ten characters count. `Some(None)`: the page has none.
    #[serde(default, deserialize_with = "stated")]
    pub date: Option<Option<String>>,
    #[serde(default)]
    pub with: Vec<String>,
    #[serde(default)]
    pub without: Vec<String>,
}

fn stated<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(input).map(Some)
}

/// A share of things that came out right.
#[derive(Clone, Copy, Default)]
struct Share(usize, usize);

impl Share {
    fn add(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    fn add_many(&mut self, other: Self) {
        self.0 += other.0;
        self.1 += other.1;
    }

    fn wrong(self) -> usize {
        self.1 - self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.1 == 0 {
            return f.write_str("-");
        }
        write!(f, "{:.1} % ({} of {})", 100.0 * self.0 as f64 / self.1 as f64, self.0, self.1)
    }
}

/// Precision, recall and F1 of one page.
#[derive(Clone, Copy)]
struct Match {
    precision: f64,
    recall: f64,
    f1: f64,
}

/// One page and what was wrong with it.
struct Row {
    page: String,
    words: Option<Match>,
    faults: Vec<String>,
    loss: f64,
}

/// What came of all pages.
#[derive(Default)]
pub struct Tally {
    pub missing: usize,
    rows: Vec<Row>,
    title: Share,
    byline: Share,
    date: Share,
    /// Dates and bylines given for pages that have none.
    invented: Share,
    with: Share,
    without: Share,
    no_article: usize,
    gated: usize,
    times: Vec<(Duration, usize)>,
}

impl Tally {
    pub fn add(&mut self, label: Label, found: Result<Extracted, NotAnArticle>, time: Duration, bytes: usize) {
        self.times.push((time, bytes));
        let mut faults = Vec::new();
        let found = found.unwrap_or_else(|none| {
            self.no_article += 1;
            faults.push(format!("no article: {none}"));
            Extracted::default()
        });
        if let Some(gate) = found.gate {
            self.gated += 1;
            faults.push(format!("gate: {gate}"));
        }
        let text = found.text.as_str();
        let words = label.text.as_deref().map(|said| compare(said, text));
        let title = label.title.as_deref().filter(|title| !title.trim().is_empty());
        if let Some(title) = title {
            let right = key(title) == key(found.title.as_str());
            self.title.add(right);
            if !right {
                faults.push(format!("title: “{}” for “{title}”", found.title));
            }
        }
        let name = found.byline.as_ref().map(ToString::to_string).unwrap_or_default();
        match &label.byline {
            Some(Some(said)) => {
                let right = same_names(said, &name);
                self.byline.add(right);
                if !right {
                    faults.push(format!("byline: “{name}” for “{said}”"));
                }
            }
            Some(None) => self.invented.add(name.is_empty()),
            None => {}
        }
        let day = found.published.map(|time| time.in_zone(found.zone.unwrap_or(0)).to_string()).unwrap_or_default();
        match &label.date {
            Some(Some(said)) => {
                let right = said.get(..10).is_some_and(|said| day.starts_with(said));
                self.date.add(right);
                if !right {
                    faults.push(format!("date: “{day}” for “{said}”"));
                }
            }
            Some(None) => self.invented.add(day.is_empty()),
            None => {}
        }
        // A reader sees the standfirst over the story.
        let standfirst = found.standfirst.as_ref().map_or("", |standfirst| standfirst.as_str());
        let folded = spaced(&format!("{standfirst}\n{text}"));
        let (mut with, mut without) = (Share::default(), Share::default());
        for part in &label.with {
            let right = folded.contains(&spaced(part));
            with.add(right);
            if !right {
                faults.push(format!("lost: {part}"));
            }
        }
        for part in &label.without {
            let right = !folded.contains(&spaced(part));
            without.add(right);
            if !right {
                faults.push(format!("kept: {part}"));
            }
        }
        self.with.add_many(with);
        self.without.add_many(without);
        let loss = words.map_or((with.wrong() + without.wrong()) as f64 * 0.2, |words| 1.0 - words.f1)
            + 0.001 * faults.len() as f64;
        self.rows.push(Row { page: label.page, words, faults, loss });
    }

    /// Prints the `count` worst pages, and what was wrong with each.
    pub fn print_worst(&mut self, count: usize) {
        self.rows.sort_by(|a, b| b.loss.total_cmp(&a.loss));
        for row in self.rows.iter().take(count).filter(|row| row.loss > 0.0) {
            let words = row.words.map_or_else(String::new, |words| {
                format!(" F1 {:.3} (precision {:.3}, recall {:.3})", words.f1, words.precision, words.recall)
            });
            println!("{}{words}", row.page);
            row.faults.iter().for_each(|fault| println!("    {fault}"));
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<Match> = self.rows.iter().filter_map(|row| row.words).collect();
        let mean = |of: fn(&Match) -> f64| all.iter().map(of).sum::<f64>() / all.len().max(1) as f64;
        writeln!(f, "{} pages, {} missing", self.rows.len(), self.missing)?;
        if !all.is_empty() {
            let (precision, recall) = (mean(|m| m.precision), mean(|m| m.recall));
            writeln!(f, "  text      F1 {:.4}, precision {precision:.4}, recall {recall:.4}", mean(|m| m.f1))?;
        }
        writeln!(f, "  strings   kept {}, left out {}", self.with, self.without)?;
        writeln!(f, "  title     {}", self.title)?;
        writeln!(f, "  byline    {}", self.byline)?;
        writeln!(f, "  date      {}", self.date)?;
        writeln!(f, "  nothing said where the page says nothing: {}", self.invented)?;
        writeln!(f, "  no article {}, gated {}", self.no_article, self.gated)?;
        let mut times = self.times.clone();
        times.sort();
        let at = |share: f64| times.get(((times.len() as f64 - 1.0) * share) as usize).copied().unwrap_or_default();
        let ms = |(time, bytes): (Duration, usize)| format!("{:.2} ms ({} KB)", time.as_secs_f64() * 1e3, bytes >> 10);
        write!(f, "  time      median {}, 90 % {}, longest {}", ms(at(0.5)), ms(at(0.9)), ms(at(1.0)))
    }
}

/// Token precision, recall and F1, each word as often as it stands.
fn compare(said: &str, found: &str) -> Match {
    let (said, found) = (words(said), words(found));
    let total = |words: &HashMap<String, usize>| words.values().sum::<usize>() as f64;
    let common: usize = said.iter().map(|(word, n)| found.get(word).copied().unwrap_or(0).min(*n)).sum();
    let share = |of: f64| if of == 0.0 { 0.0 } else { common as f64 / of };
    if total(&said) + total(&found) == 0.0 {
        return Match { precision: 1.0, recall: 1.0, f1: 1.0 };
    }
    let (precision, recall) = (share(total(&found)), share(total(&said)));
    let f1 = if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Match { precision, recall, f1 }
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // Scripts without spaces are counted by the character.
        if word.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')) {
            word.chars().for_each(|c| *words.entry(c.to_string()).or_default() += 1);
        } else {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    words
}

/// Letters and numbers only: what makes two titles the same.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two bylines name the same people, in any order.
fn same_names(said: &str, found: &str) -> bool {
    let people = |text: &str| {
        let mut people: Vec<String> = text
            .replace(" and ", ",")
            .replace(" & ", ",")
            .replace(" und ", ",")
            .split([',', ';', '/', '|'])
            .map(key)
            .filter(|name| !name.is_empty())
            .collect();
        people.sort();
        people.dedup();
        people
    };
    people(said) == people(found)
}
