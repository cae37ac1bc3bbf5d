//! What arrived since a moment, by story: what the brief is made of.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::passing::IS_NEWS;
use super::row::Plain;
use super::{Reader, Result};
use crate::model::{ArticleId, StoryId, Time};

/// What arrived of a story since a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldSince {
    /// The story.
    pub story: StoryId,
    /// The article to show for it: its newest text.
    pub front: ArticleId,
    /// How many sources told it, whether or not with a text of their own: as [`Story::sources`] counts them.
    ///
    /// [`Story::sources`]: crate::model::Story::sources
    pub sources: u32,
    /// What arrived, copies among them, by time of publication.
    pub articles: BTreeSet<ArticleId>,
}

impl Reader {
    /// The stories of which something was published and arrived after `since` and until `now`, muted
    /// articles, mere headlines and pages read in passing left out: what most sources tell first, then what most articles
    /// tell, then the newest. Linear in what was published since then.
    ///
    /// # Errors
    /// That the store cannot be read.
    pub fn told_since(&self, since: Time, now: Time) -> Result<Vec<ToldSince>> {
        self.read_since(since, now).map_err(self.says("reading what is new"))
    }

    fn read_since(&self, since: Time, now: Time) -> rusqlite::Result<Vec<ToldSince>> {
        struct Gathered {
            /// By text: its first time, and the article to show of it.
            texts: BTreeMap<i64, (i64, i64)>,
            /// Those that told it, and of them those that had a text of their own.
            sources: BTreeSet<String>,
            voices: BTreeSet<String>,
            articles: BTreeSet<ArticleId>,
        }
        let sql = format!(
            "SELECT a.id, coalesce(a.story, a.id), coalesce(a.copies, a.id), a.published, a.fold, \
                   coalesce(a.source, f.own_title, f.title) FROM articles a JOIN feeds f ON f.id = a.feed \
                   WHERE a.published > ?1 AND a.published <= ?2 AND a.muted = 0 AND a.stub = 0{IS_NEWS} \
                   ORDER BY a.published, a.id"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![since.0, now.0])?;
        let mut stories: BTreeMap<i64, Gathered> = BTreeMap::new();
        while let Some(found) = rows.next()? {
            let (id, story, text): (i64, i64, i64) = (found.get(0)?, found.get(1)?, found.get(2)?);
            let (published, fold): (i64, i64) = (found.get(3)?, found.get(4)?);
            let told = stories.entry(story).or_insert_with(|| Gathered {
                texts: BTreeMap::new(),
                sources: BTreeSet::new(),
                voices: BTreeSet::new(),
                articles: BTreeSet::new(),
            });
            told.articles.insert(ArticleId(id));
            let source = found.get::<_, Plain>(5)?.0;
            told.sources.insert(source.clone());
            match told.texts.get_mut(&text) {
                // The same text again, from whomever, is no second voice.
                Some((_, front)) => {
                    if fold < 2 {
                        *front = id;
                    }
                }
                None => {
                    told.texts.insert(text, (published, id));
                    told.voices.insert(source);
                }
            }
        }
        let mut told: Vec<((usize, usize, i64, i64), ToldSince)> = stories
            .into_iter()
            .filter_map(|(story, told)| {
                let (latest, front) = told.texts.values().copied().max()?;
                let rank = (told.voices.len(), told.articles.len(), latest, story);
                let sources = u32::try_from(told.sources.len()).unwrap_or(u32::MAX);
                let told =
                    ToldSince { story: StoryId(story), front: ArticleId(front), sources, articles: told.articles };
                Some((rank, told))
            })
            .collect();
        told.sort_unstable_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        Ok(told.into_iter().map(|(_, told)| told).collect())
    }
}
