//! Stories on the screen: folded and unfolded in the river, listed, in order of time, beside an
//! article, muted, and what came since the last visit.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use dateline::app::{Event, Progress};
use dateline::model::Folding;
use serde_json::{Value, json};

use crate::at_every_size;
use crate::session::{NOW, Session};

/// An item of a feed, so many hours old.
fn item(hours: i64, id: &str, title: &str, text: &str) -> Value {
    let published = dateline::model::Time(NOW.0 - hours * 3600).to_string();
    json!({ "id": id, "title": title, "content_html": format!("<p>{text}</p>"), "date_published": published,
        "url": format!("https://news.example/{id}") })
}

const AGROUND: &str = "The ferry Gannet ran aground on the Skarvik sandbank shortly before dawn with forty passengers \
    and a piano on board, the coastguard said. Nobody was hurt. Captain Ingrid Halvorsen said the buoy off Skarvik had \
    been dark for a week. The harbour office had been told of the dark buoy twice, she said. Two tugs from Port Ambrose \
    are on their way and will try to pull the Gannet free at high water on Thursday evening.";

/// Three outlets that tell of one ferry, one of them word for word after another, and other news.
fn newsstand() -> Session {
    stock(Session::empty())
}

fn stock(session: Session) -> Session {
    session
        .feed(
            "https://wire.example/feed",
            "Northern Wire",
            &[
                item(9, "w1", "Ferry Gannet runs aground on Skarvik sandbank", AGROUND),
                item(
                    4,
                    "w2",
                    "Tugs reach ferry Gannet on the Skarvik sandbank",
                    "Two tugs from Port Ambrose have reached the ferry Gannet, aground on the Skarvik sandbank since \
                     dawn. The forty passengers of the Gannet were brought ashore by lifeboat. The piano stayed on \
                     board. Captain Ingrid Halvorsen stayed with it.",
                ),
                item(
                    30,
                    "w3",
                    "Salt price rises for third month",
                    "Merchants in the salt market of Tressa blamed a wet summer and short harvests for the third rise.",
                ),
            ],
        )
        .feed(
            "https://harbour.example/feed",
            "The Harbour Post",
            &[
                item(8, "h1", "Ferry Gannet runs aground on Skarvik sandbank", AGROUND),
                item(
                    2,
                    "h2",
                    "Gannet afloat again: ferry pulled off Skarvik sandbank",
                    "The ferry Gannet floated free of the Skarvik sandbank at high water, pulled by two tugs from Port \
                     Ambrose. Captain Ingrid Halvorsen said the hull was sound. An inquiry into the dark buoy off \
                     Skarvik begins on Monday.",
                ),
                item(
                    26,
                    "h3",
                    "Choir looks for a second tenor",
                    "The choir of Saint Elmo rehearses on Tuesdays above the bakery and has one tenor, who has a cold.",
                ),
            ],
        )
        .feed(
            "https://meridian.example/feed",
            "The Meridian",
            &[
                item(
                    3,
                    "m1",
                    "Who left the Skarvik buoy dark? The ferry Gannet asks",
                    "The buoy off the Skarvik sandbank had been dark for a week when the ferry Gannet ran aground with \
                     forty passengers. Captain Ingrid Halvorsen told the coastguard twice. The lamp, a clerk said, \
                     was on order.",
                ),
                item(
                    50,
                    "m2",
                    "Observatory opens its doors at night",
                    "Visitors may look at Saturn through the old refractor on clear evenings until the end of March.",
                ),
            ],
        )
}

fn titles(session: &Session) -> Vec<String> {
    session.state().headlines.rows.iter().map(|row| row.title.to_string()).collect()
}

#[test]
fn a_story_takes_one_line_of_the_river() {
    at_every_size("story_folded", newsstand, |session| session);
    insta::assert_snapshot!("story_folded_styled", newsstand().styled());
}

#[test]
fn unfolded_in_place_and_folded_again() {
    at_every_size("story_unfolded", newsstand, |session| session.keys("+"));
    let folded = titles(&newsstand());
    let session = newsstand().keys("+jj");
    assert!(titles(&session).len() > folded.len());
    let under = session.selected();
    let session = session.keys("-");
    assert_eq!((titles(&session), session.selected()), (folded.clone(), folded[0].clone()), "from under {under}");
    // What one reads meanwhile stays where it is.
    let session = session.keys("jj+");
    assert_eq!(session.selected(), folded[2]);
}

