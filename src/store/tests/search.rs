//! The query language over stored articles.

use super::*;
use crate::model::TextKind;

fn library() -> Home {
    let mut home = home();
    let (a, b) = (home.feed("reuters"), home.feed("asia"));
    let day = 86_400;
    let piece = |n: i64, title: &str, text: &str| NewArticle {
        published: Some(Time(NOW.0 - n * day)),
        lang: (n < 4).then(|| "en-GB".into()),
        ..article(&n.to_string(), title, text)
    };
    let mut first = piece(1, "Grain deal", "The ministers agreed on wheat exports through the Black Sea ports.");
    first.byline = Some("Anna O'Brien".into());
    home.take(
        a,
        &[
            first,
            piece(
                2,
                "Elections held",
                "Voters elected a new parliament. Collective security was debated at 3.5 percent.",
            ),
            piece(3, "Drone strikes", "Two drones hit a depot; security forces answered."),
        ],
    );
    home.take(
        b,
        &[
            piece(4, "Саммит в Минске", "Главы государств встретились в Минске и обсудили экономику региона и ёлку."),
            piece(5, "東京の選挙", "東京で選挙が行われた。国会の議席が決まった。"),
        ],
    );
    home
}

#[test]
fn words_are_found_by_stem_case_and_accent() {
    let home = library();
    assert_eq!(home.search("EXPORT minister"), ["Grain deal"]);
    assert_eq!(home.search("election"), ["Elections held"]);
    assert_eq!(home.search("государство елка"), ["Саммит в Минске"]);
    assert_eq!(home.search("選挙"), ["東京の選挙"]);
    assert_eq!(home.search("security"), ["Drone strikes", "Elections held"]);
    assert_eq!(home.search("3.5"), ["Elections held"]);
    assert_eq!(home.search("o'brien"), ["Grain deal"]);
    assert_eq!(home.search("parl*"), ["Elections held"]);
    assert_eq!(home.search("pa*"), ["Elections held"]);
    assert_eq!(home.search("p*"), Vec::<String>::new());
    assert_eq!(home.search("選*"), ["東京の選挙"]);
    assert_eq!(home.search("parliaments*"), ["Elections held"]);
}

#[test]
fn operators() {
    let home = library();
    assert_eq!(home.search("\"collective security\""), ["Elections held"]);
    assert_eq!(home.search("\"security collective\""), Vec::<String>::new());
    assert_eq!(home.search("security -collective"), ["Drone strikes"]);
    assert_eq!(home.search("wheat OR drones"), ["Drone strikes", "Grain deal"]);
    assert_eq!(home.search("(wheat OR security) -drone"), ["Elections held", "Grain deal"]);
    assert_eq!(home.search("-security lang:en"), ["Grain deal"]);
    assert_eq!(home.search("wheat OR -security").len(), 3);
    assert_eq!(home.search("wheat OR lang:ru"), ["Grain deal", "Саммит в Минске"]);
    assert_eq!(home.search("—"), home.search(""));
}

#[test]
fn letters_are_looked_for_in_what_rows_show() {
    let mut home = library();
    let drones = home
        .page(&View::default(), Anchor::Newest, 9)
        .rows
        .iter()
        .find(|row| row.title.as_str() == "Drone strikes")
        .unwrap()
        .id;
    home.store.write(crate::store::Safety::Person, "t", |w| w.tag(&[drones], &"to read".into(), true)).unwrap();
    assert_eq!(home.search("~grdl"), ["Grain deal"]);
    assert_eq!(home.search("~стри OR ~саммин"), ["Саммит в Минске"]);
    assert_eq!(home.search("~rtrs").len(), 3, "by the source");
    assert_eq!(home.search("~toread"), ["Drone strikes"], "by a tag");
    assert_eq!(home.search("title:~rtrs"), Vec::<String>::new());
    assert_eq!(home.search("author:~obr"), ["Grain deal"]);
    assert_eq!(home.search("security -~drn"), ["Elections held"]);
    assert_eq!(home.search("~wheat"), Vec::<String>::new(), "not in texts");
}

