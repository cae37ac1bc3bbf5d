//! The article and the news related to it.

use dateline::app::{Effect, Pane};

use crate::at_every_size;
use crate::session::Session;

#[test]
fn an_article_open() {
    at_every_size("article", Session::edition, |session| session.keys("<enter>"));
    insta::assert_snapshot!("article_styled", Session::edition().keys("<enter>").styled());
}

#[test]
fn an_article_scrolled_to_its_end() {
    at_every_size("article_end", Session::edition, |session| session.keys("<enter>bG"));
}

#[test]
fn tables_code_and_quotations() {
    for (name, title) in [("code", "Getting your own feeds in"), ("keys", "How to read this paper")] {
        at_every_size(&format!("article_{name}"), Session::edition, |session| {
            open(session.settings(|config| config.fold = dateline::model::Folding::Nothing), title).keys("<ctrl-d>")
        });
    }
}

/// Opens the article of that headline by walking the list.
fn open(mut session: Session, title: &str) -> Session {
    for _ in 0..40 {
        if session.selected() == title {
            return session.keys("<enter>");
        }
        session = session.keys("j");
    }
    panic!("no headline is called {title}");
}

#[test]
fn walking_related_news() {
    at_every_size("related_walked", Session::edition, |session| session.keys("<enter><down><down>"));
    insta::assert_snapshot!("related_walked_styled", Session::edition().keys("<enter><down><down>").styled());
    at_every_size("related_pane", Session::edition, |session| session.keys("<enter><tab><down>"));
}

#[test]
fn going_through_related_news_and_back() {
    let session = Session::edition().keys("<enter>");
    let first = session.reading();
    let session = session.keys("<down><enter>");
    let second = session.reading();
    assert_ne!(first, second);
    insta::assert_snapshot!("related_opened", session.screen());
    let session = session.keys("<down><enter>");
    let third = session.reading();
    assert!(![&first, &second].contains(&&third), "{third}");
    let session = session.keys("<backspace>");
    assert_eq!(session.reading(), second);
    let session = session.keys("<backspace>");
    assert_eq!(session.reading(), first);
    let session = session.keys("]]");
    assert_eq!(session.reading(), third);
    let session = session.keys("q");
    assert_eq!((session.state().focus, session.reading()), (Pane::Headlines, first));
}

#[test]
fn zen_shows_only_the_article() {
    at_every_size("zen", Session::edition, |session| session.keys("<enter>z"));
    let session = Session::edition().keys("zq");
    assert_eq!((session.state().focus, session.state().zen), (Pane::Headlines, false));
}

#[test]
fn another_size_keeps_the_place() {
    let session = Session::edition().size(120, 30).keys("<enter><ctrl-d><ctrl-d>");
    let (reading, line, percent) = (session.reading(), session.first_line(), place(&session));
    assert!(percent > 0);
    let session = session.resize(60, 30).resize(43, 9).resize(84, 24);
    assert_eq!(session.reading(), reading);
    let session = session.resize(1, 1).resize(120, 30);
    assert_eq!((session.reading(), session.first_line(), place(&session)), (reading, line, percent));
    assert_eq!(session.state().focus, Pane::Article);
}

#[test]
fn another_size_keeps_the_selected_row_in_sight() {
    let session = Session::edition().keys("9j");
    let selected = session.selected();
    for (columns, rows) in [(80, 24), (40, 12), (40, 5), (200, 60), (120, 40)] {
        let screen = session.state().clone();
        let session = Session::edition().keys("9j").resize(columns, rows);
        assert_eq!(session.selected(), selected);
        let start: String = selected.chars().take(12).collect();
        assert!(session.screen().contains(&start), "{start} at {columns}x{rows} after {:?}", screen.size);
    }
}

fn place(session: &Session) -> usize {
    session.state().reading.current().map_or(0, |shown| shown.top)
}

#[test]
fn the_place_in_an_article_is_remembered() {
    let session = Session::edition().keys("<enter><ctrl-d>");
    let line = session.first_line();
    let session = session.keys("qjk<enter>");
    assert_eq!(session.first_line(), line);
    assert_eq!(session.reopened().keys("<enter>").first_line(), line);
}

#[test]
fn the_browser_and_the_clipboard() {
    let session = Session::edition().keys("oY");
    let [Effect::Browse(link), Effect::Copy(text)] = session.work() else { panic!("{:?}", session.work()) };
    assert!(text.as_str().ends_with(link.as_str()));
    assert!(text.as_str().starts_with(&session.selected()));
}

#[test]
fn a_saved_page_is_one_article_with_its_headlines_beside_it() {
    let Some(session) = Session::sample() else { return };
    let session = session.size(120, 60);
    // The list has the article alone; its headlines stand beside it.
    let [story] = &session.state().headlines.rows[..] else { panic!("one row, and nothing else") };
    let title = story.title.to_string();
    let session = open(session, &title);
    assert_eq!(session.reading(), title);
    let related = &session.state().related.items;
    assert_eq!(related.iter().filter(|item| item.headline.stub).count(), 10);
    let screen = session.screen();
    assert!(screen.contains("headline on the same page"));
    let session = session.keys("<down><enter>");
    assert!(session.screen().contains("Only the headline of this article is stored"));
    let session = session.keys("<backspace>").resize(40, 12).keys("G").resize(80, 24);
    assert_eq!(session.reading(), title);
    let _ = session.screen();
}

#[test]
fn the_headline_that_was_stands_under_the_one_that_is() {
    let item = |title: &str| {
        serde_json::json!({ "id": "1", "title": title, "content_text": format!("{title}, said the harbour master."),
            "date_published": "2026-01-15T07:00:00Z" })
    };
    let session = Session::edition().feed("https://a.example/feed", "The Post", &[item("Ferry to sail on Friday")]);
    let session = session.feed("https://a.example/feed", "The Post", &[item("Ferry stays in harbour")]).reopened();
    let shown = session.screen();
    assert!(shown.contains("was: Ferry to sail on Friday"), "{shown}");
    insta::assert_snapshot!("headline_was", shown);
    let compact = session.keys(":set compact yes<enter>").screen();
    assert!(!compact.contains("was: "), "{compact}");
}

#[test]
fn what_changed_is_shown_step_by_step() {
    let title = "Tressa keeps its own time by seven votes";
    let session = open(Session::edition(), title);
    let text = session.first_line();
    let session = session.keys("D");
    insta::assert_snapshot!("changes", session.styled());
    let revised = session.state().reading.current().unwrap().article.revised.clone().unwrap();
    assert_eq!((revised.back, revised.of), (0, 1));
    // Again, or a step back, is the text.
    for keys in ["D", "q", "<esc>"] {
        let session = open(Session::edition(), title).keys("D").keys(keys);
        assert_eq!((session.first_line(), session.reading().as_str()), (text.clone(), title), "{keys}");
        assert!(session.state().reading.current().unwrap().article.revised.is_none(), "{keys}");
    }
    let session = Session::edition().keys("<enter>D");
    assert!(session.screen().contains("has not changed"), "{}", session.screen());
    at_every_size("changes", || open(Session::edition(), title), |session| session.keys("D"));
}