#[test]
fn one_key_shows_every_article() {
    let session = newsstand().keys("=");
    assert_eq!(session.state().folding(), Folding::Nothing);
    assert_eq!(titles(&session).len(), 8);
    insta::assert_snapshot!("story_every_article", session.screen());
    let session = session.keys("=");
    assert_eq!(titles(&session), titles(&newsstand()));
    let only_copies = newsstand().settings(|config| config.fold = Folding::Copies);
    assert_eq!(titles(&only_copies).len(), 7);
    insta::assert_snapshot!("story_copies_folded", only_copies.screen());
}

#[test]
fn marking_a_folded_story_marks_all_of_it() {
    let session = newsstand();
    let unread = |session: &Session| session.state().drawer.sources.unread;
    let before = unread(&session);
    let session = session.keys("m");
    insta::assert_snapshot!("story_marked", session.screen());
    let marked = unread(&session);
    assert!(marked < before, "{marked} of {before}");
    assert_eq!(unread(&session.keys("u")), before);
}

#[test]
fn the_list_of_stories() {
    at_every_size("stories", newsstand, |session| session.keys("4"));
    at_every_size("stories_unfolded", newsstand, |session| session.keys("4+"));
    insta::assert_snapshot!("stories_styled", newsstand().keys("4").styled());
    at_every_size("stories_none", Session::empty, |session| session.keys("4"));
    let session = newsstand().keys("4<enter>");
    assert_eq!(session.reading(), session.selected());
    let session = session.keys("qq");
    assert!(session.state().at_home());
}

#[test]
fn a_story_in_order_of_time() {
    at_every_size("timeline", newsstand, |session| session.keys("T"));
    insta::assert_snapshot!("timeline_styled", newsstand().keys("T<enter>q").styled());
    let session = newsstand().keys("Tk");
    let read = session.state().sheet.as_ref().and_then(|sheet| sheet.selected()).unwrap().headline.title.to_string();
    let session = session.keys("<enter>");
    assert_eq!(session.reading(), read);
    // One level back at a time: the page, then the list as it was.
    let session = session.keys("q");
    assert!(session.state().sheet.is_some());
    let session = session.keys("q");
    assert_eq!((session.state().sheet.is_some(), session.selected()), (false, titles(&newsstand())[0].clone()));
}

#[test]
fn the_timeline_of_an_article_that_is_read_leads_back_to_it() {
    let session = newsstand().keys("<enter>");
    let reading = session.reading();
    let session = session.keys("Tg<enter>");
    assert_ne!(session.reading(), reading);
    let session = session.keys("qq");
    assert_eq!(session.reading(), reading);
    assert_eq!(session.state().focus, dateline::app::Pane::Article);
    // And of a related one.
    let session = session.keys("<down>T");
    assert!(session.state().sheet.is_some());
    let session = session.keys("T");
    assert_eq!(session.reading(), reading);
}

#[test]
fn the_timeline_of_what_stands_alone() {
    let session = newsstand().keys("GT");
    insta::assert_snapshot!("timeline_alone", session.screen());
}

#[test]
fn the_story_beside_an_article() {
    at_every_size("this_story", newsstand, |session| session.keys("<enter><tab>"));
    insta::assert_snapshot!("this_story_styled", newsstand().keys("<enter><down>").styled());
    // The arrows walk both parts.
    let session = newsstand().keys("<enter>");
    let items = session.state().related.items.len();
    let session = session.keys(&"<down>".repeat(items + 3));
    assert_eq!(session.state().related.cursor, Some(items - 1));
    insta::assert_snapshot!("this_story_end", session.screen());
}

#[test]
fn what_is_on_its_way_says_so() {
    insta::assert_snapshot!("related_loading", newsstand().size(120, 20).unanswered("j").screen());
    insta::assert_snapshot!("timeline_loading", newsstand().size(80, 24).unanswered("T").screen());
    // What waits can be left.
    let session = newsstand().unanswered("T").keys("q");
    assert!(session.state().sheet.is_none());
}

