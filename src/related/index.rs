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
/// An article is in the index with all terms and names of its signature ([`Signature::indexed`]) or not
/// at all.
pub trait Index {
    /// How asking can fail.
    type Error;

    /// How many articles are signed.
    ///
    /// # Errors
    /// The store could not be read; so with the others.
    fn articles(&self) -> Result<u64, Self::Error>;

    /// How many of them hold `term`.
    ///
    /// # Errors
    /// As [`Index::articles`].
    fn frequency(&self, term: u32) -> Result<u64, Self::Error> {
        let mut found = 0;
        self.frequencies(&[term], &mut |_, frequency| found = frequency)?;
        Ok(found)
    }

    /// Calls `take` with each of `terms`, in their order, and how many articles hold it. One answer
    /// asks for some thousand, in rising order, so that neighbours of a store are asked for together.
    ///
    /// # Errors
    /// As [`Index::articles`].
    fn frequencies(&self, terms: &[u32], take: &mut dyn FnMut(u32, u64)) -> Result<(), Self::Error>;

    /// Appends the articles that hold `term` to `out`, each once.
    ///
    /// # Errors
    /// As [`Index::articles`].
    fn postings(&self, term: u32, out: &mut Vec<Posting>) -> Result<(), Self::Error>;

    /// The signature of an article; `None` when it is not in the index.
    ///
    /// # Errors
    /// As [`Index::articles`].
    fn signature(&self, article: ArticleId) -> Result<Option<Signature>, Self::Error> {
        let mut found = None;
        self.signatures_of(&[article], &mut |_, signature| found = Some(signature))?;
        Ok(found)
    }

    /// Calls `take` with each of `articles` that is in the index, in their order, and its signature. One
    /// answer asks for some hundred, in rising order.
    ///
    /// # Errors
    /// As [`Index::articles`].
    fn signatures_of(
        &self,
        articles: &[ArticleId],
        take: &mut dyn FnMut(ArticleId, Signature),
    ) -> Result<(), Self::Error>;
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
        for term in signature.indexed() {
            self.postings.entry(term.term).or_default().insert(article, term.weight);
        }
        self.signatures.insert(article, signature);
    }

    /// Takes an article out; nothing happens when it is not there.
    pub fn remove(&mut self, article: ArticleId) {
        let Some(old) = self.signatures.remove(&article) else { return };
        for term in old.indexed() {
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

    fn frequencies(&self, terms: &[u32], take: &mut dyn FnMut(u32, u64)) -> Result<(), Infallible> {
        for term in terms {
            take(*term, self.postings.get(term).map_or(0, |list| list.len() as u64));
        }
        Ok(())
    }

    fn postings(&self, term: u32, out: &mut Vec<Posting>) -> Result<(), Infallible> {
        if let Some(list) = self.postings.get(&term) {
            out.extend(list.iter().map(|(article, weight)| Posting { article: *article, weight: *weight }));
        }
        Ok(())
    }

    fn signatures_of(
        &self,
        articles: &[ArticleId],
        take: &mut dyn FnMut(ArticleId, Signature),
    ) -> Result<(), Infallible> {
        for article in articles {
            if let Some(signature) = self.signatures.get(article) {
                take(*article, signature.clone());
            }
        }
        Ok(())
    }
}
