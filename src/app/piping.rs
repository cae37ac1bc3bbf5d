//! Giving an article to another program: a command typed by the person (`|`), or one of the settings'
//! share targets (`E`).
//!
//! What the person typed is a shell's line, as they mean it. Nothing from outside ever stands in it:
//! the article comes by standard input, its address and headline by the environment or, to a share
//! target, as arguments of their own.

use std::path::Path;
use std::sync::Arc;

use super::effect::{Effect, Question};
use super::goto::{Entry, GoTo, Kind, Target};
use super::overlay::Output;
use super::prompt::{Prompt, Purpose, Wrong};
use super::{State, articles, memory};
use crate::clean;
use crate::model::{Article, ArticleId, Form, Headline, Shelf};
use crate::text::width::fit;
use crate::text::{Clean, CleanText};

/// A program to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is called, for messages.
    pub name: Clean,
    /// How it is started.
    pub how: How,
    /// What it reads.
    pub input: CleanText,
    /// What its environment says besides ours: names and values.
    pub environment: Vec<(&'static str, Clean)>,
    /// It draws on the terminal, which it is lent.
    pub terminal: bool,
}

/// How a program is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// A line that the person typed, for `sh -c`.
    Line(Clean),
    /// A program and its arguments; no shell reads them. Never empty.
    Words(Vec<Clean>),
}

/// What a program came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// What it is called.
    pub name: Clean,
    /// What it wrote, both to its output and its errors; the beginning of it where that was much.
    pub output: CleanText,
    /// Why it did not end well, in words.
    pub failed: Option<Clean>,
}

/// An article written out, for the command that waits for it.
#[derive(Clone, Debug)]
pub struct WrittenOut {
    /// The article.
    pub article: Arc<Article>,
    /// Its text in the form that was asked for.
    pub text: CleanText,
}

/// Columns of a command in messages about it: more would take the place of what is said.
const LONGEST_NAME: usize = 40;

/// Programs that want the terminal, however they are called with.
const INTERACTIVE: [&str; 16] = [
    "less", "more", "most", "bat", "vi", "vim", "nvim", "nano", "emacs", "hx", "kak", "micro", "w3m", "lynx", "fzf",
    "glow",
];

/// A typed line, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Typed<'a> {
    form: Option<Form>,
    terminal: bool,
    command: &'a str,
}

/// Reads `markdown: !less -R`: a form, `!` for a program that wants the terminal, a command.
fn read(line: &str) -> Typed<'_> {
    let mut rest = line.trim();
    let mut form = None;
    if let Some((name, command)) = rest.split_once(':')
        && let Some(named) = Form::named(name)
    {
        (form, rest) = (Some(named), command.trim_start());
    }
    let command = rest.trim_start_matches('!').trim_start();
    // The last of a pipeline is what one sees.
    let last = command.rsplit('|').next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
    let program = Path::new(last).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    Typed { form, terminal: rest.starts_with('!') || INTERACTIVE.contains(&program), command }
}

/// Opens the line for a command.
pub(super) fn open(state: &mut State) {
    if let Some(id) = articles::target(state).map(|row| row.id) {
        state.prompt = Some(Prompt::new(Purpose::Pipe(id), ""));
    }
}

/// Enter: the article is asked for in its form; the command runs when it is there.
pub(super) fn accept(state: &mut State, id: ArticleId, mut prompt: Prompt, effects: &mut Vec<Effect>) {
    let line = prompt.text().trim().to_owned();
    let Typed { form, command, .. } = read(&line);
    if command.is_empty() {
        if !line.is_empty() {
            let message = Clean::new("a command stands here, as in markdown: wc -w");
            prompt.error = Some(Wrong { at: 0..line.len().max(1), message });
            state.prompt = Some(prompt);
        }
        return;
    }
    let line = Clean::new(&line);
    memory::remember(state, Shelf::Pipes, line.clone(), effects);
    let form = form.unwrap_or(state.config.pipe_format);
    state.piping = Some(line);
    state.ask(Question::WrittenOut { id, form }, effects);
}

