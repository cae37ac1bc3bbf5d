//! Making bookmarks whole: after the page, its pictures; and word of what is missing, and why.
//!
//! [`fetch`] asks the network, and needs no store; [`take_in`] stores what came.

use std::collections::HashSet;

use super::Failure;
use super::network::is_for_good;
use crate::clean;
use crate::extract::{FileKind, sniff};
use crate::model::picture::is_enclosed;
use crate::model::time::DAY;
use crate::model::{ArticleId, Time};
use crate::net::{Answer, Cancel, Error, Net, Request};
use crate::store::{Picture, Reader, Safety, Store};
use crate::text::{Clean, Link};

/// The most pictures kept of an article.
pub const MOST: usize = 24;

/// The largest picture that is kept, in bytes.
pub const LARGEST: u64 = 4 << 20;

/// The most bytes of pictures kept of one article.
pub const TOGETHER: usize = 24 << 20;

/// Pictures that a bookmark needs to be whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The article.
    pub article: ArticleId,
    /// Where the pictures are, each once.
    pub links: Vec<Link>,
    /// How many others are kept already.
    pub here: usize,
    /// Why the text itself is not whole.
    pub gate: Option<Clean>,
}

impl Wanted {
    /// The same without the pictures that are kept already.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn still(mut self, reader: &Reader) -> Result<Self, Failure> {
        let mut lacking = Vec::with_capacity(self.links.len());
        for link in std::mem::take(&mut self.links) {
            if reader.keeps_picture(self.article, &link)? {
                self.here += 1;
            } else {
                lacking.push(link);
            }
        }
        Ok(Self { links: lacking, ..self })
    }

    /// Of these pictures of an article, those that are kept: on the web (those that came with the page
    /// are there already), each once, the first [`MOST`].
    #[must_use]
    pub fn of(article: ArticleId, links: impl IntoIterator<Item = Link>, gate: Option<Clean>) -> Self {
        let mut seen = HashSet::new();
        let links = links.into_iter().filter(|link| link.is_web() && !is_enclosed(link) && seen.insert(link.clone()));
        Self { article, links: links.take(MOST).collect(), here: 0, gate }
    }
}

/// Pictures that came, and why others did not.
#[derive(Debug)]
pub struct Came {
    article: ArticleId,
    pictures: Vec<(Link, Picture)>,
    /// How many were here before.
    here: usize,
    /// Why some are missing, and whether they may be had another time.
    missing: Vec<(Clean, bool)>,
    gate: Option<Clean>,
}

impl Came {
    /// The article whose pictures they are.
    #[must_use]
    pub fn article(&self) -> ArticleId {
        self.article
    }
}

/// Fetches pictures, politely and one article's at a time; blocks until they are there.
#[must_use]
pub fn fetch(net: &Net, wanted: Wanted, cancel: &Cancel) -> Came {
    let Wanted { article, links, here, gate } = wanted;
    let mut came = Came { article, pictures: Vec::new(), here, missing: Vec::new(), gate };
    let all = links.len();
    let requests: Vec<_> = links
        .into_iter()
        .map(|link| (link.clone(), Request { max_bytes: Some(LARGEST), ..Request::page(link) }))
        .collect();
    let mut bytes = 0;
    net.run(requests, cancel, |link, answer| match picture(answer) {
        Ok(picture) if bytes + picture.bytes.len() <= TOGETHER => {
            bytes += picture.bytes.len();
            came.pictures.push((link, picture));
        }
        Ok(_) => came.missing.push((clean!("its pictures are more than {} MB together", TOGETHER >> 20), false)),
        Err(missing) => came.missing.push(missing),
    });
    let left = all - came.pictures.len() - came.missing.len();
    came.missing.extend((0..left).map(|_| (Clean::new("they were called off"), true)));
    came
}

/// The picture that an answer is; else why it is none, and whether it may be one another time.
fn picture(answer: Result<Answer, Error>) -> Result<Picture, (Clean, bool)> {
    match answer {
        Ok(Answer::Fetched(file)) => {
            let media_type = media_type(&file.bytes, file.content_type.as_deref());
            let media_type =
                media_type.ok_or_else(|| (clean!("{} sent no picture", file.final_address.host()), false))?;
            Ok(Picture { media_type: media_type.to_owned(), bytes: file.bytes })
        }
        Ok(_) => Err((Clean::new("a server has it no longer"), false)),
        Err(error) => Err((clean!("{error}"), !is_for_good(&error))),
    }
}

