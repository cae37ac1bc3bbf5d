//! The whole text of an article, from its page.
//!
//! [`job`] says what to fetch, [`prepare`] makes an article of the answer without the store, on any
//! thread, and [`take_in`] stores it.

use super::keep::Wanted;
use super::network::is_for_good;
use super::{Failure, Kind, incoming};
use crate::clean;
use crate::extract::{self, Extracted, Gate, NotAnArticle};
use crate::model::site::Site;
use crate::model::{Article, ArticleId, Enclosed, FeedAddress, FeedId, TextKind, Time};
use crate::net::{Answer, Error, Fetched, Request};
use crate::store::{Asked, FullText, Reader, Safety, Store};
use crate::text::near::is_near;
use crate::text::{Clean, Link, charset};

/// The most pages fetched at the end of a refresh for the feeds whose full text is always wanted,
/// and again as many for bookmarks. The rest waits for the next refresh: nobody reads hundreds of
/// articles at once, and no server likes to be asked for them.
pub const AT_ONCE: usize = 40;

/// The largest page that is fetched, in bytes after decompression.
const LARGEST: u64 = 16 << 20;

/// A page that offers less than this share of the words the feed gave, in percent, and hides the
/// rest, is no gain.
const GAIN: u32 = 90;

/// A page to be fetched for an article.
#[derive(Clone, Debug)]
pub struct Job {
    /// The article.
    pub article: ArticleId,
    /// Its headline.
    pub title: Clean,
    /// Where its page is.
    pub address: Link,
    /// Whether a person waits for this article's text, and wants to see it.
    pub asked: bool,
    /// Whether it is a bookmark: the page itself and its pictures are kept as well.
    pub keep: bool,
    /// Whether a stranger gave the address: it may not lead into the own network.
    strange: bool,
    /// Words that the feed gave.
    words: u32,
}

impl Job {
    /// The page of an article, given with its feed's text; `None` where it has none on the web.
    fn of(reader: &Reader, article: &Article, asked: bool) -> Result<Option<Self>, Failure> {
        let headline = &article.headline;
        let Some(address) = headline.link.clone().filter(|_| article.texts.page) else { return Ok(None) };
        let strange = is_strange(reader, article)?;
        let words = if article.kind == TextKind::Feed { article.document.words() } else { 0 };
        let (title, keep) = (headline.title.clone(), headline.bookmarked);
        Ok(Some(Self { article: headline.id, title, address, asked, keep, strange, words }))
    }

    /// What to ask the network for.
    #[must_use]
    pub fn request(&self) -> Request {
        Request { max_bytes: Some(LARGEST), strange: self.strange, ..Request::page(self.address.clone()) }
    }
}

/// What to fetch for the full text of an article that a person asks for.
///
/// # Errors
/// That it is not stored, or has no page on the web.
pub fn job(reader: &Reader, id: ArticleId) -> Result<Job, Failure> {
    let article = reader.article_as(id, Some(TextKind::Feed))?;
    let article = article.ok_or_else(|| Failure::new(Kind::NothingFound, clean!("article {} is gone", id.0)))?;
    match Job::of(reader, &article, true)? {
        Some(job) => Ok(job),
        None => Err(no_page(reader, &article)?),
    }
}

/// Whether the page of an article may not lie on this machine or in its network: a feed from elsewhere
/// could have anything done there in our name that an address can do.
fn is_strange(reader: &Reader, article: &Article) -> Result<bool, Failure> {
    Ok(match reader.feed(article.headline.feed)?.map(|feed| feed.address) {
        Some(FeedAddress::Web(feed)) => !is_near(&feed),
        // Stored by hand; but a headline on a page was put there by the page.
        Some(FeedAddress::Saved | FeedAddress::Passing) => article.headline.stub,
        _ => false,
    })
}

/// Why an article has no page, and what can be done.
fn no_page(reader: &Reader, article: &Article) -> Result<Failure, Failure> {
    let from = reader.feed(article.headline.feed)?.map(|feed| feed.address);
    let title = &article.headline.title;
    let failure = Failure::new(Kind::NothingFound, clean!("“{title}” has no page on the web to fetch"));
    Ok(match (from, article.headline.stub) {
        (Some(FeedAddress::Edition), _) => failure.hint("it is sample news; what there is of it is here"),
        (_, true) => failure.hint("only its headline stood on the page it came from; a search may find the article"),
        (Some(FeedAddress::Saved), _) => failure.hint("it came from a file; its text is stored here"),
        _ => failure.hint("its feed gives no address that begins with http"),
    })
}

