//! What came of adding and importing, in the screen's words.

use crate::app::{Choice, Done, How, Imported, Problem};
use crate::clean;
use crate::feed::Alternate;
use crate::ops::import::{Report, What};
use crate::ops::subscribe::Added;
use crate::text::Clean;

/// What was added; `others` are feeds of the same thing that were found with it.
pub(super) fn added(added: Added, others: Vec<Alternate>) -> Done {
    match added {
        Added::Feed { feed, title, new, .. } => {
            Done::Subscribed { feed, title, new: new as u64, others: others.into_iter().map(choice).collect() }
        }
        Added::Article { article, title, gate, known } => {
            let gate = gate.map(|gate| Problem {
                message: clean!("Saved, but not all of it: {gate}"),
                hint: Some(Clean::new(gate.advice())),
            });
            Done::Saved { article, title, gate, known }
        }
        Added::Choose(found) => Done::Choose(found.into_iter().map(choice).collect()),
    }
}

fn choice(found: Alternate) -> Choice {
    Choice { title: found.title.unwrap_or_else(|| Clean::new(found.link.as_str())), link: found.link }
}

/// What is to be told of single things in a file. Of a page nothing: its debris is left out on
/// purpose, and `dateline extract` shows it.
pub(super) fn rows(report: &Report) -> Vec<Imported> {
    if report.what == What::Page {
        return Vec::new();
    }
    let left_out = report.skipped.iter().map(|skipped| (How::LeftOut(skipped.line), &skipped.why));
    let noted = report.notes.iter().map(|note| (How::Noted, note));
    let feeds = report.feeds.iter().map(|feed| (How::Feed, feed));
    let queries = report.queries.iter().map(|query| (How::Query, query));
    left_out
        .chain(noted)
        .chain(feeds)
        .chain(queries)
        .map(|(how, words)| Imported { how, words: words.clone() })
        .collect()
}
