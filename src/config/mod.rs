//! Settings: from the file a person may have written to settled values.
//!
//! [`load()`] reads the file and always gives a whole [`Config`]; what it could not use it says in
//! [`Complaint`]s that name the place in the file. [`Keymap`] and [`Theme`] are what the screen
//! needs of it, [`Places`] is where everything lies.

mod access;
mod colors;
mod command;
mod complaint;
mod key;
mod keymap;
mod load;
mod packs;
mod places;
mod presets;
mod read;
mod section;
pub mod session;
mod settings;
mod share;
mod sites;
mod theme;
mod themes;

pub use command::Command;
pub use complaint::Complaint;
pub use key::{BadKey, Key, KeySeq};
pub use keymap::{Keymap, Lookup};
pub use load::{EXAMPLE, MAX_BYTES, load};
pub use packs::packs;
pub use places::{NoHome, Places};
pub use presets::Preset;
pub use settings::{
    Arrows, Config, Fetch, Hyperlinks, Images, MAX_REFRESH_MINUTES, MarkRead, Notify, Related, TextAlign,
};
pub use share::Share;
pub use theme::{Background, Depth, Theme, ThemeChoice};

/// The name among `known` that is most like `wrong`, if one is like enough to be what was meant.
fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this, two names are merely both words.
    const LIKE_ENOUGH: f64 = 0.55;
    known
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(wrong, name), name))
        .filter(|(likeness, _)| *likeness >= LIKE_ENOUGH)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}