#[test]
fn fields_states_and_dates() {
    let mut home = library();
    assert_eq!(home.search("title:strikes"), ["Drone strikes"]);
    assert_eq!(home.search("title:security"), Vec::<String>::new());
    assert_eq!(home.search("author:brien"), ["Grain deal"]);
    assert_eq!(home.search("source:asia").len(), 2);
    assert_eq!(home.search("lang:ru"), ["Саммит в Минске"]);
    assert_eq!(home.search("-lang:en").len(), 2);
    assert_eq!(home.search("since:60h"), ["Elections held", "Grain deal"]);
    assert_eq!(home.search("since:80h before:2023-11-12"), ["Drone strikes"]);
    let id = home.store.reader().find_guid("3").unwrap().unwrap();
    home.store
        .write(Safety::Person, "t", |w| {
            w.mark_read(&[id], true)?;
            w.bookmark(&[id], true, NOW)
        })
        .unwrap();
    assert_eq!(home.search("is:read"), ["Drone strikes"]);
    assert_eq!(home.search("is:unread security"), ["Elections held"]);
    assert_eq!(home.search("is:bookmarked"), ["Drone strikes"]);
    assert_eq!(home.search("is:folded OR is:stub"), Vec::<String>::new());
    let only = View { only: Only::Bookmarked, ..asks("security") };
    assert_eq!(home.titles(&only), ["Drone strikes"]);
    assert_eq!(home.store.mark_all_read(&asks("security"), &moment()).unwrap().len(), 1);
}

#[test]
fn regular_expressions() {
    let home = library();
    assert_eq!(home.search("/drones? hit/"), ["Drone strikes"]);
    assert_eq!(home.search("title:/^gr.in/"), ["Grain deal"]);
    assert_eq!(home.search("author:/o.brien/ -drone"), ["Grain deal"]);
    assert_eq!(home.search("body:/[0-9]\\.[0-9]/"), ["Elections held"]);
    assert_eq!(home.search("source:/asia/").len(), 2);
    let huge = asks("/(((a{99}){99}){99}){99}/");
    let error = home.store.reader().page(&huge, Anchor::Newest, 5, &moment()).unwrap_err();
    assert!(matches!(error, StoreError::Pattern(_)), "{error}");
}

#[test]
fn what_sql_and_fts_mean_something_by_means_nothing_here() {
    let home = library();
    for query in
        ["\"a\" AND NEAR", "'; DROP TABLE feeds; --", "words:x", "c++ \"c++\"", "a*b ^x {y} title", "\\\"x NEAR(a b)"]
    {
        if let Ok(query) = Query::parse(query) {
            let view = View { query: Some(query), ..View::default() };
            home.store.reader().page(&view, Anchor::Newest, 5, &moment()).unwrap();
        }
    }
}

#[test]
fn the_best_match_comes_first() {
    let home = library();
    let best = |view: View| home.page(&View { order: Order::Relevance, ..view }, Anchor::Newest, 5);
    let found = best(asks("security OR drone"));
    assert_eq!(found.rows[0].title.as_str(), "Drone strikes");
    assert!(found.at_newest && found.at_oldest);
    let feed = found.rows[0].feed;
    assert_eq!(best(View { scope: Scope::Feed(feed), ..asks("security -drone") }).rows.len(), 1);
    assert_eq!(best(View::default()).rows.len(), 5, "without words: the newest");
    let last = Anchor::OlderThan(found.rows[1].key());
    let beyond = View { order: Order::Relevance, ..asks("security OR drone") };
    assert_eq!(home.page(&beyond, last, 5).rows, []);
}

