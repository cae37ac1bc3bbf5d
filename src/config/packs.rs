//! The starter packs that come with the program.

use serde::Deserialize;

use crate::model::{Pack, PackFeed};
use crate::text::{Clean, Link};

/// The list, which is built into the program.
const PACKS: &str = include_str!("../../assets/packs.toml");

#[derive(Deserialize)]
struct List {
    pack: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    name: String,
    about: String,
    feeds: Vec<ListedFeed>,
}

#[derive(Deserialize)]
struct ListedFeed {
    title: String,
    url: String,
}

/// The starter packs, in the order in which they are offered. Reads a list of some kilobytes.
#[must_use]
pub fn packs() -> Vec<Pack> {
    // It is part of the program, and a test reads it.
    let list: List = toml::from_str(PACKS).unwrap_or_else(|_| List { pack: Vec::new() });
    list.pack.into_iter().map(pack).collect()
}

fn pack(listed: Listed) -> Pack {
    let feed = |feed: &ListedFeed| Some(PackFeed { title: Clean::new(&feed.title), address: Link::parse(&feed.url)? });
    let feeds = listed.feeds.iter().filter_map(feed).collect();
    Pack { name: Clean::new(&listed.name), about: Clean::new(&listed.about), feeds }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_pack_can_be_read_whole() {
        let list: List = toml::from_str(PACKS).unwrap();
        let packs = packs();
        assert_eq!(packs.len(), list.pack.len());
        let mut addresses = HashSet::new();
        for (pack, listed) in packs.iter().zip(&list.pack) {
            assert_eq!(pack.feeds.len(), listed.feeds.len(), "{}", pack.name);
            assert!((5..=8).contains(&pack.feeds.len()), "{} has {} feeds", pack.name, pack.feeds.len());
            assert!(!pack.about.is_empty());
            for (feed, listed) in pack.feeds.iter().zip(&listed.feeds) {
                assert_eq!(feed.title.as_str(), listed.title);
                assert_eq!(feed.address.as_str(), listed.url, "as it is kept");
                assert!(listed.url.starts_with("https://"), "{}", listed.url);
                assert!(addresses.insert(feed.address.clone()), "{} stands twice", listed.url);
            }
        }
    }
}
