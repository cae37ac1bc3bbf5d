//! Everyday comfort: go to anything, the command line, marks, macros, orders, and coming back.

use dateline::app::piping::{How, Ran};
use dateline::app::{Effect, Event, ExportOf, ExportWish};
use dateline::config::Places;
use dateline::model::{Folding, Only, Order, Scope};
use dateline::text::{Clean, CleanText};
use serde_json::json;

use crate::at_every_size;
use crate::session::{Piece, Session};

fn pieces() -> Session {
    Session::with_articles(&[
        Piece::new(1, "Ferry late again", "The ferry was late."),
        Piece::new(2, "Pier repainted", "The pier is green now."),
        Piece::new(30, "Grain sold", "Grain went to Istanbul."),
    ])
}

#[test]
fn go_to_anything_finds_by_some_letters() {
    at_every_size("go_to", pieces, |session| session.keys("<ctrl-p>hrb"));
    let session = pieces().keys("<ctrl-p>hrb<enter>");
    assert!(matches!(session.state().headlines.view.scope, Scope::Feed(_)));
    assert!(session.state().goto.is_none() && session.state().prompt.is_none());

    let session = session.keys("<ctrl-p>pier<enter>");
    assert_eq!(session.state().reading.wanted, Some(session.state().headlines.rows[1].id));

    let session = session.keys("<ctrl-p>booksm<esc>");
    assert!(session.state().goto.is_none());
    let session = session.keys("<ctrl-p>zzzz<enter>");
    insta::assert_snapshot!("go_to_nothing", session.screen());
}

#[test]
fn what_one_went_to_lately_comes_first_also_the_next_day() {
    let session = pieces().keys("<ctrl-p>bookmarks<enter><ctrl-p>harbour<enter><ctrl-p>");
    insta::assert_snapshot!("go_to_lately", session.styled());
    let session = session.keys("<down><enter>");
    assert_eq!(session.state().headlines.view.only, Only::Bookmarked);
    let session = session.reopened().keys("<ctrl-p><enter>");
    assert_eq!(session.state().headlines.view.only, Only::Bookmarked);
}

#[test]
fn go_to_does_what_an_action_does() {
    let session = pieces().keys("<ctrl-p>toggle-read<enter>");
    assert!(session.state().headlines.rows[0].read);
}

#[test]
fn of_many_feeds_the_right_one_is_found() {
    let mut session = pieces();
    for n in 0..30 {
        let item = json!({ "id": "1", "title": format!("News {n}"), "content_html": "<p>x</p>" });
        session = session.feed(&format!("https://feed{n}.example/f.json"), &format!("Gazette {n}"), &[item]);
    }
    let session = session.keys("<ctrl-p>gaz 29<enter>");
    assert_eq!(session.state().headlines.rows[0].title.as_str(), "News 29");
}

#[test]
fn commands_are_completed_and_done() {
    let session = pieces().keys(":ta<tab>");
    insta::assert_snapshot!("command_line", session.styled());
    let session = session.keys(" harbour \"to read\"<enter>");
    let tags: Vec<String> = session.state().headlines.rows[0].tags.iter().map(ToString::to_string).collect();
    assert_eq!(tags, ["harbour", "to read"]);
    let session = session.keys(":tag -har<tab><enter>");
    assert_eq!(session.state().headlines.rows[0].tags.len(), 1);

    let session = session.keys(":goto harb<tab><enter>");
    assert!(matches!(session.state().headlines.view.scope, Scope::Feed(_)));
    let session = session.keys(":search pier is:un<tab><enter>");
    assert_eq!(session.state().headlines.rows.len(), 1);
    let session = session.keys("<esc>:2 next<enter>");
    assert_eq!(session.selected(), "Grain sold");
    let session = session.keys(":previous 2<enter>:toggle-read<enter>");
    assert!(session.state().headlines.rows[0].read);
    let session = session.keys(":undo 2<enter>");
    assert!(!session.state().headlines.rows[0].read);
    assert_eq!(session.state().headlines.rows[0].tags.len(), 2);
}

#[test]
fn what_is_wrong_with_a_command_is_said_under_the_spot() {
    let session = pieces().keys(":bokmark<enter>");
    insta::assert_snapshot!("command_unknown", session.screen());
    let session = session.keys("<esc>:mute pier until yesterday<enter>");
    insta::assert_snapshot!("command_until_over", session.screen());
    let session = session.keys("<esc>:set mark_read opne<enter>");
    insta::assert_snapshot!("command_bad_value", session.screen());
    let session = session.keys("<esc>:bookmark this<enter>");
    insta::assert_snapshot!("command_takes_nothing", session.screen());
    at_every_size("command_wrong", pieces, |session| session.keys(":mute \"pier until 3d<enter>"));
}

