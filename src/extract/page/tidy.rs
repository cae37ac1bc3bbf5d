//! The blocks of an extracted document, gone over: what its head repeats, lines between its
//! paragraphs and behind its end that are not of the story.

use std::collections::HashMap;

use super::gate;
use super::phrases::{Phrase, begins};
use super::title::key;
use crate::extract::date;
use crate::extract::saved::shape::{End, Shape};
use crate::model::{Block, Document, Inline, document};

/// Blocks before the story's first paragraph among which the headline, byline and date may be.
const HEAD: usize = 8;

/// A paragraph of so many characters is prose, whatever it looks like.
const PROSE: usize = 120;

/// The most blocks without prose that are taken off the end.
const TAIL: usize = 12;

/// What a block says.
pub(super) struct Said {
    pub(super) text: String,
    shape: Shape,
    /// Characters of it that are links.
    linked: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Heading,
    Line,
    List,
    Picture,
    Rule,
    Other,
}

impl Said {
    pub(super) fn of(block: &Block) -> Self {
        let mut text = String::new();
        let mut linked = 0;
        let kind = match block {
            Block::Heading { text: line, .. } => {
                document::inlines_text(line, &mut text);
                linked = links(line);
                Kind::Heading
            }
            Block::Paragraph(line) => {
                document::inlines_text(line, &mut text);
                linked = links(line);
                Kind::Line
            }
            Block::List { items, .. } => {
                for block in items.iter().flatten() {
                    let said = Self::of(block);
                    linked += said.linked;
                    text.push_str(&said.text);
                    text.push('\n');
                }
                Kind::List
            }
            Block::Figure { .. } | Block::Media { .. } => Kind::Picture,
            Block::Rule => Kind::Rule,
            Block::Quote(_) | Block::Definitions(_) | Block::Table(_) | Block::Code { .. } | Block::Notes(_) => {
                Kind::Other
            }
        };
        let shape = Shape::of(&text);
        Self { text, shape, linked, kind }
    }

    /// A paragraph that can only be the story's.
    pub(super) fn prose(&self) -> bool {
        let count = self.text.chars().count();
        match self.kind {
            Kind::Line => {
                let long = count >= PROSE || (self.shape.unspaced() && count >= PROSE / 3);
                (long || (self.shape.stops() && self.shape.words >= 8)) && self.linked * 2 < count.max(1)
            }
            Kind::Other => true,
            _ => false,
        }
    }

    /// A paragraph, of whatever length.
    pub(super) fn line(&self) -> bool {
        self.kind == Kind::Line
    }

    fn mostly_link(&self) -> bool {
        self.linked > 0 && self.linked * 3 > self.text.chars().count() * 2
    }

    /// A line that is no sentence.
    fn open(&self) -> bool {
        matches!(self.shape.end, End::Open | End::Colon | End::Query) && self.shape.inner_sentences == 0
    }
}

fn links(line: &[Inline]) -> usize {
    line.iter()
        .map(|inline| match inline {
            Inline::Link { text, .. } => {
                let mut words = String::new();
                document::inlines_text(text, &mut words);
                words.chars().count()
            }
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Strike(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner) => links(inner),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Note(_) | Inline::Break => 0,
        })
        .sum()
}

/// Takes off `document` what repeats the headline and byline, lines that lead elsewhere or ask for
/// something, and debris off its end. Linear.
pub(super) fn tidy(document: &mut Document, title: &str, byline: Option<&str>) {
    let said: Vec<Said> = document.blocks.iter().map(Said::of).collect();
    let mut keep = vec![true; said.len()];
    head(&said, &mut keep, title, byline);
    middle(&said, &mut keep);
    tail(&said, &mut keep, byline);
    if keep.iter().zip(&said).all(|(keep, said)| !keep || matches!(said.kind, Kind::Picture | Kind::Rule)) {
        return;
    }
    let mut kept = keep.iter();
    document.blocks.retain(|_| kept.next().copied().unwrap_or(true));
}

