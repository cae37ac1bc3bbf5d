//! Stories: which articles of the days around tell of the same event, so that a new one joins them.
//!
//! Clustering is online: an article is judged once, when it comes, and the verdict stands; what was
//! read as one story is never dealt out anew. A new article is compared with the *centre* of each
//! story near it: the sum of the unit vectors `(1 + ln tf)^1.5 · idf` of the story's last articles. It
//! joins the nearest, if that is near enough; the longer the story has been silent, the nearer it must
//! be. How rare a word is, is counted over the articles at hand, those of the last days. That words
//! weigh more here than in related news (there `1 + ln tf`) where they stand in the headline or are said
//! again is because those name the event; the rest is what such events are always told with.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Signature;
use super::probe::Probe;
use crate::model::time::DAY;
use crate::model::{ArticleId, StoryId, Time};

mod centre;
mod known;

use centre::Centre;
use known::{Known, named, stressed, unit};

/// For how long a story can be silent and still go on, in seconds. It slides with the story: what
/// counts is the distance to its last articles.
pub const WINDOW: i64 = 7 * DAY;

/// The likeness to a story's centre from which an article joins it on the day of its last article.
/// Measured: see `docs/stories.md`.
const JOINS: f32 = 0.22;

/// By which share of [`JOINS`] more is asked after a silence of a whole [`WINDOW`].
const SILENCE: f32 = 0.4;

/// What more is asked of texts of fewer than [`SHORT`] terms: headlines share words by chance.
const BRIEFLY: f32 = 0.12;
const SHORT: usize = 15;

/// What more is asked of an article that names hardly anything that its story names, where that comes from its
/// own source alone. Reports of an event name who and where; a source's advice, columns and notices share the
/// words of its subject and the way it writes.
const OWN: f32 = 0.3;

/// How many names it must share with an article of the story to be spared that, and how many words a text must
/// have to be asked: a short report of an event may name one place.
const NAMED: usize = 2;
const LONG: u32 = 90;

/// What more is asked before two stories are made one by an article that belongs with both.
const MERGES: f32 = 0.2;

/// How many of a story's last articles make its centre.
const CENTRE: usize = 16;

/// By how many of its heaviest terms an article's neighbours are looked for.
const TERMS: usize = 16;

/// How many neighbours are compared in full.
const CANDIDATES: usize = 24;

/// The most articles that are looked at for one term. Without it a feed of thousands of entries with one
/// title takes the square of its length.
const WALKED: usize = 1024;

/// How many stories are compared by their centre.
const STORIES: usize = 4;

/// What is known of an article that was judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The article.
    pub article: ArticleId,
    /// Its story.
    pub story: StoryId,
    /// When it was published.
    pub published: Time,
    /// Its terms.
    pub signature: Signature,
    /// Who published it, as a number; 0 where that is not known.
    pub source: u64,
}

/// What is to be done with an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The story it joins; `None`: it stands alone.
    pub joins: Option<StoryId>,
    /// The stories that it shows to be the same as that one.
    pub merges: Vec<StoryId>,
    /// The articles most like it, best first, with their likeness from 0 to 1, whenever they were
    /// published: its copies are among them.
    pub nearest: Vec<(ArticleId, f32)>,
}

/// The articles at hand, by their terms.
#[derive(Debug, Default)]
pub struct Recent {
    /// Where in `known` an article is.
    places: FxHashMap<ArticleId, u32>,
    /// The articles, each at its place until it goes; `None` where one has gone.
    known: Vec<Option<Known>>,
    /// The ids of those, side by side: they settle the order of equals.
    ids: Vec<ArticleId>,
    /// The places that are free.
    free: Vec<u32>,
    /// For each term the places of the articles that have it, in the order they came.
    postings: FxHashMap<u32, Vec<u32>>,
    by_time: BTreeSet<(Time, ArticleId)>,
    stories: FxHashMap<StoryId, BTreeSet<(Time, ArticleId)>>,
    /// The centres asked for last, as far as what they are made of is as it was.
    centres: FxHashMap<StoryId, Centre>,
    /// How many articles there were when all were weighed last.
    weighed: usize,
    /// Room to count in, by place; all 0 between questions.
    room: Vec<f32>,
}