#[test]
fn a_query_is_muted_until_a_day_and_settings_change_for_the_session() {
    let session = pieces().keys(":mute pier until 2w<enter>");
    assert_eq!(session.state().headlines.rows.len(), 2);
    insta::assert_snapshot!("command_muted", session.screen());
    let session = session.keys("u:set compact yes<enter>:set text_width 40<enter>");
    assert!(session.state().config.compact);
    assert_eq!(session.state().config.text_width, 40);
    insta::assert_snapshot!("command_set", session.screen());
}

#[test]
fn earlier_commands_come_back_with_the_arrow() {
    let session = pieces().keys(":zen<enter>:zen<enter>:show-unread<enter>").reopened().keys(":<up>");
    assert_eq!(session.state().prompt.as_ref().unwrap().text(), "show-unread");
    let session = session.keys("<up><up><enter>");
    assert!(session.state().zen);
}

#[test]
fn an_article_is_piped_to_a_command_in_its_form() {
    let mut session = pieces().keys("|markdown: grep -c ferry<enter>");
    let runs = session.runs();
    assert_eq!(runs.len(), 1);
    assert_eq!(runs[0].how, How::Line("grep -c ferry".into()));
    assert!(runs[0].input.as_str().starts_with("# Ferry late again"), "{:?}", runs[0].input);
    assert!(runs[0].environment.contains(&("DATELINE_URL", "https://harbour.example/0".into())));
    assert!(!runs[0].terminal);
    insta::assert_snapshot!("pipe_running", session.screen());

    let output: String = (1..60).map(|n| format!("line {n}\n")).collect();
    let ran = Ran { name: "seq".into(), output: CleanText::new(&output), failed: Some("failed with status 1".into()) };
    let session = session.happens(Event::Ran(ran)).keys("<space>j");
    insta::assert_snapshot!("pipe_output", session.styled());
    let session = session.keys("q");
    assert!(session.state().output.is_none());
    let session = session.keys("|<up>");
    insta::assert_snapshot!("pipe_history", session.screen());
    let mut session = session.keys("<esc>:pipe url: less<enter>");
    let run = session.runs().pop().unwrap();
    assert_eq!((run.input.as_str(), run.terminal), ("https://harbour.example/0", true));
    at_every_size("pipe_line", pieces, |session| session.keys("|"));
}

#[test]
fn an_article_is_shared_with_a_program_of_the_settings() {
    let session = pieces().keys("E");
    insta::assert_snapshot!("share_nothing", session.screen());
    let toml = "[[share]]\nname = \"Mail\"\ncommand = [\"mail\", \"-s\", \"{title}\", \"{url}\"]\n[[share]]\nname = \"Listen\"\ncommand = \"mpv\"\nterminal = true\n";
    let shares = shares(toml);
    let session = pieces().settings(|config| config.shares = shares).keys("jE");
    insta::assert_snapshot!("share", session.screen());
    let mut session = session.keys("ma<enter>");
    let words = ["mail", "-s", "Pier repainted", "https://harbour.example/1"].map(Clean::new).to_vec();
    assert_eq!(session.runs().pop().unwrap().how, How::Words(words));
    let mut session = session.keys(":share lis<tab><enter>");
    assert!(session.runs().pop().unwrap().terminal);
}

/// The share targets of a settings file.
fn shares(toml: &str) -> Vec<dateline::config::Share> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("config.toml");
    std::fs::write(&file, toml).unwrap();
    let places = Places::find(Some(dir.path()), Some(&file)).unwrap();
    let (config, complaints) = dateline::config::load(&places);
    assert_eq!(complaints, []);
    config.shares
}

#[test]
fn several_steps_are_undone_by_name() {
    let session = pieces().keys("bjmtharbour<enter>U");
    insta::assert_snapshot!("undo_list", session.screen());
    let session = session.keys("<down><enter>");
    assert!(session.state().headlines.rows[1].tags.is_empty() && !session.state().headlines.rows[1].read);
    assert!(session.state().headlines.rows[0].bookmarked);
    let session = session.keys("U");
    insta::assert_snapshot!("undo_list_undone", session.screen());
    let session = session.keys("marked read<enter>");
    assert!(session.state().headlines.rows[1].read);
    insta::assert_snapshot!("undo_nothing", pieces().keys("U").screen());
}

