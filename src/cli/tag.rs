//! `dateline tag`: articles under names of one's own, and `dateline tags`: the names.

use serde::Serialize;

use super::output::{Exit, Outcome};
use super::records::VERSION;
use super::{Context, pick};
use crate::clean;
use crate::model::ArticleId;
use crate::ops::{self, Failure, Kind};
use crate::text::Clean;

/// What became of an article's tag.
#[derive(Serialize)]
struct TaggedRecord<'a> {
    v: u8,
    id: ArticleId,
    tag: &'a Clean,
    /// Whether the article has it now.
    tagged: bool,
    /// Whether that is new.
    changed: bool,
}

/// A tag.
#[derive(Serialize)]
struct TagRecord<'a> {
    v: u8,
    tag: &'a Clean,
    /// Articles that have it.
    articles: u64,
}

/// Gives tags, or takes them away.
pub(super) fn run(context: &mut Context, given: &[String], remove: bool) -> Outcome {
    let (articles, names) = split(given);
    let names: Vec<Clean> =
        names.iter().map(|name| Clean::new(name.trim_start_matches('#'))).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        let failure = Failure::new(Kind::Usage, "no tag is named");
        return Err(failure.hint("first the numbers of articles, then the tags: `dateline tag 123 asia`").into());
    }
    let mut store = context.store()?;
    let (ids, all_there) = pick::present(store.reader(), articles)?;
    for name in &names {
        let name = ops::tags::spelled(store.reader(), name)?;
        let changed = ops::tags::tag(&mut store, &ids, &name, !remove)?;
        for id in &ids {
            let changed = changed.contains(id);
            if context.out.json() {
                context.out.record(&TaggedRecord { v: VERSION, id: *id, tag: &name, tagged: !remove, changed })?;
                continue;
            }
            let what = match (remove, changed) {
                (false, true) => "tagged",
                (false, false) => "was tagged already",
                (true, true) => "no longer tagged",
                (true, false) => "was not tagged",
            };
            context.out.line(&clean!("{} {what} #{name}", id.0))?;
        }
    }
    if all_there { Ok(()) } else { Err(Exit::Said(Kind::NothingFound)) }
}

/// Articles first, then tags: the first word is an article, the last a tag, and between them whatever
/// is a number is an article up to the first that is none.
fn split(given: &[String]) -> (&[String], &[String]) {
    let number = |word: &String| word.strip_prefix('#').unwrap_or(word).parse::<i64>().is_ok();
    let most = given.len().saturating_sub(1);
    let articles = given.iter().skip(1).take_while(|word| number(word)).count() + 1;
    given.split_at(articles.min(most))
}

/// Lists the tags.
pub(super) fn list(context: &mut Context) -> Outcome {
    let tags = ops::tags::list(&context.reader()?)?;
    if tags.is_empty() {
        let failure = Failure::new(Kind::NothingFound, "nothing is tagged");
        return Err(failure.hint("`dateline tag 123 asia` tags an article").into());
    }
    tags.iter().try_for_each(|(tag, articles)| {
        if context.out.json() {
            return context.out.record(&TagRecord { v: VERSION, tag, articles: *articles });
        }
        context.out.line(&clean!("{articles:>5}  {tag}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_stand_before_tags() {
        let split = |words: &str| {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            let (articles, tags) = split(&words);
            (articles.join(" "), tags.join(" "))
        };
        for (given, articles, tags) in [
            ("12 asia", "12", "asia"),
            ("12 #13 asia 2024", "12 #13", "asia 2024"),
            ("12 2024", "12", "2024"),
            ("guid-of-one asia", "guid-of-one", "asia"),
        ] {
            assert_eq!(split(given), (articles.to_owned(), tags.to_owned()), "{given}");
        }
    }
}
