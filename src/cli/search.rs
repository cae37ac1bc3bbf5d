//! `dateline search`: what is stored and matches, best first.

use super::Context;
use super::list::{self, Headlines};
use super::output::Outcome;
use crate::model::View;
use crate::ops;

pub(super) fn run(context: &mut Context, query: &str, limit: u32) -> Outcome {
    let view = View { query: Some(ops::read::query(query)?), ..View::default() };
    let reader = context.reader()?;
    let limit = if limit == 0 { usize::MAX } else { limit as usize };
    let mut writer = Headlines::new(context, &reader)?;
    for headline in ops::read::best(&reader, &view, limit, context.now)? {
        writer.write(&mut context.out, &headline)?;
    }
    if writer.written == 0 { Err(list::nothing(true, "").into()) } else { Ok(()) }
}
