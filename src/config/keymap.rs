//! Which key does what where.
//!
//! Every [`Place`] has bindings of its own and falls back to [`Place::Anywhere`]; a place's own
//! bindings always win. Keys that a sequence begins with wait for the rest of it, so within one
//! place no binding may begin with another: [`Keymap::bind`] sees to that.

use super::key::{Key, KeySeq};
use super::presets::{self, Preset};
use super::settings::Arrows;
use crate::model::{Action, Place};

/// What a press means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The keys mean this.
    Action(Action),
    /// They are the beginning of a longer sequence.
    Prefix,
    /// They mean nothing here.
    None,
}

/// Which key does what where.
#[derive(Clone, Debug, PartialEq)]
pub struct Keymap {
    /// By the order of [`Place::ALL`].
    places: [Vec<Binding>; Place::ALL.len()],
}

/// One binding. `None` unbinds the keys here, so that those of [`Place::Anywhere`] are not asked.
#[derive(Clone, Debug, PartialEq)]
struct Binding {
    keys: KeySeq,
    action: Option<Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::preset(Preset::default(), Arrows::default())
    }
}

impl Keymap {
    /// The bindings of a preset, with the arrow keys of the article pane doing what `arrows` says.
    #[must_use]
    pub fn preset(preset: Preset, arrows: Arrows) -> Self {
        let mut map = Self { places: Default::default() };
        for table in presets::tables(preset) {
            for (place, bindings) in *table {
                for (keys, action) in *bindings {
                    map.bind(*place, presets::parse(keys), Some(*action));
                }
            }
        }
        if arrows == Arrows::Scroll {
            map.bind(Place::Article, presets::parse("down"), Some(Action::LineDown));
            map.bind(Place::Article, presets::parse("up"), Some(Action::LineUp));
        }
        map
    }

    /// Binds `keys` in `place`, or with `None` takes their meaning away there. Bindings of the same
    /// place that could no longer be reached (`g` beside `g g`) go.
    pub fn bind(&mut self, place: Place, keys: KeySeq, action: Option<Action>) {
        let own = &mut self.places[index(place)];
        if let Some(same) = own.iter_mut().find(|binding| binding.keys == keys) {
            // In its old position: help and the status line show the first key first.
            same.action = action;
            return;
        }
        own.retain(|binding| !binding.keys.collides(&keys));
        own.push(Binding { keys, action });
    }

    /// What `keys`, all that was pressed since the last action, mean in `place`.
    /// Looks through the place's bindings and those of [`Place::Anywhere`]: some tens of them.
    #[must_use]
    pub fn lookup(&self, place: Place, keys: &[Key]) -> Lookup {
        for bindings in self.layers(place) {
            // Within one place nothing begins with another, so the first that fits is the only one.
            for binding in bindings {
                if binding.keys.keys() == keys {
                    return binding.action.map_or(Lookup::None, Lookup::Action);
                }
                if !keys.is_empty() && binding.keys.keys().starts_with(keys) {
                    return Lookup::Prefix;
                }
            }
        }
        Lookup::None
    }

    /// The keys that do `action` in `place`, the one to show first; those of [`Place::Anywhere`]
    /// are among them unless the place gives them another meaning.
    #[must_use]
    pub fn keys_for(&self, place: Place, action: Action) -> Vec<KeySeq> {
        let own = &self.places[index(place)];
        let reachable = |i: usize, keys: &KeySeq| i == 0 || !own.iter().any(|mine| mine.keys.collides(keys));
        let mut found = Vec::new();
        for (i, bindings) in self.layers(place).enumerate() {
            for binding in bindings {
                if binding.action == Some(action) && reachable(i, &binding.keys) {
                    found.push(binding.keys.clone());
                }
            }
        }
        found
    }

    /// The bindings asked for `place`, in order.
    fn layers(&self, place: Place) -> impl Iterator<Item = &[Binding]> {
        let below = (place != Place::Anywhere).then_some(Place::Anywhere);
        std::iter::once(place).chain(below).map(|place| self.places[index(place)].as_slice())
    }

