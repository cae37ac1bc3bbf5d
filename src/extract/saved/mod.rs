//! Plain text saved from a page: the story told from the headlines, menus and links around it.
//!
//! No words are known here but those that dates and bylines are made with. What a line is follows
//! from its shape (length, how it ends, its script, what it begins with) and from the lines around
//! it: [`mod@unit`] joins wrapped lines, [`shape`] looks at each, [`story`] finds the stretch that is
//! the story, [`around`] judges the rest.

mod around;
mod dateline;
mod document;
mod kinship;
mod references;
mod script;
pub(super) mod shape;
mod story;
mod title;
mod unit;

use std::collections::{HashMap, HashSet};

use around::Role;
use kinship::Subject;
use script::Script;
use shape::End;
use story::Story;
use unit::Unit;

use super::{Dropped, Extracted, NotAnArticle, RelatedHeadline, byline, date};
use crate::model::Time;
use crate::text::fold::fold;
use crate::text::{Clean, CleanText, Lang, language};

/// The largest text that is read, in bytes: about ten novels, and a second or two of work.
pub const MAX_TEXT: usize = 4 << 20;

/// Makes an article of a plain text that was saved from a page.
///
/// The story's lines are kept in order and whole; the headlines before, behind and between them
/// become [`Extracted::related`]; all else is listed in [`Extracted::dropped`]. A missing headline
/// is made from the first sentence. Numbers that a terminal's browser gave to links go, and tell where
/// the other headlines lead. `published` is given only where a full date stands beside the
/// story, and a day without a time of day is its noon in UTC. Linear in the length of `text`.
///
/// # Errors
/// [`NotAnArticle::Empty`] for a text without words or with debris only,
/// [`NotAnArticle::AllHeadlines`] for headlines without a story, [`NotAnArticle::TooLarge`] beyond
/// [`MAX_TEXT`].
pub fn saved_text(text: &str) -> Result<Extracted, NotAnArticle> {
    if text.len() > MAX_TEXT {
        return Err(NotAnArticle::TooLarge(text.len(), MAX_TEXT));
    }
    let (text, references) = references::strip(text);
    let units = unit::units(&text);
    let lang = language(&units);
    let Some(story) = story::find(&units, lang) else { return Err(without_story(&units)) };
    let mut article = Page { units: &units, story, lang }.article();
    for headline in &mut article.related {
        headline.link = references.of(headline.title.as_str()).cloned();
    }
    Ok(article)
}

/// The language of the longest units.
fn language(units: &[Unit]) -> Option<Lang> {
    let long = |least: usize| units.iter().filter(move |u| u.shape.width >= least).map(|u| u.text.as_str()).take(8);
    let mut sample = long(90).collect::<Vec<_>>().join(" ");
    if sample.is_empty() {
        sample = long(0).collect::<Vec<_>>().join(" ");
    }
    language::detect(&sample)
}

/// What a text without a story is.
fn without_story(units: &[Unit]) -> NotAnArticle {
    let all: Vec<&Unit> = units.iter().collect();
    let roles = around::judge(&all, story::prose_script(units), true);
    let mut seen = HashSet::new();
    let headlines: Vec<RelatedHeadline> = all
        .iter()
        .zip(roles)
        .filter(|(_, role)| *role == Role::Headline)
        .map(|(unit, _)| around::headline_text(unit.text.as_str()))
        .filter(|title| seen.insert(fold(title.as_str())))
        .map(|title| RelatedHeadline { title, link: None })
        .collect();
    if headlines.is_empty() { NotAnArticle::Empty } else { NotAnArticle::AllHeadlines(headlines) }
}

/// A saved page whose story has been found.
struct Page<'u> {
    units: &'u [Unit],
    story: Story,
    lang: Option<Lang>,
}

/// What the lines above the story say of it.
#[derive(Default)]
struct Head {
    title: Option<usize>,
    byline: Option<Clean>,
    standfirst: Option<Clean>,
    published: Option<Time>,
    /// Units that have been used.
    used: HashSet<usize>,
}

