//! The list of feeds as a plain file, around the commands that change it. What goes wrong with it is
//! said and keeps no command from doing its work.

use super::Context;
use super::output::{complain, say};
use crate::clean;
use crate::ops;

/// Takes in what others have added to the file.
pub(super) fn read(context: &Context) {
    let file = context.places.feeds();
    // Most often there is none, or not even a store.
    if !context.config.mirror_feeds || !file.exists() {
        return;
    }
    let taken = context.store().and_then(|mut store| ops::mirror::read(&mut store, &file, context.now));
    match taken {
        Ok(taken) => {
            if let Some(said) = taken.and_then(|taken| taken.said()) {
                say(&clean!("dateline: {said}"));
            }
        }
        Err(failure) => complain(&failure),
    }
}

/// Writes the file, if the list is another now.
pub(super) fn write(context: &Context) {
    if !context.config.mirror_feeds || !context.places.database().exists() {
        return;
    }
    let written = context.store().and_then(|mut store| ops::mirror::write(&mut store, &context.places.feeds()));
    if let Err(failure) = written {
        complain(&failure);
    }
}
