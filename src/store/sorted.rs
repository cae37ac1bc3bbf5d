//! Lists in another order than that of publication: what is not read first, by source, by length, and
//! bookmarks by when they were kept and by title. Such a list is one page, and is sorted as it is asked
//! for: of the newest rows of a list, and of bookmarks as many as a person keeps, hundreds or thousands.

use std::cmp::Reverse;

use rusqlite::types::Value;

use super::Reader;
use super::list::{NEWEST, Plan, Toward};
use super::matched::feeds_sql;
use crate::model::{Anchor, ArticleId, Headline, Only, Order, Page, SORTED};
use crate::text::fold::fold;

/// The most bookmarks in such a list.
const MOST: usize = 2000;

impl Reader {
    /// The whole list: the newest [`SORTED`] rows, or of bookmarks [`MOST`], those kept last where there
    /// are more. Costs the reading and sorting of that many rows.
    pub(super) fn sorted_page(&self, plan: &Plan, only: Only, order: Order, anchor: Anchor) -> rusqlite::Result<Page> {
        let whole = Page { at_newest: true, at_oldest: true, ..Page::default() };
        if matches!(anchor, Anchor::OlderThan(_) | Anchor::NewerThan(_)) {
            return Ok(whole);
        }
        let ids = match only {
            Only::Bookmarked => self.kept_last(plan)?,
            Only::All | Only::Unread => {
                self.keys(plan, Toward::Older, NEWEST, SORTED)?.keys.into_iter().map(|key| key.id).collect()
            }
        };
        let mut rows: Vec<Headline> = self.rows(ids)?;
        if order != Order::Kept {
            rows.sort_unstable_by_key(|row| Reverse(row.key()));
        }
        // They stay as they are where the order makes no difference.
        match order {
            Order::Unread => rows.sort_by_key(|row| row.read),
            // Two that are called the same but for capitals and accents do not run into one another.
            Order::Source => rows.sort_by_cached_key(|row| (fold(row.source.as_str()), row.source.clone())),
            Order::Length => rows.sort_by_key(|row| row.words),
            Order::Title => rows.sort_by_cached_key(|row| fold(row.title.as_str())),
            Order::Kept | Order::Newest | Order::Oldest | Order::Relevance => {}
        }
        self.say_folded(&mut rows, plan.fold)?;
        Ok(Page { rows, ..whole })
    }

    /// The bookmarks of a list, at most [`MOST`], that kept last first.
    fn kept_last(&self, plan: &Plan) -> rusqlite::Result<Vec<ArticleId>> {
        let (matching, text) = match &plan.text {
            Some(text) => {
                (" AND a.id IN (SELECT rowid FROM search WHERE search MATCH ?)", Some(Value::Text(text.clone())))
            }
            None => ("", None),
        };
        let sql = format!(
            "SELECT a.id FROM articles a LEFT JOIN bookmarks b ON b.article = a.id \
             WHERE a.bookmarked = 1{}{}{matching} ORDER BY b.added DESC, a.id DESC LIMIT {MOST}",
            feeds_sql(plan),
            plan.conditions
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let values = plan.values.iter().cloned().chain(text);
        statement.query_map(rusqlite::params_from_iter(values), |row| row.get(0).map(ArticleId))?.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NewArticle, Query, Time, View};
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
        assert_eq!(titles(Order::Oldest, None), ["Eels", "zoo", "Émile"]);
        // What is done to all of a list is done in its order.
        let ids = |order: Order| {
            let view = View { only: Only::Bookmarked, order, ..View::default() };
            home.reader().ids(&view, &crate::store::tests::moment()).unwrap()
        };
        assert_eq!(ids(Order::Kept), [taken[2], taken[0], taken[1]]);
        assert_eq!(ids(Order::Oldest), [taken[2], taken[1], taken[0]]);
        assert_eq!(ids(Order::Newest), [taken[0], taken[1], taken[2]]);
        // Elsewhere the order is the usual one.
        let all = |order: Order| home.titles(&View { order, ..View::default() });
        for order in [Order::Kept, Order::Title] {
            assert_eq!(all(order), ["Émile", "zoo", "Eels", "not kept"]);
        }
    }

    #[test]
    fn any_list_comes_in_other_orders() {
        let mut home = home();
        let (a, b) = (home.feed("zebra"), home.feed("apple"));
        let dated = |guid: &str, text: &str, days: i64| NewArticle {
            published: Some(Time(NOW.0 - days * 86_400)),
            ..article(guid, guid, text)
        };
        let taken =
            ids(&home.take(a, &[dated("one", "Grain was sold, and sold again.", 1), dated("two", "Grain.", 2)]));
        home.take(b, &[dated("three", "Grain came in.", 3), dated("four", "Grain went out once more today.", 4)]);
        home.store.write(Safety::Person, "t", |w| w.mark_read(&taken[..1], true)).unwrap();
        let titles = |order: Order, only: Only| home.titles(&View { only, order, ..View::default() });
        assert_eq!(titles(Order::Oldest, Only::All), ["four", "three", "two", "one"]);
        assert_eq!(titles(Order::Unread, Only::All), ["two", "three", "four", "one"]);
        assert_eq!(titles(Order::Source, Only::All), ["three", "four", "one", "two"]);
        assert_eq!(titles(Order::Length, Only::All)[..2], ["two", "three"]);
        assert_eq!(titles(Order::Source, Only::Unread), ["three", "four", "two"]);
        // The one page has all of it.
        let view = View { order: Order::Length, ..View::default() };
        let page = home.page(&view, Anchor::Newest, 2);
        assert_eq!((page.rows.len(), page.at_newest, page.at_oldest), (4, true, true));
        assert!(home.page(&view, Anchor::OlderThan(page.rows[3].key()), 2).rows.is_empty());
    }
}