impl Page<'_> {
    fn article(self) -> Extracted {
        let (kept, mut dropped) = self.body();
        let text = kept.iter().map(|&n| self.text(n)).collect::<Vec<_>>().join("\n");
        let lead =
            kept.iter().map(|&n| self.text(n)).find(|text| shape::Shape::of(text).letters > 0).unwrap_or_default();
        let dateline = dateline::find(lead, &text, self.lang);
        let mut head = self.head();
        head.published = head.published.or_else(|| date::written(&lead[..dateline.prefix]));
        let title = match head.title {
            Some(n) => around::headline_text(self.text(n)),
            None => title::make(&lead[dateline.prefix..]),
        };
        let mut related = Vec::new();
        self.around(&head, &title, &mut related, &mut dropped);
        dropped.sort_by_key(|dropped| dropped.line);
        let verse = story::verse(self.units);
        let pairs: Vec<(&Unit, bool)> = kept.iter().map(|&n| (&self.units[n], verse[n])).collect();
        let (first, last) = (kept.first().copied().unwrap_or(0), kept.last().copied().unwrap_or(0));
        Extracted {
            title,
            byline: head.byline,
            dateline: dateline.place,
            standfirst: head.standfirst,
            published: head.published,
            lang: self.lang.map(|lang| Clean::new(lang.short())),
            document: document::document(&pairs),
            body_start: self.units[first].first,
            body_end: self.units[last].last,
            related,
            dropped,
            text: CleanText::new(&text),
            ..Extracted::default()
        }
    }

    fn text(&self, n: usize) -> &str {
        self.units[n].text.as_str()
    }

    fn script(&self) -> Option<Script> {
        story::prose_script(&self.units[self.story.start()..self.story.end()])
    }

    /// The story's units that are kept, and those that are debris within it: short lines that
    /// repeat, and short lines in another script.
    fn body(&self) -> (Vec<usize>, Vec<Dropped>) {
        let script = self.script();
        let mut times: HashMap<&str, usize> = HashMap::new();
        for n in self.story.units() {
            *times.entry(self.text(n)).or_default() += 1;
        }
        let mut dropped = Vec::new();
        let mut kept = Vec::new();
        for n in self.story.units() {
            let shape = &self.units[n].shape;
            let short = shape.end == End::Open && shape.words <= 4 && shape.letters > 0;
            let why = if short && times.get(self.text(n)).is_some_and(|times| *times > 1) && shape.width < 40 {
                Some("a label that repeats")
            } else if short && shape.script.is_some() && shape.script != script && shape.letters >= 3 {
                Some("in another script than the story")
            } else {
                None
            };
            match why {
                Some(why) => dropped.push(self.drop(n, why)),
                None => kept.push(n),
            }
        }
        (kept, dropped)
    }

    fn drop(&self, n: usize, why: &'static str) -> Dropped {
        Dropped { line: self.units[n].first, text: self.units[n].text.clone(), why }
    }

    /// Reads the headline, and what stands between it and the story.
    fn head(&self) -> Head {
        let start = self.story.start();
        let subject = Subject::of(self.story.units().map(|n| self.text(n)), self.lang);
        let mut head = Head { title: title::find(self.units, start, &subject, self.lang), ..Head::default() };
        head.used.extend(head.title);
        let from = head.title.map_or(start.saturating_sub(4), |title| title + 1);
        for n in from..start {
            let unit = &self.units[n];
            let line = self.text(n);
            if head.published.is_none()
                && let Some(time) = date::written(line)
            {
                head.published = Some(time);
                head.used.insert(n);
            }
            if head.byline.is_none() && unit.shape.width <= 100 {
                let found = byline::of_line(line).filter(|found| found.led || head.title.is_some());
                if let Some(found) = found {
                    head.byline = Some(found.name);
                    head.used.insert(n);
                    continue;
                }
            }
            let sentence = unit.shape.width >= 40 && (unit.shape.stops() || unit.shape.like_headline());
            if head.title.is_some() && head.standfirst.is_none() && sentence && !head.used.contains(&n) {
                let shared = Subject::of([line], self.lang).within(&subject);
                if unit.shape.stops() || shared >= 0.5 {
                    head.standfirst = Some(unit.text.clone());
                    head.used.insert(n);
                }
            }
        }
        // Some pages date their stories below them.
        let below = self.story.end()..(self.story.end() + 2).min(self.units.len());
        for n in below {
            if head.published.is_none() && date::mostly_date(self.text(n)) {
                head.published = date::written(self.text(n));
                if head.published.is_some() {
                    head.used.insert(n);
                }
            }
        }
        head
    }

    /// Judges the lines that are not of the story, run by run.
    fn around(&self, head: &Head, title: &Clean, related: &mut Vec<RelatedHeadline>, dropped: &mut Vec<Dropped>) {
        let outside: Vec<usize> =
            (0..self.units.len()).filter(|n| !self.story.contains(*n) && !head.used.contains(n)).collect();
        let mut seen: HashSet<String> = HashSet::from([fold(title.as_str())]);
        let mut edges: Vec<usize> = self.story.stretches.iter().map(|stretch| stretch.start).collect();
        edges.push(self.units.len());
        let mut from = 0;
        for edge in edges {
            let run: Vec<usize> = outside.iter().copied().filter(|&n| (from..edge).contains(&n)).collect();
            from = edge;
            let units: Vec<&Unit> = run.iter().map(|&n| &self.units[n]).collect();
            for (&n, role) in run.iter().zip(around::judge(&units, self.script(), edge == self.units.len())) {
                let text = around::headline_text(self.text(n));
                match role {
                    Role::Headline if seen.insert(fold(text.as_str())) => {
                        related.push(RelatedHeadline { title: text, link: None });
                    }
                    Role::Headline => dropped.push(self.drop(n, "stands on the page already")),
                    Role::Debris(why) => dropped.push(self.drop(n, why)),
                }
            }
        }
    }
}

/// A headline made from a story's first paragraph, for pages that state none.
pub(super) fn make_title(lead: &str) -> Clean {
    title::make(lead)
}

/// The place that a story's first paragraph says it is filed from, in the way of news agencies.
pub(super) fn agency_place(lead: &str) -> Option<Clean> {
    dateline::find(lead, lead, language::detect(lead)).place
}