#[test]
fn muting() {
    at_every_size("mute", newsstand, |session| session.keys("M"));
    insta::assert_snapshot!("mute_styled", newsstand().keys("Mjl").styled());
    let before = titles(&newsstand());
    let session = newsstand().keys("M<enter>");
    insta::assert_snapshot!("muted_story", session.screen());
    assert_eq!(titles(&session), before[1..]);
    let session = session.keys("u");
    insta::assert_snapshot!("muted_undone", session.screen());
    assert_eq!(titles(&session), before);
}

#[test]
fn muting_a_typed_word_and_lifting_it() {
    let session = newsstand().keys("M").keys(&"j".repeat(9)).keys("<enter>tenor<enter>");
    insta::assert_snapshot!("muted_word", session.screen());
    assert!(!titles(&session).iter().any(|title| title.contains("tenor")));
    at_every_size("mute_list", newsstand, |session| {
        session.keys("M").keys(&"j".repeat(9)).keys("<enter>tenor<enter>M")
    });
    let session = session.keys("M").keys(&"j".repeat(9)).keys("<enter>");
    insta::assert_snapshot!("mute_lifted", session.screen());
    assert!(titles(&session.keys("<esc>")).iter().any(|title| title.contains("tenor")));
}

#[test]
fn muting_until_a_day_of_ones_own() {
    let before = titles(&newsstand());
    let session = newsstand().keys("Mllll");
    insta::assert_snapshot!("mute_until_typed", session.screen());
    let session = session.keys("3w<enter>");
    insta::assert_snapshot!("mute_until_chosen", session.screen());
    let session = session.keys("<enter>");
    insta::assert_snapshot!("mute_until_done", session.screen());
    assert_eq!(titles(&session), before[1..]);
    // Chosen without a date, it asks for one; what is over is none.
    let session = newsstand().keys("Mlll<enter>yesterday<enter>");
    insta::assert_snapshot!("mute_until_over", session.screen());
}

#[test]
fn what_cannot_be_muted_says_why() {
    let session = newsstand().keys("M").keys(&"j".repeat(9)).keys("<enter>since:<enter>");
    insta::assert_snapshot!("mute_error", session.screen());
}

/// The newsstand to somebody who was here three days ago, when there was nothing in it.
fn back_again() -> Session {
    stock(Session::empty().later(-72).reopened().later(72))
}

#[test]
fn what_came_since_the_last_visit() {
    at_every_size("brief", back_again, |session| session);
    insta::assert_snapshot!("brief_styled", back_again().styled());
    // One reads from it and comes back to it; at the end of an article, space leads to the next.
    let session = back_again().keys("<enter>");
    let first = session.reading();
    let session = session.keys(&"<space>".repeat(3));
    assert_ne!(session.reading(), first);
    let session = session.keys("q");
    assert!(session.state().sheet.is_some());
    insta::assert_snapshot!("brief_read", session.screen());
    let session = session.keys("q");
    assert!(session.state().sheet.is_none() && session.state().at_home());
    assert!(session.keys("W").state().sheet.is_some());
}

#[test]
fn the_brief_is_never_in_the_way() {
    let off = back_again().settings(|config| config.brief = false);
    assert!(off.state().sheet.is_none());
    let soon = newsstand().reopened();
    assert!(soon.state().sheet.is_none(), "only a moment has passed");
    assert!(newsstand().state().sheet.is_none(), "the first visit");
    insta::assert_snapshot!("brief_nothing", newsstand().reopened().keys("W").screen());
}

