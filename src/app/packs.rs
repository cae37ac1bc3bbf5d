//! Starter packs: which there are, what is in them, and which of their feeds a person wants. A page
//! over the panes. Nothing is fetched before the person has chosen.

use std::collections::BTreeSet;

use super::stepping::Steps;
use super::{Effect, State};
use crate::clean;
use crate::config::Key;
use crate::model::{Action, FeedAddress, Pack, PackFeed};
use crate::text::Clean;

/// Feeds that were chosen: the name of their pack, and what it says of each.
pub type Chosen = Vec<(Clean, PackFeed)>;

/// The page of starter packs.
#[derive(Clone, Debug)]
pub struct Packs {
    /// The packs.
    pub packs: Vec<Pack>,
    /// The one whose feeds are shown; `None` while the packs are.
    pub open: Option<usize>,
    /// The selected line.
    pub cursor: usize,
    /// The feeds that are wanted: their pack, and their place in it.
    pub marked: BTreeSet<(usize, usize)>,
}

/// How a feed stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not wanted.
    None,
    /// Wanted.
    Wanted,
    /// Subscribed to already.
    Known,
}

impl Packs {
    fn new(packs: Vec<Pack>) -> Self {
        Self { packs, open: None, cursor: 0, marked: BTreeSet::new() }
    }

    /// The pack whose feeds are shown.
    #[must_use]
    pub fn opened(&self) -> Option<&Pack> {
        self.packs.get(self.open?)
    }

    /// Lines that can be selected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.opened().map_or(self.packs.len(), |pack| pack.feeds.len())
    }

    /// Whether there is nothing to select.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many feeds of a pack are wanted.
    #[must_use]
    pub fn wanted_of(&self, pack: usize) -> usize {
        self.marked.range((pack, 0)..(pack + 1, 0)).count()
    }

    fn chosen(&self) -> Chosen {
        let of = |(pack, feed): &(usize, usize)| {
            let pack = self.packs.get(*pack)?;
            Some((pack.name.clone(), pack.feeds.get(*feed)?.clone()))
        };
        self.marked.iter().filter_map(of).collect()
    }
}

/// How the feed number `feed` of the pack number `pack` stands.
#[must_use]
pub fn mark(state: &State, packs: &Packs, pack: usize, feed: usize) -> Mark {
    let address = packs.packs.get(pack).and_then(|pack| pack.feeds.get(feed)).map(|feed| &feed.address);
    let known = |address| {
        state
            .drawer
            .sources
            .feeds
            .iter()
            .any(|known| matches!(&known.address, FeedAddress::Web(link) if link == address))
    };
    match address {
        Some(address) if known(address) => Mark::Known,
        _ if packs.marked.contains(&(pack, feed)) => Mark::Wanted,
        _ => Mark::None,
    }
}

/// Whether the starter packs are a first step here: only the sample is there, so that the key of the
/// unread article before, `p`, is free for them.
#[must_use]
pub fn are_a_first_step(state: &State) -> bool {
    let feeds = &state.drawer.sources;
    state.focus == super::Pane::Headlines && (feeds.only_edition() || feeds.feeds.is_empty())
}

/// What `action` means if `key` asked for it: on the first screen `p` is for the packs.
pub(super) fn meant(state: &State, key: Key, action: Action) -> Action {
    let first = action == Action::PreviousUnread && key.typed() == Some('p') && are_a_first_step(state);
    if first && state.help.is_none() && state.sheet.is_none() { Action::Packs } else { action }
}

/// The key to name for the packs here.
#[must_use]
pub fn key(state: &State) -> Clean {
    let own = state.config.keys.keys_for(state.place(), Action::PreviousUnread);
    let by_p = are_a_first_step(state) && own.iter().any(|keys| keys.to_string() == "p");
    if by_p { Clean::new("p") } else { state.key(Action::Packs) }
}

/// Opens the page.
pub(super) fn open(state: &mut State) {
    state.packs = Some(Packs::new(crate::config::packs()));
}

