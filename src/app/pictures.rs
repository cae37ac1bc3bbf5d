//! The pictures of the article on the screen: which are wanted, which are there, and how much room
//! each takes.
//!
//! A picture is asked for when its line comes near: what is stored here at once, and from the network
//! as the person has it (`images` in the settings). When it has come, the text is set anew around it.

use std::collections::HashMap;
use std::sync::Arc;

use super::effect::Effect;
use super::event::Problem;
use super::geometry::{Areas, Pane};
use super::layout::{Plate, Plates};
use super::state::State;
use crate::clean;
use crate::config::{Background, Depth, Images};
use crate::model::{Action, ArticleId, FeedAddress, Frame, Place, Raster, TextKind};
use crate::text::near::is_near;
use crate::text::{Clean, Link};

/// How pictures can be shown here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Means {
    /// Only in words.
    #[default]
    Words,
    /// Painted with halves of cells in so many colours.
    Halves(Depth),
    /// By the terminal itself, whose cells have so many pixels across and down.
    Graphics(u16, u16),
}

/// A picture that is on the screen, or may come there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The number that the terminal knows it by.
    pub id: u32,
    /// Its points and its room.
    pub raster: Raster,
}

/// Pictures that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where they are, each once.
    pub links: Vec<Link>,
    /// The room for each of them.
    pub frame: Frame,
    /// Whether the network may be asked for what is not here.
    pub network: bool,
    /// Whether a stranger named them: then none on this machine or in its network is asked for.
    pub strange: bool,
}

/// What came of a picture that was wanted.
#[derive(Clone, Debug)]
pub struct Came {
    /// Where it is.
    pub link: Link,
    /// The room that it was to take.
    pub frame: Frame,
    /// What came.
    pub outcome: Outcome,
}

/// What can come of a picture.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is here.
    Here(Picture),
    /// It is not stored here, and the network was not to be asked.
    Absent,
    /// It is none to be looked at: a dot that counts readers.
    Nothing,
    /// It cannot be shown: why.
    Unusable(Clean),
}

/// A picture as far as it has come.
#[derive(Clone, Debug)]
struct Held {
    /// The room it was last asked for.
    frame: Frame,
    /// The network may be asked for it.
    network: bool,
    /// An answer is on its way.
    coming: bool,
    stand: Stand,
}

#[derive(Clone, Debug)]
enum Stand {
    Unknown,
    Here(Picture),
    Nothing,
    Unusable(Clean),
}

/// The pictures of the article on the screen.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// How they can be shown.
    pub means: Means,
    /// Whose they are.
    of: Option<(ArticleId, TextKind)>,
    /// The person wants to see those of this article.
    asked_for: bool,
    held: HashMap<Link, Held>,
    plates: Arc<Plates>,
}

impl Pictures {
    /// A picture that is here.
    #[must_use]
    pub fn get(&self, link: &Link) -> Option<&Picture> {
        match &self.held.get(link)?.stand {
            Stand::Here(picture) => Some(picture),
            _ => None,
        }
    }

    /// The numbers of those that are here, in order.
    #[must_use]
    pub fn ids(&self) -> Vec<u32> {
        let here = self.held.values().filter_map(|held| match &held.stand {
            Stand::Here(picture) => Some(picture.id),
            _ => None,
        });
        let mut ids: Vec<u32> = here.collect();
        ids.sort_unstable();
        ids
    }

    /// The room that each takes.
    #[must_use]
    pub fn plates(&self) -> &Arc<Plates> {
        &self.plates
    }
}

/// The plates of an article that has not come yet: none, and the word on how to see pictures.
pub(super) fn none_yet(state: &State) -> Arc<Plates> {
    Arc::new(Plates { of: Vec::new(), offer: offer(state, false) })
}

/// The key that shows pictures, where one has to be pressed.
fn offer(state: &State, asked_for: bool) -> Option<Clean> {
    let asks = state.config.images == Images::Ask && !asked_for && state.pictures.means != Means::Words;
    asks.then(|| key(state))
}

fn key(state: &State) -> Clean {
    let keys = state.config.keys.keys_for(Place::Article, Action::Pictures);
    keys.first().map_or_else(|| Clean::new(Action::Pictures.name()), |keys| Clean::new(&keys.symbol()))
}

/// The room for a picture: as wide as the text, and as high as leaves some text in sight.
fn frame(state: &State, areas: &Areas) -> Option<Frame> {
    /// No picture is higher than this, in rows: a portrait on a tall screen would be nothing but big.
    const HIGHEST: u16 = 36;
    let cell = match state.pictures.means {
        Means::Words => return None,
        Means::Halves(_) => Frame::HALVES,
        Means::Graphics(across, down) => (across.max(1), down.max(1)),
    };
    let ground = match state.background {
        Some(Background::Light) => [0xfb, 0xfa, 0xf6],
        _ => [0x19, 0x19, 0x1b],
    };
    let rows = (areas.text.height * 2 / 3).clamp(3, HIGHEST);
    Some(Frame { columns: areas.text.width.max(1), rows, cell, ground })
}

/// Whether the network may be asked: not while one only passes by in the list.
fn network(state: &State) -> bool {
    let opened = matches!(state.focus, Pane::Article | Pane::Related);
    match state.config.images {
        Images::Auto => opened,
        Images::Ask => state.pictures.asked_for,
        Images::Never => false,
    }
}

