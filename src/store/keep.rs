//! What makes a bookmark whole: the page itself, its pictures, and word of what is missing.

use rusqlite::{OptionalExtension, params};

use super::article::kind_number;
use super::row::{self, Plain};
use super::{Reader, Result, Revision, Writing};
use crate::model::{ArticleId, Enclosed, Time};
use crate::text::{Clean, Link};

/// How strongly pages are compressed: zstd's default.
const LEVEL: i32 = 3;

/// The largest page that is unpacked, in bytes: more has been tampered with.
const LARGEST: usize = 64 << 20;

/// A picture as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What kind of picture its bytes are: `image/png`.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Reader {
    /// The page of an article as it came, where it is kept; bookmarks have it.
    ///
    /// # Errors
    /// That the store cannot be read, or the page not be unpacked.
    pub fn page_html(&self, id: ArticleId) -> Result<Option<Vec<u8>>> {
        let read = || -> rusqlite::Result<Option<Vec<u8>>> {
            let mut statement = self.db.prepare_cached("SELECT html FROM pages WHERE article = ?1")?;
            let packed: Option<Option<Vec<u8>>> =
                statement.query_row(params![id.0], |found| found.get(0)).optional()?;
            packed
                .flatten()
                .map(|packed| {
                    zstd::bulk::decompress(&packed, LARGEST).map_err(|error| {
                        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, error.into())
                    })
                })
                .transpose()
        };
        read().map_err(self.says("reading a page"))
    }

    /// Since when an article is bookmarked; `None` where it is not.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn kept_since(&self, id: ArticleId) -> Result<Option<Time>> {
        let read = || {
            let sql = "SELECT added FROM bookmarks WHERE article = ?1 AND removed IS NULL";
            let mut statement = self.db.prepare_cached(sql)?;
            statement.query_row(params![id.0], |found| row::time(found, 0)).optional()
        };
        read().map_err(self.says("reading a bookmark"))
    }

    /// The picture that is kept of this address, for whichever article.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn picture(&self, address: &Link) -> Result<Option<Picture>> {
        let read = || {
            let sql = "SELECT media_type, bytes FROM pictures WHERE address = ?1";
            let mut statement = self.db.prepare_cached(sql)?;
            let picture = |found: &rusqlite::Row<'_>| {
                Ok(Picture { media_type: found.get::<_, Plain>(0)?.0, bytes: found.get(1)? })
            };
            statement.query_row(params![address.as_str()], picture).optional()
        };
        read().map_err(self.says("reading a picture"))
    }

    /// Whether the picture of that address is kept of an article.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn keeps_picture(&self, id: ArticleId, address: &Link) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM article_pictures a JOIN pictures p ON p.id = a.picture \
                   WHERE a.article = ?1 AND p.address = ?2)";
        let read = || {
            let mut statement = self.db.prepare_cached(sql)?;
            statement.query_row(params![id.0, address.as_str()], |found| found.get(0))
        };
        read().map_err(self.says("reading a picture"))
    }

    /// The pictures that are kept of an article, with the addresses they had.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn pictures(&self, id: ArticleId) -> Result<Vec<(Link, Picture)>> {
        let read = || -> rusqlite::Result<Vec<(Link, Picture)>> {
            let sql = "SELECT p.address, p.media_type, p.bytes FROM article_pictures a \
                       JOIN pictures p ON p.id = a.picture WHERE a.article = ?1 ORDER BY p.id";
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map(params![id.0], |found| {
                let picture = Picture { media_type: found.get::<_, Plain>(1)?.0, bytes: found.get(2)? };
                Ok(row::link(found, 0)?.map(|link| (link, picture)))
            })?;
            rows.filter_map(rusqlite::Result::transpose).collect()
        };
        read().map_err(self.says("reading pictures"))
    }
}

