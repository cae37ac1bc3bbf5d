//! What is set for one feed, in one place: full texts, copies, changes, how long it is kept, how often
//! it is fetched. Each turn of a setting is stored at once, and can be undone.

use super::change::Change;
use super::dialog::{Dialog, Line};
use super::effect::{Effect, Question};
use super::{State, articles, feeds};
use crate::clean;
use crate::model::{FeedId, FeedSettings};
use crate::text::Clean;

/// The settings of a feed on the screen.
#[derive(Clone, Debug)]
pub struct FeedPage {
    /// The feed.
    pub feed: FeedId,
    /// What it is called.
    pub title: Clean,
    /// The selected line.
    pub cursor: usize,
    /// How many of its articles the next clean-up would let go, once that is known.
    pub doomed: Option<u64>,
}

/// Days to choose from; 0 is for ever.
const DAYS: [u32; 8] = [7, 14, 30, 90, 180, 365, 1095, 0];

/// Minutes to choose from; 0 is only when asked.
const MINUTES: [u32; 8] = [15, 30, 60, 180, 360, 720, 1440, 0];

const FULL_TEXT: usize = 0;
const COPIES: usize = 1;
const CHANGES: usize = 2;
const KEEP: usize = 3;
const FETCH: usize = 4;

impl FeedPage {
    /// The settings, with what each is now.
    #[must_use]
    pub fn lines(&self, state: &State) -> Vec<Line> {
        let Some(settings) = settings(state, self.feed) else { return Vec::new() };
        let line = |left: &str, right: Clean| Line { left: Clean::new(left), right };
        let either = |on: bool, yes: &str, no: &str| Clean::new(if on { yes } else { no });
        let keep = days(settings.keep_days.unwrap_or(state.config.keep_days));
        let keep = if settings.keep_days.is_none() { clean!("as the others: {keep}") } else { keep };
        let keep = match self.doomed {
            Some(1) => clean!("{keep} · 1 article goes with the next clean-up"),
            Some(doomed) if doomed > 0 => clean!("{keep} · {doomed} articles go with the next clean-up"),
            _ => keep,
        };
        let fetch = minutes(settings.minutes.unwrap_or(state.config.refresh_minutes));
        let fetch = if settings.minutes.is_none() { clean!("as the others: {fetch}") } else { fetch };
        vec![
            line("full text of its articles", either(settings.full_text, "always fetched", "when asked for")),
            line("articles with another’s text", either(settings.fold_copies, "folded under one", "shown")),
            line("an article that has changed", either(settings.unread_on_change, "is unread again", "stays read")),
            line("its articles are kept", keep),
            line("it is fetched", fetch),
        ]
    }
}

fn days(days: u32) -> Clean {
    match days {
        0 => Clean::new("for ever"),
        1 => Clean::new("a day"),
        days if days % 365 == 0 && days > 365 => clean!("{} years", days / 365),
        days => clean!("{days} days"),
    }
}

fn minutes(minutes: u32) -> Clean {
    match minutes {
        0 => Clean::new("only when asked for"),
        1440 => Clean::new("once a day at most"),
        60 => Clean::new("once an hour at most"),
        minutes if minutes % 60 == 0 => clean!("every {} hours at most", minutes / 60),
        minutes => clean!("every {minutes} minutes at most"),
    }
}

fn settings(state: &State, feed: FeedId) -> Option<&FeedSettings> {
    state.drawer.sources.feeds.iter().find(|known| known.id == feed).map(|known| &known.settings)
}

/// Opens the settings of the feed that is meant.
pub(super) fn open(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(feed) = feeds::editable(state) else { return };
    let title = Clean::new(&feeds::name(state, feed));
    state.dialog = Some(Dialog::Feed(FeedPage { feed, title, cursor: 0, doomed: None }));
    ask_doomed(state, feed, effects);
}

fn ask_doomed(state: &mut State, feed: FeedId, effects: &mut Vec<Effect>) {
    let Some(settings) = settings(state, feed) else { return };
    let days = settings.keep_days.unwrap_or(state.config.keep_days);
    state.ask(Question::Doomed { feed, days }, effects);
}

/// How many articles would go.
pub(super) fn put_doomed(state: &mut State, doomed: u64) {
    if let Some(Dialog::Feed(page)) = &mut state.dialog {
        page.doomed = Some(doomed);
    }
}

/// Turns the selected setting on, or back.
pub(super) fn turn(state: &mut State, on: bool, effects: &mut Vec<Effect>) {
    let Some(Dialog::Feed(page)) = &state.dialog else { return };
    let (feed, cursor) = (page.feed, page.cursor);
    let Some(before) = settings(state, feed).cloned() else { return };
    let mut after = before.clone();
    match cursor {
        FULL_TEXT => after.full_text = !after.full_text,
        COPIES => after.fold_copies = !after.fold_copies,
        CHANGES => after.unread_on_change = !after.unread_on_change,
        KEEP => after.keep_days = turned(&DAYS, after.keep_days, on),
        FETCH => after.minutes = turned(&MINUTES, after.minutes, on),
        _ => return,
    }
    articles::change(state, Change::FeedSettings { feed, before, after, asked: true }, effects);
}

/// The next of `choices`, or the one before; before the first and after the last is what holds for
/// the others.
fn turned(choices: &[u32], now: Option<u32>, on: bool) -> Option<u32> {
    let at = now.map(|now| choices.iter().position(|choice| *choice == now).unwrap_or(0));
    match (at, on) {
        (None, true) => choices.first().copied(),
        (None, false) => choices.last().copied(),
        (Some(at), true) => choices.get(at + 1).copied(),
        (Some(at), false) => at.checked_sub(1).and_then(|at| choices.get(at).copied()),
    }
}

/// Shows settings before they are stored.
pub(super) fn show(state: &mut State, feed: FeedId, settings: &FeedSettings) {
    let known = state.drawer.sources.feeds.iter_mut().filter(|known| known.id == feed);
    known.for_each(|known| known.settings = settings.clone());
}

/// Settings are stored.
pub(super) fn stored(
    state: &mut State,
    feed: FeedId,
    (before, after): (&FeedSettings, &FeedSettings),
    effects: &mut Vec<Effect>,
) {
    if before.full_text != after.full_text {
        super::full_text::always_stored(state, feed, after.full_text, effects);
    }
    if before.fold_copies != after.fold_copies {
        super::update::ask_around(state, effects);
    }
    if matches!(&state.dialog, Some(Dialog::Feed(page)) if page.feed == feed) {
        ask_doomed(state, feed, effects);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_turned_through_what_holds_for_the_others() {
        let mut now = None;
        let mut seen = Vec::new();
        for _ in 0..9 {
            now = turned(&DAYS, now, true);
            seen.push(now);
        }
        assert_eq!(seen[0], Some(7));
        assert_eq!(seen[7..], [Some(0), None]);
        assert_eq!(turned(&DAYS, None, false), Some(0));
        assert_eq!(turned(&DAYS, Some(7), false), None);
        assert_eq!(turned(&DAYS, Some(55), true), Some(14), "a number of one’s own is left behind");
    }
}