    /// The bindings that stand in `place` itself, as the configuration writes them.
    #[cfg(test)]
    pub(super) fn own(&self, place: Place) -> Vec<(String, Option<Action>)> {
        self.places[index(place)].iter().map(|binding| (binding.keys.to_string(), binding.action)).collect()
    }
}

/// Where a place stands in [`Place::ALL`].
fn index(place: Place) -> usize {
    match place {
        Place::Anywhere => 0,
        Place::Headlines => 1,
        Place::Article => 2,
        Place::Related => 3,
        Place::Sources => 4,
        Place::Page => 5,
        Place::Help => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(map: &Keymap, place: Place, keys: &str) -> Lookup {
        map.lookup(place, keys.parse::<KeySeq>().unwrap().keys())
    }

    fn keys(map: &Keymap, place: Place, action: Action) -> Vec<String> {
        map.keys_for(place, action).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn places_are_indexed_in_their_order() {
        for (i, place) in Place::ALL.into_iter().enumerate() {
            assert_eq!(index(place), i);
        }
    }

    #[test]
    fn a_place_wins_over_anywhere() {
        let map = Keymap::default();
        assert_eq!(press(&map, Place::Headlines, "j"), Lookup::Action(Action::Next));
        assert_eq!(press(&map, Place::Article, "j"), Lookup::Action(Action::LineDown));
        assert_eq!(press(&map, Place::Article, "b"), Lookup::Action(Action::Bookmark));
        assert_eq!(press(&map, Place::Article, "ctrl-q"), Lookup::None);
        assert_eq!(map.lookup(Place::Article, &[]), Lookup::None);
    }

    #[test]
    fn arrows_walk_related_or_scroll() {
        let related = Keymap::preset(Preset::Default, Arrows::Related);
        let scroll = Keymap::preset(Preset::Default, Arrows::Scroll);
        assert_eq!(press(&related, Place::Article, "down"), Lookup::Action(Action::RelatedNext));
        assert_eq!(press(&scroll, Place::Article, "down"), Lookup::Action(Action::LineDown));
        assert_eq!(press(&scroll, Place::Article, "J"), Lookup::Action(Action::RelatedNext));
    }

    #[test]
    fn sequences_wait_and_replace_what_they_hide() {
        let mut map = Keymap::default();
        map.bind(Place::Anywhere, "g g".parse().unwrap(), Some(Action::First));
        assert_eq!(press(&map, Place::Headlines, "g"), Lookup::Prefix);
        assert_eq!(press(&map, Place::Headlines, "g g"), Lookup::Action(Action::First));
        assert_eq!(press(&map, Place::Headlines, "g x"), Lookup::None);
        assert_eq!(keys(&map, Place::Headlines, Action::First), ["home", "g g"]);
        map.bind(Place::Anywhere, "g".parse().unwrap(), Some(Action::Last));
        assert_eq!(press(&map, Place::Headlines, "g"), Lookup::Action(Action::Last));
        assert_eq!(press(&map, Place::Headlines, "g g"), Lookup::None);
    }

    #[test]
    fn a_sequence_in_a_place_hides_the_key_from_anywhere() {
        let mut map = Keymap::default();
        map.bind(Place::Article, "b b".parse().unwrap(), Some(Action::Bookmark));
        assert_eq!(press(&map, Place::Article, "b"), Lookup::Prefix);
        assert_eq!(keys(&map, Place::Article, Action::Bookmark), ["b b"]);
        assert_eq!(keys(&map, Place::Headlines, Action::Bookmark), ["b"]);
    }

    #[test]
    fn unbound_is_not_looked_up_further() {
        let mut map = Keymap::default();
        map.bind(Place::Headlines, "b".parse().unwrap(), None);
        assert_eq!(press(&map, Place::Headlines, "b"), Lookup::None);
        assert_eq!(keys(&map, Place::Headlines, Action::Bookmark), Vec::<String>::new());
        assert_eq!(press(&map, Place::Article, "b"), Lookup::Action(Action::Bookmark));
    }
}
