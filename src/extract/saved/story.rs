//! Where the story stands among the units of a saved text.
//!
//! Each unit is weighed: prose counts for a story, lines like headlines, menus and links against
//! it. The story is the stretch with the greatest sum, so a subheading between paragraphs stays in
//! it and a run of headlines at its end does not. Three headlines in a row end a story whatever
//! comes after, unless what comes after speaks of the same things at length.

use std::ops::Range;

use super::kinship::Subject;
use super::script::Script;
use super::shape::{End, Shape, Sign};
use super::unit::Unit;
use crate::extract::{byline, date};
use crate::text::Lang;

/// Headlines in a row that end a story.
const RUN: usize = 3;

/// The share of its words that a stretch behind headlines must have in common with the story to be
/// of it. Texts that page makers put on every page (rights, cookies, about us) stay under a tenth.
const KIN: f32 = 0.18;

/// The story: one stretch, or several of the same story with headlines between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    /// Ranges of units in order. Never empty, none of them empty.
    pub(super) stretches: Vec<Range<usize>>,
}

impl Story {
    pub(super) fn start(&self) -> usize {
        self.stretches.first().map_or(0, |stretch| stretch.start)
    }

    /// One behind its last unit.
    pub(super) fn end(&self) -> usize {
        self.stretches.last().map_or(0, |stretch| stretch.end)
    }

    pub(super) fn contains(&self, unit: usize) -> bool {
        self.stretches.iter().any(|stretch| stretch.contains(&unit))
    }

    /// The numbers of its units, in order.
    pub(super) fn units(&self) -> impl Iterator<Item = usize> + '_ {
        self.stretches.iter().cloned().flatten()
    }
}

/// Finds the story; `None` if there is none. Linear.
pub(super) fn find(units: &[Unit], lang: Option<Lang>) -> Option<Story> {
    let script = prose_script(units);
    let lines: Vec<Line> = weigh(units, script);
    let stretches = chunks(&lines).into_iter().filter_map(|chunk| best(&lines, chunk));
    let mut stretches: Vec<(Range<usize>, f32)> = stretches.collect();
    let (main, sum) = stretches.iter().max_by(|a, b| a.1.total_cmp(&b.1)).cloned()?;
    if !is_story(units, &lines, &main, sum) {
        return None;
    }
    let text = |range: &Range<usize>| Subject::of(units[range.clone()].iter().map(|unit| unit.text.as_str()), lang);
    let subject = text(&main);
    stretches.retain(|(stretch, weight)| {
        *stretch == main
            || (*weight > 2.0 && *weight * 4.0 > sum && stretch.len() >= 2 && text(stretch).within(&subject) > KIN)
    });
    let trim = |(stretch, _): (Range<usize>, f32)| without_asking(units, &lines, stretch);
    let mut stretches: Vec<Range<usize>> =
        stretches.into_iter().map(trim).filter(|stretch| !stretch.is_empty()).collect();
    if let Some(first) = stretches.first_mut() {
        first.start = behind_head(units, first);
    }
    (!stretches.is_empty()).then_some(Story { stretches })
}

/// The script that most of the prose is written in.
pub(super) fn prose_script(units: &[Unit]) -> Option<Script> {
    let mut weights: Vec<(Script, usize)> = Vec::new();
    let any_prose = units.iter().any(|unit| is_prose(&unit.shape));
    for unit in units.iter().filter(|unit| !any_prose || is_prose(&unit.shape)) {
        let Some(script) = unit.shape.script else { continue };
        match weights.iter_mut().find(|(seen, _)| *seen == script) {
            Some((_, weight)) => *weight += unit.shape.letters,
            None => weights.push((script, unit.shape.letters)),
        }
    }
    weights.into_iter().max_by_key(|&(_, weight)| weight).map(|(script, _)| script)
}

fn is_prose(shape: &Shape) -> bool {
    (shape.stops() && shape.width >= 40) || shape.width >= 200
}

