//! Audio, video and pages within a page: each becomes a line that opens.

use super::attributes::Attributes;
use super::builder::Builder;
use super::image;
use crate::model::Block;
use crate::text::{Clean, Link};

/// The longest name of a file that is shown, in bytes: longer ones are keys, and tell nobody anything.
const LONGEST_NAME: usize = 48;

/// An audio or video element, whose address may come from a `source` within.
pub(super) struct Media {
    pub(super) link: Option<Link>,
    pub(super) title: Option<Clean>,
}

impl Builder<'_> {
    /// A `source`: of a film or sound, or of a picture.
    pub(super) fn source(&mut self, attributes: Attributes<'_>) {
        if let Some(media) = &mut self.media {
            if media.link.is_none() {
                media.link = attributes.get("src").and_then(|src| image::resolve(src, self.base));
            }
        } else if self.source.is_none() {
            self.source = attributes.first(&["srcset", "data-srcset", "src"]).map(str::to_owned);
        }
    }

    /// A player, or a page within the page, at the address that the attribute `name` has.
    pub(super) fn embed(&mut self, attributes: Attributes<'_>, name: &str) {
        let unseen = |name| attributes.number(name).is_some_and(|n| n <= 1);
        let address = attributes.first(&["data-src", name]).and_then(|src| image::resolve(src, self.base));
        if let Some(link) = address.filter(|_| !unseen("width") && !unseen("height") && self.code.is_none()) {
            let title = attributes.line("title").or_else(|| attributes.line("aria-label"));
            self.media(Media { link: Some(link), title });
        }
    }

    /// A line that opens it, called by its title, else by the name of its file, else by its host.
    pub(super) fn media(&mut self, media: Media) {
        if let Some(link) = media.link {
            self.flush();
            let title = media.title.or_else(|| file_name(&link)).unwrap_or_else(|| Clean::new(link.host()));
            self.push(Block::Media { link, title });
        }
    }
}

/// The name of the file that an address leads to, where it is one that a person may have given:
/// with an ending, not encoded, not too long.
fn file_name(link: &Link) -> Option<Clean> {
    let path = link.as_str().split(['?', '#']).next()?;
    let (_, name) =
        path.split_once("://")?.1.split_once('/')?.1.rsplit_once('/').unwrap_or(("", path.rsplit('/').next()?));
    let (stem, ending) = name.rsplit_once('.')?;
    let sound =
        !stem.is_empty() && (2..=4).contains(&ending.len()) && !name.contains('%') && name.len() <= LONGEST_NAME;
    sound.then(|| Clean::new(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_name_where_that_says_something() {
        for (address, name) in [
            ("https://a.example/talks/river-walk.mp3?token=1", Some("river-walk.mp3")),
            ("https://a.example/clip.mp4", Some("clip.mp4")),
            ("https://a.example/embed/x7Fk2", None),
            ("https://a.example/.mp4", None),
            ("https://a.example/%D1%80.mp4", None),
            ("https://a.example", None),
        ] {
            let link = Link::parse(address).expect("an address");
            assert_eq!(file_name(&link).as_ref().map(Clean::as_str), name, "{address}");
        }
    }
}
