//! `dateline note`: what a person writes about an article.

use std::io::Read;

use serde::Serialize;

use super::keep_args::Note;
use super::output::Outcome;
use super::records::VERSION;
use super::{Context, pick};
use crate::clean;
use crate::model::ArticleId;
use crate::ops::{self, Failure, Kind};
use crate::terminal::editor;
use crate::text::CleanText;

/// The longest note that is read from standard input, in bytes; the store keeps no more.
const LONGEST: u64 = 64 << 10;

/// The note on an article.
#[derive(Serialize)]
struct NoteRecord<'a> {
    v: u8,
    id: ArticleId,
    note: Option<&'a CleanText>,
    /// Whether it is another than before.
    changed: bool,
}

pub(super) fn run(context: &mut Context, what: &Note) -> Outcome {
    let text = match (&what.text, what.edit, what.remove) {
        (None, false, false) => return show(context, &what.id),
        (Some(text), ..) if text == "-" => Some(standard_input()?),
        (Some(text), ..) => Some(CleanText::new(text)),
        (None, _, true) => Some(CleanText::default()),
        (None, true, false) => None,
    };
    let mut store = context.store()?;
    let id = pick::article(store.reader(), &what.id)?;
    let text = match text {
        Some(text) => text,
        None => {
            let before = ops::notes::note(store.reader(), id)?.unwrap_or_default();
            let variable = |name: &str| std::env::var(name).ok();
            editor::edit(&before, variable).map_err(|error| {
                Failure::new(Kind::Usage, clean!("the note was not changed: {error}"))
                    .hint("set $EDITOR, or give the text: `dateline note 123 'to be read again'`")
            })?
        }
    };
    let changed = !ops::notes::write(&mut store, id, &text, context.now)?.is_empty();
    let note = ops::notes::note(store.reader(), id)?;
    if context.out.json() {
        return context.out.record(&NoteRecord { v: VERSION, id, note: note.as_ref(), changed });
    }
    context.out.line(&match (note, changed) {
        (Some(_), true) => clean!("{} noted", id.0),
        (Some(_), false) => clean!("{} was noted so already", id.0),
        (None, true) => clean!("{} is no longer noted", id.0),
        (None, false) => clean!("{} had no note", id.0),
    })
}

fn show(context: &mut Context, name: &str) -> Outcome {
    let reader = context.reader()?;
    let id = pick::article(&reader, name)?;
    let note = ops::notes::note(&reader, id)?;
    if context.out.json() {
        return context.out.record(&NoteRecord { v: VERSION, id, note: note.as_ref(), changed: false });
    }
    match note {
        Some(note) => context.out.text(&note),
        None => Err(Failure::new(Kind::NothingFound, clean!("article {} has no note", id.0))
            .hint("`dateline note ID TEXT` writes one")
            .into()),
    }
}

fn standard_input() -> Result<CleanText, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(Kind::Data, clean!("standard input cannot be read: {error}")))?;
    Ok(CleanText::new(&String::from_utf8_lossy(&bytes)))
}
