//! Setting the blocks of a document.

use super::lines::{Setter, Styled};
use super::{Run, Step, Tone};
use super::{code, pictures, table};
use crate::model::{Block, Enclosure, Inline, ListItem, Numbering};
use crate::text::width::width;
use crate::text::{Clean, Link};

/// The longest name of a file that is shown, in columns: longer ones are keys, and tell nobody anything.
const LONGEST_NAME: usize = 48;

/// Sets `blocks` one after the other.
pub(super) fn set(blocks: &[Block], setter: &mut Setter) {
    nested(blocks, Tone::Body, 0, setter);
}

fn nested(blocks: &[Block], tone: Tone, depth: usize, setter: &mut Setter) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => setter.paragraph(text, tone),
            Block::Heading { level, text } => heading(*level, text, setter),
            Block::Quote(inner) => quote(inner, depth, setter),
            Block::List { start, numbering, items } => list(*start, *numbering, items, tone, depth, setter),
            Block::Definitions(items) => definitions(items, tone, depth, setter),
            Block::Table(table) => table::set(table, setter),
            Block::Code { language, text } => code::set(language.as_ref(), text.as_str(), setter),
            Block::Figure { image, caption } => pictures::figure(image, caption, setter),
            Block::Media { link, title } => media(link, title, setter),
            Block::Notes(notes) => footnotes(notes, depth, setter),
            Block::Rule => rule(12, setter),
        }
    }
}

/// A part of the text begins: more air above it, and its words in weight; a part of a part in less.
fn heading(level: u8, text: &[Inline], setter: &mut Setter) {
    if level <= 2 {
        setter.wide_space();
        setter.paragraph(text, Tone::Heading);
    } else {
        setter.paragraph(&[Inline::Emphasis(text.to_vec())], Tone::Heading);
    }
}

fn rule(columns: usize, setter: &mut Setter) {
    setter.space();
    // There is nothing to hear of it.
    if setter.linear {
        return setter.end_block();
    }
    let line = "─".repeat(setter.room().min(columns));
    setter.line(vec![Run { text: Clean::new(&line), ..Run::plain(Tone::Line) }]);
}

fn quote(inner: &[Block], depth: usize, setter: &mut Setter) {
    if setter.linear {
        return quote_told(inner, depth, setter);
    }
    setter.space();
    setter.keep_tight();
    setter.indented(None, Clean::verbatim("│ "), Tone::Line, |setter| {
        nested(inner, Tone::Quote, depth + 1, setter);
    });
}

/// A quotation for those who hear it: where it begins, and where it ends if it is more than a paragraph.
fn quote_told(inner: &[Block], depth: usize, setter: &mut Setter) {
    setter.paragraph(&[Inline::Text(Clean::new("Quotation:"))], Tone::Meta);
    setter.keep_tight();
    nested(inner, Tone::Quote, depth + 1, setter);
    if inner.len() > 1 {
        setter.tight_paragraph(&[Inline::Text(Clean::new("End of the quotation."))], Tone::Meta);
    }
}

fn list(start: Option<u64>, numbering: Numbering, items: &[ListItem], tone: Tone, depth: usize, setter: &mut Setter) {
    if depth > 0 {
        setter.keep_tight();
    }
    setter.space();
    let number = |n: usize| start.map(|first| numbering.number(first, n));
    let number_width = (0..items.len()).filter_map(number).map(|number| number.len()).max().unwrap_or(0);
    for (n, item) in items.iter().enumerate() {
        let mark = match number(n) {
            Some(number) => Clean::verbatim(&format!("{number:>number_width$}. ")),
            None => Clean::verbatim(if depth.is_multiple_of(2) { "• " } else { "◦ " }),
        };
        setter.keep_tight();
        behind(mark, item, tone, depth, setter);
    }
}

/// Blocks behind a sign that stands on their first line.
fn behind(mark: Clean, blocks: &[Block], tone: Tone, depth: usize, setter: &mut Setter) {
    let rest = Clean::verbatim(&" ".repeat(width(mark.as_str())));
    setter.indented(Some(mark), rest, Tone::Meta, |setter| nested(blocks, tone, depth + 1, setter));
}

fn definitions(items: &[(Vec<Inline>, Vec<Block>)], tone: Tone, depth: usize, setter: &mut Setter) {
    for (n, (term, meaning)) in items.iter().enumerate() {
        // Several terms of one meaning stand under one another.
        let goes_on = n > 0 && items[n - 1].1.is_empty();
        if goes_on {
            setter.keep_tight();
        }
        setter.space();
        if !term.is_empty() {
            setter.tight_paragraph(&[Inline::Strong(term.clone())], tone);
        }
        setter.keep_tight();
        setter.indented(None, Clean::verbatim("  "), Tone::Body, |setter| nested(meaning, tone, depth + 1, setter));
    }
}

/// A line that opens: what it is, what it is called, and where it leads.
fn media(link: &Link, title: &Clean, setter: &mut Setter) {
    opening("▶", kind(link), title, link, None, setter);
}

