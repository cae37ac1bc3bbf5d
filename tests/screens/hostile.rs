//! Feeds that want to drive the terminal: not one of their characters reaches a cell. Every drawn
//! screen is checked for that (`picture::sound`); here every pane and page is drawn.

use dateline::app::{Choice, Done, Event, Problem};
use dateline::model::FeedId;
use dateline::text::{Link, Raw};
use serde_json::{Value, json};

use crate::session::Session;

const ATTACKS: [&str; 12] = [
    "\u{1b}[31mred\u{1b}[0m \u{1b}[2J\u{1b}[H wiped",
    "\u{1b}]0;owned\u{7} \u{1b}]52;c;b3duZWQ=\u{7} \u{1b}]8;;https://evil.example\u{1b}\\link",
    "\u{1b}P+q544e\u{1b}\\ \u{1b}_G;AAAA\u{1b}\\ \u{1b}^x\u{1b}\\ \u{1b}Xy\u{1b}\\ \u{1b}c",
    "\u{9b}31m \u{9d}0;owned\u{9c} \u{90}q\u{9c} \u{85}\u{84}",
    "bells \u{7}\u{7} backspaces \u{8}\u{8}\u{8} delete \u{7f} nul \u{0} shift \u{e}\u{f}",
    "\u{202e}desrever\u{202c} \u{2066}isolated\u{2069} \u{200f}marks\u{200e} \u{61c}",
    "zero\u{200b}width\u{2060}\u{feff}\u{ad} tags \u{e0041}\u{e0042}\u{e007f} fillers \u{115f}\u{3164}\u{ffa0}",
    "lines\r\nbroken\rhere\u{2028}and\u{2029}there\u{b}\u{c}",
    "<script>alert(1)</script>&#27;[31m&#x202e;&#x9b;31m &amp;#27;[31m",
    "%1B%5B31m %0d%0a \\u001b[31m \\x1b[31m ^[[31m",
    "\u{fff9}annotation\u{fffa}\u{fffb} \u{fffe} \u{fdd0} \u{e000} \u{10ffff}",
    "",
];

/// All attacks in one text, and marks piled on one letter.
fn attack() -> String {
    format!("a{} {}", "\u{301}\u{489}\u{20dd}".repeat(60), ATTACKS.join(" "))
}

fn items() -> Vec<Value> {
    let item = |n: usize, attack: &str| {
        json!({
            "id": format!("{n}{attack}"), "title": format!("{n} {attack}"), "summary": attack,
            "url": format!("https://harbour.example/{attack}"), "external_url": attack, "image": attack,
            "content_html": format!("<h2>{attack}</h2><p>{attack} <a href=\"https://evil.example/{attack}\">{attack}</a> <code>{attack}</code></p>\
                <pre>{attack}</pre><blockquote>{attack}</blockquote><ul><li>{attack}</li></ul>\
                <table><tr><th>{attack}</th></tr><tr><td>{attack}</td></tr></table><img alt=\"{attack}\" src=x><dl><dt>{attack}<dd>{attack}</dl>"),
            "authors": [{ "name": attack, "url": attack }], "tags": [attack], "language": attack,
            "attachments": [{ "url": format!("https://a.example/{attack}"), "mime_type": attack }],
            "date_published": "2026-01-15T07:00:00Z",
        })
    };
    ATTACKS.iter().enumerate().map(|(n, one)| item(n, one)).chain([item(99, &attack())]).collect()
}

fn hostile() -> Session {
    // Attacks are much alike: folded as one story, most of them would not be seen.
    let session = Session::empty().settings(|config| config.fold = dateline::model::Folding::Nothing);
    session.feed("https://harbour.example/feed", &attack(), &items())
}

#[test]
fn nothing_hostile_reaches_a_cell() {
    for (columns, rows) in [(180, 50), (120, 40), (80, 24), (40, 12), (9, 5)] {
        let mut session = hostile().size(columns, rows);
        let count = session.state().headlines.rows.len();
        assert!(count >= ATTACKS.len(), "{count} articles");
        let _ = session.screen();
        for _ in 0..count {
            for keys in ["<enter>", "<ctrl-d>", "G", "<down>", "<tab>", "q", "b", "j"] {
                session = session.keys(keys);
                let _ = session.screen();
            }
        }
        for keys in ["SG", "<enter>", "B", "?", "q", "/wiped<enter>", "<esc>", "Y", "y"] {
            session = session.keys(keys);
            let _ = session.screen();
        }
    }
}

#[test]
fn messages_prompts_and_choices_are_clean_too() {
    let attack = attack();
    let session = hostile().size(80, 24).keys("/").paste(&attack);
    let _ = session.screen();
    let session = session.keys("<esc>a").paste(&attack).keys("<enter>");
    let _ = session.screen();
    let title = Raw::new(attack.clone()).line();
    let link = Link::parse(&format!("https://evil.example/{attack}")).unwrap();
    let done = [
        Done::Choose(vec![Choice { link, title: title.clone() }]),
        Done::Subscribed { feed: FeedId(1), title: title.clone(), new: 3, others: Vec::new() },
        Done::Failed(Problem { message: title.clone(), hint: Some(title.clone()) }),
        Done::Said(title),
    ];
    for done in done {
        let session = hostile().size(80, 24).happens(Event::Done(done));
        let _ = session.screen();
    }
    let session = hostile().size(80, 24);
    let failing = session.state().drawer.sources.feeds[0].id;
    let _ = session.refused(failing).keys("SG").screen();
}

#[test]
fn what_is_left_of_an_attack_reads_like_text() {
    insta::assert_snapshot!("hostile_list", hostile().size(120, 40).screen());
    insta::assert_snapshot!("hostile_article", hostile().size(80, 24).keys("<enter>").screen());
}