#[test]
fn lists_stand_in_other_orders() {
    let other = json!({ "id": "1", "title": "A long read", "content_html": format!("<p>{}</p>", "word ".repeat(3000)),
        "date_published": "2026-01-14T20:00:00Z" });
    let start = || pieces().feed("https://almanac.example/f.json", "Almanac", std::slice::from_ref(&other));
    let titles = |session: &Session| -> Vec<String> {
        session.state().headlines.rows.iter().map(|row| row.title.to_string()).collect()
    };
    let session = start().keys(":sort oldest<enter>");
    assert_eq!(titles(&session), ["Grain sold", "A long read", "Pier repainted", "Ferry late again"]);
    let session = session.keys(":group source<enter>");
    assert_eq!(titles(&session)[0], "A long read");
    insta::assert_snapshot!("sort_source", session.screen());
    let session = session.keys(":sort length<enter>");
    assert_eq!(titles(&session)[3], "A long read");
    let session = session.keys("m:sort unread<enter>");
    assert!(session.state().headlines.rows[3].read);
    let session = session.keys(":rows compact<enter>:sort newest<enter>");
    assert_eq!(titles(&session)[0], "Ferry late again");
    assert!(session.state().config.compact);
    let session = session.keys(":rows comfortable<enter>");
    assert!(!session.state().config.compact);
    let session = session.keys(":sort by-name<enter>");
    insta::assert_snapshot!("sort_unknown", session.screen());
    at_every_size("sort_source", start, |session| session.keys(":sort source<enter>j"));
}

#[test]
fn bookmarks_have_orders_of_their_own_beside_that_of_lists() {
    let titles = |session: &Session| -> Vec<String> {
        session.state().headlines.rows.iter().map(|row| row.title.to_string()).collect()
    };
    let session = pieces().keys("jbkb:sort oldest<enter>B");
    let usual = ["Pier repainted", "Ferry late again"];
    assert_eq!(titles(&session), usual);
    let session = session.keys("sss");
    assert_eq!(titles(&session), ["Ferry late again", "Pier repainted"], "by title");
    // Whoever leaves them is in the order of lists again, and so are they after the last of their own.
    assert_eq!(titles(&session.keys("s")), usual);
    let session = pieces().keys(":sort oldest<enter>jbBsss1");
    assert_eq!(titles(&session), ["Grain sold", "Pier repainted", "Ferry late again"]);
}

#[test]
fn bookmarks_are_filtered_by_some_letters_in_the_order_they_stand_in() {
    let titles = |session: &Session| -> Vec<String> {
        session.state().headlines.rows.iter().map(|row| row.title.to_string()).collect()
    };
    let session = pieces().keys("bjbjbBsssFer");
    assert_eq!(session.state().headlines.view.order, Order::Title);
    assert_eq!(titles(&session), ["Ferry late again", "Pier repainted"], "by title, as before");
    let session = session.keys("<backspace><backspace>prpt");
    assert_eq!(titles(&session), ["Pier repainted"]);
    let session = session.keys("<enter>");
    assert_eq!(titles(&session), ["Pier repainted"]);
    insta::assert_snapshot!("bookmarks_filtered", session.screen());
    // A phrase is looked for in the text, and other lists are filtered by words.
    assert_eq!(titles(&session.keys("<ctrl-f>F\"went to istanbul\"<enter>")), ["Grain sold"]);
    assert!(titles(&pieces().keys("Fprpt<enter>")).is_empty());
}

#[test]
fn marks_are_set_and_jumped_to_also_the_next_day() {
    let session = pieces().keys("j\"p");
    insta::assert_snapshot!("mark_set", session.screen());
    let pier = session.state().headlines.rows[1].id;
    let session = session.keys("k'p");
    assert_eq!(session.state().reading.wanted, Some(pier));
    let session = session.keys("''");
    assert_ne!(session.state().reading.wanted, Some(pier));
    let session = session.keys("'x");
    insta::assert_snapshot!("mark_none", session.screen());
    let session = session.reopened().later(24).keys(":jump p<enter>");
    assert_eq!(session.state().reading.wanted, Some(pier));
    let session = session.keys("<esc><ctrl-p>p: pier<enter>");
    assert_eq!(session.state().reading.wanted, Some(pier));
}

#[test]
fn keys_are_recorded_and_pressed_again() {
    let session = pieces().keys("`rbj`");
    insta::assert_snapshot!("macro_recorded", session.screen());
    let session = session.keys("@r");
    let kept = |session: &Session| session.state().headlines.rows.iter().filter(|row| row.bookmarked).count();
    assert_eq!(kept(&session), 2);
    let session = session.reopened().later(24).keys("G:macro r<enter>");
    assert_eq!(kept(&session), 3);
    // One that presses itself ends.
    let session = session.keys("`s@s`@s");
    insta::assert_snapshot!("macro_within_itself", session.screen());
    assert!(session.state().recording.is_none());
    let named = [("later".to_owned(), "t l a t e r enter".parse().unwrap())];
    let session = pieces().settings(|config| config.macros = named.into()).keys(":macro la<tab><enter>");
    assert_eq!(session.state().headlines.rows[0].tags.len(), 1);
}

