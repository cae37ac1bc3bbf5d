//! What related news asks of a store.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::Signature;
use crate::model::ArticleId;

/// An article that holds a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The article.
    pub article: ArticleId,
    /// The term's weight in it: [`Term::weight`](super::Term::weight).
    pub weight: u8,
}

/// The signed articles of a store.
///
/// An article is in the index with all terms of its signature or not at all.
pub trait Index {
    /// How asking can fail.
    type Error;

    /// How many articles are signed.
    ///
    /// # Errors
    /// The store could not be read; so with the others.
    fn articles(&self) -> Result<u64, Self::Error>;

    /// How many of them hold `term`. Asked for up to some thousand terms for one answer: it should
    /// cost no more than a look-up.
    ///
    /// # Errors
    /// As [`Index::articles`].
    fn frequency(&self, term: u32) -> Result<u64, Self::Error>;

    /// Appends the articles that hold `term` to `out`, each once.
    ///
    /// # Errors
    /// As [`Index::articles`].
    fn postings(&self, term: u32, out: &mut Vec<Posting>) -> Result<(), Self::Error>;

    /// The signature of an article; `None` when it is not in the index.
    ///
    /// # Errors
    /// As [`Index::articles`].
    fn signature(&self, article: ArticleId) -> Result<Option<Signature>, Self::Error>;
}

/// An index in memory: for tests, tools and measurements.
#[derive(Clone, Debug, Default)]
pub struct MemoryIndex {
    signatures: BTreeMap<ArticleId, Signature>,
    postings: BTreeMap<u32, BTreeMap<ArticleId, u8>>,
}

impl MemoryIndex {
    /// Puts an article in, in place of what it was before.
    pub fn insert(&mut self, article: ArticleId, signature: Signature) {
        self.remove(article);
        for term in signature.terms() {
            self.postings.entry(term.term).or_default().insert(article, term.weight);
        }
        self.signatures.insert(article, signature);
    }

    /// Takes an article out; nothing happens when it is not there.
    pub fn remove(&mut self, article: ArticleId) {
        let Some(old) = self.signatures.remove(&article) else { return };
        for term in old.terms() {
            if let Some(list) = self.postings.get_mut(&term.term) {
                list.remove(&article);
                if list.is_empty() {
                    self.postings.remove(&term.term);
                }
            }
        }
    }

    /// The articles with their signatures, in order of id.
    pub fn iter(&self) -> impl Iterator<Item = (ArticleId, &Signature)> {
        self.signatures.iter().map(|(id, signature)| (*id, signature))
    }
}

impl Index for MemoryIndex {
    type Error = Infallible;

    fn articles(&self) -> Result<u64, Infallible> {
        Ok(self.signatures.len() as u64)
    }

    fn frequency(&self, term: u32) -> Result<u64, Infallible> {
        Ok(self.postings.get(&term).map_or(0, |list| list.len() as u64))
    }

    fn postings(&self, term: u32, out: &mut Vec<Posting>) -> Result<(), Infallible> {
        if let Some(list) = self.postings.get(&term) {
            out.extend(list.iter().map(|(article, weight)| Posting { article: *article, weight: *weight }));
        }
        Ok(())
    }

    fn signature(&self, article: ArticleId) -> Result<Option<Signature>, Infallible> {
        Ok(self.signatures.get(&article).cloned())
    }
}
