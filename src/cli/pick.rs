//! Articles and feeds as they are named on the command line.

use super::output::complain;
use crate::clean;
use crate::model::{ArticleId, Feed};
use crate::ops::{self, Failure, Kind};
use crate::store::Reader;

/// The number of the article that a person names: by its number (`#` may stand before it), or by the
/// name its feed or file gave it.
pub(super) fn article(reader: &Reader, name: &str) -> Result<ArticleId, Failure> {
    ops::read::find(reader, name.strip_prefix('#').unwrap_or(name))
}

/// The articles that `names` mean and that are there; of each of the others it is said that it is
/// not, and the second value is false.
pub(super) fn present(reader: &Reader, names: &[String]) -> Result<(Vec<ArticleId>, bool), Failure> {
    let mut found = Vec::with_capacity(names.len());
    let mut all = true;
    for name in names {
        match article(reader, name) {
            Ok(id) => found.push(id),
            Err(failure) if failure.kind == Kind::NothingFound => {
                all = false;
                complain(&failure);
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok((found, all))
}

/// The feeds that `name` means: the one of that number or address, else all that have it in their
/// title or address, in any case.
pub(super) fn feeds<'a>(feeds: &'a [Feed], name: &str) -> Result<Vec<&'a Feed>, Failure> {
    let exact = |feed: &&Feed| feed.address.as_str() == name || name.parse() == Ok(feed.id.0);
    let part = name.to_lowercase();
    let like = |feed: &&Feed| {
        feed.title.as_str().to_lowercase().contains(&part) || feed.address.as_str().to_lowercase().contains(&part)
    };
    let mut found: Vec<&Feed> = feeds.iter().filter(exact).collect();
    if found.is_empty() && !part.is_empty() {
        found = feeds.iter().filter(like).collect();
    }
    if found.is_empty() {
        return Err(
            Failure::new(Kind::NothingFound, clean!("no feed is called “{name}”")).hint("`dateline feeds` lists them")
        );
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FeedAddress, FeedHealth, FeedId};
    use crate::text::Link;

    #[test]
    fn feeds_by_number_address_or_part() {
        let feed = |id, title: &str, address: &str| Feed {
            id: FeedId(id),
            address: FeedAddress::Web(Link::parse(address).unwrap()),
            title: title.into(),
            site: None,
            description: None,
            lang: None,
            folder: None,
            total: 0,
            unread: 0,
            settings: crate::model::FeedSettings::default(),
            health: FeedHealth::default(),
        };
        let all = [feed(1, "Die Zeit", "https://z.example/1"), feed(2, "Zeitlupe", "https://l.example/")];
        let ids = |name: &str| feeds(&all, name).map(|found| found.iter().map(|f| f.id.0).collect::<Vec<_>>());
        assert_eq!(ids("1").unwrap(), [1], "a number is a number, though an address has it too");
        assert_eq!(ids("zeit").unwrap(), [1, 2]);
        assert_eq!(ids("https://l.example/").unwrap(), [2]);
        assert_eq!(ids("nope").unwrap_err().kind, Kind::NothingFound);
        assert!(ids("").is_err());
    }
}
