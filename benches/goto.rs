//! Go-to-anything over a thousand feeds and two hundred headlines: opening it, and each letter typed.
//!
//! `cargo bench --bench goto`
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark stops where something is wrong")]

use std::sync::Arc;

use dateline::app::{Answer, Effect, Event, Question, Sources, State, update};
use dateline::config::{Config, Key, KeySeq};
use dateline::model::{ArticleId, Feed, FeedAddress, FeedHealth, FeedId, FeedSettings, Headline, Page, RowKey, Time};
use dateline::text::Link;
use divan::{Bencher, black_box};
use jiff::tz::TimeZone;

fn main() {
    divan::main();
}

const NOW: Time = Time(1_768_464_000);

const PLACES: [&str; 10] =
    ["Harbour", "Meridian", "Tressa", "Kitamori", "Overwater", "Fennick", "Calloway", "Ambrose", "Dallow", "Strand"];

const KINDS: [&str; 10] =
    ["Post", "Herald", "Courier", "Gazette", "Times", "Observer", "Review", "Wire", "Journal", "Mirror"];

fn feed(n: i64) -> Feed {
    let at = |divisor: i64| usize::try_from(n / divisor % 10).unwrap();
    Feed {
        id: FeedId(n),
        address: FeedAddress::Web(Link::parse(&format!("https://{n}.example/feed")).unwrap()),
        title: format!("The {} {} {n}", PLACES[at(1)], KINDS[at(10)]).as_str().into(),
        site: None,
        description: None,
        lang: None,
        folder: None,
        total: 40,
        unread: 12,
        settings: FeedSettings::default(),
        health: FeedHealth::default(),
    }
}

fn headline(n: i64) -> Headline {
    let at = usize::try_from(n % 10).unwrap();
    let title = format!("{} counts its boats for the {n}th time, and finds one more than were lost", PLACES[at]);
    let (title, published) = (title.as_str().into(), Time(NOW.0 - n * 60));
    Headline { words: 500, ..Headline::new(ArticleId(n), FeedId(1), title, "The Harbour Post".into(), published) }
}

/// The reader over a thousand feeds, its list full.
fn reader() -> State {
    let (mut state, effects) = State::new(Arc::new(Config::default()), (120, 40), NOW, TimeZone::UTC);
    for effect in effects {
        let Effect::Ask(ticket, question) = effect else { continue };
        let answer = match question {
            Question::Sources => {
                Answer::Sources(Sources { feeds: (1..=1_000).map(feed).collect(), ..Sources::default() })
            }
            Question::Page { .. } => {
                let rows: Vec<Headline> = (1..=200).map(headline).collect();
                let reached: Option<RowKey> = None;
                Answer::Page(Page { rows, at_newest: true, at_oldest: true, reached, muted: 0 })
            }
            _ => continue,
        };
        let _ = update(&mut state, Event::Answer(ticket, answer), NOW);
    }
    state
}

fn press(state: &mut State, keys: &str) {
    for key in keys.parse::<KeySeq>().unwrap().keys() {
        let _ = update(state, Event::Key(Key::clone(key)), NOW);
    }
}

/// `Ctrl-p`: everything that can be gone to is gathered.
#[divan::bench]
fn opening(bencher: Bencher<'_, '_>) {
    let state = reader();
    bencher.with_inputs(|| state.clone()).bench_local_values(|mut state| {
        press(&mut state, "ctrl-p");
        black_box(state)
    });
}

/// A letter: the first fits nearly everything, the fourth little.
#[divan::bench(args = ["", "h", "h a", "k i t", "k i t g a"])]
fn letter(bencher: Bencher<'_, '_>, typed: &str) {
    let mut state = reader();
    press(&mut state, "ctrl-p");
    if !typed.is_empty() {
        press(&mut state, typed);
    }
    bencher.with_inputs(|| state.clone()).bench_local_values(|mut state| {
        press(&mut state, "e");
        black_box(state)
    });
}