impl Writing<'_> {
    /// Keeps the page of an article as it came, if the article is bookmarked.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn keep_page(&mut self, id: ArticleId, html: &[u8]) -> rusqlite::Result<()> {
        let sql = "SELECT EXISTS (SELECT 1 FROM articles WHERE id = ?1 AND bookmarked = 1)";
        if !self.db.prepare_cached(sql)?.query_row(params![id.0], |found| found.get::<_, bool>(0))? {
            return Ok(());
        }
        let packed =
            zstd::bulk::compress(html, LEVEL).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        self.db.prepare_cached("UPDATE pages SET html = ?2 WHERE article = ?1")?.execute(params![id.0, packed])?;
        Ok(())
    }

    /// Keeps a picture of an article. One that several articles show is stored once.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn keep_picture(&mut self, id: ArticleId, address: &Link, picture: &Picture) -> rusqlite::Result<()> {
        let sql = "INSERT INTO pictures (address, media_type, bytes) VALUES (?1, ?2, ?3) \
                   ON CONFLICT DO UPDATE SET media_type = excluded.media_type, bytes = excluded.bytes";
        self.db.prepare_cached(sql)?.execute(params![address.as_str(), picture.media_type, picture.bytes])?;
        self.shows_picture(id, address)
    }

    /// Keeps a picture that came with an article's page. One that is kept of its address already stays:
    /// a page says what its own pictures are, not those of others.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn keep_enclosed(&mut self, id: ArticleId, picture: &Enclosed) -> rusqlite::Result<()> {
        let sql = "INSERT OR IGNORE INTO pictures (address, media_type, bytes) VALUES (?1, ?2, ?3)";
        let Enclosed { address, media_type, bytes } = picture;
        self.db.prepare_cached(sql)?.execute(params![address.as_str(), media_type, bytes])?;
        self.shows_picture(id, address)
    }

    /// Notes that an article shows a picture that is kept.
    fn shows_picture(&mut self, id: ArticleId, address: &Link) -> rusqlite::Result<()> {
        let sql = "INSERT OR IGNORE INTO article_pictures \
                   SELECT a.id, p.id FROM articles a, pictures p WHERE a.id = ?1 AND p.address = ?2";
        self.db.prepare_cached(sql)?.execute(params![id.0, address.as_str()]).map(drop)
    }

    /// Writes down of a bookmark what is missing of it, in words; `None` where nothing is. With a
    /// time given, what is missing is asked for again from then on.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn set_missing(&mut self, id: ArticleId, missing: Option<&Clean>, again: Option<Time>) -> rusqlite::Result<()> {
        let sql = "UPDATE bookmarks SET complete = ?2 IS NULL, missing = ?2 WHERE article = ?1";
        self.db.prepare_cached(sql)?.execute(params![id.0, missing.map(Clean::as_str)])?;
        if let Some(again) = again {
            let sql = "UPDATE pages SET again = ?2 WHERE article = ?1";
            self.db.prepare_cached(sql)?.execute(params![id.0, again.0])?;
        }
        Ok(())
    }

    /// Puts an earlier text of an article among its revisions, the latest of them so far: one that was
    /// exported and comes back.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn restore_revision(&mut self, id: ArticleId, revision: &Revision) -> rusqlite::Result<()> {
        let data = self.compressor.encode(&revision.document)?;
        let sql = "INSERT INTO revisions (article, replaced, kind, title, document, trivial) \
                   SELECT id, ?2, ?3, ?4, ?5, ?6 FROM articles WHERE id = ?1";
        let (kind, title) = (kind_number(revision.kind), revision.title.as_str());
        let stored = self.db.prepare_cached(sql)?.execute(params![
            id.0,
            revision.replaced.0,
            kind,
            title,
            data,
            revision.trivial
        ])?;
        let sql = "UPDATE articles SET revisions = revisions + ?2 WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![id.0, i64::from(stored > 0 && !revision.trivial)])?;
        Ok(())
    }

    /// Lets go of pictures that belong to no article any more. Costs a look at each picture's key.
    ///
    /// # Errors
    /// What SQLite says.
    pub(super) fn drop_stray_pictures(&mut self) -> rusqlite::Result<()> {
        let sql = "DELETE FROM pictures WHERE id NOT IN (SELECT picture FROM article_pictures)";
        self.db.execute(sql, []).map(drop)
    }
}
