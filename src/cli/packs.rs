//! `dateline packs`: feeds to begin with.

use serde::Serialize;

use super::Context;
use super::output::Outcome;
use crate::clean;
use crate::model::{Pack, PackFeed};
use crate::ops::{self, Failure, Kind};
use crate::text::{Clean, Link};

/// A feed of a pack, as other programs read it.
#[derive(Serialize)]
struct Record<'a> {
    v: u8,
    pack: &'a Clean,
    title: &'a Clean,
    url: &'a Link,
}

/// Lists the packs; with a name, the feeds of one, or subscribes to them.
pub(super) fn run(context: &mut Context, name: Option<&str>, add: bool) -> Outcome {
    let packs = crate::config::packs();
    let Some(name) = name else { return list(context, &packs) };
    let pack = named(&packs, name)?;
    if add { join(context, pack) } else { feeds(context, pack) }
}

/// The pack of that name, or the one that begins so.
fn named<'a>(packs: &'a [Pack], name: &str) -> Result<&'a Pack, Failure> {
    let wanted = name.trim().to_lowercase();
    let low = |pack: &Pack| pack.name.as_str().to_lowercase();
    let begins: Vec<&Pack> = packs.iter().filter(|pack| low(pack).starts_with(&wanted)).collect();
    match (packs.iter().find(|pack| low(pack) == wanted), begins.as_slice()) {
        (Some(pack), _) => Ok(pack),
        (None, [pack]) => Ok(*pack),
        _ => {
            let names: Vec<&str> = packs.iter().map(|pack| pack.name.as_str()).collect();
            let failure = Failure::new(Kind::NothingFound, clean!("there is no starter pack “{name}”"));
            Err(failure.hint(clean!("there are {}", names.join(", "))))
        }
    }
}

fn list(context: &mut Context, packs: &[Pack]) -> Outcome {
    for pack in packs {
        if context.out.json() {
            pack.feeds.iter().try_for_each(|feed| record(context, pack, feed))?;
        } else {
            context.out.line(&clean!("{} ({} feeds): {}", pack.name, pack.feeds.len(), pack.about))?;
        }
    }
    Ok(())
}

fn feeds(context: &mut Context, pack: &Pack) -> Outcome {
    for feed in &pack.feeds {
        if context.out.json() {
            record(context, pack, feed)?;
        } else {
            context.out.line(&clean!("{} {}", feed.address, feed.title))?;
        }
    }
    Ok(())
}

fn record(context: &mut Context, pack: &Pack, feed: &PackFeed) -> Outcome {
    context.out.record(&Record { v: 1, pack: &pack.name, title: &feed.title, url: &feed.address })
}

fn join(context: &mut Context, pack: &Pack) -> Outcome {
    let chosen: Vec<_> = pack.feeds.iter().map(|feed| (pack.name.clone(), feed.clone())).collect();
    let mut store = context.store()?;
    let joined = ops::packs::join(&mut store, &chosen, context.now)?;
    if context.out.json() {
        return pack.feeds.iter().try_for_each(|feed| record(context, pack, feed));
    }
    let known = match joined.known {
        0 => Clean::default(),
        known => clean!(" ({known} were subscribed to already)"),
    };
    context.out.line(&clean!("{}: {} new feeds{known}; `dateline refresh` fetches them", pack.name, joined.new))
}