/// A unit as the search sees it.
struct Line {
    weight: f32,
    /// A headline by its look, where it could not be part of a list or a poem.
    headline: bool,
}

fn weigh(units: &[Unit], script: Option<Script>) -> Vec<Line> {
    let listed = listed(units);
    let verse = verse(units);
    let weigh = |(n, unit): (usize, &Unit)| {
        let shape = &unit.shape;
        let set_in = listed[n] || verse[n];
        let foreign = shape.script.is_some() && script.is_some() && shape.script != script;
        let weight = if foreign { -1.0 } else { weight(shape, set_in) };
        Line { weight, headline: !set_in && !foreign && weight < 0.3 && shape.like_headline() && shape.width >= 16 }
    };
    units.iter().enumerate().map(weigh).collect()
}

fn weight(shape: &Shape, set_in: bool) -> f32 {
    // How much text it is, in lines of a page.
    let bulk = (shape.width as f32 / 100.0).min(4.0);
    // Without an end a line of middling length can be either.
    let (long, unended) = if shape.script.is_some_and(Script::unpunctuated) { (70, 0.3) } else { (140, -0.1) };
    if shape.letters * 2 < shape.visible || shape.crumbs >= 3 {
        return -0.3;
    }
    match shape.end {
        End::Stop | End::Query if shape.inner_sentences > 0 => 0.5 + bulk,
        End::Stop if shape.words <= 2 => 0.05,
        End::Stop => 0.2 + bulk * 0.8,
        End::Query if shape.width >= 110 => 0.5 + bulk * 0.5,
        End::Query if shape.sign == Sign::Dash => 0.2,
        End::Query => 0.1,
        End::Colon if shape.words <= 3 => -0.4,
        End::Colon | End::Pause => 0.1 + bulk * 0.4,
        End::Open if shape.width >= 200 => bulk * 0.8,
        End::Open if shape.width >= long => unended,
        End::Open if set_in => 0.1,
        End::Open if shape.sign == Sign::Dash || shape.lower => -0.1,
        End::Open if shape.words <= 2 => -0.4,
        End::Open => -0.6,
    }
}

/// Which units are entries of a list in the text: those with a bullet or number behind a sentence
/// that ends with a colon, and those that begin small or pause there.
fn listed(units: &[Unit]) -> Vec<bool> {
    let mut listed: Vec<bool> = Vec::with_capacity(units.len());
    for (n, unit) in units.iter().enumerate() {
        let shape = &unit.shape;
        let entry = match n.checked_sub(1).map(|before| (&units[before].shape, listed[before])) {
            None => false,
            Some((before, in_list)) => {
                let opens = before.end == End::Colon && before.words >= 4;
                let marked = matches!(shape.sign, Sign::Bullet | Sign::Number);
                let same = before.sign == shape.sign;
                let flows = shape.lower || shape.end == End::Pause;
                (opens && (marked || flows || shape.width < 60)) || (in_list && ((marked && same) || flows))
            }
        };
        listed.push(entry);
    }
    listed
}

/// Which units are lines of a poem or the like: among their neighbours, many lines go on in the
/// next (they pause at the end, or the next begins small), which headlines never do.
pub(super) fn verse(units: &[Unit]) -> Vec<bool> {
    let short = |unit: &Unit| unit.shape.width < 70 && !matches!(unit.shape.sign, Sign::Bullet | Sign::Number);
    // Whether line n goes on in line n + 1.
    let goes_on = |n: usize| {
        units.get(n + 1).is_some_and(|next| {
            short(&units[n]) && short(next) && !next.gap && (units[n].shape.end == End::Pause || next.shape.lower)
        })
    };
    let running: Vec<bool> = (0..units.len()).map(goes_on).collect();
    let mut verse: Vec<bool> = (0..units.len())
        .map(|n| {
            let near = n.saturating_sub(3)..(n + 3).min(units.len());
            let count = running[near.clone()].iter().filter(|on| **on).count();
            (running[n] || (n > 0 && running[n - 1])) && count >= 2 && count * 3 >= near.len()
        })
        .collect();
    for n in 1..units.len().saturating_sub(1) {
        let between = verse[n - 1] && verse[n + 1] && !units[n].gap && !units[n + 1].gap;
        verse[n] |= between && short(&units[n]);
    }
    verse
}