/// One event as it is told in Arabic, Hebrew, Japanese and Chinese, by two outlets each.
fn scripts() -> Session {
    let arabic = "غادرت العبّارة غانيت ميناء بورت أمبروز عند الظهر متأخرة ساعتين، وعلى متنها تسعة ركاب وبيانو واحد. وقالت \
        القبطانة إنغريد هالفورسن إن الضباب أخّر الرحلة، وإن البيانو وصل سالماً إلى الجزر.";
    let hebrew = "המעבורת גאנט יצאה מנמל פורט אמברוז בצהריים באיחור של שעתיים, ועליה תשעה נוסעים ופסנתר אחד. רב החובל \
        אינגריד הלבורסן אמרה שהערפל עיכב את ההפלגה.";
    let japanese = "フェリー「ガネット号」は正午にポート・アンブローズ港を出航した。乗客は9人とピアノ1台だった。船長のイングリッド・ハルヴォルセンは霧のため2時間遅れたと述べた。";
    let outlet = |name: &str, n: i64| {
        let id = |kind: &str| format!("{kind}{n}");
        let items = [
            item(2 + n, &id("a"), "العبّارة غانيت تغادر بورت أمبروز متأخرة ساعتين", arabic),
            item(4 + n, &id("h"), "המעבורת גאנט יצאה מפורט אמברוז באיחור של שעתיים", hebrew),
            item(6 + n, &id("j"), "フェリー「ガネット号」、2時間遅れてポート・アンブローズを出航", japanese),
        ];
        (format!("https://{n}.example/feed"), name.to_owned(), items)
    };
    [outlet("صحيفة الميناء", 0), outlet("港湾新聞", 1)]
        .into_iter()
        .fold(Session::empty(), |session, (address, name, items)| session.feed(&address, &name, &items))
}

#[test]
fn stories_in_every_script() {
    at_every_size("story_scripts", scripts, |session| session.keys("+"));
    at_every_size("story_scripts_timeline", scripts, |session| session.keys("T"));
    insta::assert_snapshot!("story_scripts_mute", scripts().size(80, 24).keys("M").screen());
    insta::assert_snapshot!("story_scripts_beside", scripts().size(120, 30).keys("<enter>").screen());
    // That each screen is sound is checked whenever one is drawn.
    for keys in ["+", "4+", "T", "W", "M", "<enter><tab>"] {
        let mut session = scripts().keys(keys);
        for columns in (1..130).step_by(3) {
            session = session.resize(columns, 14);
            let _ = session.screen();
        }
    }
}

#[test]
fn for_those_who_listen() {
    let linear = || newsstand().settings(|config| config.linear = true);
    for (name, keys) in [("list", "+"), ("stories", "4"), ("timeline", "T"), ("mute", "M")] {
        let screen = linear().size(80, 24).keys(keys).screen();
        assert!(!screen.contains(['▌', '─', '│']), "{screen}");
        insta::assert_snapshot!(format!("story_linear_{name}"), screen);
    }
}

#[test]
fn a_search_shows_every_article_until_one_folds_it() {
    let session = newsstand().keys("/Skarvik<enter>");
    let all = titles(&session).len();
    let session = session.keys("=");
    assert!(titles(&session).len() < all, "{:?}", titles(&session));
    insta::assert_snapshot!("story_search_folded", session.screen());
    let session = session.keys("q");
    assert_eq!(titles(&session), titles(&newsstand()));
}

fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}

/// A click on the first line that says `words`.
fn click(session: Session, words: &str) -> Session {
    let screen = session.screen();
    let row = screen.lines().skip(1).position(|line| line.contains(words)).unwrap();
    let line = screen.lines().nth(row + 1).unwrap();
    let column = line[..line.find(words).unwrap()].chars().count();
    let press = MouseEventKind::Down(MouseButton::Left);
    session.happens(mouse(press, column.try_into().unwrap(), row.try_into().unwrap()))
}

#[test]
fn the_mouse_on_stories() {
    let session = click(newsstand().keys("+"), "Tugs reach");
    assert!(session.selected().starts_with("Tugs reach"));
    let session = click(session.keys("T"), "Who left the Skarvik buoy");
    let session = session.happens(mouse(MouseEventKind::ScrollUp, 60, 20));
    let at = |session: &Session| session.state().sheet.as_ref().unwrap().cursor;
    assert_eq!(at(&session), 1);
    let session = click(click(session, "Who left the Skarvik buoy"), "Who left the Skarvik buoy");
    assert!(session.reading().starts_with("Who left the Skarvik buoy"));
}

#[test]
fn what_arrives_is_announced_and_moves_nothing() {
    let session = newsstand().keys("j+");
    let before = titles(&session);
    let arrived = Progress { done: 1, total: 3, new: 4, ..Progress::default() };
    let session = session.happens(Event::Refreshing(arrived.clone()));
    assert_eq!(titles(&session), before);
    insta::assert_snapshot!("story_arrived", newsstand().keys("4").happens(Event::Refreshing(arrived)).screen());
}