impl Recent {
    /// Takes in an article that was judged, in place of what was known of it. Linear in its terms, but
    /// for an occasional weighing of all.
    pub fn insert(&mut self, judged: Judged) {
        self.remove(judged.article);
        let place = self.free.pop().unwrap_or_else(|| {
            self.known.push(None);
            self.ids.push(judged.article);
            self.room.push(0.0);
            (self.known.len() - 1) as u32
        });
        let articles = self.len() as u64 + 1;
        let (terms, stresses) = stressed(&judged.signature);
        let unit = unit(&terms, &stresses, articles, |term| {
            let list = self.postings.entry(term).or_default();
            list.push(place);
            list.len() as u64
        });
        let Judged { article, story, published, source, signature } = judged;
        let names = named(&signature);
        self.by_time.insert((published, article));
        self.stories.entry(story).or_default().insert((published, article));
        self.places.insert(article, place);
        self.ids[place as usize] = article;
        self.known[place as usize] = Some(Known { article, story, published, terms, stresses, unit, source, names });
        // What is rare among ten is not among a thousand.
        if self.len() > self.weighed + self.weighed / 2 + 50 {
            self.weigh();
        }
    }

    /// Forgets an article; nothing happens when it is not known.
    pub fn remove(&mut self, article: ArticleId) {
        let Some(place) = self.places.remove(&article) else { return };
        let Some(old) = self.known.get_mut(place as usize).and_then(Option::take) else { return };
        self.free.push(place);
        let when = (old.published, article);
        self.by_time.remove(&when);
        self.centres.remove(&old.story);
        if let Some(members) = self.stories.get_mut(&old.story) {
            members.remove(&when);
            if members.is_empty() {
                self.stories.remove(&old.story);
            }
        }
        for term in &old.terms {
            if let Some(list) = self.postings.get_mut(term) {
                if let Some(at) = list.iter().position(|other| *other == place) {
                    list.remove(at);
                }
                if list.is_empty() {
                    self.postings.remove(term);
                }
            }
        }
    }

    /// What is known of an article.
    fn get(&self, article: ArticleId) -> Option<&Known> {
        self.known.get(*self.places.get(&article)? as usize)?.as_ref()
    }

    /// Forgets the oldest articles until at most `most` are left.
    pub fn trim(&mut self, most: usize) {
        while self.len() > most
            && let Some((_, article)) = self.by_time.first().copied()
        {
            self.remove(article);
        }
    }

    /// The times of the oldest and the newest article at hand.
    #[must_use]
    pub fn span(&self) -> Option<(Time, Time)> {
        Some((self.by_time.first()?.0, self.by_time.last()?.0))
    }

    /// Makes two stories one.
    pub fn merge(&mut self, from: StoryId, into: StoryId) {
        let Some(moved) = self.stories.remove(&from) else { return };
        self.centres.remove(&from);
        self.centres.remove(&into);
        for (_, article) in &moved {
            let place = self.places.get(article).and_then(|place| self.known.get_mut(*place as usize));
            if let Some(known) = place.and_then(Option::as_mut) {
                known.story = into;
            }
        }
        self.stories.entry(into).or_default().extend(moved);
    }

    /// Who published an article, as a number; 0 where the article or its source is not known.
    #[must_use]
    pub fn source(&self, article: ArticleId) -> u64 {
        self.get(article).map_or(0, |known| known.source)
    }

    /// How many articles are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What is to be done with an article; `source` is who published it, as a number, 0 where that is not
    /// known. Costs some thousand postings and a few dozen comparisons, whatever is stored.
    #[must_use]
    pub fn judge(&mut self, article: ArticleId, signature: &Signature, published: Time, source: u64) -> Verdict {
        self.judge_asking(JOINS, article, signature, published, source)
    }