/// The stretch without a question at either end that belongs to the headlines beside it.
fn without_asking(units: &[Unit], lines: &[Line], mut stretch: Range<usize>) -> Range<usize> {
    let asks = |n: usize| {
        let shape = &units[n].shape;
        shape.end == End::Query && shape.inner_sentences == 0 && shape.width < 110 && lines[n].headline
    };
    let beside = |range: Range<usize>| {
        range.len() == 2 && lines.get(range).is_some_and(|lines| lines.iter().all(|line| line.headline))
    };
    while !stretch.is_empty() && asks(stretch.start) && stretch.start >= 2 && beside(stretch.start - 2..stretch.start) {
        stretch.start += 1;
    }
    while !stretch.is_empty() && asks(stretch.end - 1) && beside(stretch.end..stretch.end + 2) {
        stretch.end -= 1;
    }
    stretch
}

/// Where the story begins if its first lines are a standfirst, the writer's name or the date: behind
/// them.
fn behind_head(units: &[Unit], stretch: &Range<usize>) -> usize {
    let head = stretch.start..(stretch.start + 4).min(stretch.end);
    let about = |unit: &Unit| {
        let line = unit.text.as_str();
        let byline = || byline::of_line(line).is_some_and(|found| found.led);
        unit.shape.width < 100 && unit.shape.end == End::Open && (date::mostly_date(line) || byline())
    };
    let simple = |unit: &Unit| unit.shape.inner_sentences == 0 && unit.shape.width < 200;
    let last = head.clone().rfind(|&n| about(&units[n]));
    match last {
        Some(last) if units[head.start..last].iter().all(simple) && last + 1 < stretch.end => last + 1,
        _ => stretch.start,
    }
}

/// The stretches between runs of headlines.
fn chunks(lines: &[Line]) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < lines.len() {
        let run = lines[at..].iter().take_while(|line| line.headline).count();
        if run >= RUN {
            chunks.push(start..at);
            start = at + run;
        }
        at += run.max(1);
    }
    chunks.push(start..lines.len());
    chunks.retain(|chunk| !chunk.is_empty());
    chunks
}

/// The part of `chunk` with the greatest sum (Kadane), and the sum.
fn best(lines: &[Line], chunk: Range<usize>) -> Option<(Range<usize>, f32)> {
    let mut best: Option<(Range<usize>, f32)> = None;
    let (mut start, mut sum) = (chunk.start, 0.0_f32);
    for n in chunk {
        if sum <= 0.0 {
            (start, sum) = (n, 0.0);
        }
        sum += lines[n].weight;
        if sum > 0.0 && best.as_ref().is_none_or(|(_, most)| sum > *most) {
            best = Some((start..n + 1, sum));
        }
    }
    best
}

/// Whether the best stretch is a story rather than a stray sentence on a page of something else.
fn is_story(units: &[Unit], lines: &[Line], stretch: &Range<usize>, sum: f32) -> bool {
    let letters = |units: &[Unit]| units.iter().map(|unit| unit.shape.letters).sum::<usize>();
    let share = letters(&units[stretch.clone()]) as f32 / letters(units).max(1) as f32;
    let prose = units[stretch.clone()].iter().filter(|unit| is_prose(&unit.shape)).count();
    let headlines = lines.iter().filter(|line| line.headline).count();
    let stops = units[stretch.clone()].iter().any(|unit| !matches!(unit.shape.end, End::Open | End::Query));
    (sum >= 1.5 && prose >= 2) || (sum >= 0.9 && share >= 0.25) || (stops && share >= 0.5 && headlines < RUN)
}
