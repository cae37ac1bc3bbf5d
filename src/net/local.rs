//! What a person named on this machine: the output of a command, the content of a file.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::command::{self, Bounds, Trouble};
use super::error::{Size, Span};
use super::{Answer, Cancel, Client, Error, Local, Output, Unchanged};
use crate::clean;
use crate::model::Validators;
use crate::text::Clean;

impl Client {
    /// Reads a file or runs a command to its end. Blocks.
    pub(super) fn read_local(&self, local: &Local, cancel: &Cancel) -> Result<Answer, Error> {
        let most = self.settings.max_bytes;
        match local {
            Local::File(path, known) => file(path, known, most),
            Local::Command(words) => {
                // It may fetch something itself, so it has the time of a whole answer.
                let bounds = Bounds { time: self.settings.whole, bytes: most };
                let program = Clean::new(words.first().map_or("", String::as_str));
                match command::output(words, bounds, cancel) {
                    Ok(bytes) => Ok(Answer::Local(Output { bytes, validators: Validators::default() })),
                    Err(Trouble::Cancelled) => Err(Error::CommandCancelled(program)),
                    Err(trouble) => Err(Error::Command(program, why(&trouble))),
                }
            }
        }
    }
}

fn why(trouble: &Trouble) -> Clean {
    match trouble {
        Trouble::NotStarted(why) => clean!("it cannot be started: {why}"),
        Trouble::Failed(how) => how.clone(),
        Trouble::TooSlow(after) => clean!("it took longer than {} and was ended", Span(*after)),
        Trouble::TooLarge(most) => clean!("it wrote more than {} and was ended", Size(*most)),
        Trouble::Cancelled => Clean::new("cancelled"),
    }
}

fn file(path: &Path, known: &Validators, most: u64) -> Result<Answer, Error> {
    let failed = |why: Clean| Error::File(clean!("{}", path.display()), why);
    let unreadable = |error: std::io::Error| failed(clean!("{error}"));
    let about = std::fs::metadata(path).map_err(unreadable)?;
    // A pipe or a device might never end.
    if !about.is_file() {
        return Err(failed("it is not a file".into()));
    }
    let modified = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let etag = modified.map(|time| format!("{}-{}", time.as_nanos(), about.len()));
    if etag.is_some() && etag == known.etag {
        return Ok(Answer::NotModified(Unchanged::default()));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(failed(clean!("it is larger than {}", Size(most))));
    }
    Ok(Answer::Local(Output { bytes, validators: Validators { etag, last_modified: None } }))
}
