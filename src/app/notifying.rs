//! Word of new articles that match a saved search, for a person who looks elsewhere.
//!
//! After a refresh that brought something the store is asked once what of it matches; what comes is
//! told in one sentence, and no more often than once a minute: what is held back is told with the next.

use super::effect::{Effect, Question};
use super::state::State;
use crate::clean;
use crate::config::Notify;
use crate::model::{ArticleId, Time};
use crate::text::Clean;
use crate::text::width::fit;

/// Between two notifications, in seconds.
const PAUSE: i64 = 60;

/// The longest sentence, in columns: more is cut by those who show it.
const LONGEST: usize = 160;

/// New articles of one saved search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The name of the search.
    pub name: Clean,
    /// How many.
    pub many: u64,
    /// The headline of the newest.
    pub title: Clean,
}

/// What is known of what was told.
#[derive(Clone, Debug, Default)]
pub struct Notifying {
    /// The newest article that was looked at; `None` before it is known.
    seen: Option<ArticleId>,
    /// What has not been told yet.
    held: Vec<Match>,
    told: Option<Time>,
}

/// Looks for what is new, or first of all for what is not.
pub(super) fn look(state: &mut State, effects: &mut Vec<Effect>) {
    if state.config.notify != Notify::Never {
        let after = state.notifying.seen;
        state.ask(Question::Matches { after }, effects);
    }
}

/// What a person has just brought in is no news: it is passed over.
pub(super) fn pass_over(state: &mut State, effects: &mut Vec<Effect>) {
    if state.config.notify != Notify::Never {
        state.ask(Question::Matches { after: None }, effects);
    }
}

/// What is new has been found.
pub(super) fn put(state: &mut State, matches: Vec<Match>, newest: ArticleId, effects: &mut Vec<Effect>) {
    let chosen = &state.config.notify_searches;
    let matches: Vec<Match> =
        matches.into_iter().filter(|found| chosen.is_empty() || chosen.contains(&found.name)).collect();
    let notifying = &mut state.notifying;
    notifying.seen = Some(newest);
    for found in matches {
        match notifying.held.iter_mut().find(|held| held.name == found.name) {
            Some(held) => (held.many, held.title) = (held.many + found.many, found.title),
            None => notifying.held.push(found),
        }
    }
    let soon = notifying.told.is_some_and(|told| state.now.0.saturating_sub(told.0) < PAUSE);
    if notifying.held.is_empty() || soon {
        return;
    }
    notifying.told = Some(state.now);
    let held = std::mem::take(&mut notifying.held);
    effects.push(Effect::Notify(said(&held)));
}

/// One search in a sentence with its newest headline; several with their figures.
fn said(held: &[Match]) -> Clean {
    let words = match held {
        [Match { name, many: 1, title }] => format!("{name}: {title}"),
        [Match { name, many, title }] => format!("{name}: {many} new, {title}"),
        several => {
            let each: Vec<String> = several.iter().map(|found| format!("{}: {} new", found.name, found.many)).collect();
            each.join(", ")
        }
    };
    clean!("{}", fit(&words, LONGEST))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::tz::TimeZone;

    use super::*;
    use crate::config::Config;

    fn found(name: &str, many: u64) -> Match {
        Match { name: name.into(), many, title: "The crane has moved".into() }
    }

    /// What is told when these come at that second.
    fn told(state: &mut State, second: i64, matches: Vec<Match>) -> Option<String> {
        state.now = Time(second);
        let mut effects = Vec::new();
        put(state, matches, ArticleId(9), &mut effects);
        effects.into_iter().find_map(|effect| match effect {
            Effect::Notify(words) => Some(words.to_string()),
            _ => None,
        })
    }

    fn state(config: Config) -> State {
        State::new(Arc::new(config), (120, 40), Time(0), TimeZone::UTC).0
    }

    #[test]
    fn what_comes_is_told_at_most_once_a_minute_and_nothing_is_lost() {
        let mut state = state(Config { notify: Notify::Bell, ..Config::default() });
        assert_eq!(told(&mut state, 0, Vec::new()), None);
        assert_eq!(told(&mut state, 1, vec![found("port", 1)]).as_deref(), Some("port: The crane has moved"));
        assert_eq!(told(&mut state, 30, vec![found("port", 2)]), None);
        let later = told(&mut state, 70, vec![found("port", 1), found("grain", 4)]);
        assert_eq!(later.as_deref(), Some("port: 3 new, grain: 4 new"));
        assert_eq!(told(&mut state, 200, Vec::new()), None);
    }

    #[test]
    fn only_the_searches_that_were_chosen() {
        let notify_searches = vec![Clean::new("grain")];
        let mut state = state(Config { notify: Notify::Bell, notify_searches, ..Config::default() });
        assert_eq!(told(&mut state, 0, vec![found("port", 1)]), None);
        assert!(told(&mut state, 1, vec![found("port", 1), found("grain", 1)]).unwrap().starts_with("grain"));
    }

    #[test]
    fn a_long_headline_is_cut() {
        let long = Match { title: Clean::new(&"word ".repeat(100)), ..found("port", 1) };
        assert!(said(&[long]).as_str().chars().count() <= LONGEST);
    }
}
