//! How well articles are put into stories, and copies told, on articles whose stories are known.
//!
//! `cargo bench --bench stories -- stories FILE...` and `… -- copies FILE...` read articles as JSON
//! lines, `{"id","title","body","published","lang","url"}` with a label: `"story"`, or `"copy"` for the first
//! of the texts that one repeats. Articles without a label take part and are not counted. Given are
//! B-cubed precision, recall and F1 (Bagga and Baldwin 1998), for copies those of pairs as well. Of
//! stories: Dateline as it is, over all; then Dateline and simple online baselines on events held out,
//! each at the threshold that is best for it on the other events, over ten ways to deal the events into
//! halves. Without arguments: the speed of judging.

mod baseline;
mod score;

use std::error::Error;
use std::io::BufRead;
use std::time::Instant;

use dateline::feed::date;
use dateline::model::{ArticleId, StoryId, Time};
use dateline::related::copies::Sketch;
use dateline::related::stories::{Judged, Recent};
use dateline::related::{self, Signature};
use dateline::text::{Lang, language};

/// How many articles are at hand, as in the store.
const AT_HAND: usize = 8_000;

/// An article with what is known of it.
pub(crate) struct Article {
    label: Option<String>,
    published: Time,
    /// By the host of its address.
    source: u64,
    signature: Signature,
    sketch: Sketch,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|given| given != "--bench").collect();
    match arguments.split_first() {
        Some((mode, files)) if mode == "stories" => files.iter().try_for_each(|file| stories(file)),
        Some((mode, files)) if mode == "copies" => files.iter().try_for_each(|file| copies(file)),
        _ => {
            speed();
            Ok(())
        }
    }
}

/// Reads articles, in order of publication.
fn read(file: &str, label: &str) -> Result<Vec<Article>, Box<dyn Error>> {
    let mut articles = Vec::new();
    for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
        let fields: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |name: &str| fields[name].as_str().unwrap_or_default();
        let (title, body) = (text("title"), text("body"));
        let lang =
            language::detect(if body.is_empty() { title } else { body }).or_else(|| Lang::from_code(text("lang")));
        let digest = related::digest(title, body, lang);
        let label = match &fields[label] {
            serde_json::Value::Null => None,
            serde_json::Value::String(label) => Some(label.clone()),
            other => Some(other.to_string()),
        };
        let published = date::parse(text("published")).unwrap_or_default();
        let host = text("url").split('/').nth(2).unwrap_or_default();
        let source = if host.is_empty() { 0 } else { u64::from(related::term(host)) };
        articles.push(Article { label, published, source, signature: digest.signature, sketch: digest.sketch });
    }
    articles.sort_by_key(|article| article.published);
    Ok(articles)
}

/// The stories and the groups of copies that Dateline makes of articles: for each its number.
/// `joins` is the likeness asked, if not the usual.
fn judged(articles: &[Article], joins: Option<f32>) -> (Vec<usize>, Vec<usize>) {
    let mut recent = Recent::default();
    let mut stories: Vec<usize> = Vec::with_capacity(articles.len());
    let mut texts: Vec<usize> = Vec::with_capacity(articles.len());
    for (n, article) in articles.iter().enumerate() {
        let id = ArticleId(n as i64);
        let verdict = match joins {
            Some(joins) => recent.judge_asking(joins, id, &article.signature, article.published, article.source),
            None => recent.judge(id, &article.signature, article.published, article.source),
        };
        let at = |id: ArticleId| usize::try_from(id.0).unwrap_or_default();
        let original = verdict
            .nearest
            .iter()
            .map(|(near, _)| at(*near))
            .find(|near| article.sketch.is_copy_of(&articles[*near].sketch));
        texts.push(original.map_or(n, |original| texts[original]));
        let joins = original.map(|original| StoryId(stories[original] as i64)).or(verdict.joins);
        let story = joins.unwrap_or(StoryId::alone(id));
        stories.push(at(ArticleId(story.0)));
        for from in verdict.merges.into_iter().filter(|from| *from != story) {
            recent.merge(from, story);
            let (from, into) = (at(ArticleId(from.0)), at(ArticleId(story.0)));
            stories.iter_mut().filter(|other| **other == from).for_each(|other| *other = into);
        }
        let (signature, published) = (article.signature.clone(), article.published);
        recent.insert(Judged { article: id, story, published, signature, source: article.source });
        recent.trim(AT_HAND);
    }
    (stories, texts)
}

