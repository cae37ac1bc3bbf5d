//! What belongs with an article, as the sidebar and `dateline related` show it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::Hash;
use std::thread;

use rustc_hash::FxHashMap;

use super::Failure;
use crate::model::time::DAY;
use crate::model::{Article, ArticleId, Headline, RelatedItem, Relation};
use crate::related::{self, Batch, Floor, Index, Limits, Posting, Room, Scored, Signature, Telling, mix};
use crate::store::{Reader, Renewal, Store, StoreError};
use crate::text::fold::fold;
use crate::text::{Lang, words};

/// How many days apart two articles are when recency counts half.
const HALF_LIFE_DAYS: i64 = 30;

/// Up to so many articles are held in memory to compare all with all: 400 MB.
const MOST_AT_ONCE: u64 = 200_000;

/// How many more articles are ranked than shown, so that recency and variety have a choice.
const CHOICE: usize = 3;

/// The stored articles that belong with this one, best first, at most `limit`: what stood on the same
/// saved page and what shares its subject, each once.
///
/// The headlines of the same page come first, in their order there: whoever made that page put them
/// beside the article; for such a headline it is that article. One of them whose own article is stored
/// gives way to that article. Recency is counted from the article, not from today: an old piece belongs
/// with its time. What is muted is left out.
///
/// # Errors
/// That the store cannot be read, or an interruption.
pub fn related(reader: &Reader, id: ArticleId, limit: usize) -> Result<Vec<RelatedItem>, Failure> {
    related_over(reader, id, limit, Floor::Screen)
}

/// [`related()`] with another floor.
///
/// # Errors
/// As [`related()`].
pub fn related_over(reader: &Reader, id: ArticleId, limit: usize, floor: Floor) -> Result<Vec<RelatedItem>, Failure> {
    reader.at_once(|| {
        let Some(own) = reader.headlines(&[id])?.pop() else { return Ok(Vec::new()) };
        let scored = nearest(reader, id, limit.saturating_mul(CHOICE), floor)?;
        let ids: Vec<ArticleId> = scored.iter().map(|other| other.article).collect();
        let mut scored = scored.into_iter();
        let mut near: Vec<Near> = Vec::with_capacity(ids.len());
        // In the order asked for, without those that are muted or gone.
        for headline in reader.in_sight(&ids)? {
            near.extend(scored.find(|other| other.article == headline.id).map(|other| Near {
                headline,
                relation: Relation::Related,
                score: other.score,
                shared: other.shared,
            }));
        }
        let mut beside = reader.page_links(id)?;
        beside.extend(reader.pages_of(id)?);
        let mut items: Vec<Near> = Vec::new();
        for headline in reader.headlines(&beside)?.into_iter().take(limit) {
            let item = on_page(reader, headline, &mut near)?;
            let wanted = item.headline.id != id && !reader.is_muted(item.headline.id)?;
            if wanted && items.iter().all(|other| other.headline.id != item.headline.id) {
                items.push(item);
            }
        }
        let left = limit - items.len();
        items.extend(mixed(&own, near, left));
        with_reasons(reader, id, items)
    })
}

/// Signs all articles anew where they were signed by an older recipe, telling `progress` how far it has
/// come. Whether there was anything to do. Linear in their texts: some thousand articles a second.
///
/// # Errors
/// That the store cannot be read or written; the next time goes on from there.
pub fn renew(store: &mut Store, mut progress: impl FnMut(Renewal)) -> Result<bool, Failure> {
    let mut worked = false;
    while let Some(renewal) = store.renew()? {
        worked = true;
        progress(renewal);
    }
    Ok(worked)
}

/// The nearest of every stored article, `limit` each, none with a score of 0 or under `least`, as
/// `(article, rank from 1, other, score)` handed to `take` in order of id; for evaluation and export.
/// Reads one moment of the store.
///
/// Up to [`MOST_AT_ONCE`] articles are held in memory and compared exactly, on all processors; up to
/// [`Batch::WHOLE`] every pair is. Of more, each is asked for as the sidebar asks, without its floor.
///
/// # Errors
/// As [`related()`], or what `take` returns.
pub fn all(
    reader: &Reader,
    limit: usize,
    least: f32,
    mut take: impl FnMut(ArticleId, usize, ArticleId, f32) -> Result<(), Failure>,
) -> Result<(), Failure> {
    reader.at_once(|| {
        if reader.articles()? <= MOST_AT_ONCE {
            let mut signed = Vec::new();
            reader.signatures(|id, signature| signed.push((id, signature)))?;
            return at_once(&Batch::new(signed), limit, least, take);
        }
        let index = Remembering::new(reader)?;
        let limits = Limits { candidates: limit.max(Limits::default().candidates), ..Limits::default() };
        let mut after = ArticleId(0);
        while let Some(id) = reader.next_signed(after)? {
            after = id;
            let Some(signature) = index.signature(id)? else { continue };
            let found = related::related_within(&index, &signature, id, limit, limits, Floor::Score(least))?;
            for (rank, other) in found.into_iter().enumerate() {
                take(id, rank + 1, other.article, other.score)?;
            }
        }
        Ok(())
    })
}