#[test]
fn what_is_named_after_a_common_word_comes_first_however_old() {
    let mut home = home();
    let feed = home.feed("a");
    let mut pieces = vec![
        article("named", "Common", "A rare thing was seen."),
        article("said", "Other", "A rare thing was seen, common as they are."),
    ];
    pieces.extend((0..300).map(|n| article(&n.to_string(), "Common", "Nothing of note.")));
    home.take(feed, &pieces);
    let best = View { order: Order::Relevance, ..asks("common rare") };
    let found = home.page(&best, Anchor::Newest, 5).rows;
    assert_eq!(found.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Common", "Other"]);
}

#[test]
fn walking_and_sorting_give_the_same_list() {
    let mut home = home();
    let feed = home.feed("a");
    let pieces: Vec<NewArticle> = (0..700_i64)
        .map(|n| NewArticle {
            published: Some(Time(NOW.0 - (n * 7919) % 700)),
            ..article(&n.to_string(), &n.to_string(), if n % 3 == 0 { "common rare" } else { "common" })
        })
        .collect();
    home.take(feed, &pieces);
    // A feed of so many is sorted; the river is, too; a small one is walked.
    let all = home.titles(&asks("rare"));
    assert_eq!(all.len(), 234);
    assert_eq!(home.titles(&View { scope: Scope::Feed(feed), ..asks("rare") }), all);
    let small = home.feed("b");
    home.take(small, &pieces[..300]);
    let walked = home.titles(&View { scope: Scope::Feed(small), ..asks("rare") });
    assert_eq!(walked.len(), 100);
    let mut sorted = home.page(&asks("rare"), Anchor::Newest, 1000).rows;
    sorted.retain(|row| row.feed == small);
    assert_eq!(sorted.iter().map(|row| row.title.to_string()).collect::<Vec<_>>(), walked);
}

#[test]
fn an_interrupted_question_says_so() {
    let mut home = home();
    let feed = home.feed("a");
    let pieces: Vec<NewArticle> =
        (0..3000).map(|n| article(&n.to_string(), "t", "some words that are searched through")).collect();
    home.take(feed, &pieces);
    let reader = home.reader();
    let interrupter = reader.interrupter();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                interrupter.interrupt();
                std::thread::yield_now();
            }
        });
        let answer = reader.ids(&asks("/nowhere to be found/"), &moment());
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(answer, Err(StoreError::Interrupted));
    });
    assert!(reader.text(ArticleId(1), TextKind::Feed).unwrap().is_some(), "and the next one is answered");
}

#[test]
fn an_earlier_headline_finds_its_article() {
    let mut home = home();
    let feed = home.feed("a");
    let called = |title: &str| article("1", title, "The dam costs twice as much as was planned.");
    home.take(feed, &[called("Dam finished by spring"), article("2", "Spring in Osh", "Apricots bloom.")]);
    home.take(feed, &[called("Dam finished by autumn")]);
    home.take(feed, &[called("水曜日の堤防")]);
    assert_eq!(home.search("title:autumn"), ["水曜日の堤防"]);
    assert_eq!(home.search("title:spring"), ["Spring in Osh", "水曜日の堤防"]);
    assert_eq!(home.search("spring"), ["Spring in Osh", "水曜日の堤防"]);
    assert_eq!(home.search("title:堤防"), ["水曜日の堤防"]);
    assert_eq!(home.search("title:\"by spring\""), ["水曜日の堤防"]);
    assert_eq!(home.search("title:\"autumn dam\""), Vec::<String>::new(), "no phrase goes from one to the other");
    assert_eq!(home.search("body:spring"), Vec::<String>::new());
    assert_eq!(home.search("title:spring -title:autumn"), ["Spring in Osh"]);
    // So does a bookmark whose page is fetched later, and a store that is put together anew.
    let id = home.page(&asks("title:autumn"), Anchor::Newest, 9).rows[0].id;
    let page = FullText { document: Document::from_paragraphs(["Everything about the dam."]), ..FullText::default() };
    home.store.write(Safety::Person, "t", |w| w.set_full_text(id, &page, NOW)).unwrap();
    assert_eq!(home.search("title:spring"), ["Spring in Osh", "水曜日の堤防"]);
    let Home { store, dir } = home;
    drop(store);
    let (store, _) = Store::recover(&dir.path().join(FILE)).unwrap();
    assert_eq!(Home { store, dir }.search("title:spring"), ["Spring in Osh", "水曜日の堤防"]);
}
