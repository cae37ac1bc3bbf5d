//! Pages that were read in passing: a link of an article, looked at here without being kept.
//!
//! They are articles of a feed of their own ([`FeedAddress::Passing`]), so a search finds them and a
//! clean-up takes them like any other, but they are no news: nobody published them to this person today.
//! So they are read when they come, belong to no story, and a list of everything leaves them out, until
//! the person keeps one: bookmarks it, tags it, notes something or makes it unread. From then on it is
//! an ordinary article; where that is taken back before it joined a story, it is passing again.

use rusqlite::params;

use super::doomed::WANTED;
use super::incoming::Taken;
use super::{NewFeed, Writing};
use crate::model::{ArticleId, FeedAddress, FeedId, NewArticle, Time};

/// `articles.judged` of what was read in passing: neither judged nor waiting to be, since it is to be in
/// no story.
const PASSING: i64 = 2;

/// What leaves such articles out, of `articles a`.
pub(super) const IS_NEWS: &str = " AND a.judged <> 2";

impl Writing<'_> {
    /// Takes in a page that a person looks at without keeping it, and the headlines that stood on it. As
    /// [`Writing::take_in`]; what a clean-up took earlier comes again, since it is asked for.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn take_in_passing(&mut self, articles: &[NewArticle], now: Time) -> rusqlite::Result<Taken> {
        let feed = self.add_feed(&NewFeed::at(FeedAddress::Passing), now)?.0;
        self.db.prepare_cached("DELETE FROM tombstones WHERE feed = ?1")?.execute(params![feed.0])?;
        let taken = self.take_in(feed, articles, now)?;
        let mut mark = self.db.prepare_cached("UPDATE articles SET read = 1, judged = ?2 WHERE id = ?1")?;
        for id in &taken.new {
            mark.execute(params![id.0, PASSING])?;
        }
        Ok(taken)
    }

    /// Makes those of `ids` news that were read in passing and are wanted now, and the other way round:
    /// to be called whenever what a person did to them has changed. Two look-ups for each, and none
    /// where nothing was ever read in passing.
    ///
    /// # Errors
    /// What SQLite says.
    pub(super) fn weigh_passing(&mut self, ids: &[ArticleId]) -> rusqlite::Result<()> {
        let Some(FeedId(feed)) = self.feed_at(&FeedAddress::Passing)? else { return Ok(()) };
        let kept = format!("UPDATE articles AS a SET judged = 0 WHERE a.id = ?1 AND a.judged = ?2 AND {WANTED}");
        // What has become part of a story stays there: others are shown with it.
        let left = format!(
            "UPDATE articles AS a SET judged = ?2 WHERE a.id = ?1 AND a.judged <> ?2 AND a.feed = ?3 \
             AND a.story IS NULL AND NOT {WANTED}"
        );
        for id in ids {
            self.db.prepare_cached(&kept)?.execute(params![id.0, PASSING])?;
            let left = self.db.prepare_cached(&left)?.execute(params![id.0, PASSING, feed])? > 0;
            if let Some(hand) = self.hand.as_mut().filter(|_| left) {
                hand.remove(*id);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::DAY;
    use crate::model::{Folding, View};
    use crate::store::tests::{NOW, article, home};
    use crate::store::{Keep, Safety};
    use crate::text::CleanText;

    const TEXT: &str =
        "The harbour wall in Batumi broke in the storm, and two ferries ran aground near the lighthouse.";

    fn news() -> View {
        View { news: true, ..View::default() }
    }

    #[test]
    fn what_is_read_in_passing_is_no_news_until_it_is_kept() {
        let mut home = home();
        let feed = home.feed("a");
        home.take(feed, &[article("1", "Harbour wall breaks in Batumi storm", TEXT)]);
        let page = NewArticle { full: true, related: vec!["s".into()], ..article("p", "Batumi harbour wall", TEXT) };
        let stub = NewArticle { stub: true, ..article("s", "Ferries to Poti again", "") };
        let taken =
            home.store.write(Safety::Person, "t", |w| w.take_in_passing(&[page.clone(), stub.clone()], NOW)).unwrap();
        let id = taken.ids[0].unwrap();
        let only = vec!["Harbour wall breaks in Batumi storm".to_owned()];
        for fold in Folding::ALL {
            assert_eq!(home.titles(&View { fold, ..news() }), only, "{fold:?}");
        }
        assert_eq!(home.titles(&View::default()).len(), 3, "whoever asks for all has all");
        assert_eq!(home.search("batumi").len(), 2, "a search finds it");
        assert_eq!((home.reader().sources().unwrap().unread, home.reader().unread_stories().unwrap()), (1, 1));
        assert_eq!(home.reader().waiting().unwrap(), 0);
        let brief = home.reader().told_since(Time(NOW.0 - DAY), NOW).unwrap();
        assert_eq!((brief.len(), brief[0].articles.len()), (1, 1));
        assert!(home.reader().stories(Default::default(), crate::model::Anchor::Newest, 9).unwrap().rows.is_empty());

        // Each of the four ways to keep it, and back.
        type Act = fn(&mut Writing<'_>, ArticleId, bool) -> rusqlite::Result<()>;
        let acts: [Act; 4] = [
            |w, id, keep| w.bookmark(&[id], keep, NOW).map(drop),
            |w, id, keep| w.tag(&[id], &"mine".into(), keep).map(drop),
            |w, id, keep| w.set_note(id, &CleanText::new(if keep { "see" } else { "" }), NOW).map(drop),
            |w, id, keep| w.mark_read(&[id], !keep).map(drop),
        ];
        for act in acts {
            home.store.write(Safety::Person, "t", |w| act(w, id, true)).unwrap();
            assert_eq!(home.titles(&news()).len(), 2);
            assert_eq!(home.reader().waiting().unwrap(), 1, "it is to be looked at for stories");
            home.store.write(Safety::Person, "t", |w| act(w, id, false)).unwrap();
            assert_eq!(home.titles(&news()), only);
            assert_eq!(home.reader().waiting().unwrap(), 0);
        }
        // Kept, it joins the story it belongs to, and stays with it.
        home.store.write(Safety::Person, "t", |w| w.bookmark(&[id], true, NOW)).unwrap();
        while home.store.judge_waiting().unwrap() > 0 {}
        assert_eq!(home.reader().story_of(id).unwrap(), home.reader().story_of(ArticleId(1)).unwrap());
        // Read again, nothing is new.
        let again = home.store.write(Safety::Person, "t", |w| w.take_in_passing(&[page, stub], NOW)).unwrap();
        assert!(again.new.is_empty() && again.ids == taken.ids);
        assert_eq!(home.titles(&news()).len(), 2);
    }

    #[test]
    fn it_goes_when_it_is_old_and_may_come_again() {
        let mut home = home();
        let page = NewArticle { full: true, ..article("p", "Batumi harbour wall", TEXT) };
        let take = |home: &mut crate::store::tests::Home, now| {
            home.store.write(Safety::Person, "t", |w| w.take_in_passing(std::slice::from_ref(&page), now)).unwrap()
        };
        take(&mut home, NOW);
        let later = |days: i64| Time(NOW.0 + days * DAY);
        assert_eq!(home.store.clean_up(Keep::from(30), later(29)).unwrap().removed, 0);
        assert_eq!(home.store.clean_up(Keep::from(30), later(31)).unwrap().removed, 1);
        let again = take(&mut home, later(32));
        assert_eq!(again.new.len(), 1);
        assert!(home.titles(&news()).is_empty());
        home.store.write(Safety::Person, "t", |w| w.bookmark(&again.new, true, later(32))).unwrap();
        assert_eq!(home.store.clean_up(Keep::from(30), later(400)).unwrap().removed, 0);
    }
}