/// Goes through a batch with a thread for each processor, some thousand articles at a time, so that what
/// is found needs no more memory than that.
fn at_once(
    batch: &Batch,
    limit: usize,
    least: f32,
    mut take: impl FnMut(ArticleId, usize, ArticleId, f32) -> Result<(), Failure>,
) -> Result<(), Failure> {
    const ROUND: usize = 2_048;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let piece = ROUND.div_ceil(threads);
    for start in (0..batch.len()).step_by(ROUND) {
        let end = batch.len().min(start + ROUND);
        let find = |from: usize| {
            let mut room = Room::default();
            (from..end.min(from + piece)).map(|at| batch.nearest(at, limit, least, &mut room)).collect::<Vec<_>>()
        };
        let found: Vec<Vec<(ArticleId, f32)>> = thread::scope(|scope| {
            let workers: Vec<_> = (start..end).step_by(piece).map(|from| scope.spawn(move || find(from))).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
        });
        for (at, others) in (start..).zip(found) {
            let Some(id) = batch.id(at) else { continue };
            for (rank, (other, score)) in others.into_iter().enumerate() {
                take(id, rank + 1, other, score)?;
            }
        }
    }
    Ok(())
}

fn nearest(reader: &Reader, id: ArticleId, limit: usize, floor: Floor) -> Result<Vec<Scored>, StoreError> {
    let limits = Limits { candidates: limit.max(Limits::default().candidates), ..Limits::default() };
    match reader.signature(id)? {
        Some(signature) => related::related_within(reader, &signature, id, limit, limits, floor),
        None => Ok(Vec::new()),
    }
}

/// A related item without its reasons. Many more are ranked than shown, and to find reasons costs more
/// than all else about one.
struct Near {
    headline: Headline,
    relation: Relation,
    score: f32,
    /// The informative terms shared, heaviest first.
    shared: Vec<u32>,
}

/// A headline of the same page: the stored article that has it, taken out of `near` where it stands
/// there, else itself.
fn on_page(reader: &Reader, stub: Headline, near: &mut Vec<Near>) -> Result<Near, Failure> {
    let headline = if stub.stub { stored(reader, &stub)?.unwrap_or(stub) } else { stub };
    Ok(match near.iter().position(|item| item.headline.id == headline.id) {
        Some(place) => Near { relation: Relation::SamePage, ..near.remove(place) },
        None => Near { headline, relation: Relation::SamePage, score: 0.0, shared: Vec::new() },
    })
}

/// The items with their reasons, in the words of the article `id`.
fn with_reasons(reader: &Reader, id: ArticleId, items: Vec<Near>) -> Result<Vec<RelatedItem>, Failure> {
    let article = if items.iter().all(|item| item.shared.is_empty()) { None } else { reader.article(id)? };
    let body = article.as_ref().map_or(String::new(), |article| article.document.plain_text());
    let telling = article.as_ref().map(|Article { headline, .. }| {
        let lang = headline.lang.as_ref().and_then(|code| Lang::from_code(code.as_str()));
        Telling::new(headline.title.as_str(), &body, lang)
    });
    let item = |Near { headline, relation, score, shared }| RelatedItem {
        headline,
        relation,
        score,
        reasons: telling.as_ref().map_or(Vec::new(), |telling| telling.of(&shared)),
    };
    Ok(items.into_iter().map(item).collect())
}

/// How alike the stems of two headlines must be (Dice: twice those in common, of all of both), and how
/// many they must share, to head one article. Pages shorten and change headlines a little: one word in
/// five may differ. Among the 6.5 million pairs of 3,602 real headlines 98 are so alike; nearly all that
/// are not serial columns (`In brief`, which the second bound keeps out) head the same news, while at 0.7
/// every third pair is of two events (`Man dies in Monaghan road crash`, `Man killed in Tipperary …`).
const ALIKE: f32 = 0.8;
const ALIKE_STEMS: usize = 4;

