//! Articles coming, changing, staying and going.

use super::*;
use crate::model::{Headline, TextKind};
use crate::related::{self, Index};
use crate::text::Clean;

#[test]
fn what_comes_in_comes_out() {
    let mut home = home();
    let feed = home.feed("a");
    let mut piece = article("g1", "Leaders meet", "The leaders met.\n\nThey talked.");
    piece.source = Some("Wire".into());
    piece.byline = Some("N. N.".into());
    piece.link = Link::parse("https://a.example/1");
    piece.published = Some(Time(1_600_000_000));
    piece.categories = vec!["World".into()];
    let taken = home.take(feed, &[piece.clone()]);
    assert_eq!((taken.new.len(), taken.changed.len(), taken.unchanged), (1, 0, 0));
    let found = home.reader().article(taken.new[0]).unwrap().unwrap();
    assert_eq!(found.document, piece.document);
    assert_eq!(found.categories, piece.categories);
    assert_eq!(found.byline, piece.byline);
    assert_eq!(found.guid, piece.guid);
    assert_eq!(found.headline.source.as_str(), "Wire");
    assert_eq!(found.headline.published, Time(1_600_000_000));
    assert_eq!((found.kind, found.headline.words, found.headline.read), (TextKind::Feed, 5, false));
    assert_eq!(home.store.reader().find_guid("g1").unwrap(), Some(taken.new[0]));
}

#[test]
fn dates_to_come_do_not_sit_on_top() {
    let mut home = home();
    let feed = home.feed("a");
    let mut piece = article("g", "T", "x");
    piece.published = Some(Time(NOW.0 + 1_000_000));
    let id = home.take(feed, &[piece]).new[0];
    let found = home.reader().article(id).unwrap().unwrap();
    assert_eq!(found.headline.published, NOW);
    assert_eq!(found.published_given, Some(Time(NOW.0 + 1_000_000)));
}

#[test]
fn a_changed_text_keeps_the_one_before() {
    let mut home = home();
    let feed = home.feed("a");
    let id = home.take(feed, &[article("g", "One", "First text.")]).new[0];
    home.store.write(Safety::Person, "t", |w| w.mark_read(&[id], true)).unwrap();

    let same = home.take(feed, &[article("g", " One", "First \n text.")]);
    assert_eq!((same.unchanged, same.ids), (1, vec![Some(id)]));

    let changed = home.take(feed, &[article("g", "One, corrected", "Second text.")]);
    assert_eq!(changed.changed, [id]);
    let reader = home.reader();
    let revisions = reader.revisions(id).unwrap();
    assert_eq!(revisions.len(), 1);
    assert_eq!(revisions[0].title.as_str(), "One");
    assert_eq!(revisions[0].document.plain_text(), "First text.");
    let now = reader.article(id).unwrap().unwrap();
    assert_eq!(now.headline.title.as_str(), "One, corrected");
    assert!(now.headline.read, "what was read stays read");
    assert_eq!(now.headline.revisions, 1);
    assert_eq!(home.search("first"), Vec::<String>::new());
    assert_eq!(home.search("second corrected"), ["One, corrected"]);

    let emptied = home.take(feed, &[article("g", "One, corrected", "")]);
    assert_eq!(emptied.unchanged, 1, "a feed that stops carrying texts takes nothing away");
}

#[test]
fn feeds_cannot_overwrite_each_other() {
    let mut home = home();
    let (a, b) = (home.feed("a"), home.feed("b"));
    home.take(a, &[article("same", "Of a", "x")]);
    home.take(b, &[article("same", "Of b", "y")]);
    assert_eq!(home.titles(&view(Scope::Feed(a), Only::All)), ["Of a"]);
    assert_eq!(home.titles(&view(Scope::Feed(b), Only::All)), ["Of b"]);
}

#[test]
fn of_two_with_one_guid_the_first_counts_and_order_is_the_feeds() {
    let mut home = home();
    let feed = home.feed("a");
    let taken = home.take(feed, &[article("1", "Newest", "x"), article("2", "Older", "y"), article("1", "Again", "z")]);
    assert_eq!(taken.new.len(), 2);
    assert_eq!(taken.ids[0], taken.ids[2]);
    assert_eq!(home.titles(&View::default()), ["Newest", "Older"]);
}

#[test]
fn an_article_without_a_headline_is_called_by_its_first_words() {
    let mut home = home();
    let feed = home.feed("a");
    let long = "word ".repeat(40);
    home.take(feed, &[article("1", "", &long), article("2", "", "")]);
    let titles = home.titles(&View::default());
    assert_eq!(titles[0], format!("{}…", "word ".repeat(16).trim()));
    assert_eq!(titles[1], "(untitled)");
}