fn stories(file: &str) -> Result<(), Box<dyn Error>> {
    let articles = read(file, "story")?;
    say(&format!("{file}: {} articles, {} in known stories", articles.len(), labelled(&articles)));
    let began = Instant::now();
    let (stories, _) = judged(&articles, None);
    let took = began.elapsed().as_secs_f64() * 1e6 / articles.len().max(1) as f64;
    let score = score::b_cubed(&articles, &stories, |_| true);
    say(&format!("  {:<34} {score}  ({took:.0} µs an article)", "Dateline as it is, all events"));
    held_out(&articles, "Dateline", |threshold| judged(&articles, Some(threshold)).0);
    let vectors = baseline::vectors(&articles);
    for method in baseline::Method::ALL {
        held_out(&articles, method.name(), |threshold| baseline::cluster(&articles, &vectors, method, threshold));
    }
    Ok(())
}

/// Says how well `cluster` does on events that its threshold was not fitted to.
fn held_out(articles: &[Article], name: &str, cluster: impl Fn(f32) -> Vec<usize>) {
    const DEALS: usize = 10;
    let tried: Vec<(f32, Vec<usize>)> =
        (4..=20).map(|step| step as f32 * 0.02).map(|threshold| (threshold, cluster(threshold))).collect();
    let mut events: Vec<&str> = articles.iter().filter_map(|article| article.label.as_deref()).collect();
    events.sort_unstable();
    events.dedup();
    let mut random = fastrand::Rng::with_seed(5);
    let (mut sum, mut lowest, mut highest) = (score::Score::default(), f32::MAX, 0.0_f32);
    for _ in 0..DEALS {
        random.shuffle(&mut events);
        let (one, other) = events.split_at(events.len() / 2);
        for (fitted, held) in [(one, other), (other, one)] {
            let on =
                |events: &[&str], groups: &[usize]| score::b_cubed(articles, groups, |event| events.contains(&event));
            let best = tried.iter().max_by(|a, b| on(fitted, &a.1).f1().total_cmp(&on(fitted, &b.1).f1()));
            let Some((threshold, groups)) = best else { continue };
            sum.add(&on(held, groups), 1.0 / (2 * DEALS) as f64);
            (lowest, highest) = (lowest.min(*threshold), highest.max(*threshold));
        }
    }
    say(&format!("  {:<34} {sum}  (from {lowest:.2} to {highest:.2})", format!("{name} held out")));
}

fn copies(file: &str) -> Result<(), Box<dyn Error>> {
    let articles = read(file, "copy")?;
    say(&format!("{file}: {} articles, {} with a known original", articles.len(), labelled(&articles)));
    let (_, texts) = judged(&articles, None);
    say(&format!("  {:<34} {}", "groups", score::b_cubed(&articles, &texts, |_| true)));
    say(&format!("  {:<34} {}", "pairs", score::pairs(&articles, &texts)));
    Ok(())
}

fn labelled(articles: &[Article]) -> usize {
    articles.iter().filter(|article| article.label.is_some()).count()
}

/// Judges articles of random words, a tenth of which belong with others.
fn speed() {
    const ARTICLES: usize = 10_000;
    let mut random = fastrand::Rng::with_seed(7);
    let mut articles: Vec<Article> = Vec::with_capacity(ARTICLES);
    for n in 0..ARTICLES {
        let subject = if n % 10 == 0 { n / 200 } else { n + ARTICLES };
        // By Zipf's law some words are in every text; twenty are of the subject.
        let mut words: Vec<String> =
            (0..280).map(|_| format!("w{}", (40_000.0_f64.powf(random.f64())) as u32)).collect();
        words.extend((0..40).map(|word| format!("s{subject}x{}", word % 20)));
        random.shuffle(&mut words);
        let digest = related::digest("", &words.join(" "), Some(Lang::ENGLISH));
        let published = Time(n as i64 * 60);
        articles.push(Article {
            label: None,
            published,
            source: 0,
            signature: digest.signature,
            sketch: digest.sketch,
        });
    }
    let began = Instant::now();
    let (stories, _) = judged(&articles, None);
    let took = began.elapsed();
    let joined = stories.iter().enumerate().filter(|(n, story)| n != *story).count();
    let each = took.as_secs_f64() * 1e6 / ARTICLES as f64;
    say(&format!("{ARTICLES} articles judged, {joined} of them into stories: {each:.0} µs each"));
}

#[expect(clippy::print_stdout, reason = "the answer of a tool")]
fn say(line: &str) {
    println!("{line}");
}