/// The headline, the byline and the date over the story, and a word or two beside them.
fn head(said: &[Said], keep: &mut [bool], title: &str, byline: Option<&str>) {
    let title = key(title);
    let byline = byline.map(key).filter(|name| !name.is_empty());
    let first = said.iter().position(Said::prose).unwrap_or(0);
    for (at, block) in said.iter().enumerate().take(HEAD.max(first).min(HEAD * 2)) {
        let words = key(&block.text);
        let repeats = !words.is_empty()
            && (words == title
                || (block.kind == Kind::Heading && title.contains(&words) && words.len() * 2 > title.len()));
        let named = byline
            .as_ref()
            .is_some_and(|name| words.contains(name.as_str()) && words.len() < name.len() + 40 && !block.prose());
        let dated = block.kind == Kind::Line && block.shape.width < 80 && date::mostly_date(&block.text) && at < first;
        let kicker = at < first
            && at < 3
            && block.kind == Kind::Line
            && block.open()
            && block.shape.words <= 3
            && said.get(at + 1).is_some_and(|next| next.kind != Kind::List && next.kind != Kind::Line || next.prose());
        if matches!(block.kind, Kind::Heading | Kind::Line) && (repeats || (named && at <= first) || dated || kicker) {
            keep[at] = false;
        }
    }
}

/// Lines between the paragraphs.
fn middle(said: &[Said], keep: &mut [bool]) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for block in said.iter().filter(|block| block.kind == Kind::Line && block.shape.words <= 12) {
        *seen.entry(&block.text).or_default() += 1;
    }
    let mut leads = false;
    for (at, block) in said.iter().enumerate() {
        let repeated = seen.get(block.text.as_str()).is_some_and(|count| *count >= 3) && block.shape.letters > 0;
        if repeated || debris(block, &mut leads, said.get(at + 1)) {
            keep[at] = false;
        }
    }
}

/// Whether a block is not of the story. `leads` is set while blocks that follow a line like "Read
/// more" are other headlines.
fn debris(block: &Said, leads: &mut bool, next: Option<&Said>) -> bool {
    if !matches!(block.kind, Kind::Heading | Kind::Line | Kind::List) {
        *leads &= block.kind == Kind::Picture;
        return false;
    }
    if std::mem::take(leads) && block.mostly_link() && !block.prose() {
        *leads = true;
        return true;
    }
    if timed(block) {
        return true;
    }
    let Some((phrase, rest)) = begins(&block.text) else { return false };
    let bare = rest.chars().filter(|c| c.is_alphanumeric()).count() == 0;
    let marked = rest.starts_with([':', '：', '|', '-', '–', '—', '>', '»', '…']);
    match phrase {
        Phrase::Related if bare => {
            *leads = next.is_some_and(Said::mostly_link);
            *leads || block.mostly_link() || block.kind != Kind::List
        }
        Phrase::Related => {
            let short = block.text.chars().count() < 220;
            let leading = marked && (block.linked > 0 || block.open());
            short && (leading || block.mostly_link()) && block.kind != Kind::List
        }
        Phrase::Ask => {
            let asked =
                block.linked > 0 || marked || (block.shape.words <= 6 && block.open()) || block.text.contains('@');
            block.kind != Kind::List && (bare || (block.shape.words <= 30 && asked))
        }
        Phrase::Advert => bare || block.shape.words <= 4,
        Phrase::Credit => block.kind == Kind::Line && block.shape.words <= 16 && (marked || bare) && block.open(),
        Phrase::Behind => false,
    }
}

/// Whether a line only says how long a film is, or whose a picture is: `02:12 - Source: X`, `© X`.
fn timed(block: &Said) -> bool {
    let text = block.text.trim();
    let clock = text.get(..5).is_some_and(|start| {
        let mut signs = start.bytes();
        signs.by_ref().take(2).all(|b| b.is_ascii_digit())
            && signs.next() == Some(b':')
            && signs.all(|b| b.is_ascii_digit())
    });
    block.kind == Kind::Line
        && block.shape.words <= 12
        && ((clock && block.open() && text.len() < 60 && !date::mostly_date(text)) || text.starts_with('©'))
}