/// How many of the articles nearest to a headline are looked at for the one that it heads.
const LOOK: usize = 10;

/// The stored article whose headline this stub is.
fn stored(reader: &Reader, stub: &Headline) -> Result<Option<Headline>, Failure> {
    let found = nearest(reader, stub.id, LOOK, Floor::Score(0.0))?;
    let ids: Vec<ArticleId> = found.iter().map(|other| other.article).collect();
    let wanted = stems(stub);
    let heads = |other: &Headline| {
        let theirs = stems(other);
        let shared = theirs.intersection(&wanted).count();
        let same = fold(other.title.as_str()) == fold(stub.title.as_str());
        let alike = 2.0 * shared as f32 >= ALIKE * (theirs.len() + wanted.len()) as f32;
        !other.stub && (same || alike && shared >= ALIKE_STEMS)
    };
    Ok(reader.headlines(&ids)?.into_iter().find(heads))
}

fn stems(headline: &Headline) -> BTreeSet<String> {
    let lang = headline.lang.as_ref().and_then(|code| Lang::from_code(code.as_str()));
    words::words(headline.title.as_str(), lang).into_iter().map(|word| word.stem).collect()
}

/// What shares the subject, with recency and variety of sources mixed in.
fn mixed(own: &Headline, near: Vec<Near>, limit: usize) -> Vec<Near> {
    let weight = |item: &Near| {
        let distance = item.headline.published.0.saturating_sub(own.published.0);
        mix::blend(item.score, mix::recency(distance, HALF_LIFE_DAYS * DAY))
    };
    mix::vary(near, limit, weight, |item| item.headline.source.clone())
}

/// An index that remembers what it was asked: going through all articles asks for the same terms and
/// signatures hundreds of times. Good for one moment of the store.
struct Remembering<'r> {
    reader: &'r Reader,
    articles: u64,
    frequencies: RefCell<FxHashMap<u32, u64>>,
    signatures: RefCell<FxHashMap<ArticleId, Option<Signature>>>,
}

/// The most frequencies (16 bytes each) and signatures (half a kilobyte each) that are remembered.
const MOST_FREQUENCIES: usize = 1 << 20;
const MOST_SIGNATURES: usize = 1 << 15;

impl<'r> Remembering<'r> {
    fn new(reader: &'r Reader) -> Result<Self, StoreError> {
        Ok(Self {
            reader,
            articles: reader.articles()?,
            frequencies: RefCell::default(),
            signatures: RefCell::default(),
        })
    }
}

impl Index for Remembering<'_> {
    type Error = StoreError;

    fn articles(&self) -> Result<u64, StoreError> {
        Ok(self.articles)
    }

    fn frequencies(&self, terms: &[u32], take: &mut dyn FnMut(u32, u64)) -> Result<(), StoreError> {
        for term in terms {
            let frequency = remembered(&self.frequencies, MOST_FREQUENCIES, *term, || self.reader.frequency(*term))?;
            take(*term, frequency);
        }
        Ok(())
    }

    fn postings(&self, term: u32, out: &mut Vec<Posting>) -> Result<(), StoreError> {
        self.reader.postings(term, out)
    }

    fn signatures_of(
        &self,
        articles: &[ArticleId],
        take: &mut dyn FnMut(ArticleId, Signature),
    ) -> Result<(), StoreError> {
        for article in articles {
            let signed = remembered(&self.signatures, MOST_SIGNATURES, *article, || self.reader.signature(*article))?;
            if let Some(signature) = signed {
                take(*article, signature);
            }
        }
        Ok(())
    }
}

/// What is remembered under `key`, else what `ask` says. When `most` are remembered all are forgotten:
/// simpler than choosing, and the ones that are needed are soon back.
fn remembered<K: Copy + Eq + Hash, V: Clone>(
    memory: &RefCell<FxHashMap<K, V>>,
    most: usize,
    key: K,
    ask: impl FnOnce() -> Result<V, StoreError>,
) -> Result<V, StoreError> {
    if let Some(value) = memory.borrow().get(&key) {
        return Ok(value.clone());
    }
    let value = ask()?;
    let mut memory = memory.borrow_mut();
    if memory.len() >= most {
        memory.clear();
    }
    memory.insert(key, value.clone());
    Ok(value)
}