/// The article is there.
pub(super) fn put(state: &mut State, written: Option<WrittenOut>, effects: &mut Vec<Effect>) {
    let Some(line) = state.piping.take() else { return };
    let Some(WrittenOut { article, text }) = written else {
        return state.say(Clean::new("This article is no longer stored."));
    };
    let Typed { terminal, command, .. } = read(line.as_str());
    let (line, name) = (Clean::new(command), Clean::new(&fit(command, LONGEST_NAME)));
    if !terminal {
        state.say(clean!("Running {name} …"));
        state.running += 1;
    }
    let environment = environment(&article.headline);
    effects.push(Effect::Run(Run { how: How::Line(line), name, input: text, environment, terminal }));
}

/// What programs are told of an article by their environment.
fn environment(row: &Headline) -> Vec<(&'static str, Clean)> {
    let url = row.link.as_ref().map(|link| Clean::new(link.as_str())).unwrap_or_default();
    vec![
        ("DATELINE_ID", clean!("{}", row.id.0)),
        ("DATELINE_URL", url),
        ("DATELINE_TITLE", row.title.clone()),
        ("DATELINE_SOURCE", row.source.clone()),
        ("DATELINE_PUBLISHED", clean!("{}", row.published)),
    ]
}

/// Opens the choice of share targets.
pub(super) fn share(state: &mut State) {
    let Some(row) = articles::target(state) else { return };
    if row.link.is_none() {
        return articles::no_address(state);
    }
    if state.config.shares.is_empty() {
        return state.say(Clean::new("Nothing to share with: [[share]] in the settings names programs."));
    }
    let names = state.config.shares.iter().enumerate();
    let entries = names.map(|(at, share)| Entry::new(share.name.clone(), Kind::Share, Target::Share(at))).collect();
    state.goto = Some(GoTo::among(entries));
    state.prompt = Some(Prompt::new(Purpose::Share, ""));
}

/// Shares the target with the program number `at` of the settings.
pub(super) fn share_with(state: &mut State, at: usize, effects: &mut Vec<Effect>) {
    let Some(row) = articles::target(state) else { return };
    let (Some(link), Some(share)) = (&row.link, state.config.shares.get(at)) else { return };
    let run = Run {
        name: share.name.clone(),
        how: How::Words(share.filled(link.as_str(), row.title.as_str())),
        input: CleanText::default(),
        environment: environment(row),
        terminal: share.terminal,
    };
    let words = clean!("Sharing with {} …", share.name);
    state.running += usize::from(!run.terminal);
    state.say(words);
    effects.push(Effect::Run(run));
}

/// A program has ended: what it wrote is shown, where it wrote anything.
pub(super) fn ran(state: &mut State, ran: Ran) {
    let Ran { name, output, failed } = ran;
    state.running = state.running.saturating_sub(1);
    if output.is_empty() {
        match failed {
            Some(why) => state.complain(super::Problem { message: clean!("{name}: {why}."), hint: None }),
            None => state.say(clean!("{name}: done.")),
        }
        return;
    }
    let title = match &failed {
        Some(why) => clean!("{name}: {why}"),
        None => name,
    };
    state.notice = None;
    state.output = Some(Output::new(title, failed.is_some(), &output));
}

/// Says what a line of this kind is for, where nothing is typed yet.
#[must_use]
pub fn hint(state: &State) -> Clean {
    let form = state.config.pipe_format.name();
    clean!("gets the article as {form}; markdown: json: url: before it gives that instead, !less has the terminal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_apart() {
        let typed = |line| {
            let Typed { form, terminal, command } = read(line);
            (form, terminal, command.to_owned())
        };
        assert_eq!(typed("wc -w"), (None, false, "wc -w".into()));
        assert_eq!(typed(" markdown: grep a:b "), (Some(Form::Markdown), false, "grep a:b".into()));
        assert_eq!(typed("sed s/a:b/c/"), (None, false, "sed s/a:b/c/".into()));
        assert_eq!(typed("url:!mine"), (Some(Form::Url), true, "mine".into()));
        assert_eq!(typed("fold | /usr/bin/less -R"), (None, true, "fold | /usr/bin/less -R".into()));
        assert_eq!(typed("json:"), (Some(Form::Json), false, String::new()));
    }
}
