//! Bookmarks in another order than that of publication: by when they were kept, by source, by title.
//! A person keeps hundreds of articles, some keep thousands; such a list is one page, and is sorted as
//! it is asked for.

use rusqlite::types::Value;

use super::Reader;
use super::list::Plan;
use super::matched::feeds_sql;
use crate::model::{Anchor, ArticleId, Headline, Order, Page, Time};
use crate::text::fold::fold;

/// The longest such list.
const MOST: usize = 2000;

impl Reader {
    /// The whole list, of at most [`MOST`] bookmarks, those kept last where there are more. Costs the
    /// reading and sorting of that many rows.
    pub(super) fn sorted_page(&self, plan: &Plan, order: Order, anchor: Anchor) -> rusqlite::Result<Page> {
        let whole = Page { at_newest: true, at_oldest: true, ..Page::default() };
        if matches!(anchor, Anchor::OlderThan(_) | Anchor::NewerThan(_)) {
            return Ok(whole);
        }
        let (matching, text) = match &plan.text {
            Some(text) => {
                (" AND a.id IN (SELECT rowid FROM search WHERE search MATCH ?)", Some(Value::Text(text.clone())))
            }
            None => ("", None),
        };
        let sql = format!(
            "SELECT a.id, coalesce(b.added, 0) FROM articles a LEFT JOIN bookmarks b ON b.article = a.id \
             WHERE a.bookmarked = 1{}{}{matching} ORDER BY b.added DESC, a.id DESC LIMIT {MOST}",
            feeds_sql(plan),
            plan.conditions
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let values = plan.values.iter().cloned().chain(text);
        let found = statement
            .query_map(rusqlite::params_from_iter(values), |row| Ok((ArticleId(row.get(0)?), Time(row.get(1)?))))?;
        let kept = found.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut rows: Vec<Headline> = self.rows(kept.iter().map(|(id, _)| *id))?;
        match order {
            Order::Source => {
                rows.sort_by_cached_key(|row| (fold(row.source.as_str()), std::cmp::Reverse(row.published)));
            }
            Order::Title => rows.sort_by_cached_key(|row| fold(row.title.as_str())),
            // As they came.
            Order::Kept | Order::Newest | Order::Relevance => {}
        }
        self.say_folded(&mut rows, plan.fold)?;
        Ok(Page { rows, ..whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NewArticle, Only, Query, View};
    use crate::store::Safety;
    use crate::store::tests::{NOW, article, home, ids};

    #[test]
    fn bookmarks_come_in_the_order_asked_for() {
        let mut home = home();
        let (a, b) = (home.feed("zebra"), home.feed("apple"));
        let dated = |guid: &str, title: &str, days: i64| NewArticle {
            published: Some(Time(NOW.0 - days * 86_400)),
            ..article(guid, title, "Text of grain.")
        };
        let mut taken = ids(&home.take(a, &[dated("1", "Émile", 1), dated("2", "zoo", 2)]));
        taken.extend(ids(&home.take(b, &[dated("3", "Eels", 3), dated("4", "not kept", 4)])));
        for (n, id) in (0..).zip([taken[1], taken[0], taken[2]]) {
            home.store.write(Safety::Person, "t", |w| w.bookmark(&[id], true, Time(NOW.0 + n))).unwrap();
        }
        let titles = |order: Order, query: Option<&str>| {
            let query = query.map(|query| Query::parse(query).unwrap());
            home.titles(&View { only: Only::Bookmarked, order, query, ..View::default() })
        };
        assert_eq!(titles(Order::Newest, None), ["Émile", "zoo", "Eels"]);
        assert_eq!(titles(Order::Kept, None), ["Eels", "Émile", "zoo"]);
        assert_eq!(titles(Order::Title, None), ["Eels", "Émile", "zoo"]);
        assert_eq!(titles(Order::Source, None), ["Eels", "Émile", "zoo"]);
        assert_eq!(titles(Order::Title, Some("grain -title:zoo")), ["Eels", "Émile"]);
        // Elsewhere the order is the usual one.
        assert_eq!(home.titles(&View { order: Order::Title, ..View::default() }).len(), 4);
    }
}