#[test]
fn the_reader_opens_where_it_was_left() {
    let session = pieces().settings(|config| config.restore = true).keys("<ctrl-p>harb<enter>j<enter>");
    let (view, read) = (session.state().headlines.view.clone(), session.state().reading.wanted);
    assert!(matches!(view.scope, Scope::Feed(_)));
    let session = session.reopened();
    assert_eq!((&session.state().headlines.view, session.state().reading.wanted), (&view, read));
    assert_eq!(session.state().focus, dateline::app::Pane::Article);
    let session = session.settings(|config| config.restore = false);
    assert_eq!(session.state().headlines.view.scope, Scope::Everything);
    let session = session.settings(|config| config.restore = true).later(2);
    assert_eq!(session.state().headlines.view.scope, Scope::Everything, "whoever was away wants the news");
}

#[test]
fn an_export_is_begun_from_the_command_line_in_its_form_and_of_a_query() {
    let session = pieces().keys(":export ep<tab> pier<enter>");
    insta::assert_snapshot!("command_export", session.screen());
    let session = session.keys("<ctrl-u>/tmp/of-the-pier<enter>");
    let wish = exports(&session).pop().unwrap();
    assert_eq!((wish.format.name(), wish.to.as_str()), ("epub", "/tmp/of-the-pier"));
    let ExportOf::List(view, name) = wish.of else { panic!("a query is a list") };
    assert_eq!((view.query.unwrap().to_string(), name.as_str()), ("pier".to_owned(), "pier"));

    // Without a query the article that one is on.
    let session = pieces().keys(":export text<enter><enter>");
    assert!(
        matches!(exports(&session).pop().unwrap().of, ExportOf::Article(_, title) if title.as_str().contains("Ferry"))
    );
    let session = pieces().keys(":export pdf<enter>");
    insta::assert_snapshot!("command_export_unknown", session.screen());
    let session = pieces().keys(":export text \"pier<enter>");
    assert!(session.state().prompt.as_ref().unwrap().error.as_ref().unwrap().at.start >= "export text ".len());
}

#[test]
fn help_is_searched_and_a_note_written_from_the_command_line() {
    let session = pieces().keys(":help undo<enter>");
    insta::assert_snapshot!("command_help", session.screen());
    // Help is not in the way of what it explains, and nothing moves unseen behind it.
    let session = session.keys("b");
    assert!(session.state().help.is_none() && session.state().headlines.rows[0].bookmarked);
    let session = pieces().keys(":note ask the harbour master<enter>");
    let note = session.state().reading.current().unwrap().article.note.clone().unwrap();
    assert_eq!(note.as_str(), "ask the harbour master");
}

#[test]
fn counts_go_with_everything_that_can_be_done_several_times() {
    let many: Vec<Piece> = (1..60).map(|n| Piece::new(n, &format!("Headline {n}"), "Text.")).collect();
    let start = || Session::with_articles(&many).settings(|config| config.fold = Folding::Nothing);
    // A figure goes on with a count, also where it means something alone.
    let session = start().keys("51j");
    assert_eq!((session.selected(), session.state().headlines.view.only), ("Headline 52".into(), Only::All));
    let session = start().keys("5n");
    assert_eq!(session.selected(), "Headline 6");
    let session = session.keys("9999n");
    assert_eq!(session.selected(), "Headline 59");
    let session = session.keys("7p");
    assert_eq!(session.selected(), "Headline 52");

    let session = start().keys("bjbjb");
    let kept = |session: &Session| session.state().headlines.rows.iter().filter(|row| row.bookmarked).count();
    let session = session.keys("5u");
    assert_eq!(kept(&session), 0);
    insta::assert_snapshot!("undo_several", session.bottom_line());
    let session = session.keys(":2 redo<enter>");
    assert_eq!(kept(&session), 2);

    let session = start().keys("`rbj`5@r");
    assert_eq!(kept(&session), 6);
    let session = session.keys(":3 macro r<enter>");
    assert_eq!(kept(&session), 9);
    let session = session.keys("9999@r");
    insta::assert_snapshot!("macro_stopped", session.bottom_line());
}

