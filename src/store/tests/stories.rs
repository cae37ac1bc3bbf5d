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
    home.store.write(Safety::Person, "t", |w| w.prefer(&["b.example".into()])).unwrap();
    assert!(home.reader().prefers(&["b.example".into()], false).unwrap());
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

mod whatever {
    //! Whatever is done in whatever order, what is folded and counted is what a recount gives.

    use proptest::prelude::*;

    use super::*;
    use crate::model::MuteId;

    #[derive(Clone, Debug)]
    enum Deed {
        Take { feed: usize, pieces: Vec<(u8, u8, i64)> },
        Read { nth: usize, read: bool },
        Remove { nth: usize },
        MuteStory { nth: usize },
        MuteWord { word: usize },
        Unmute { id: i64 },
        Prefer { feed: usize },
        Merge,
        Reopen,
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let piece = (0..9_u8, 0..6_u8, 0..400_i64);
        prop_oneof![
            8 => (0..3_usize, prop::collection::vec(piece, 1..5)).prop_map(|(feed, pieces)| Deed::Take { feed, pieces }),
            2 => (0..40_usize, any::<bool>()).prop_map(|(nth, read)| Deed::Read { nth, read }),
            2 => (0..40_usize).prop_map(|nth| Deed::Remove { nth }),
            1 => (0..40_usize).prop_map(|nth| Deed::MuteStory { nth }),
            1 => (0..3_usize).prop_map(|word| Deed::MuteWord { word }),
            1 => (1..4_i64).prop_map(|id| Deed::Unmute { id }),
            1 => (0..3_usize).prop_map(|feed| Deed::Prefer { feed }),
            1 => Just(Deed::Merge),
            1 => Just(Deed::Reopen),
        ]
    }

    fn text(n: u8) -> String {
        let texts = [WIRE, REPORT, OTHER];
        match texts.get(usize::from(n)) {
            Some(text) => (*text).to_owned(),
            // Cut copies of the same.
            None => texts[usize::from(n) - 3].split_inclusive(' ').take(40).collect(),
        }
    }

    fn act(home: &mut Home, deed: &Deed) {
        let all = shown(home, &asks("is:muted OR -is:muted"));
        let nth = |n: usize| all.get(n % all.len().max(1)).copied();
        match deed {
            Deed::Take { feed, pieces } => {
                let feed = home.feed(&format!("f{feed}"));
                let piece = |(guid, of, hours): &(u8, u8, i64)| NewArticle {
                    published: Some(Time(NOW.0 - 3600 * hours)),
                    ..article(&guid.to_string(), &format!("Headline {guid}"), &text(*of))
                };
                home.take(feed, &pieces.iter().map(piece).collect::<Vec<_>>());
            }
            Deed::Read { nth: n, read } => {
                let ids: Vec<ArticleId> = nth(*n).into_iter().collect();
                home.store.write(Safety::Person, "t", |w| w.mark_read(&ids, *read)).unwrap();
            }
            Deed::Remove { nth: n } => {
                let ids: Vec<ArticleId> = nth(*n).into_iter().collect();
                home.store.write(Safety::Refresh, "t", |w| w.remove_articles(&ids, Some(NOW))).unwrap();
            }
            Deed::MuteStory { nth: n } => {
                if let Some(story) = nth(*n).and_then(|id| home.reader().story_of(id).unwrap()) {
                    let mute = Mute { what: Muted::Story(story), until: None };
                    home.store.write(Safety::Person, "t", |w| w.add_mute(&mute, &moment())).unwrap();
                }
            }
            Deed::MuteWord { word } => {
                let query = Query::parse(["lifeboats", "harvest", "inquiry"][*word]).unwrap();
                let mute = Mute { what: Muted::Query(query), until: None };
                home.store.write(Safety::Person, "t", |w| w.add_mute(&mute, &moment())).unwrap();
            }
            Deed::Unmute { id } => {
                home.store.write(Safety::Person, "t", |w| w.remove_mute(MuteId(*id))).unwrap();
            }
            Deed::Prefer { feed } => {
                let name = Clean::new(&format!("f{feed}.example"));
                home.store.write(Safety::Person, "t", |w| w.prefer(&[name])).unwrap();
            }
            Deed::Merge => home.store.write(Safety::Refresh, "t", |w| w.merge()).unwrap(),
            Deed::Reopen => home.store = Store::open(&home.path()).unwrap(),
        }
    }

    /// Everything that is kept of stories, as text.
    fn kept(home: &Home) -> Vec<String> {
        let mut kept = Vec::new();
        for sql in [
            "SELECT id || ' ' || ifnull(story, '-') || ' ' || ifnull(copies, '-') || ' ' || fold || ' ' || muted FROM articles \
             ORDER BY id",
            "SELECT id || ' ' || front || ' ' || articles || ' ' || sources || ' ' || unread || ' ' || first || ' ' || latest \
             FROM stories ORDER BY id",
            "SELECT unread || '' FROM tally",
        ] {
            let mut statement = home.store.reader().db.prepare(sql).unwrap();
            kept.extend(statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(|row| row.unwrap()));
        }
        kept
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

        #[test]
        fn folds_and_counts_are_those_of_a_recount(deeds in prop::collection::vec(deed(), 1..25)) {
            let mut home = home();
            deeds.iter().for_each(|deed| act(&mut home, deed));
            prop_assert_eq!(home.reader().health().unwrap().problems, Vec::<Clean>::new());
            let before = kept(&home);
            home.store.write(Safety::Refresh, "t", |w| w.settle_all()).unwrap();
            prop_assert_eq!(&before, &kept(&home));
            let count = |sql: &str| home.store.reader().db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
            let wrong = "SELECT count(*) FROM articles WHERE muted <> EXISTS (SELECT 1 FROM muted m WHERE m.article = id)";
            prop_assert_eq!(count(wrong), 0);
            let fronts = "SELECT count(*) FROM (SELECT sum(fold = 0) AS n FROM articles WHERE story IS NOT NULL GROUP BY story) \
                          WHERE n <> 1";
            prop_assert_eq!(count(fronts), 0);
            prop_assert_eq!(count("SELECT count(*) FROM articles WHERE story IS NULL AND fold > 0"), 0);
            // A copy never stands in another story than its original.
            let apart = "SELECT count(*) FROM (SELECT 1 FROM articles WHERE copies IS NOT NULL GROUP BY copies \
                         HAVING count(DISTINCT ifnull(story, id)) > 1)";
            prop_assert_eq!(count(apart), 0);
            let river = shown(&home, &folded(Folding::Stories)).len() as i64;
            prop_assert_eq!(river, count("SELECT count(DISTINCT ifnull(story, id)) FROM articles WHERE muted = 0"));
        }

        #[test]
        fn the_same_deeds_make_the_same_stories(deeds in prop::collection::vec(deed(), 1..15)) {
            let run = || {
                let mut home = home();
                deeds.iter().for_each(|deed| act(&mut home, deed));
                kept(&home)
            };
            prop_assert_eq!(run(), run());
        }
    }
}
