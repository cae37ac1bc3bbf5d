//! When pictures are asked for, and what the text makes of them.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::*;
use crate::app::layout::{Tone, lay_out};
use crate::app::{Event, Shown, update};
use crate::config::Config;
use crate::model::{Block, Document, Image, Inline, Time};

const PICTURES: usize = 3;

/// A reader with an article open: a paragraph, then `PICTURES` pictures with fifty lines between them.
fn opened(images: Images, means: Means) -> State {
    let config = Arc::new(Config { images, ..Config::default() });
    let (mut state, _) = State::new(config, (120, 40), Time(0), TimeZone::UTC);
    let mut article = crate::app::sample::article(1, 1);
    let mut blocks = Vec::new();
    for n in 0..PICTURES {
        let link = Link::parse(&format!("https://a.example/{n}.png"));
        let caption = vec![Inline::Text("A caption.".into())];
        blocks.push(Block::Figure { image: Image { link, alt: "A harbour".into() }, caption });
        blocks.extend(Document::from_paragraphs(["words"; 50]).blocks);
    }
    article.document.blocks.extend(blocks);
    let article = Arc::new(article);
    state.pictures.means = means;
    let measure = state.measure(&state.areas());
    let laid_out = Arc::new(lay_out(&article, &measure, &TimeZone::UTC));
    state.reading.wanted = Some(article.headline.id);
    state.reading.shown = Some(Shown::new(article, laid_out, 30));
    state
}

const CELLS: Means = Means::Graphics(10, 20);

/// What happens asks for these pictures, and whether of the network. What is to be laid out anew is.
fn asks(state: &mut State, event: Event) -> Vec<Request> {
    let effects = update(state, event, Time(0));
    let mut asked = Vec::new();
    for effect in effects {
        match effect {
            Effect::Pictures(request) => asked.push(request),
            Effect::Ask(ticket, crate::app::Question::Layout { article, measure }) => {
                let laid_out = Arc::new(lay_out(&article, &measure, &TimeZone::UTC));
                asked.extend(asks(state, Event::Answer(ticket, crate::app::Answer::LaidOut(laid_out))));
            }
            _ => {}
        }
    }
    asked
}

fn key(state: &mut State, key: &str) -> Vec<Request> {
    let keys: crate::config::KeySeq = key.parse().unwrap();
    asks(state, Event::Key(keys.keys()[0]))
}

fn network(asked: &[Request]) -> Vec<bool> {
    asked.iter().map(|request| request.network).collect()
}

fn here(request: &Request) -> Event {
    let raster = Raster { columns: 20, rows: 8, width: 200, height: 160, rgb: Arc::default() };
    let outcome = Outcome::Here(Picture { id: 5, raster });
    Event::Picture(Came { link: request.links[0].clone(), frame: request.frame, outcome })
}

fn lines(state: &State) -> Vec<String> {
    let rows = &state.reading.shown.as_ref().unwrap().laid_out.rows;
    rows.iter().map(|row| row.runs.iter().map(|run| run.text.as_str()).collect()).collect()
}

#[test]
fn what_is_stored_is_asked_for_at_once_and_the_network_on_the_key() {
    let mut state = opened(Images::Ask, CELLS);
    let asked = asks(&mut state, Event::RefreshDue);
    assert_eq!(network(&asked), [false]);
    assert_eq!(asked[0].links.len(), 1, "the others are far below");
    assert_eq!((asked[0].frame.cell, asked[0].frame.columns), ((10, 20), state.areas().text.width));
    assert!(lines(&state).iter().any(|line| line.contains("[Picture: A harbour] V\u{a0}shows\u{a0}it.")));
    let absent = Came { link: asked[0].links[0].clone(), frame: asked[0].frame, outcome: Outcome::Absent };
    assert_eq!(asks(&mut state, Event::Picture(absent)), []);
    // Nothing more until the key is pressed.
    state.focus = Pane::Article;
    assert_eq!(key(&mut state, "j"), []);
    assert_eq!(network(&key(&mut state, "V")), [true]);
    assert!(lines(&state).iter().any(|line| line.ends_with("[Picture: A harbour] …")), "{:?}", lines(&state));
    // The next ones as they come near.
    let asked = (0..40).map(|_| key(&mut state, "pgdn")).find(|asked| !asked.is_empty()).unwrap();
    assert_eq!(network(&asked), [true]);
    assert!(!asked[0].links.contains(&Link::parse("https://a.example/0.png").unwrap()));
}

