//! `dateline search`: what is stored and matches, best first or newest first.

use super::Context;
use super::list::{self, Headlines};
use super::list_args::Sort;
use super::output::Outcome;
use crate::model::{Order, View};
use crate::ops;

pub(super) fn run(context: &mut Context, query: &str, sort: Sort, limit: u32) -> Outcome {
    let order = match sort {
        Sort::Relevance => Order::Relevance,
        Sort::Newest => Order::Newest,
    };
    let reader = context.reader()?;
    let view = View { query: Some(ops::saved::resolve(&reader, query)?), order, ..View::default() };
    let mut writer = Headlines::new(context, &reader)?;
    writer.write_all(&view, limit, context)?;
    if writer.written > 0 {
        return Ok(());
    }
    Err(list::unless_muted(list::nothing(true, ""), &reader, view, context.now)?.into())
}
