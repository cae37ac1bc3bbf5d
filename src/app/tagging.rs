//! Tags: the line that gives an article tags and takes them away.

use std::ops::Range;
use std::sync::Arc;

use super::completion::{Offers, written};
use super::effect::Effect;
use super::prompt::{Prompt, Purpose, Wrong};
use super::{Change, State, articles};
use crate::clean;
use crate::model::ArticleId;
use crate::text::Clean;
use crate::text::fold::fold;

/// A tag that a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    /// Where it stands, in bytes of the line.
    at: Range<usize>,
    name: Clean,
    /// Given, or (with a `-` before it) taken away.
    give: bool,
}

/// Opens the line for the target.
pub(super) fn open(state: &mut State) {
    let Some(id) = articles::target(state).map(|row| row.id) else { return };
    state.prompt = Some(Prompt::new(Purpose::Tag(id), ""));
}

/// The tags of an article that is on the screen.
#[must_use]
pub fn standing(state: &State, id: ArticleId) -> Vec<Clean> {
    articles::shown(state, id).map(|row| row.tags.clone()).unwrap_or_default()
}

/// Tags as they are shown: `#asia #to read`.
#[must_use]
pub fn said(tags: &[Clean]) -> Clean {
    let tags: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
    Clean::new(&tags.join(" "))
}

/// What may stand at byte `at` of the line (on a character border): known tags that the article does
/// not have or, after a `-`, those that it has. `None` where there is none. Linear in the tags.
#[must_use]
pub fn offers(line: &str, at: usize, known: &[Clean], standing: &[Clean]) -> Option<Offers> {
    let start = words(&line[..at]).last().filter(|word| word.end == at).map_or(at, |word| word.start);
    let begun = &line[start..at];
    let (head, begun) = begun.strip_prefix('-').map_or(("", begun), |rest| ("-", rest));
    let wanted = fold(begun.trim_matches('"'));
    let pool = if head.is_empty() { known } else { standing };
    let fits = |tag: &&Clean| {
        (head == "-" || !standing.contains(tag))
            && fold(tag.as_str()).split_whitespace().any(|part| part.starts_with(&wanted))
    };
    let whole = |tag: &&Clean| fold(tag.as_str()).starts_with(&wanted);
    let (first, others): (Vec<&Clean>, Vec<&Clean>) = pool.iter().filter(fits).partition(whole);
    let words: Vec<String> = first.into_iter().chain(others).map(|tag| written(tag.as_str())).collect();
    (!words.is_empty()).then(|| Offers { place: start..at, head: head.to_owned(), words })
}

/// The places of the words of a line: between white space and commas, unless in quotation marks.
fn words(line: &str) -> Vec<Range<usize>> {
    let (mut words, mut start, mut quoted) = (Vec::new(), None, false);
    for (at, c) in line.char_indices() {
        if !quoted && (c.is_whitespace() || c == ',') {
            words.extend(start.take().map(|start| start..at));
            continue;
        }
        quoted ^= c == '"';
        start = start.or(Some(at));
    }
    words.extend(start.map(|start| start..line.len()));
    words
}

/// The tags that a line names, with what is to become of each.
fn read(line: &str) -> Vec<Named> {
    let named = |at: Range<usize>| {
        let word = &line[at.clone()];
        let (give, word) = word.strip_prefix('-').map_or((true, word), |rest| (false, rest));
        let name = Clean::new(&word.trim_start_matches('#').replace('"', ""));
        (!name.is_empty()).then_some(Named { at, name, give })
    };
    words(line).into_iter().filter_map(named).collect()
}

/// The tags that an article has once the line is done. A name that is known is spelled as it is known.
fn after(named: &[Named], known: &[Clean], standing: &[Clean]) -> Result<Vec<Clean>, Wrong> {
    let mut tags = standing.to_vec();
    for Named { at, name, give } in named {
        let same = |tag: &&Clean| fold(tag.as_str()) == fold(name.as_str());
        let has = tags.iter().position(|tag| same(&tag));
        match (give, has) {
            (true, None) => tags.push(known.iter().find(same).unwrap_or(name).clone()),
            (true, Some(_)) => {}
            (false, Some(at)) => drop(tags.remove(at)),
            (false, None) => {
                return Err(Wrong { at: at.clone(), message: clean!("the article has no tag “{name}”") });
            }
        }
    }
    tags.sort();
    Ok(tags)
}

/// The line is done. One that takes away what is not there stays, with what is wrong with it.
pub(super) fn typed(state: &mut State, id: ArticleId, mut prompt: Prompt, effects: &mut Vec<Effect>) {
    let before = standing(state, id);
    match after(&read(prompt.text()), &state.drawer.sources.tags, &before) {
        Ok(after) if after == before => {}
        Ok(after) => {
            let undo = state.key(crate::model::Action::Undo);
            let said =
                if after.is_empty() { Clean::new("No tags any more.") } else { clean!("Tagged {}.", said(&after)) };
            let change = Change::Tags { id, before: before.into(), after: Arc::from(after), asked: true };
            articles::change(state, change, effects);
            state.say(clean!("{said} {undo} takes it back."));
        }
        Err(wrong) => {
            prompt.error = Some(wrong);
            state.prompt = Some(prompt);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(names: &[&str]) -> Vec<Clean> {
        names.iter().map(|name| Clean::new(name)).collect()
    }

    #[test]
    fn a_line_gives_and_takes_several() {
        let known = tags(&["Asia", "to read", "grain"]);
        let done = |line: &str, standing: &[&str]| after(&read(line), &known, &tags(standing));
        assert_eq!(done("asia, energy", &[]).unwrap(), tags(&["Asia", "energy"]));
        assert_eq!(done("\"to read\" -grain", &["grain"]).unwrap(), tags(&["to read"]));
        assert_eq!(done("ASIA #asia", &["Asia"]).unwrap(), tags(&["Asia"]));
        assert_eq!(done(" , \"\" - ", &["Asia"]).unwrap(), tags(&["Asia"]));
        let wrong = done("asia -oil", &[]).unwrap_err();
        assert_eq!((wrong.at, wrong.message.as_str()), (5..9, "the article has no tag “oil”"));
    }

    #[test]
    fn known_tags_are_offered() {
        let (known, standing) = (tags(&["asia", "to read", "trade"]), tags(&["trade"]));
        let offered = |line: &str| {
            let put = |offers: Offers| {
                let put = |word: &String| format!("{}{}{word}", &line[..offers.place.start], offers.head);
                offers.words.iter().map(put).collect::<Vec<_>>()
            };
            offers(line, line.len(), &known, &standing).map(put).unwrap_or_default()
        };
        assert_eq!(offered(""), ["asia", "\"to read\""]);
        assert_eq!(offered("asia r"), ["asia \"to read\""]);
        assert_eq!(offered("asia,\"to"), ["asia,\"to read\""]);
        assert_eq!(offered("-"), ["-trade"]);
        assert_eq!(offered("zz"), [""; 0]);
    }
}
