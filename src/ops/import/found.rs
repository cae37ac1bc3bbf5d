//! Lists of feeds that other readers keep, for the offer of the first start.

use std::path::{Path, PathBuf};

use crate::feed::newsboat;
use crate::text::charset;

/// Where newsboat keeps its list, from the home directory on.
const PLACES: [&str; 2] = [".newsboat/urls", ".config/newsboat/urls"];

/// A list of feeds that can be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file, as a person would write it: `~/.newsboat/urls`.
    pub path: PathBuf,
    /// The feeds in it.
    pub feeds: usize,
}

/// The first list with feeds that another reader keeps in its usual place under `home`.
#[must_use]
pub fn found(home: &Path) -> Option<Found> {
    PLACES.iter().find_map(|place| {
        let bytes = super::read_file(&home.join(place)).ok()?;
        let feeds = newsboat::parse_urls(&charset::decode(&bytes, None).text).feeds.len();
        (feeds > 0).then(|| Found { path: Path::new("~").join(place), feeds })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_its_usual_place_is_found() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(found(home.path()), None);
        std::fs::create_dir(home.path().join(".newsboat")).unwrap();
        std::fs::write(home.path().join(".newsboat/urls"), "# mine\n").unwrap();
        assert_eq!(found(home.path()), None, "no feed in it");
        std::fs::write(home.path().join(".newsboat/urls"), "https://a.example/feed tag\nhttps://b.example/rss\n")
            .unwrap();
        let wanted = Found { path: PathBuf::from("~/.newsboat/urls"), feeds: 2 };
        assert_eq!(found(home.path()), Some(wanted));
    }
}