#[test]
fn full_text_is_shown_searched_and_kept_beside_the_feeds() {
    let mut home = home();
    let feed = home.feed("a");
    let id = home.take(feed, &[article("g", "Title", "Only a summary.")]).new[0];
    let whole = Document::from_paragraphs(["The whole story about elephants."]);
    let full = FullText { document: whole.clone(), byline: Some("Ada Marsh".into()), ..FullText::default() };
    assert!(home.store.write(Safety::Person, "t", |w| w.set_full_text(id, &full, NOW)).unwrap());
    assert!(!home.store.write(Safety::Person, "t", |w| w.set_full_text(ArticleId(99), &full, NOW)).unwrap());
    let reader = home.reader();
    let found = reader.article(id).unwrap().unwrap();
    assert_eq!((found.kind, &found.document), (TextKind::Full, &whole));
    assert_eq!(found.byline, Some("Ada Marsh".into()));
    assert_eq!(reader.text(id, TextKind::Feed).unwrap().unwrap().plain_text(), "Only a summary.");
    assert_eq!(home.search("elephant"), ["Title"]);
    // The feed's text may change without taking the full one's place.
    home.take(feed, &[article("g", "Title", "Another summary.")]);
    assert_eq!(home.search("elephant"), ["Title"]);
    assert_eq!(home.reader().article(id).unwrap().unwrap().kind, TextKind::Full);
}

#[test]
fn a_page_that_says_what_it_said_is_no_change_though_its_feed_has_changed() {
    let mut home = home();
    let feed = home.feed("a");
    let id = home.take(feed, &[article("g", "Dam by spring", "Costs have doubled.")]).new[0];
    let whole = Document::from_paragraphs(["Costs have doubled, says the whole story about elephants."]);
    let full = FullText { document: whole, ..FullText::default() };
    let fetch = |home: &mut Home, at: i64| {
        home.store.write(Safety::Person, "t", |w| w.set_full_text(id, &full, Time(NOW.0 + at))).unwrap();
    };
    fetch(&mut home, 1);
    home.take(feed, &[article("g", "Dam by autumn", "Costs have tripled.")]);
    fetch(&mut home, 2);
    let revisions = home.reader().revisions(id).unwrap();
    assert_eq!(revisions.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["Dam by spring"]);
    // What the feed says now is found beside what the page says.
    for words in ["autumn", "tripled", "doubled elephants"] {
        assert_eq!(home.search(words), ["Dam by autumn"], "{words}");
    }
    // The same once more, to be known of a later time.
    fetch(&mut home, 3);
    assert_eq!(home.reader().article(id).unwrap().unwrap().texts.full, Some(Time(NOW.0 + 3)));
    assert_eq!(home.reader().revisions(id).unwrap().len(), 1);
}

#[test]
fn bookmarks_outlive_their_feed_and_clean_up() {
    let mut home = home();
    let feed = home.feed("a");
    let mut pieces: Vec<NewArticle> =
        (0..4).map(|n| article(&n.to_string(), &format!("T{n}"), "Text to keep.")).collect();
    pieces.iter_mut().for_each(|piece| piece.published = Some(Time(1_000_000_000)));
    let ids = ids(&home.take(feed, &pieces));
    home.store
        .write(Safety::Person, "t", |w| {
            w.bookmark(&ids[..1], true, NOW)?;
            w.tag(&ids[1..2], &"asia".into(), true)?;
            w.mark_read(&ids[2..3], true)?;
            w.mark_read(&ids[2..3], false)?;
            // Taking a mark back leaves an article as it was: nobody asked for this one to be kept.
            w.mark_read(&ids[2..4], true)?;
            w.unmark_read(&ids[2..4])
        })
        .unwrap();
    let later = Time(NOW.0 + 400 * 86_400);
    let cleaned = home.store.clean_up(30, later).unwrap();
    assert_eq!(cleaned.removed, 1);
    assert_eq!(home.titles(&View::default()), ["T0", "T1", "T2"]);
    // It does not come back, nor does it count.
    let again = home.take(feed, &pieces);
    assert_eq!((again.new.len(), again.ids[3]), (0, None));

    // What was made unread by hand waits for its reader, with or without the feed.
    assert_eq!(home.store.write(Safety::Person, "t", |w| w.remove_feed(feed)).unwrap(), 0);
    let reader = home.reader();
    let sources = reader.sources().unwrap();
    assert_eq!((sources.feeds.len(), sources.total, sources.bookmarked), (0, 3, 1));
    let kept = home.titles(&view(Scope::Everything, Only::Bookmarked));
    assert_eq!(kept, ["T0"]);
    assert_eq!(reader.article(ids[0]).unwrap().unwrap().document.plain_text(), "Text to keep.");
    assert_eq!(home.search("tag:ASIA"), ["T1"]);
    // Subscribing again takes up where it was.
    assert_eq!(home.feed("a"), feed);
}

