//! Stories and copies: who belongs together, what lists show of it, what is muted.

use super::*;
use crate::model::{Folding, Mute, Muted, StoryId};
use crate::text::Clean;

const WIRE: &str = "The ferry Aldebaran ran aground near the island of Skarholm in thick fog late on Monday, and all \
    212 people aboard were brought ashore by lifeboats before dawn, the coastguard said. Nobody was badly hurt, but \
    eleven passengers were treated for the cold. The hull is torn open along a third of its length, and a film of \
    oil has been seen on the water to the east of the wreck. Fishermen from two villages laid booms across the \
    mouth of the sound to keep the oil from the oyster beds.";

const REPORT: &str = "All 212 people aboard the Aldebaran are safe after the ferry struck rocks by Skarholm in fog. \
    Lifeboats took the passengers off in the night, and the coastguard watches the oil that leaks from the hull. A \
    judge opens an inquiry into the wreck on Thursday, the third on this route within two years.";

const OTHER: &str = "Harvest in the Wend valley is the poorest since records began, growers say, and blame a late frost \
    in May. Prices of apples and pears have doubled on the market in Tressa, where sellers ration what they have.";

fn folded(fold: Folding) -> View {
    View { fold, ..View::default() }
}

/// Three sources on one event, two of them with one text, and something else.
fn skarholm() -> (Home, Vec<FeedId>, Vec<ArticleId>) {
    let mut home = home();
    let feeds: Vec<FeedId> = ["a", "b", "c"].iter().map(|name| home.feed(name)).collect();
    let mut all = Vec::new();
    for (n, (feed, title, text)) in [
        (0, "Ferry runs aground off Skarholm", WIRE),
        (0, "Poorest harvest in the Wend valley", OTHER),
        (1, "Lifeboats save all from stranded ferry at Skarholm", WIRE),
        (2, "Inquiry into the wreck of the Aldebaran", REPORT),
    ]
    .into_iter()
    .enumerate()
    {
        let piece =
            NewArticle { published: Some(Time(NOW.0 - 9000 + 600 * n as i64)), ..article(&n.to_string(), title, text) };
        all.extend(ids(&home.take(feeds[feed], &[piece])));
    }
    (home, feeds, all)
}

fn shown(home: &Home, view: &View) -> Vec<ArticleId> {
    home.reader().ids(view, &moment()).unwrap()
}

#[test]
fn a_story_is_one_row_and_its_copies_are_one() {
    let (home, feeds, all) = skarholm();
    let [first, harvest, copy, report] = all[..] else { panic!("{all:?}") };
    assert_eq!(shown(&home, &View::default()), [report, copy, harvest, first]);
    assert_eq!(shown(&home, &folded(Folding::Copies)), [report, harvest, first]);
    assert_eq!(shown(&home, &folded(Folding::Stories)), [report, harvest]);
    let page = home.page(&folded(Folding::Stories), Anchor::Newest, 10);
    let fold = page.rows[0].fold.clone().unwrap();
    assert_eq!((fold.story, fold.sources, fold.articles), (StoryId(first.0), 2, 2));
    assert_eq!(page.rows[1].fold, None);
    let page = home.page(&folded(Folding::Copies), Anchor::Newest, 10);
    let fold = page.rows[2].fold.clone().unwrap();
    assert_eq!((fold.sources, fold.articles, fold.copies), (1, 1, vec!["b.example".into()]));
    // A feed's own list hides nothing, and a search finds everything.
    assert_eq!(shown(&home, &view(Scope::Feed(feeds[1]), Only::All)), [copy]);
    assert_eq!(shown(&home, &asks("ferry")).len(), 3);
    assert_eq!(shown(&home, &View { fold: Folding::Stories, ..asks("fog -inquiry") }), [first]);
    assert_eq!(shown(&home, &View { scope: Scope::Feed(feeds[1]), ..folded(Folding::Stories) }), [copy]);
    assert_eq!(shown(&home, &asks("is:folded")).len(), 2);

    let stories = home.reader().stories(Scope::Everything, Anchor::Newest, 10).unwrap();
    let [story] = &stories.rows[..] else { panic!("{stories:?}") };
    assert_eq!((story.front.id, story.sources, story.articles, story.unread), (report, 3, 3, 3));
    assert!(stories.at_newest && stories.at_oldest && !story.muted);
    let members: Vec<ArticleId> = home.reader().members(story.id).unwrap().iter().map(|row| row.id).collect();
    assert_eq!(members, [report, copy, first]);
    assert_eq!(home.reader().members(StoryId(harvest.0)).unwrap().len(), 1);
    assert_eq!(home.reader().story_of(copy).unwrap(), Some(story.id));
    assert_eq!(home.reader().health().unwrap().problems, Vec::<Clean>::new());
}

#[test]
fn the_preferred_source_is_in_front_of_copies() {
    let (mut home, _, all) = skarholm();
    assert!(home.store.write(Safety::Person, "t", |w| w.prefer(&["b.example".into()])).unwrap());
    assert!(!home.store.write(Safety::Person, "t", |w| w.prefer(&["b.example".into()])).unwrap());
    assert_eq!(shown(&home, &folded(Folding::Copies)), [all[3], all[2], all[1]]);
}

#[test]
fn muted_articles_are_nowhere_until_they_are_shown_again() {
    let (mut home, feeds, all) = skarholm();
    let mute = |home: &mut Home, what, until| {
        let mute = Mute { what, until };
        home.store.write(Safety::Person, "t", |w| w.add_mute(&mute, &moment())).unwrap()
    };
    let harvest = mute(&mut home, Muted::Query(Query::parse("harvest").unwrap()), Some(Time(NOW.0 + 60)));
    assert_eq!(shown(&home, &View::default()).len(), 3);
    assert_eq!(shown(&home, &asks("is:muted")), [all[1]]);
    let story = mute(&mut home, Muted::Story(StoryId(all[0].0)), None);
    assert_eq!(shown(&home, &View::default()), []);
    assert_eq!(home.reader().sources().unwrap().unread, 0);
    assert_eq!(home.reader().unread_stories().unwrap(), 0);
    assert!(home.reader().stories(Scope::Everything, Anchor::Newest, 10).unwrap().rows.is_empty());
    // What joins the story later, or matches, is muted as it comes.
    let more = NewArticle { published: Some(NOW), ..article("9", "Wreck of the Aldebaran is towed", REPORT) };
    let apples = NewArticle { published: Some(NOW), ..article("10", "Pears", "A good harvest elsewhere.") };
    home.take(feeds[1], &[more, apples]);
    assert_eq!(shown(&home, &View::default()), []);
    let rows = home.reader().mutes().unwrap();
    assert_eq!(rows.iter().map(|row| (row.id, row.hidden)).collect::<Vec<_>>(), [(story, 4), (harvest, 2)]);
    assert_eq!(home.store.write(Safety::Person, "t", |w| w.end_mutes(Time(NOW.0 + 60))).unwrap(), 1);
    assert_eq!(shown(&home, &View::default()).len(), 2);
    assert!(home.store.write(Safety::Person, "t", |w| w.remove_mute(story)).unwrap());
    assert_eq!(shown(&home, &View::default()).len(), 6);
    assert_eq!(home.reader().sources().unwrap().unread, 6);
    assert_eq!(home.reader().unread_stories().unwrap(), 3);
}
