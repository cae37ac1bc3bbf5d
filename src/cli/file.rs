//! Files named on the command line; `-` is standard input.

use std::io::{self, Read};
use std::path::Path;

use crate::clean;
use crate::ops::import::{self, MAX_FILE};
use crate::ops::{Failure, Kind};
use crate::text::Clean;

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads a file, or standard input for `-`.
///
/// # Errors
/// If it cannot be read or is larger than [`MAX_FILE`]; a larger file is refused before it is read.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if !is_standard_input(path) {
        return import::read_file(path);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes);
    read.map_err(|error| {
        Failure::new(Kind::Data, clean!("standard input cannot be read: {error}")).hint("name a file instead of -")
    })?;
    if bytes.len() as u64 > MAX_FILE {
        let failure = Failure::new(Kind::Data, clean!("standard input is longer than {} MB", MAX_FILE >> 20));
        return Err(failure.hint("is it the right thing? A page or a feed is far smaller"));
    }
    Ok(bytes)
}

/// Whether the name stands for standard input.
pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// The file as messages call it.
pub(super) fn name(path: &Path) -> Clean {
    if is_standard_input(path) { Clean::new("standard input") } else { clean!("{}", path.display()) }
}