    /// [`Recent::judge`] with another likeness asked than the usual; for measuring.
    #[must_use]
    pub fn judge_asking(
        &mut self,
        joins: f32,
        article: ArticleId,
        signature: &Signature,
        published: Time,
        source: u64,
    ) -> Verdict {
        let (terms, stresses) = stressed(signature);
        let unit = self.unit(&terms, &stresses);
        let probe = Probe::new(&terms, &unit);
        let nearest = self.nearest(article, &terms, &unit, &probe);
        let mut stories: Vec<StoryId> = Vec::new();
        for (near, _) in &nearest {
            if let Some(known) = self.get(*near)
                && stories.len() < STORIES
                && !stories.contains(&known.story)
                && known.published.0.abs_diff(published.0) <= WINDOW.unsigned_abs()
            {
                stories.push(known.story);
            }
        }
        let long = signature.words() >= LONG && source != 0;
        let own = if long { named(signature).map(|names| (source, names)) } else { None };
        let briefly = if signature.terms().len() < SHORT { BRIEFLY } else { 0.0 };
        let mut fits: Vec<(f32, StoryId)> = Vec::new();
        for story in stories {
            let Some((likeness, silence)) = self.likeness(story, &probe, published) else { continue };
            let own = own.as_ref().is_some_and(|(source, names)| self.is_own(story, published, *source, names));
            let asked = joins * (1.0 + SILENCE * silence) + briefly + if own { OWN } else { 0.0 };
            if likeness >= asked {
                fits.push((likeness - asked, story));
            }
        }
        fits.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut fits = fits.into_iter();
        Verdict {
            joins: fits.next().map(|(_, story)| story),
            merges: fits.filter(|(over, _)| *over >= MERGES).map(|(_, story)| story).collect(),
            nearest,
        }
    }

    /// The articles of a story that make its centre for an article of that time.
    fn centre(&self, story: StoryId, at: Time) -> impl Iterator<Item = &Known> {
        let (from, to) = (Time(at.0.saturating_sub(WINDOW)), Time(at.0.saturating_add(WINDOW)));
        let members = self.stories.get(&story).into_iter();
        let near =
            members.flat_map(move |all| all.range((from, ArticleId(i64::MIN))..=(to, ArticleId(i64::MAX))).rev());
        near.take(CENTRE).filter_map(|(_, article)| self.get(*article))
    }

    /// Whether all of a story comes from this source, and no article of it names what these names name.
    fn is_own(&self, story: StoryId, at: Time, source: u64, names: &[u32]) -> bool {
        let unnamed = |theirs: &[u32]| names.iter().filter(|name| theirs.binary_search(name).is_ok()).count() < NAMED;
        self.centre(story, at).all(|known| known.source == source && known.names.as_deref().is_some_and(unnamed))
    }

    /// How like an article is to the centre of a story, and how long that has been silent, from 0 to 1
    /// for [`WINDOW`].
    fn likeness(&mut self, story: StoryId, of: &Probe<'_>, at: Time) -> Option<(f32, f32)> {
        let centre: Vec<&Known> = self.centre(story, at).collect();
        let silence = centre.iter().map(|known| known.published.0.abs_diff(at.0)).min()?;
        let sum: f32 = centre.iter().map(|known| known.likeness(of)).sum();
        let articles = centre.iter().map(|known| known.article);
        let square = match self.centres.get(&story) {
            Some(kept) if articles.clone().eq(kept.articles.iter().copied()) => kept.square,
            kept => {
                let made = Centre::of(&centre, kept);
                let square = made.square;
                self.centres.insert(story, made);
                square
            }
        };
        Some((sum / square.max(f32::MIN_POSITIVE).sqrt(), silence as f32 / WINDOW as f32))
    }

