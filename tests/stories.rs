//! Stories from end to end: the real program, a terminal, several outlets, a restart.
#![cfg(unix)]

mod support;

use dateline::model::Time;
use dateline::ops;
use dateline::store::Store;
use support::{Home, Pty};

/// One event as three outlets tell it, and other news, as JSON lines.
fn news() -> String {
    let now = jiff::Timestamp::now().as_second();
    let article = |n: usize, source: &str, hours: i64, title: &str, body: &str| {
        let published = Time(now - hours * 3600);
        format!(
            "{{\"id\":\"{n}\",\"source\":\"{source}\",\"published\":\"{published}\",\
             \"title\":\"{title}\",\"body\":\"{body}\"}}\n"
        )
    };
    let aground = "The ferry Gannet ran aground on the Skarvik sandbank before dawn with forty passengers and a piano \
        on board, the coastguard said. Captain Ingrid Halvorsen said the buoy off Skarvik had been dark for a week.";
    [
        article(1, "Northern Wire", 12, "Ferry Gannet runs aground on Skarvik sandbank", aground),
        article(
            2,
            "The Meridian",
            9,
            "Tugs reach ferry Gannet on the Skarvik sandbank",
            "Two tugs have reached the ferry Gannet, aground on the Skarvik sandbank. Her forty passengers were \
             brought ashore by lifeboat. Captain Ingrid Halvorsen stayed with the piano.",
        ),
        article(
            3,
            "The Harbour Post",
            3,
            "Ferry Gannet pulled off the Skarvik sandbank",
            "The ferry Gannet floated free of the Skarvik sandbank, pulled by two tugs. Captain Ingrid Halvorsen said \
             the hull was sound. An inquiry into the dark buoy begins on Monday.",
        ),
        article(4, "Field Notes", 6, "Choir looks for a tenor", "The choir has one tenor, and he has a cold."),
    ]
    .concat()
}

fn stocked(home: &Home) {
    let file = home.file("news.jsonl");
    std::fs::write(&file, news()).expect("a file in the home");
    let output = home.dateline(&["import", "news.jsonl"]).output().expect("the program runs");
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_story_is_unfolded_told_in_order_muted_and_brought_back() {
    let home = Home::new();
    stocked(&home);
    let pty = Pty::dateline(&home);
    pty.wait_for("+2 sources");
    pty.keys("+");
    pty.wait_for("−2 sources");
    pty.wait_for("runs aground");
    pty.keys("-");
    pty.wait_for("+2 sources");
    pty.keys("T");
    pty.wait_for("THE STORY SO FAR");
    pty.wait_for("3 articles from 3 sources");
    pty.keys("g<enter>");
    pty.wait_for("THIS STORY");
    pty.keys("q");
    pty.wait_for("THE STORY SO FAR");
    pty.keys("q4");
    pty.wait_for("1 story");
    pty.keys("1");
    pty.wait_for("+2 sources");
    pty.keys("M");
    pty.wait_for("this story:");
    pty.keys("<enter>");
    pty.wait_for("is muted until");
    pty.wait_for("1 unread");
    pty.keys("u");
    pty.wait_for("Undone: ");
    pty.wait_for("+2 sources");
    pty.quit();
}

#[test]
fn what_came_since_the_last_visit_is_laid_open() {
    let home = Home::new();
    let pty = Pty::dateline(&home);
    pty.wait_for("Dateline");
    pty.quit();
    // Two days ago, as far as the store knows.
    let now = jiff::Timestamp::now().as_second();
    let path = home.file("data/dateline").join(dateline::store::FILE);
    let mut store = Store::open(&path).expect("the store");
    ops::brief::leave(&mut store, Time(now - 2 * 86_400)).expect("the visit is noted");
    drop(store);
    stocked(&home);

    let pty = Pty::dateline(&home);
    pty.wait_for("SINCE YOU LAST LOOKED");
    pty.wait_for("3 sources · 3 articles");
    pty.keys("q");
    pty.wait_gone("SINCE YOU LAST LOOKED");
    pty.wait_for("+2 sources");
    pty.quit();

    // A moment later there is nothing to say.
    let pty = Pty::dateline(&home);
    pty.wait_for("+2 sources");
    pty.settle();
    assert!(!pty.screen().contains("SINCE YOU LAST LOOKED"), "{}", pty.screen());
    pty.keys("W");
    pty.wait_for("Nothing has come since you last looked.");
    pty.quit();
}
