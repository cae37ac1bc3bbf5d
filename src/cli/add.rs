//! `dateline add`: subscribing to feeds by their addresses, or by those of pages that name them.

use super::output::{Exit, Outcome, say};
use super::records::DoneRecord;
use super::{Context, fetch, items};
use crate::clean;
use crate::feed::Alternate;
use crate::model::{FeedAddress, Validators};
use crate::net::{Ask, Cancel, Net};
use crate::ops::discover;
use crate::ops::subscribe::{self, Added};
use crate::ops::{Failure, Kind};
use crate::store::Store;
use crate::text::{Clean, Link};

pub(super) fn run(context: &mut Context, addresses: &[String]) -> Outcome {
    let net = fetch::net(&context.config)?;
    let mut store = context.store()?;
    let mut added = 0;
    let done = items::each(
        context,
        addresses,
        |typed| Clean::new(typed),
        |context, typed| {
            add(context, &net, &mut store, typed)?;
            added += 1;
            Ok(())
        },
    );
    match done {
        // Some of them are there now: whoever tries again should know.
        Err(Exit::Said(_)) if added > 0 => Err(Exit::Said(Kind::SomeFeeds)),
        done => done,
    }
}

fn add(context: &mut Context, net: &Net, store: &mut Store, typed: &str) -> Outcome {
    let asked = match subscribe::typed(typed)? {
        FeedAddress::Web(link) => link,
        local => return add_local(context, net, store, &local),
    };
    let led = discover::led(&asked, |request| net.fetch(request, &Cancel::new()));
    let others = led.others;
    let asked = led.address;
    match subscribe::take_in(store, &asked, led.answer, &context.config.sites, context.now)? {
        Added::Choose(feeds) => {
            let Some((first, others)) = feeds.split_first() else { return Err(no_feed(&asked).into()) };
            choices(&asked, others);
            match ask(context, net, store, &first.link)? {
                // A page that names itself as its feed.
                Added::Choose(_) => Err(no_feed(&asked).into()),
                added => tell(context, first.link.as_str(), &added),
            }
        }
        added => {
            choices(&asked, &others);
            tell(context, asked.as_str(), &added)
        }
    }
}

/// A command or a file of this machine.
fn add_local(context: &mut Context, net: &Net, store: &mut Store, asked: &FeedAddress) -> Outcome {
    let answer = match subscribe::ask(asked, Validators::default()) {
        Ask::Local(local) => net.read(local, &Cancel::new()),
        Ask::Web(request) => net.fetch(request, &Cancel::new()),
    };
    let added = subscribe::take_in_local(store, asked, answer, context.now)?;
    tell(context, asked.as_str(), &added)
}

fn ask(context: &Context, net: &Net, store: &mut Store, address: &Link) -> Result<Added, Failure> {
    let answer = net.fetch(subscribe::request(address), &Cancel::new());
    subscribe::take_in(store, address, answer, &context.config.sites, context.now)
}

fn no_feed(asked: &Link) -> Failure {
    Failure::new(Kind::Data, clean!("{asked} names a feed that is none")).hint("give the address of the feed itself")
}

/// A page may name several feeds; its first is its main one. The others are listed, so that one can
/// be chosen instead or as well.
fn choices(asked: &Link, others: &[Alternate]) {
    if others.is_empty() {
        return;
    }
    let count = others.len() + 1;
    say(&clean!(
        "dateline: {asked} leads to {count} feeds; the first is taken. `dateline add` with one of these addresses takes another:"
    ));
    for (number, other) in (2..).zip(others) {
        match &other.title {
            Some(title) => say(&clean!("{number}. {} ({title})", other.link)),
            None => say(&clean!("{number}. {}", other.link)),
        }
    }
}

/// Says what was added.
pub(super) fn tell(context: &mut Context, address: &str, added: &Added) -> Outcome {
    let json = context.out.json();
    match added {
        Added::Feed { feed, title, new, known } => {
            if json {
                let record = DoneRecord { title: Some(title), id: Some(feed.0), ..DoneRecord::new(address) };
                return context.out.record(&DoneRecord { kind: Some("feed"), new: Some(*new as u64), ..record });
            }
            let how = if *known { "was subscribed to already" } else { "is subscribed to" };
            context.out.line(&clean!("{title} {how}: {}", counted(*new, "new article")))
        }
        Added::Article { article, title, gate, known } => {
            if json {
                let record = DoneRecord { title: Some(title), id: Some(article.0), ..DoneRecord::new(address) };
                return context.out.record(&DoneRecord { kind: Some("article"), ..record });
            }
            if let Some(gate) = gate {
                say(&clean!("dateline: {address}: {gate}; {}", gate.advice()));
            }
            let how = if *known { "is stored already" } else { "kept as a bookmark (the page names no feed)" };
            context.out.line(&clean!("{} {title}: {how}", article.0))
        }
        Added::Choose(_) => Ok(()),
    }
}

/// `1 article`, `2 articles`.
pub(super) fn counted(count: usize, what: &str) -> Clean {
    clean!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many() {
        assert_eq!(counted(1, "article").as_str(), "1 article");
        assert_eq!(counted(0, "article").as_str(), "0 articles");
    }
}