    /// The articles that share the heaviest terms, most alike first.
    fn nearest(&mut self, article: ArticleId, terms: &[u32], unit: &[f32], probe: &Probe<'_>) -> Vec<(ArticleId, f32)> {
        let mut heaviest: Vec<(f32, u32)> = unit.iter().copied().zip(terms.iter().copied()).collect();
        let heavier = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if heaviest.len() > TERMS {
            heaviest.select_nth_unstable_by(TERMS, heavier);
            heaviest.truncate(TERMS);
        }
        // In a settled order: sums of floats depend on it.
        heaviest.sort_unstable_by(heavier);
        let mut met: Vec<u32> = Vec::new();
        for (weight, term) in heaviest {
            let Some(all) = self.postings.get(&term) else { continue };
            // The latest are enough: a term that more of them share tells little.
            for place in &all[all.len().saturating_sub(WALKED)..] {
                let counted = &mut self.room[*place as usize];
                if *counted == 0.0 {
                    met.push(*place);
                }
                *counted += (weight * weight).max(f32::MIN_POSITIVE);
            }
        }
        let mut near: Vec<(ArticleId, f32)> = Vec::with_capacity(met.len());
        for place in met {
            let score = std::mem::take(&mut self.room[place as usize]);
            near.push((self.ids[place as usize], score));
        }
        near.retain(|(other, _)| *other != article);
        if near.len() > CANDIDATES {
            near.select_nth_unstable_by(CANDIDATES, best_first);
            near.truncate(CANDIDATES);
        }
        for (other, score) in &mut near {
            *score = self.get(*other).map_or(0.0, |other| other.likeness(probe));
        }
        near.sort_unstable_by(best_first);
        near
    }

    /// The weights of an article's terms, of length 1 together.
    fn unit(&self, terms: &[u32], stresses: &[f32]) -> Box<[f32]> {
        let frequency = |term| self.postings.get(&term).map_or(0, |list| list.len() as u64);
        unit(terms, stresses, self.len() as u64 + 1, frequency)
    }

    /// Weighs all terms anew.
    fn weigh(&mut self) {
        self.weighed = self.len();
        self.centres.clear();
        let mut all = std::mem::take(&mut self.known);
        for known in all.iter_mut().flatten() {
            known.unit = self.unit(&known.terms, &known.stresses);
        }
        self.known = all;
    }
}

