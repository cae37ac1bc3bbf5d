//! The file: found, read, and given to [`super::read`].

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use toml::de::DeTable;

use super::complaint::{Complaint, position};
use super::places::Places;
use super::read;
use super::section::Source;
use super::settings::Config;
use crate::clean;
use crate::text::Clean;

/// A configuration with every setting and its default, commented out.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");

/// The largest configuration that is read, in bytes. Ten times the example is generous; more is
/// some other file.
pub const MAX_BYTES: u64 = 1_000_000;

/// Reads the configuration. There need not be one, unless the person named it. Whatever is in it,
/// the settings that come back are whole; what could not be used is in the complaints.
#[must_use]
pub fn load(places: &Places) -> (Config, Vec<Complaint>) {
    let path = &places.config_file;
    let file = clean!("{}", path.display());
    let whole = |message: Clean, hint: &str| {
        let complaint = Complaint { file: file.clone(), at: None, message, hint: Some(Clean::new(hint)) };
        (Config::default(), vec![complaint])
    };
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !places.config_named => return Default::default(),
        Err(error) => {
            return whole(
                clean!("cannot be read: {error}"),
                "the defaults are used; `dateline config path` says where it is looked for",
            );
        }
    };
    if bytes.len() as u64 > MAX_BYTES {
        let hint = "the defaults are used; is it the right file?";
        return whole(clean!("is larger than {} MB", MAX_BYTES / 1_000_000), hint);
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => parse(file, text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let complaint = Complaint {
                file: file.clone(),
                at: Some(position(&before, before.len())),
                message: Clean::new("is not UTF-8 text here"),
                hint: Some(Clean::new("the defaults are used; save the file as UTF-8")),
            };
            (Config::default(), vec![complaint])
        }
    }
}

/// The file, or a little more than [`MAX_BYTES`] of it.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads the text of a configuration. A text that is not TOML gives one complaint and the defaults:
/// half a file might mean the opposite of the whole.
pub(super) fn parse(file: Clean, text: &str) -> (Config, Vec<Complaint>) {
    match DeTable::parse(text) {
        Ok(table) => {
            let mut source = Source::new(file, text);
            let config = read::config(&mut source, table.get_ref());
            source.complaints.sort_by_key(|complaint| complaint.at);
            (config, source.complaints)
        }
        Err(error) => {
            let complaint = Complaint {
                file,
                at: error.span().map(|span| position(text, span.start)),
                message: clean!("is not TOML here: {}", error.message()),
                hint: Some(Clean::new("the defaults are used until this is mended")),
            };
            (Config::default(), vec![complaint])
        }
    }
}

#[cfg(test)]
mod tests;