#[test]
fn a_bookmark_taken_off_can_be_put_back_after_a_clean_up() {
    const DAYS: i64 = 86_400;
    let mut home = home();
    let feed = home.feed("a");
    let old = NewArticle { published: Some(Time(1_000_000_000)), ..article("1", "Old", "Text to keep.") };
    let ids = ids(&home.take(feed, &[old]));
    let later = |days: i64| Time(NOW.0 + days * DAYS);
    let mark =
        |home: &mut Home, keep, now| home.store.write(Safety::Person, "t", |w| w.bookmark(&ids, keep, now)).unwrap();
    let added = |home: &mut Home| {
        let added = home.store.write(Safety::Person, "t", |w| {
            w.db.query_row("SELECT added FROM bookmarks", [], |row| row.get::<_, i64>(0))
        });
        Time(added.unwrap())
    };
    let listed = |home: &Home| home.titles(&view(Scope::Everything, Only::Bookmarked)).len();

    mark(&mut home, true, NOW);
    assert_eq!(mark(&mut home, false, later(400)), ids);
    assert_eq!((listed(&home), home.reader().sources().unwrap().bookmarked), (0, 0));
    assert_eq!(home.store.clean_up(30, later(406)).unwrap().removed, 0);
    assert_eq!(mark(&mut home, true, later(406)), ids);
    assert_eq!((listed(&home), added(&mut home)), (1, NOW));

    // Whoever thinks better of it after weeks bookmarks anew; nobody having cleaned up in between.
    mark(&mut home, false, later(410));
    mark(&mut home, true, later(430));
    assert_eq!(added(&mut home), later(430));

    mark(&mut home, false, later(440));
    assert_eq!(home.store.clean_up(30, later(447)).unwrap().removed, 1);
    assert_eq!(mark(&mut home, true, later(447)), []);
}

#[test]
fn marks_say_what_they_changed() {
    let mut home = home();
    let feed = home.feed("a");
    let ids = ids(&home.take(feed, &[article("1", "A", "x"), article("2", "B", "y")]));
    let mut write = |read| home.store.write(Safety::Person, "t", |w| w.mark_read(&ids, read)).unwrap();
    assert_eq!(write(false), []);
    assert_eq!(write(true), ids);
    assert_eq!(write(true), []);
    assert_eq!(write(false), ids);
    assert_eq!(home.store.mark_all_read(&View::default(), &moment()).unwrap().len(), 2);
    let mut keep = |to| home.store.write(Safety::Person, "t", |w| w.bookmark(&ids[..1], to, NOW)).unwrap();
    assert_eq!((keep(true), keep(true), keep(false)), (vec![ids[0]], vec![], vec![ids[0]]));
    home.store.write(Safety::Person, "t", |w| w.set_position(ids[0], 4200)).unwrap();
    assert_eq!(home.reader().article(ids[0]).unwrap().unwrap().position, 4200);
}

#[test]
fn stubs_stand_with_the_article_of_their_page() {
    let mut home = home();
    let feed = home.feed("a");
    let mut page = article("page", "Story", "The story.");
    page.full = true;
    page.related = vec!["s1".into(), "s2".into(), "s2".into(), "page".into(), "nowhere".into()];
    let stub = |guid: &str| NewArticle { stub: true, ..article(guid, guid, "") };
    let taken = home.take(feed, &[page, stub("s1"), stub("s2")]);
    let reader = home.reader();
    let stubs = reader.page_links(taken.ids[0].unwrap()).unwrap();
    assert_eq!(stubs, [taken.ids[1].unwrap(), taken.ids[2].unwrap()]);
    let rows: Vec<Headline> = reader.headlines(&stubs).unwrap();
    assert!(rows.iter().all(|row| row.stub && row.read && row.minutes() == 0));
    assert_eq!(reader.sources().unwrap().unread, 1);
    // What was only a headline becomes an article.
    let id = taken.ids[1].unwrap();
    let grown = home.take(feed, &[article("s1", "s1", "Its text.")]);
    assert_eq!(grown.changed, [id]);
    let found = home.reader().article(id).unwrap().unwrap();
    assert!(!found.headline.stub && !found.headline.read && found.headline.revisions == 0);
}