/// What stands behind the story: from the first line that says so, and what is no prose at the very
/// end.
fn tail(said: &[Said], keep: &mut [bool], byline: Option<&str>) {
    let size = |from: usize| said[from..].iter().map(|block| block.text.chars().count()).sum::<usize>();
    let whole = size(0);
    let first = said.iter().position(Said::prose).unwrap_or(said.len());
    for at in first + 1..said.len() {
        let block = &said[at];
        let short = block.shape.words <= 6 && matches!(block.kind, Kind::Heading | Kind::Line);
        if !short || size(at) * 4 > whole {
            continue;
        }
        let Some((phrase, rest)) = begins(&block.text) else { continue };
        let bare = !rest.chars().any(char::is_alphabetic);
        let ends = match phrase {
            Phrase::Behind => bare || rest.starts_with(':'),
            Phrase::Related | Phrase::Ask => bare && !said[at..].iter().any(Said::prose),
            Phrase::Advert | Phrase::Credit => false,
        };
        if ends {
            keep[at..].iter_mut().for_each(|keep| *keep = false);
            break;
        }
    }
    let mut end = said.len();
    let mut taken = 0;
    while end > first + 1 && taken < TAIL {
        let block = &said[end - 1];
        if keep[end - 1] {
            if !(trails(block) || lives(block, byline)) {
                break;
            }
            keep[end - 1] = false;
            taken += 1;
        }
        end -= 1;
    }
}

/// Whether a block at the very end is no part of a story: a heading, a rule, other headlines, a few
/// words without an end.
fn trails(block: &Said) -> bool {
    match block.kind {
        Kind::Heading | Kind::Rule => true,
        Kind::Line => {
            let few = block.open() && block.shape.words <= 4 && block.shape.width < 40;
            let asks =
                matches!(begins(&block.text), Some((Phrase::Ask | Phrase::Related, _))) && block.shape.words <= 30;
            block.shape.letters == 0 || few || (block.mostly_link() && block.open()) || asks
        }
        Kind::List => block.mostly_link(),
        Kind::Picture | Kind::Other => false,
    }
}

/// Whether a block at the end tells who the writer is: it begins with the writer's name and is one
/// or two sentences.
fn lives(block: &Said, byline: Option<&str>) -> bool {
    let Some(name) = byline.and_then(|byline| byline.split([',', ';']).next()).map(str::trim) else { return false };
    block.kind == Kind::Line
        && name.contains(' ')
        && block.text.starts_with(name)
        && block.text.len() > name.len() + 5
        && block.shape.words <= 90
}

/// Takes what a paywall says out of the end of the story.
pub(super) fn walls(document: &mut Document) {
    let mut at = document.blocks.len();
    while at > document.blocks.len().saturating_sub(6) && at > 0 {
        at -= 1;
        let said = Said::of(&document.blocks[at]);
        if matches!(said.kind, Kind::Line | Kind::Heading) && said.shape.words <= 40 && gate::is_wall(&said.text) {
            document.blocks.truncate(at);
        }
    }
}

/// Whether a document leads to stories rather than being one: headings that are links, with hardly
/// more than a paragraph to each.
pub(super) fn leads_on(document: &Document) -> bool {
    let said: Vec<Said> = document.blocks.iter().map(Said::of).collect();
    let leads = said.iter().filter(|block| block.kind == Kind::Heading && block.mostly_link()).count();
    let prose = said.iter().filter(|block| block.prose()).count();
    let (linked, all) = said.iter().fold((0, 0), |(linked, all), block| {
        (linked + block.linked, all + block.text.chars().filter(|c| *c != '\n').count())
    });
    (leads >= 5 && prose < leads * 2) || (prose == 0 && linked * 3 > all * 2)
}

/// Whether the story breaks off: its last paragraph ends in an ellipsis or in the middle.
pub(super) fn cut_short(document: &Document) -> bool {
    let last = document.blocks.iter().rev().find(|block| matches!(block, Block::Paragraph(_)));
    last.is_some_and(|block| {
        let said = Said::of(block);
        said.text.ends_with('…') || said.text.ends_with("...") || said.shape.end == End::Open
    })
}