#[test]
fn what_ends_a_recording_is_no_part_of_it() {
    for end in ["`", ":record<enter>", "<ctrl-p>record: rec<enter>"] {
        let session = pieces().keys("`rbj").keys(end).keys("@r");
        let kept = session.state().headlines.rows.iter().filter(|row| row.bookmarked).count();
        assert_eq!(kept, 2, "{end}");
        assert!(session.state().prompt.is_none() && session.state().recording.is_none(), "{end}");
    }
}

#[test]
fn the_order_and_what_is_folded_are_as_they_were_left() {
    let session = pieces().settings(|config| config.restore = true).keys("=:sort oldest<enter>jj");
    let fold = session.state().fold;
    let session = session.reopened();
    assert_eq!((session.selected(), session.state().fold), ("Ferry late again".to_owned(), fold));
    assert_eq!(session.state().sort.name(), "oldest");
    let session = session.keys("gbBsss").reopened();
    assert_eq!(session.state().headlines.view.order.name(), "title");
    // The settings hold for who comes back later.
    assert_eq!(session.later(2).state().sort.name(), "newest");
}

#[test]
fn a_search_keeps_no_order_and_stories_stay_stories() {
    let titles = |session: &Session| -> Vec<String> {
        session.state().headlines.rows.iter().map(|row| row.title.to_string()).collect()
    };
    // The list under the search follows as well.
    let session = pieces().keys("/pier OR ferry<enter>:sort oldest<enter><ctrl-f>");
    assert_eq!(titles(&session), ["Grain sold", "Pier repainted", "Ferry late again"]);
    let session = pieces().keys("/pier OR ferry<enter>s:sort newest<enter>");
    assert_eq!(session.state().order().name(), "newest");
    assert_eq!(titles(&session), ["Ferry late again", "Pier repainted"]);
    let session = pieces().keys("4:sort oldest<enter>");
    assert!(session.state().headlines.stories);
    let session = pieces().keys(":sort oldest<enter>:group day<enter>");
    assert_eq!(titles(&session)[0], "Grain sold", "days stand above the oldest first, too");
}

#[test]
fn who_gives_a_search_up_is_at_the_article_again() {
    for (columns, rows) in [(120, 40), (60, 20)] {
        let session = pieces().size(columns, rows).keys("j<enter>z");
        let read = session.state().reading.wanted;
        for search in ["/ferry<esc>", "/<enter>", "/ferry<ctrl-u><enter>"] {
            let session = pieces().size(columns, rows).keys("j<enter>z").keys(search);
            let state = session.state();
            assert_eq!((state.reading.wanted, state.focus, state.zen), (read, dateline::app::Pane::Article, true));
            assert_eq!(session.selected(), "Pier repainted");
        }
        let session = session.keys("/ferry<enter>");
        assert_eq!(session.state().focus, dateline::app::Pane::Headlines);
    }
}

#[test]
fn what_was_done_to_feeds_and_searches_is_undone_by_its_name() {
    let session = pieces().keys("/pier<enter>wPiers<enter><ctrl-f>SGcHarbour<enter>Gfcoast<enter>Gdqu");
    let session = session.keys("U");
    insta::assert_snapshot!("undo_list_names", session.screen());
}

#[test]
fn a_key_that_means_nothing_here_says_where_it_does() {
    assert_eq!(pieces().keys("V").bottom_line(), "V works in the article: fetch the pictures of this article.");
    assert_eq!(pieces().keys("H").bottom_line(), "H does nothing here; ? shows the keys that do.");
    // A count says nothing, and goes on.
    let session = pieces().keys("5");
    assert!(session.bottom_line().starts_with("5  enter read"), "{}", session.bottom_line());
}

#[test]
fn the_article_on_the_screen_is_set_as_the_settings_say_at_once() {
    let html = format!(
        "<p>{}<a href=\"https://a.example/\">the tide tables</a>.</p>",
        "considerable misunderstanding ".repeat(9)
    );
    let piece = Piece { title: "Tides".into(), html, hours: 1 };
    let session = Session::with_articles(&[piece]).keys("<enter>:set link_numbers yes<enter>");
    assert!(session.screen().contains("tables[1]") || session.screen().contains("tables [1]"), "{}", session.screen());
    let before = session.state().reading.current().unwrap().laid_out.columns;
    let session = session.keys(":set text_align left<enter>:set text_width 30<enter>:set justify yes<enter>");
    assert!(session.state().config.justify);
    assert_ne!(session.state().reading.current().unwrap().laid_out.columns, before);
}

/// What was to be exported.
fn exports(session: &Session) -> Vec<ExportWish> {
    let wish = |effect: &Effect| if let Effect::Export(wish) = effect { Some((**wish).clone()) } else { None };
    session.work().iter().filter_map(wish).collect()
}
