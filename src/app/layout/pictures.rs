//! Pictures in the text: their room where they are there, and a line in words where they are not.

use super::lines::Setter;
use super::{Run, Tone};
use crate::clean;
use crate::model::{Image, Inline};
use crate::text::{Clean, Link};

/// What is known of an article's pictures when it is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Plates {
    /// Every picture that something is known of.
    pub of: Vec<(Link, Plate)>,
    /// The key that shows those that are not fetched by themselves; `None` where there is nothing to
    /// press.
    pub offer: Option<Clean>,
}

/// What is known of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Plate {
    /// It is there, and takes so much room.
    Here {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// It is on its way.
    Coming,
    /// There is nothing to see: a dot.
    Nothing,
    /// It cannot be shown, and why.
    Unusable(Clean),
}

/// Sets a picture and what is written under it: two blocks, whatever is known of it, so that places
/// in the text stay the same when it comes.
pub(super) fn figure(image: &Image, caption: &[Inline], setter: &mut Setter) {
    let plates = setter.plates.clone();
    let at = image.link.as_ref().and_then(|link| plates.of.iter().position(|(known, _)| known == link));
    let plate = at.map(|at| &plates.of[at].1);
    if let Some(link) = image.link.clone() {
        setter.spots.push((link, setter.height()));
    }
    match (plate, at) {
        (Some(Plate::Here { columns, rows }), Some(at)) if usize::from(*columns) <= setter.room() => {
            setter.space();
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            let blank = Clean::verbatim(&" ".repeat(usize::from(*columns)));
            for row in 0..*rows {
                setter.part_of_block(vec![Run { text: blank.clone(), ..Run::plain(Tone::Picture { at, row }) }]);
            }
            // What it shows is said where nothing else is.
            if caption.is_empty() && !image.alt.is_empty() {
                setter.tight_paragraph(&[Inline::Text(image.alt.clone())], Tone::Meta);
            } else {
                setter.end_block();
            }
        }
        (Some(Plate::Nothing), _) => setter.end_block(),
        (plate, _) => {
            let words = if image.alt.is_empty() { Clean::new("[Picture]") } else { clean!("[Picture: {}]", image.alt) };
            let more = match (plate, &plates.offer) {
                (Some(Plate::Coming), _) => Clean::run(" …"),
                (Some(Plate::Unusable(why)), _) => Clean::run(&format!(" Not shown: {why}.")),
                (_, Some(key)) if image.link.is_some() => Clean::run(&format!(" {key}\u{a0}shows\u{a0}it.")),
                _ => Clean::default(),
            };
            setter.paragraph(&[Inline::Text(words), Inline::Text(more)], Tone::Meta);
        }
    }
    if !caption.is_empty() {
        setter.tight_paragraph(&[Inline::Emphasis(caption.to_vec())], Tone::Meta);
    }
}