/// What is asked for while the page is open.
pub(super) fn perform(state: &mut State, action: Action, count: Option<usize>, effects: &mut Vec<Effect>) {
    let Some(mut packs) = state.packs.take() else { return };
    let steps = Steps::over(state, packs.cursor, packs.len());
    match action {
        Action::ReadOn => toggle(state, &mut packs),
        Action::MarkAllRead => toggle_all(state, &mut packs),
        Action::FocusRight if packs.open.is_none() => show(&mut packs),
        Action::Open => {
            if packs.open.is_none() {
                show(&mut packs);
            } else if confirm(state, &mut packs, effects) {
                return;
            }
        }
        Action::Back | Action::FocusLeft if packs.open.is_some() => {
            packs.cursor = packs.open.take().unwrap_or(0);
        }
        Action::Back | Action::Quit | Action::Packs => return,
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        action => packs.cursor = steps.to(action, count).unwrap_or(packs.cursor),
    }
    state.packs = Some(packs);
}

fn show(packs: &mut Packs) {
    (packs.open, packs.cursor) = (Some(packs.cursor), 0);
}

/// Wants the selected feed, or does not any more; of the list of packs, all feeds of the selected one.
fn toggle(state: &State, packs: &mut Packs) {
    let Some(pack) = packs.open else { return toggle_all(state, packs) };
    let feed = (pack, packs.cursor);
    match mark(state, packs, pack, packs.cursor) {
        Mark::Known => return,
        Mark::Wanted => packs.marked.remove(&feed),
        Mark::None => packs.marked.insert(feed),
    };
    packs.cursor = (packs.cursor + 1).min(packs.len().saturating_sub(1));
}

/// Wants all feeds of the pack; none, where all of them are wanted.
fn toggle_all(state: &State, packs: &mut Packs) {
    let at = packs.open.unwrap_or(packs.cursor);
    let feeds = packs.packs.get(at).map_or(0, |pack| pack.feeds.len());
    let with = |packs: &Packs, wanted: Mark| -> Vec<(usize, usize)> {
        (0..feeds).filter(|feed| mark(state, packs, at, *feed) == wanted).map(|feed| (at, feed)).collect()
    };
    let missing = with(packs, Mark::None);
    if missing.is_empty() {
        with(packs, Mark::Wanted).iter().for_each(|feed| {
            packs.marked.remove(feed);
        });
    } else {
        packs.marked.extend(missing);
    }
}

/// Subscribes to what is wanted: the selected feed, where nothing is marked. Says whether there is
/// something.
fn confirm(state: &mut State, packs: &mut Packs, effects: &mut Vec<Effect>) -> bool {
    if packs.marked.is_empty() {
        toggle(state, packs);
    }
    let chosen = packs.chosen();
    if chosen.is_empty() {
        state.say(Clean::new("You are subscribed to that feed already."));
        return false;
    }
    state.say(match chosen.len() {
        1 => Clean::new("Subscribing to 1 feed …"),
        many => clean!("Subscribing to {many} feeds …"),
    });
    state.busy = true;
    effects.push(Effect::Join(chosen));
    true
}

/// Feeds were subscribed to: they are fetched at once, which is what they were chosen for.
pub(super) fn joined(state: &mut State, new: usize, known: usize, effects: &mut Vec<Effect>) {
    let feeds = |count: usize| if count == 1 { "1 feed".to_owned() } else { format!("{count} feeds") };
    let before = if known > 0 { format!(" ({} of them before)", feeds(known)) } else { String::new() };
    let fetching = if new > 0 { ": fetching" } else { "" };
    state.say(clean!("Subscribed to {}{before}{fetching}.", feeds(new + known)));
    if new > 0 {
        // Those that were never asked are due, unless nothing is fetched by itself.
        let which = if state.config.refresh_minutes == 0 { super::Refresh::All } else { super::Refresh::Due };
        super::fetching::begin_or_queue(state, which, effects);
    }
}