/// Sees to what is wanted now, and to the room of what is there. Costs a look at the article's
/// pictures.
pub(super) fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let areas = state.areas();
    let Some((id, kind)) = state.reading.shown.as_ref().map(|shown| (shown.headline.id, shown.article.kind)) else {
        return leave(state, None, effects);
    };
    if state.pictures.of != Some((id, kind)) {
        leave(state, Some((id, kind)), effects);
    }
    if let Some(frame) = frame(state, &areas).filter(|_| areas.article.is_some()) {
        ask(state, frame, effects);
    }
    let plates = plates(state);
    if *state.pictures.plates != plates {
        state.pictures.plates = Arc::new(plates);
    }
}

/// Another article is on the screen, or another text of it.
fn leave(state: &mut State, of: Option<(ArticleId, TextKind)>, effects: &mut Vec<Effect>) {
    let pictures = &mut state.pictures;
    let same_article = pictures.of.map(|(id, _)| id) == of.map(|(id, _)| id);
    pictures.of = of;
    if !same_article {
        pictures.asked_for = false;
        if !pictures.held.is_empty() {
            pictures.held.clear();
            effects.push(Effect::LeavePictures);
        }
    }
}

/// Asks for those that are near and not there as they should be.
fn ask(state: &mut State, frame: Frame, effects: &mut Vec<Effect>) {
    let network = network(state);
    let Some(shown) = &state.reading.shown else { return };
    // A page before and a page after: they come before one gets there.
    let near = shown.top.saturating_sub(shown.height)..shown.top + 2 * shown.height.max(1);
    let held = &state.pictures.held;
    let wanted = |link: &Link| match held.get(link) {
        None => true,
        // What it cannot be shown for does not change with the room.
        Some(Held { stand: Stand::Unusable(_) | Stand::Nothing, .. }) => false,
        Some(held) if held.frame != frame => true,
        Some(held) => matches!(held.stand, Stand::Unknown) && network && !held.network,
    };
    let mut links: Vec<Link> = Vec::new();
    for (link, row) in &shown.laid_out.spots {
        if near.contains(row) && link.is_web() && wanted(link) && !links.contains(link) {
            links.push(link.clone());
        }
    }
    if links.is_empty() {
        return;
    }
    for link in &links {
        let stand = state.pictures.held.remove(link).map_or(Stand::Unknown, |held| held.stand);
        state.pictures.held.insert(link.clone(), Held { frame, network, coming: true, stand });
    }
    let strange = is_strange(state);
    effects.push(Effect::Pictures(Request { links, frame, network, strange }));
}

/// Whether the article came from elsewhere: only who is on this machine, or in its network, may name
/// what lies there.
fn is_strange(state: &State) -> bool {
    let Some(shown) = &state.reading.shown else { return true };
    let feed = state.drawer.sources.feeds.iter().find(|feed| feed.id == shown.headline.feed);
    match feed.map(|feed| &feed.address) {
        Some(FeedAddress::Web(address)) => !is_near(address),
        _ => !shown.headline.link.as_ref().is_some_and(is_near),
    }
}

/// A picture has come, or has not.
pub(super) fn came(state: &mut State, came: Came) {
    let Some(held) = state.pictures.held.get_mut(&came.link).filter(|held| held.frame == came.frame) else { return };
    // That it is not stored here is no answer to whether the network has it.
    if matches!(came.outcome, Outcome::Absent) && held.network {
        return;
    }
    held.coming = false;
    held.stand = match came.outcome {
        Outcome::Here(picture) => Stand::Here(picture),
        Outcome::Absent => Stand::Unknown,
        Outcome::Nothing => Stand::Nothing,
        Outcome::Unusable(why) => Stand::Unusable(why),
    };
}

/// The room of every picture of the article, in reading order.
fn plates(state: &State) -> Plates {
    let pictures = &state.pictures;
    let mut of: Vec<(Link, Plate)> = Vec::new();
    let spots = state.reading.shown.iter().flat_map(|shown| &shown.laid_out.spots);
    for (link, _) in spots {
        let Some(held) = pictures.held.get(link).filter(|_| !of.iter().any(|(known, _)| known == link)) else {
            continue;
        };
        let plate = match &held.stand {
            Stand::Here(Picture { raster, .. }) if raster.columns <= held.frame.columns => {
                Plate::Here { columns: raster.columns, rows: raster.rows }
            }
            Stand::Unusable(why) => Plate::Unusable(why.clone()),
            Stand::Nothing => Plate::Nothing,
            Stand::Here(_) | Stand::Unknown if held.coming && held.network => Plate::Coming,
            Stand::Here(_) | Stand::Unknown => continue,
        };
        of.push((link.clone(), plate));
    }
    Plates { of, offer: offer(state, pictures.asked_for) }
}

/// The person wants to see the pictures of this article.
pub(super) fn show(state: &mut State) {
    let Some(shown) = state.reading.current() else { return };
    let many = shown.laid_out.spots.len();
    if many == 0 {
        return state.say(Clean::new("There are no pictures in this text."));
    }
    if state.pictures.means == Means::Words {
        return state.complain(Problem {
            message: Clean::new("Pictures are given in words here."),
            hint: Some(Clean::new(
                "They need a terminal with colours, and neither NO_COLOR nor linear = true; the browser shows them.",
            )),
        });
    }
    match state.config.images {
        Images::Never => state.complain(Problem {
            message: Clean::new("Pictures are not fetched: images = \"never\" in the settings."),
            hint: Some(clean!("With \"ask\", {} fetches those of one article.", key(state))),
        }),
        Images::Auto => {
            state.say(Clean::new("Pictures are fetched by themselves; a line says where one cannot be shown."));
        }
        Images::Ask => {
            state.pictures.asked_for = true;
            state.focus = Pane::Article;
            state.say(if many == 1 {
                Clean::new("The picture of this article is fetched.")
            } else {
                clean!("The {many} pictures of this article are fetched as they come near.")
            });
        }
    }
}

#[cfg(test)]
mod tests;