/// The pages that are to be fetched without anybody asking for each, at most [`AT_ONCE`] for
/// bookmarks and as many for feeds: see [`Reader::pages_wanted`].
///
/// # Errors
/// That the store cannot be read.
pub fn wanted(reader: &Reader, now: Time) -> Result<Vec<Job>, Failure> {
    let mut jobs = Vec::new();
    for id in reader.pages_wanted(AT_ONCE, now)? {
        let Some(article) = reader.article_as(id, Some(TextKind::Feed))? else { continue };
        jobs.extend(Job::of(reader, &article, false)?);
    }
    Ok(jobs)
}

/// What bookmarks still lack, to be fetched now because a person says so; whether or not it was asked for
/// in vain a moment ago.
///
/// # Errors
/// That the store cannot be read.
pub fn lacking(reader: &Reader) -> Result<Vec<Job>, Failure> {
    let mut jobs = Vec::new();
    for id in reader.incomplete()? {
        let Some(article) = reader.article_as(id, Some(TextKind::Feed))? else { continue };
        jobs.extend(Job::of(reader, &article, false)?);
    }
    Ok(jobs)
}

/// An answer, read.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What was asked for.
    pub job: Job,
    came: Came,
    /// The page itself, where it is to be kept.
    html: Vec<u8>,
}