/// Highest score first, then the newer.
fn best_first(a: &(ArticleId, f32), b: &(ArticleId, f32)) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then(b.0.cmp(&a.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::related::sign;
    use crate::text::Lang;

    const FERRY: [&str; 3] = [
        "The ferry Aldebaran ran aground near Skarholm in thick fog late on Monday, and all 212 people aboard were saved \
         by lifeboats before dawn, the coastguard said. Oil leaks from the hull to the east of the wreck.",
        "Lifeboats saved 212 people from the ferry Aldebaran after it struck rocks near Skarholm in fog. Eleven passengers \
         were treated for the cold, and the coastguard watches the oil that leaks from the wreck.",
        "An inquiry into the wreck of the ferry Aldebaran off Skarholm opens on Thursday. The coastguard is to speak of the \
         lifeboats, the fog and the oil, and the captain of the passengers that were aboard.",
    ];
    const HARVEST: &str = "The harvest in the Wend valley is the poorest since records began, growers say, and blame frost in \
         May. Apples and pears cost twice as much on the market in Tressa, where sellers ration them.";

    /// Judges texts in order, `hours` apart.
    fn judge(texts: &[&str], hours: i64) -> Vec<StoryId> {
        judge_of(texts, hours, 0)
    }

    /// The same, all from one source.
    fn judge_of(texts: &[&str], hours: i64, source: u64) -> Vec<StoryId> {
        let mut recent = Recent::default();
        let mut stories = Vec::new();
        for (n, text) in texts.iter().enumerate() {
            let (article, published) = (ArticleId(n as i64 + 1), Time(n as i64 * hours * 3600));
            let signature = sign("", text, Some(Lang::ENGLISH));
            let verdict = recent.judge(article, &signature, published, source);
            let story = verdict.joins.unwrap_or(StoryId::alone(article));
            verdict.merges.iter().for_each(|from| recent.merge(*from, story));
            recent.insert(Judged { article, story, published, signature, source });
            stories.push(story);
        }
        stories
    }

    #[test]
    fn a_source_alone_tells_a_story_only_where_it_is_plain() {
        let how_to = [
            "Press the arrow keys to walk the list, and the return key to open an article of the list. The slash key \
             searches all articles, and the same key with shift searches the one that is open. A list can be narrowed \
             by a query; what is typed is found in headline, body and source. The space key turns the page, and at its \
             end opens the next article of the list that is unread. Numbers open the links of an article in order. \
             Every key can be changed in the file of settings, and what is typed wrongly there is said with its line. \
             The question mark shows all keys, with what each does where one stands, and looks them up by a word.",
            "Press the letter b to keep an article of the list, and the same key to let it go. Kept articles have a list \
             of their own, which the capital key opens. A kept article stays whole when its feed is gone: text, images \
             and the page it came from are copied into the store. A note can be written to it, and tags; both are found \
             by a query. The list of kept articles sorts by date, source or length, and exports what is selected as one \
             file. Nothing that was kept is ever cleaned up, and what was let go by mistake comes back with the undo key.",
        ];
        assert_eq!(judge_of(&how_to, 1, 0), [1, 1].map(StoryId), "of any two sources they would be one");
        assert_eq!(judge_of(&how_to, 1, 7), [1, 2].map(StoryId));
        assert_eq!(judge_of(&FERRY, 1, 7), [1, 1, 1].map(StoryId), "what is plain stays");
    }

    #[test]
    fn reports_of_one_event_join_and_others_do_not() {
        let stories = judge(&[FERRY[0], HARVEST, FERRY[1], FERRY[2]], 1);
        assert_eq!(stories, [1, 2, 1, 1].map(StoryId));
    }

    /// B-cubed precision and recall of articles of which it is known what belongs together.
    fn b_cubed(events: &[String], stories: &[StoryId]) -> (f64, f64) {
        let (mut precision, mut recall) = (0.0, 0.0);
        for (event, story) in events.iter().zip(stories) {
            let count = |fits: &dyn Fn(&String, StoryId) -> bool| {
                events.iter().zip(stories).filter(|(e, s)| fits(e, **s)).count() as f64
            };
            let both = count(&|e, s| e == event && s == *story);
            precision += both / count(&|_, s| s == *story) / events.len() as f64;
            recall += both / count(&|e, _| e == event) / events.len() as f64;
        }
        (precision, recall)
    }

    #[test]
    fn stories_are_told_in_four_languages() {
        let all: Vec<serde_json::Value> = include_str!("../../tests/fixtures/stories/four-languages.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for lang in ["ru", "de", "es", "fr", ""] {
            let mut recent = Recent::default();
            let (mut events, mut stories) = (Vec::new(), Vec::new());
            for (n, line) in all.iter().enumerate().filter(|(_, line)| lang.is_empty() || line["lang"] == lang) {
                let text = |name: &str| line[name].as_str().unwrap();
                let signature = sign(text("title"), text("body"), Lang::from_code(text("lang")));
                let published: jiff::Timestamp = text("published").parse().unwrap();
                let (article, published) = (ArticleId(n as i64), Time(published.as_second()));
                let verdict = recent.judge(article, &signature, published, 0);
                let story = verdict.joins.unwrap_or(StoryId::alone(article));
                for from in &verdict.merges {
                    recent.merge(*from, story);
                    stories.iter_mut().filter(|other| *other == from).for_each(|other| *other = story);
                }
                recent.insert(Judged { article, story, published, signature, source: 0 });
                stories.push(story);
                events.push(text("story").to_owned());
            }
            let (precision, recall) = b_cubed(&events, &stories);
            assert!(precision > 0.9 && recall > 0.85, "{lang}: {precision:.3} {recall:.3}");
        }
    }

    #[test]
    fn a_story_that_was_silent_too_long_is_over() {
        assert_eq!(judge(&[FERRY[0], FERRY[1]], 24 * 8), [1, 2].map(StoryId));
    }

    #[test]
    fn what_is_forgotten_is_gone() {
        let mut recent = Recent::default();
        for n in 0..200 {
            let signature = sign("", &format!("{} {n}", FERRY[n as usize % 3]), Some(Lang::ENGLISH));
            recent.insert(Judged {
                article: ArticleId(n),
                story: StoryId(n % 7),
                published: Time(n),
                signature,
                source: 0,
            });
        }
        recent.trim(20);
        assert_eq!((recent.len(), recent.span()), (20, Some((Time(180), Time(199)))));
        recent.merge(StoryId(1), StoryId(2));
        recent.trim(0);
        assert!(
            recent.is_empty() && recent.postings.is_empty() && recent.stories.is_empty() && recent.span().is_none()
        );
    }
}
