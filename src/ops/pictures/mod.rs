//! The pictures of articles: where their files are had from, and what a screen can show of them.
//!
//! What is stored is asked first: the sample edition has its picture in the program, bookmarks keep
//! theirs in the store ([`super::keep`]), and what was fetched before is in the [`Cache`]. [`set`]
//! makes a [`Raster`](crate::model::Raster) of a file, within bounds that no file can break.

mod cache;
mod decode;

pub use cache::Cache;
pub use decode::{LARGEST, Unusable, as_png, set};

use super::{Failure, edition};
use crate::net::{Answer, Error, Request};
use crate::store::Reader;
use crate::text::{Clean, Link};

/// The most pictures of one article that are shown.
pub const MOST: usize = super::keep::MOST;

/// The file of a picture that needs no network: of the edition, of a bookmark, or in the cache.
///
/// # Errors
/// That the store cannot be read.
pub fn stored(reader: &Reader, cache: &Cache, link: &Link) -> Result<Option<Vec<u8>>, Failure> {
    if let Some(bytes) = edition::picture(link) {
        return Ok(Some(bytes.to_vec()));
    }
    if let Some(kept) = reader.picture(link)? {
        return Ok(Some(kept.bytes));
    }
    Ok(cache.get(link))
}

/// What to ask the network for: nothing larger than [`LARGEST`], with no word on who asks; where a
/// stranger named it, nothing near.
#[must_use]
pub fn request(link: Link, strange: bool) -> Request {
    Request { max_bytes: Some(LARGEST), strange, ..Request::picture(link) }
}

/// The file that came, or why there is none.
///
/// # Errors
/// Why not, for the line that stands in the picture's place.
pub fn came(answer: Result<Answer, Error>) -> Result<Vec<u8>, Clean> {
    match answer {
        Ok(Answer::Fetched(file)) => Ok(file.bytes),
        Ok(_) => Err(Clean::new("its server has it no longer")),
        Err(error) => Err(Clean::new(&error.to_string())),
    }
}