impl Prepared {
    /// Whether the page gave a text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.came, Came::Text(..))
    }

    /// The pictures that are to be fetched for a bookmark once its text is stored; `None` for what is
    /// no bookmark, or did not come.
    #[must_use]
    pub fn pictures(&self) -> Option<Wanted> {
        match &self.came {
            Came::Text(text, asked, ..) if self.job.keep => {
                // A page from elsewhere has no pictures here.
                let near = is_near(asked.address.as_ref().unwrap_or(&self.job.address));
                let links = text.image.clone().into_iter().chain(text.document.pictures());
                let links = links.filter(|link| near || !is_near(link));
                Some(Wanted::of(self.job.article, links, asked.note.clone()))
            }
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
enum Came {
    /// The article, what keeps the rest of it away, and the pictures that came with it.
    Text(Box<FullText>, Asked, Option<Gate>, Vec<Enclosed>),
    /// No article, or less of it than is here.
    Nothing(Failure, Asked),
    /// Nobody wanted it any more.
    Cancelled(Failure),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Words in the text.
    pub words: u32,
    /// What keeps the rest of it away, if something does.
    pub note: Option<Clean>,
    /// What can be done about that.
    pub advice: Option<&'static str>,
}

/// Makes an article of an answer, as the person has said for some `sites`. Needs no store; linear in the page, some 10 ms.
#[must_use]
pub fn prepare(job: Job, answer: Result<Answer, Error>, sites: &[Site]) -> Prepared {
    let mut html = Vec::new();
    let came = match answer {
        Ok(Answer::Fetched(page)) => {
            let came = read(&job, &page, sites);
            if job.keep {
                html = page.bytes;
            }
            came
        }
        Ok(Answer::Gone) => refused(&job, Clean::new("its server says that the page was taken away for good")),
        Ok(Answer::NotModified(_) | Answer::Local(_)) => refused(&job, Clean::new("its server gave no content")),
        Err(error @ Error::Cancelled(_)) => Came::Cancelled(Failure::new(Kind::Network, clean!("{error}"))),
        Err(error) => unreachable(&job, &error),
    };
    Prepared { job, came, html }
}

fn read(job: &Job, page: &Fetched, sites: &[Site]) -> Came {
    let address = Some(page.final_address.clone());
    let extracted = match extract(page, sites) {
        Ok(extracted) => extracted,
        Err(why) => {
            let failure = Failure::new(Kind::Data, clean!("{} gives no article: {why}", job.address));
            let failure = match why {
                NotAnArticle::Gated(gate) => failure.hint(gate.advice()),
                _ => failure.hint(clean!("the page may still show it in a browser: {}", job.address)),
            };
            return Came::Nothing(failure, Asked { note: Some(clean!("{why}")), again: false, address });
        }
    };
    let gate = extracted.gate;
    let note = gate.map(|gate| clean!("{gate}"));
    // Where nobody has asked for it, they may be more than it is worth.
    let pictures = if job.asked || job.keep { extracted.pictures.clone() } else { Vec::new() };
    let text = full_text(extracted);
    let words = text.document.words();
    if let Some(gate) = gate.filter(|_| words < job.words.saturating_mul(GAIN) / 100) {
        let failure = Failure::new(Kind::Data, clean!("{} shows less than the feed gave: {gate}", job.address))
            .hint(clean!("the text of the feed stays; {}", gate.advice()));
        let note = Some(clean!("the page shows less than this: {gate}"));
        return Came::Nothing(failure, Asked { note, again: false, address });
    }
    Came::Text(Box::new(text), Asked { note, again: false, address }, gate, pictures)
}

/// Takes the article out of what was fetched, page or plain text.
///
/// # Errors
/// That it is no text, or has no article.
pub fn extract(page: &Fetched, sites: &[Site]) -> Result<Extracted, NotAnArticle> {
    if let Some(kind) = extract::sniff::kind(&page.bytes) {
        return Err(NotAnArticle::NotText(kind));
    }
    let given = page.content_type.as_deref().unwrap_or("");
    let text = charset::decode(&page.bytes, page.content_type.as_deref()).text;
    if given.trim_start().to_ascii_lowercase().starts_with("text/plain") {
        return extract::saved_text(&text);
    }
    extract::page_with(&text, Some(&page.final_address), sites)
}

/// What is kept of a page for the article that is stored.
pub(super) fn full_text(extracted: Extracted) -> FullText {
    let Extracted { document, byline, dateline, standfirst, image, lang, title, site, published, .. } = extracted;
    FullText { document, byline, dateline, standfirst, image, lang, title, site, published }
}

/// The server answered, with nothing.
fn refused(job: &Job, why: Clean) -> Came {
    let failure = Failure::new(Kind::Network, clean!("{}: {why}", job.address));
    Came::Nothing(failure, Asked { note: Some(why), again: false, address: None })
}

fn unreachable(job: &Job, error: &Error) -> Came {
    // A page that is not there or not for us will not be there in ten minutes either.
    let for_good = is_for_good(error);
    let note = Some(clean!("{error}"));
    Came::Nothing(super::network::unreachable(&job.address, error), Asked { note, again: !for_good, address: None })
}

/// Stores what an answer brought: the text, which a person who asked for it sees from now on, and
/// what keeps the rest away.
///
/// # Errors
/// That the page could not be fetched or gives no article (which is written down as well), that the
/// article is not stored any more, or that the store cannot be written.
pub fn take_in(store: &mut Store, prepared: Prepared, now: Time) -> Result<Outcome, Failure> {
    let Prepared { job, came, html } = prepared;
    let safety = if job.asked { Safety::Person } else { Safety::Refresh };
    let id = job.article;
    match came {
        Came::Cancelled(failure) => Err(failure),
        Came::Nothing(failure, asked) => {
            store.write(safety, "writing down what came of a page", |w| {
                w.asked_page(id, &asked, now)?;
                let missing = asked.note.as_ref().map(|why| clean!("its page ({why})"));
                if job.keep { w.set_missing(id, missing.as_ref(), None) } else { Ok(()) }
            })?;
            Err(failure)
        }
        Came::Text(text, asked, gate, pictures) => {
            let there = store.write(safety, "storing a full text", |w| {
                w.asked_page(id, &asked, now)?;
                let there = w.set_full_text(id, &text, now)?;
                incoming::enclosed(w, id, &pictures)?;
                if job.keep {
                    w.keep_page(id, &html)?;
                }
                if there && job.asked {
                    w.choose_text(id, TextKind::Full)?;
                }
                Ok(there)
            })?;
            if there {
                let advice = gate.map(Gate::advice);
                Ok(Outcome { words: text.document.words(), note: asked.note, advice })
            } else {
                Err(Failure::new(Kind::NothingFound, clean!("article {} is not stored any more", id.0)))
            }
        }
    }
}

/// Shows this text of an article from now on.
///
/// # Errors
/// That the store cannot be written.
pub fn choose(store: &mut Store, id: ArticleId, kind: TextKind) -> Result<(), Failure> {
    Ok(store.write(Safety::Refresh, "remembering a choice", |w| w.choose_text(id, kind))?)
}

/// Has the full text of a feed's articles always fetched, or not any more. Says whether that was
/// otherwise before.
///
/// # Errors
/// That the store cannot be written.
pub fn always(store: &mut Store, feed: FeedId, always: bool) -> Result<bool, Failure> {
    Ok(store.write(Safety::Person, "setting a feed", |w| w.always_full_text(feed, always))?)
}

#[cfg(test)]
mod tests;
