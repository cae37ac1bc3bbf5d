//! `dateline mark`: articles read or unread.

use super::list_args::As;
use super::output::{Exit, Outcome};
use super::records::DoneRecord;
use super::{Context, pick};
use crate::clean;
use crate::ops::{self, Kind};

pub(super) fn run(context: &mut Context, as_what: As, names: &[String]) -> Outcome {
    let mut store = context.store()?;
    let (ids, all_there) = pick::present(store.reader(), names)?;
    let read = as_what == As::Read;
    let changed = ops::mark::read(&mut store, &ids, read)?;
    for id in &ids {
        let what = match (read, changed.contains(id)) {
            (true, true) => "marked read",
            (false, true) => "marked unread",
            (true, false) => "was read already",
            (false, false) => "was unread already",
        };
        if context.out.json() {
            let item = id.0.to_string();
            context.out.record(&DoneRecord { id: Some(id.0), kind: Some(what), ..DoneRecord::new(&item) })?;
        } else {
            context.out.line(&clean!("{} {what}", id.0))?;
        }
    }
    if all_there { Ok(()) } else { Err(Exit::Said(Kind::NothingFound)) }
}