/// The kind of a picture, told by its bytes rather than by its server; of SVG, which is text, only
/// the server can tell.
fn media_type(bytes: &[u8], said: Option<&str>) -> Option<&'static str> {
    if sniff::kind(bytes) == Some(FileKind::Image) {
        return Some(match bytes {
            [0x89, b'P', ..] => "image/png",
            [0xff, 0xd8, ..] => "image/jpeg",
            [b'G', b'I', b'F', ..] => "image/gif",
            [b'R', b'I', b'F', b'F', ..] => "image/webp",
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => "image/avif",
            [0, 0, 1, 0, ..] => "image/x-icon",
            _ => "image/tiff",
        });
    }
    said.is_some_and(|said| said.trim_start().starts_with("image/svg")).then_some("image/svg+xml")
}

/// Stores pictures, and writes down whether the bookmark is whole now. What could not be had today
/// is asked for again tomorrow, with a later refresh.
///
/// # Errors
/// That the store cannot be written.
pub fn take_in(store: &mut Store, came: Came, now: Time) -> Result<(), Failure> {
    let again = came.missing.iter().any(|(_, again)| *again).then(|| Time(now.0.saturating_add(DAY)));
    let missing = missing(&came);
    Ok(store.write(Safety::Refresh, "keeping pictures", |w| {
        for (address, picture) in &came.pictures {
            w.keep_picture(came.article, address, picture)?;
        }
        w.set_missing(came.article, missing.as_ref(), again)
    })?)
}

fn missing(came: &Came) -> Option<Clean> {
    let pictures = came.missing.first().map(|(why, _)| {
        let all = came.pictures.len() + came.here + came.missing.len();
        match (came.missing.len(), all) {
            (1, 1) => clean!("its picture ({why})"),
            (some, all) => clean!("{some} of {all} pictures ({why})"),
        }
    });
    match (&came.gate, pictures) {
        (Some(gate), Some(pictures)) => Some(clean!("the rest of the text ({gate}), {pictures}")),
        (Some(gate), None) => Some(clean!("the rest of the text ({gate})")),
        (None, pictures) => pictures,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said() {
        let came = |pictures: usize, missing: &[&str], gate: Option<&str>| {
            let here = usize::from(pictures > 1);
            let link = Link::parse("https://a.example/p.png").unwrap();
            let picture = Picture { media_type: "image/png".into(), bytes: vec![1] };
            missing_words(&Came {
                article: ArticleId(1),
                pictures: vec![(link, picture); pictures - here],
                here,
                missing: missing.iter().map(|why| (Clean::new(why), true)).collect(),
                gate: gate.map(Clean::new),
            })
        };
        assert_eq!(came(3, &[], None), "");
        assert_eq!(came(0, &["a.example refused"], None), "its picture (a.example refused)");
        assert_eq!(came(2, &["it is gone"], None), "1 of 3 pictures (it is gone)");
        assert_eq!(came(1, &[], Some("for subscribers")), "the rest of the text (for subscribers)");
    }

    fn missing_words(came: &Came) -> String {
        missing(came).map(|words| words.to_string()).unwrap_or_default()
    }

    #[test]
    fn pictures_are_told_by_their_bytes() {
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n....", Some("text/html")), Some("image/png"));
        assert_eq!(media_type(b"<svg xmlns=''/>", Some("image/svg+xml")), Some("image/svg+xml"));
        assert_eq!(media_type(b"<html>", Some("text/html")), None);
    }

    #[test]
    fn only_the_web_is_asked_and_each_picture_once() {
        let link = |text: &str| Link::parse(text).unwrap();
        let links = [link("https://a.example/1.png"), link("https://a.example/1.png"), link("mailto:a@b.example")];
        assert_eq!(Wanted::of(ArticleId(1), links, None).links, [link("https://a.example/1.png")]);
        let many = (0..100).map(|n| link(&format!("https://a.example/{n}.png")));
        assert_eq!(Wanted::of(ArticleId(1), many, None).links.len(), MOST);
    }
}