#[test]
fn by_themselves_they_are_fetched_once_the_article_is_open() {
    let mut state = opened(Images::Auto, CELLS);
    assert_eq!(network(&asks(&mut state, Event::RefreshDue)), [false], "one only passes by");
    let absent = state.pictures.held.keys().cloned().collect::<Vec<_>>();
    for link in absent {
        let frame = state.pictures.held[&link].frame;
        assert_eq!(asks(&mut state, Event::Picture(Came { link, frame, outcome: Outcome::Absent })), []);
    }
    state.focus = Pane::Article;
    assert_eq!(network(&asks(&mut state, Event::RefreshDue)), [true]);
}

#[test]
fn never_is_never() {
    let mut state = opened(Images::Never, CELLS);
    state.focus = Pane::Article;
    assert_eq!(network(&asks(&mut state, Event::RefreshDue)), [false]);
    assert_eq!(network(&key(&mut state, "V")), [] as [bool; 0]);
    assert!(
        matches!(&state.notice, Some(crate::app::Notice::Trouble(problem)) if problem.message.as_str().contains("never"))
    );
    assert!(!lines(&state).iter().any(|line| line.contains("shows it")));
}

#[test]
fn in_words_nothing_is_asked_for() {
    let mut state = opened(Images::Auto, Means::Words);
    state.focus = Pane::Article;
    assert_eq!(asks(&mut state, Event::RefreshDue), []);
    assert_eq!(key(&mut state, "V"), []);
}

#[test]
fn a_picture_that_comes_takes_its_room_and_the_first_line_stays() {
    let mut state = opened(Images::Auto, CELLS);
    state.focus = Pane::Article;
    let asked = asks(&mut state, Event::RefreshDue);
    key(&mut state, "pgdn");
    let first = |state: &State| {
        let shown = state.reading.shown.as_ref().unwrap();
        shown.laid_out.rows[shown.top].place
    };
    let (before, rows) = (first(&state), lines(&state).len());
    let position = state.reading.shown.as_ref().unwrap().position();
    asks(&mut state, here(&asked[0]));
    let shown = state.reading.shown.as_ref().unwrap();
    let pictures = shown.laid_out.rows.iter().filter(|row| row.is_picture()).count();
    assert_eq!((pictures, lines(&state).len()), (8, rows + 7), "its rows instead of one in words");
    assert_eq!(first(&state), before);
    assert!(position.abs_diff(shown.position()) < 100, "{position} and then {}", shown.position());
    assert_eq!(state.pictures.ids(), [5]);
    let run = shown.laid_out.rows.iter().find(|row| row.is_picture()).unwrap();
    assert_eq!(run.runs[0].tone, Tone::Picture { at: 0, row: 0 });
}

#[test]
fn another_width_asks_anew_and_another_article_leaves() {
    let mut state = opened(Images::Auto, CELLS);
    state.focus = Pane::Article;
    let asked = asks(&mut state, Event::RefreshDue);
    asks(&mut state, here(&asked[0]));
    let again = asks(&mut state, Event::Resize(90, 30));
    assert_eq!(again.len(), 1);
    assert_ne!(again[0].frame, asked[0].frame);
    // What comes too late is for a room that is no longer there.
    assert_eq!(asks(&mut state, here(&asked[0])), []);
    state.reading.shown = None;
    let effects = update(&mut state, Event::RefreshDue, Time(0));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::LeavePictures)));
    assert_eq!(state.pictures.ids(), [] as [u32; 0]);
}

#[test]
fn why_one_is_not_shown_is_said_in_its_place() {
    let mut state = opened(Images::Auto, CELLS);
    state.focus = Pane::Article;
    let asked = asks(&mut state, Event::RefreshDue);
    let came = |outcome| Event::Picture(Came { link: asked[0].links[0].clone(), frame: asked[0].frame, outcome });
    asks(&mut state, came(Outcome::Unusable("its file is broken".into())));
    let text = lines(&state).join(" ");
    assert!(text.contains("[Picture: A harbour] Not shown: its file is broken."), "{text}");
    asks(&mut state, came(Outcome::Nothing));
    assert_eq!(lines(&state).iter().filter(|line| line.contains("[Picture: A harbour]")).count(), PICTURES - 1);
}
