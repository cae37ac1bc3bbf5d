//! Commands that do the same to several things: what fails is said at once and does not stop the
//! others.

use super::Context;
use super::output::{Exit, Outcome, complain};
use super::records::DoneRecord;
use crate::ops::Failure;
use crate::text::Clean;

/// Does `each` to every item. A command given one thing ends as that thing did; of several that
/// failed the first says how the command ends.
pub(super) fn each<T>(
    context: &mut Context,
    items: &[T],
    name: impl Fn(&T) -> Clean,
    mut each: impl FnMut(&mut Context, &T) -> Outcome,
) -> Outcome {
    let mut first = None;
    for item in items {
        match each(context, item) {
            Ok(()) => {}
            Err(exit @ (Exit::PipeClosed | Exit::Ended(_))) => return Err(exit),
            Err(Exit::Said(kind)) => first = first.or(Some(kind)),
            Err(Exit::Failed(failure)) => {
                first = first.or(Some(failure.kind));
                say(context, &name(item), &failure)?;
            }
        }
    }
    first.map_or(Ok(()), |kind| Err(Exit::Said(kind)))
}

/// Says that something failed: to people, and where it was asked for to programs.
fn say(context: &mut Context, name: &Clean, failure: &Failure) -> Outcome {
    if context.out.json() {
        let error = Some(&failure.message);
        context.out.record(&DoneRecord { error, ..DoneRecord::new(name.as_str()) })?;
    }
    // What went well before stands above it on a terminal.
    context.out.flush()?;
    complain(failure);
    Ok(())
}
