//! `dateline config`: what the configuration says, where it is, what is wrong with it.

use serde::Serialize;

use super::Context;
use super::keep_args::ConfigCommand;
use super::output::{Exit, Outcome};
use crate::clean;
use crate::config::{Complaint, EXAMPLE};
use crate::ops::Kind;
use crate::text::{Clean, CleanText};

pub(super) fn run(context: &mut Context, what: Option<ConfigCommand>) -> Outcome {
    match what.unwrap_or(ConfigCommand::Check) {
        ConfigCommand::Default => context.out.text(&CleanText::new(EXAMPLE.trim_end())),
        ConfigCommand::Path => {
            let path = clean!("{}", context.places.config_file.display());
            if context.out.json() {
                context.out.record(&PathRecord { v: 1, path: &path })
            } else {
                context.out.line(&path)
            }
        }
        ConfigCommand::Check => check(context),
    }
}

fn check(context: &mut Context) -> Outcome {
    let Context { out, complaints, places, .. } = context;
    for complaint in complaints.iter() {
        if out.json() {
            out.record(&ComplaintRecord::new(complaint))?;
        } else {
            out.line(&clean!("{complaint}"))?;
            if let Some(hint) = &complaint.hint {
                out.line(&clean!("hint: {hint}"))?;
            }
        }
    }
    if !complaints.is_empty() {
        return Err(Exit::Said(Kind::Usage));
    }
    let file = places.config_file.display();
    if out.json() {
        Ok(())
    } else if places.config_file.exists() {
        out.line(&clean!("{file}: nothing to complain about"))
    } else {
        out.line(&clean!("{file}: there is none, so the defaults are used; `dateline config default` prints them"))
    }
}

#[derive(Serialize)]
struct PathRecord<'a> {
    v: u8,
    path: &'a Clean,
}

#[derive(Serialize)]
struct ComplaintRecord<'a> {
    v: u8,
    file: &'a Clean,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a Clean,
    hint: Option<&'a Clean>,
}

impl<'a> ComplaintRecord<'a> {
    fn new(complaint: &'a Complaint) -> Self {
        Self {
            v: 1,
            file: &complaint.file,
            line: complaint.at.map(|(line, _)| line),
            column: complaint.at.map(|(_, column)| column),
            message: &complaint.message,
            hint: complaint.hint.as_ref(),
        }
    }
}
