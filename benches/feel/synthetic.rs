//! Stores of any size that look like a news reader's: words by Zipf's law, several sources on the
//! same events, names that recur, bodies of a few hundred words, a year of time.
//!
//! The same seed gives the same store.

use std::path::Path;

use dateline::model::{Document, FeedAddress, FeedId, NewArticle, Time};
use dateline::store::{NewFeed, Safety, Store};
use dateline::text::{Clean, Link};
use fastrand::Rng;

/// Distinct words of the language.
const VOCABULARY: usize = 60_000;

/// Feeds that the articles are shared out among.
pub const FEEDS: usize = 500;

/// Articles stored in one transaction, as a refresh of one feed brings them.
const BATCH: usize = 200;

/// Words and names to write news with.
pub struct Language {
    words: Vec<String>,
    names: Vec<String>,
}

impl Language {
    /// The language of a seed.
    pub fn new(seed: u64) -> Self {
        const ONSETS: [&str; 18] =
            ["b", "br", "c", "d", "dr", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v"];
        const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
        const ENDS: [&str; 9] = ["", "n", "r", "s", "l", "t", "nd", "ck", "m"];
        let mut rng = Rng::with_seed(seed);
        let mut word = |syllables: usize| -> String {
            (0..syllables)
                .map(|_| format!("{}{}{}", ONSETS[rng.usize(..18)], VOWELS[rng.usize(..8)], ENDS[rng.usize(..9)]))
                .collect()
        };
        // Common words are short.
        let words = (0..VOCABULARY).map(|rank| word(1 + (rank > 300) as usize + (rank > 9_000) as usize)).collect();
        let names = (0..4_000).map(|_| capitalised(&word(2))).collect();
        Self { words, names }
    }

    /// A word of the language: the word of rank r comes up about 1/r as often as the first.
    fn word(&self, rng: &mut Rng) -> &str {
        let rank = (VOCABULARY as f64).powf(rng.f64()) as usize;
        &self.words[rank.min(VOCABULARY - 1)]
    }
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// The article number `n` of `total`, the oldest first, up to the moment `now`.
pub fn article(language: &Language, n: usize, total: usize, now: Time, words: Option<usize>) -> NewArticle {
    // About nine articles to an event, near one another in time.
    let event = n / 9 + Rng::with_seed(n as u64).usize(..4);
    let mut about = Rng::with_seed(0x5EED ^ event as u64);
    let names: Vec<&str> = (0..4).map(|_| language.names[about.usize(..language.names.len())].as_str()).collect();
    let subject: Vec<&str> = (0..14).map(|_| language.words[about.usize(400..VOCABULARY)].as_str()).collect();
    let mut rng = Rng::with_seed(n as u64 + 1);
    let any = |rng: &mut Rng| match rng.u8(..10) {
        0 => names[rng.usize(..4)].to_owned(),
        1 | 2 => subject[rng.usize(..14)].to_owned(),
        _ => language.word(rng).to_owned(),
    };
    let sentence = |rng: &mut Rng, words: usize| -> String {
        let words: Vec<String> = (0..words).map(|_| any(rng)).collect();
        capitalised(&words.join(" "))
    };
    let title =
        format!("{} {} {}", names[rng.usize(..4)], subject[rng.usize(..14)], sentence(&mut rng, 5).to_lowercase());
    let wanted = words.unwrap_or_else(|| 120 + rng.usize(..520));
    let mut paragraphs = Vec::new();
    let mut written = 0;
    while written < wanted {
        let sentences: Vec<String> = (0..3).map(|_| sentence(&mut rng, 17) + ".").collect();
        written += 51;
        paragraphs.push(sentences.join(" "));
    }
    let age = (total - n) as i64 * (365 * 86_400) / total as i64;
    NewArticle {
        guid: Clean::new(&format!("synthetic-{n}")),
        title: Clean::new(&title),
        link: Link::parse(&format!("https://source{}.example/{n}", n % FEEDS)),
        published: Some(Time(now.0 - age)),
        lang: Some("en".into()),
        document: Document::from_paragraphs(paragraphs.iter().map(String::as_str)),
        ..NewArticle::default()
    }
}

/// Makes the store in `directory` unless it is there. The newest article has 5,000 words.
pub fn store(directory: &Path, total: usize, now: Time) {
    let done = directory.join(format!("complete-{total}"));
    if done.exists() {
        return;
    }
    std::fs::create_dir_all(directory).expect("a directory for the store");
    let mut store = Store::open(&directory.join(dateline::store::FILE)).expect("a new store");
    let language = Language::new(7);
    let feeds: Vec<FeedId> = (0..FEEDS).map(|n| feed(&mut store, n, now)).collect();
    for (batch, from) in (0..total).step_by(BATCH).enumerate() {
        let articles: Vec<_> = (from..(from + BATCH).min(total))
            .map(|n| article(&language, n, total, now, (n + 1 == total).then_some(5_000)))
            .collect();
        let feed = feeds[batch % FEEDS];
        store
            .write(Safety::Refresh, "making a store", |w| w.take_in(feed, &articles, now))
            .expect("articles are stored");
        if from % 50_000 == 0 {
            eprintln!("  {from} of {total} articles");
        }
    }
    std::fs::write(done, "").expect("a mark that the store is complete");
}

fn feed(store: &mut Store, n: usize, now: Time) -> FeedId {
    let link = Link::parse(&format!("https://source{n}.example/feed.xml")).expect("an address");
    let feed = NewFeed { title: Some(Clean::new(&format!("Source {n}"))), ..NewFeed::at(FeedAddress::Web(link)) };
    store.write(Safety::Refresh, "making a store", |w| w.add_feed(&feed, now)).expect("a feed is stored").0
}