/// What is attached to an article: a line that opens as well.
pub(super) fn attached(enclosure: &Enclosure, setter: &mut Setter) {
    let link = &enclosure.link;
    let (sign, kind) = match enclosure.media_type.as_ref().and_then(|given| given.as_str().split('/').next()) {
        Some("audio") => ("▶", "Audio: "),
        Some("video") => ("▶", "Video: "),
        Some("image") => ("•", "Picture: "),
        _ if !kind(link).is_empty() => ("▶", kind(link)),
        _ => ("•", "Attached: "),
    };
    opening(sign, kind, &called(link), link, enclosure.bytes, setter);
}

/// What a link to a file is called: by its name, else by where it is.
pub(in crate::app) fn called(link: &Link) -> Clean {
    let path = link.as_str().split(['?', '#']).next().unwrap_or("");
    let name = path.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let name = name.rsplit('/').next().unwrap_or("");
    let tells = name.contains('.') && !name.contains('%') && width(name) <= LONGEST_NAME;
    Clean::new(if tells { name } else { link.host() })
}

/// A line that opens.
fn opening(sign: &str, kind: &str, title: &Clean, link: &Link, bytes: Option<u64>, setter: &mut Setter) {
    let at = Some(setter.next_link());
    setter.space();
    let mut styled = Styled::default();
    // The space does not break: the sign stays with its words.
    let sign = if setter.linear { String::new() } else { format!("{sign}\u{a0}") };
    styled.push(&format!("{sign}{kind}"), Run::plain(Tone::Meta));
    styled.push(title.as_str(), Run { link: at, ..Run::plain(Tone::Body) });
    if let Some(bytes) = bytes.filter(|bytes| *bytes > 0) {
        styled.push(&format!(" · {}", size(bytes)), Run::plain(Tone::Meta));
    }
    if !title.as_str().eq_ignore_ascii_case(link.host()) && !link.host().is_empty() {
        styled.push(&format!(" · {}", link.host()), Run::plain(Tone::Meta));
    }
    setter.set(&styled, Tone::Meta);
}

/// A size as one says it: `640 kB`, `1.2 MB`, `83 MB`.
fn size(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50_000) / 100_000;
    match tenths {
        0..10 => format!("{} kB", bytes.div_ceil(1_000)),
        10..100 => format!("{}.{} MB", tenths / 10, tenths % 10),
        _ => format!("{} MB", tenths / 10),
    }
}

/// Sound or film, where the address says it.
fn kind(link: &Link) -> &'static str {
    let path = link.as_str().split(['?', '#']).next().unwrap_or("");
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match ending.as_str() {
        "mp3" | "m4a" | "ogg" | "oga" | "opus" | "wav" | "flac" | "aac" => "Audio: ",
        "mp4" | "webm" | "mov" | "mkv" | "m4v" | "ogv" | "m3u8" => "Video: ",
        _ => match link.host() {
            "youtube.com" | "youtube-nocookie.com" | "player.vimeo.com" | "vimeo.com" => "Video: ",
            "w.soundcloud.com" | "open.spotify.com" => "Audio: ",
            _ => "",
        },
    }
}

/// The footnotes, each with the way back to its sign.
fn footnotes(notes: &[Vec<Block>], depth: usize, setter: &mut Setter) {
    if setter.linear {
        setter.paragraph(&[Inline::Text(Clean::new("Footnotes:"))], Tone::Meta);
    } else {
        rule(12, setter);
    }
    let number_width = notes.len().to_string().len();
    for (n, note) in (1_u32..).zip(notes) {
        setter.space();
        setter.keep_tight();
        setter.begins_note(n);
        let mark = Clean::verbatim(&format!("{n:>number_width$} "));
        let back = Step::Back(n);
        let rest = Clean::verbatim(&" ".repeat(width(mark.as_str())));
        setter.indented(Some(mark), rest, Tone::Meta, |setter| {
            let (last, before) = match note.split_last() {
                Some((Block::Paragraph(last), before)) => (last.as_slice(), before),
                _ => (&[][..], note.as_slice()),
            };
            nested(before, Tone::Body, depth + 1, setter);
            if before.is_empty() {
                setter.keep_tight();
            }
            setter.space();
            let mut styled = Styled::default();
            setter.style(last, &Run::plain(Tone::Body), &mut styled);
            // The space is no part of the sign, which is underlined.
            styled.push("\u{a0}", Run::plain(Tone::Meta));
            styled.push("↑", Run { step: Some(back), ..Run::plain(Tone::Meta) });
            setter.set(&styled, Tone::Body);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_by_names_and_sizes_that_tell_something() {
        let name = |address: &str| called(&Link::parse(address).unwrap()).to_string();
        assert_eq!(name("https://a.example/casts/pod.mp3?token=1"), "pod.mp3");
        assert_eq!(name("https://a.example/casts/"), "a.example");
        assert_eq!(name("https://a.example"), "a.example");
        let sizes = [(900, "1 kB"), (640_000, "640 kB"), (1_234_567, "1.2 MB"), (83_400_000, "83 MB")];
        for (bytes, said) in sizes {
            assert_eq!(size(bytes), said);
        }
    }
}