#[test]
fn the_index_of_related_news_follows_merges_changes_and_removals() {
    let mut home = home();
    let feed = home.feed("a");
    let piece = |n: usize, text: &str| article(&n.to_string(), "Report", text);
    let ids = ids(&home.take(feed, &[piece(0, "zebra crossing"), piece(1, "zebra herd"), piece(2, "volcano")]));
    let zebra = related::term("zebra");
    let holders = |reader: &Reader| {
        let mut found = Vec::new();
        reader.articles().unwrap();
        reader.postings(zebra, &mut found).unwrap();
        let frequency = reader.frequency(zebra).unwrap();
        (found.iter().map(|posting| posting.article).collect::<Vec<_>>(), frequency)
    };
    let reader = home.reader();
    let mut both = vec![ids[1], ids[0]];
    both.sort();
    assert_eq!(holders(&reader), (both.clone(), 2), "waiting");
    home.store.write(Safety::Refresh, "t", |w| w.merge()).unwrap();
    assert_eq!(holders(&reader), (both.clone(), 2), "merged");
    home.take(feed, &[piece(2, "volcano and zebra")]);
    let mut all = ids.clone();
    all.sort();
    assert_eq!(holders(&reader), (all.clone(), 3), "a changed one on top");
    home.store.write(Safety::Refresh, "t", |w| w.merge()).unwrap();
    assert_eq!(holders(&reader), (all.clone(), 3), "and merged");
    home.store.write(Safety::Refresh, "t", |w| w.remove_articles(&ids[..1], None)).unwrap();
    assert_eq!(holders(&home.reader()).1, 2, "removed");
    assert_eq!(reader.signature(ids[0]).unwrap(), None);
    home.store.sweep_index().unwrap();
    all.retain(|id| *id != ids[0]);
    assert_eq!(holders(&home.reader()), (all, 2), "swept");
}

#[test]
fn the_file_is_no_way_round_the_trust_door() {
    let mut home = home();
    let feed = home.feed("a");
    let id = home.take(feed, &[article("g", "T", "x")]).new[0];
    home.store
        .reader
        .db
        .execute_batch(
            "UPDATE articles SET title = 'a' || char(27) || '[31mb' || char(0x202e), link = 'javascript:x';
             UPDATE feeds SET title = 'f' || char(7), site = 'file:///etc/passwd', error = char(27) || ']0;x' || char(7);
             UPDATE details SET byline = char(0x9b) || '2J', extras = '{not json';",
        )
        .unwrap();
    let reader = home.reader();
    let found = reader.article(id).unwrap().unwrap();
    assert_eq!(found.headline.title.as_str(), "ab");
    assert_eq!((found.headline.link, found.byline), (None, None));
    assert_eq!(found.headline.source.as_str(), "f");
    let feed = reader.feed(feed).unwrap().unwrap();
    assert_eq!((feed.site, feed.health.error), (None, None));
}

#[test]
fn a_failed_change_changes_nothing() {
    let mut home = home();
    let feed = home.feed("a");
    let failed = home.store.write(Safety::Refresh, "t", |w| {
        w.take_in(feed, &[article("g", "T", "Bonjour tout le monde, voici une phrase en français.")], NOW)?;
        w.set_state("k", Some("v"))?;
        w.db.execute("INSERT INTO nowhere VALUES (1)", [])
    });
    assert!(matches!(failed, Err(StoreError::Failed { .. })));
    assert_eq!(home.titles(&View::default()), Vec::<String>::new());
    assert_eq!(home.store.reader().state("k").unwrap(), None);
    home.store.write(Safety::Refresh, "t", |w| w.set_state("k", Some("v"))).unwrap();
    assert_eq!(home.reader().state("k").unwrap().unwrap().line(), Clean::new("v"));
}

#[test]
fn trifles_are_kept_but_are_no_news() {
    let mut home = home();
    let feed = home.feed("a");
    let came = |text: &str| [article("1", "Ferry late", text)];
    let id = ids(&home.take(feed, &came("The ferry was late. Updated 10:35")))[0];
    home.store.write(Safety::Person, "t", |w| w.mark_read(&[id], true)).unwrap();
    assert!(home.store.write(Safety::Person, "t", |w| w.unread_on_change(feed, true)).unwrap());

    let taken = home.take(feed, &came("The ferry was late. Updated 11:20"));
    assert_eq!((taken.changed.len(), taken.unchanged), (0, 1));
    let found = home.reader().article(id).unwrap().unwrap();
    assert_eq!((found.headline.revisions, found.headline.read, found.trifles), (0, true, true));
    assert_eq!(home.reader().revisions(id).unwrap().len(), 1);

    let taken = home.take(feed, &came("The ferry never came. Updated 11:20"));
    assert_eq!(taken.changed, [id]);
    let found = home.reader().article(id).unwrap().unwrap();
    assert_eq!((found.headline.revisions, found.headline.read), (1, false));

    // A clock that runs does not push out what was news.
    for n in 0..60 {
        home.take(feed, &came(&format!("The ferry never came. Updated 12:{n:02}")));
    }
    let found = home.reader().article(id).unwrap().unwrap();
    assert_eq!((found.headline.revisions, home.reader().revisions(id).unwrap().len()), (1, 50));
}
