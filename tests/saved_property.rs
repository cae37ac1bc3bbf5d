//! Saved pages made by a generator that knows the truth: stories of every length in several
//! alphabets, with headlines before, behind or on both sides, menus, links and log-in lines, empty
//! lines or none, wrapped or not.

use dateline::extract::{NotAnArticle, saved_text};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A small generator of numbers (xorshift): the same seed makes the same page.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.roll(high - low + 1)
    }
}

/// A way of writing: letters, word spaces, sentence ends.
struct Writing {
    name: &'static str,
    letters: &'static str,
    cased: bool,
    spaced: bool,
    stop: char,
    comma: &'static str,
    quotes: (char, char),
}

const WRITINGS: &[Writing] = &[
    Writing {
        name: "latin",
        letters: "aeioutnrsldmpcvbgfhk",
        cased: true,
        spaced: true,
        stop: '.',
        comma: ", ",
        quotes: ('“', '”'),
    },
    Writing {
        name: "german",
        letters: "äeiöutnrsldmpcwbgfhkß",
        cased: true,
        spaced: true,
        stop: '.',
        comma: ", ",
        quotes: ('„', '“'),
    },
    Writing {
        name: "cyrillic",
        letters: "аеиоутнрслдмпквбгйжчы",
        cased: true,
        spaced: true,
        stop: '.',
        comma: ", ",
        quotes: ('«', '»'),
    },
    Writing {
        name: "greek",
        letters: "αειουτνρσλδμπκβγφθχ",
        cased: true,
        spaced: true,
        stop: '.',
        comma: ", ",
        quotes: ('«', '»'),
    },
    Writing {
        name: "arabic",
        letters: "ابتثجحدرزسشصطعغفقكلمنهوي",
        cased: false,
        spaced: true,
        stop: '.',
        comma: "، ",
        quotes: ('«', '»'),
    },
    Writing {
        name: "devanagari",
        letters: "अआइईउकखगघचजटडतदनपबमयरलवसह",
        cased: false,
        spaced: true,
        stop: '।',
        comma: ", ",
        quotes: ('“', '”'),
    },
    Writing {
        name: "hangul",
        letters: "가나다라마바사아자차카타파하고노도로모보소",
        cased: false,
        spaced: true,
        stop: '.',
        comma: ", ",
        quotes: ('“', '”'),
    },
    Writing {
        name: "han",
        letters: "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严",
        cased: false,
        spaced: false,
        stop: '。',
        comma: "，",
        quotes: ('“', '”'),
    },
];

impl Writing {
    fn word(&self, dice: &mut Dice) -> String {
        let letters: Vec<char> = self.letters.chars().collect();
        let length = match self.name {
            "han" => dice.between(1, 3),
            "hangul" => dice.between(2, 4),
            _ => dice.between(2, 9),
        };
        if self.name == "hangul" {
            let syllable = |dice: &mut Dice| char::from_u32(0xac00 + dice.roll(11_172) as u32).unwrap_or('가');
            return (0..length).map(|_| syllable(dice)).collect();
        }
        (0..length).map(|_| letters[dice.roll(letters.len() as u64) as usize]).collect()
    }

    fn words(&self, dice: &mut Dice, count: u64) -> Vec<String> {
        (0..count).map(|_| self.word(dice)).collect()
    }

    fn join(&self, words: &[String]) -> String {
        words.join(if self.spaced { " " } else { "" })
    }

    fn capital(&self, text: &str) -> String {
        let mut chars = text.chars();
        match chars.next() {
            Some(first) if self.cased => first.to_uppercase().chain(chars).collect(),
            _ => text.to_owned(),
        }
    }

    fn sentence(&self, dice: &mut Dice) -> String {
        let count = dice.between(6, 18);
        let mut words = self.words(dice, count);
        for word in words.iter_mut().skip(1) {
            if dice.roll(9) == 0 {
                *word = self.capital(word);
            }
        }
        let half = words.len() / 2;
        let (first, second) = (self.join(&words[..half]), self.join(&words[half..]));
        let body = if dice.roll(3) == 0 { format!("{first}{}{second}", self.comma) } else { self.join(&words) };
        let body = self.capital(&body);
        match dice.roll(6) {
            0 => format!("{}{body}{}{}", self.quotes.0, self.stop, self.quotes.1),
            _ => format!("{body}{}", self.stop),
        }
    }

    fn paragraph(&self, dice: &mut Dice) -> String {
        let count = dice.between(1, 4);
        let sentences: Vec<String> = (0..count).map(|_| self.sentence(dice)).collect();
        sentences.join(if self.spaced { " " } else { "" })
    }

    /// A headline: some words, names among them, no stop.
    fn headline(&self, dice: &mut Dice) -> String {
        let count = if self.spaced { dice.between(5, 12) } else { dice.between(8, 16) };
        let mut words = self.words(dice, count);
        let name = dice.between(1, count - 1) as usize;
        words[name] = self.capital(&words[name]);
        let mut text = self.capital(&self.join(&words));
        if dice.roll(12) == 0 {
            text.push(if self.name == "han" { '？' } else { '?' });
        }
        text
    }

    fn link(&self, dice: &mut Dice) -> String {
        let count = dice.between(1, 2);
        let words = self.words(dice, count);
        self.capital(&self.join(&words))
    }
}

/// What stands on a page.
#[derive(Clone, Debug)]
struct Plan {
    seed: u64,
    writing: usize,
    paragraphs: u64,
    before: u64,
    after: u64,
    title: bool,
    link: bool,
    login: bool,
    gaps: bool,
}

fn plan() -> impl Strategy<Value = Plan> {
    let headlines = || prop_oneof![Just(0_u64), 3..13_u64];
    (any::<u64>(), 0..WRITINGS.len(), 3..40_u64, headlines(), headlines(), any::<[bool; 4]>()).prop_map(
        |(seed, writing, paragraphs, before, after, [title, link, login, gaps])| Plan {
            seed: seed | 1,
            writing,
            paragraphs,
            before,
            after,
            title,
            link,
            login,
            gaps,
        },
    )
}

/// A page and the truth about it.
struct Page {
    text: String,
    story: Vec<String>,
    title: Option<String>,
    related: Vec<String>,
    start: usize,
    end: usize,
}

impl Plan {
    fn page(&self) -> Page {
        let mut dice = Dice(self.seed);
        let writing = &WRITINGS[self.writing];
        let story: Vec<String> = (0..self.paragraphs).map(|_| writing.paragraph(&mut dice)).collect();
        let mut headlines = |count| -> Vec<String> { (0..count).map(|_| writing.headline(&mut dice)).collect() };
        let (before, after) = (headlines(self.before), headlines(self.after));
        // A headline of its own is made of the story's first words.
        let title = self.title.then(|| {
            let words: Vec<String> = if writing.spaced {
                story[0]
                    .split_whitespace()
                    .take(9)
                    .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
                    .collect()
            } else {
                vec![story[0].chars().filter(|c| c.is_alphanumeric()).take(12).collect()]
            };
            writing.capital(&writing.join(&words))
        });
        let mut lines = before.clone();
        lines.extend(title.clone());
        let first = lines.len();
        lines.extend(story.iter().cloned());
        let last = lines.len() - 1;
        lines.extend(after.iter().cloned());
        if self.link && self.after > 0 {
            lines.push(writing.link(&mut dice));
            if self.login {
                let other = &WRITINGS[if self.writing == 2 { 0 } else { 2 }];
                let words = other.words(&mut dice, 4);
                lines.push(other.capital(&other.join(&words)));
            }
        }
        let step = if self.gaps { 2 } else { 1 };
        Page {
            text: lines.join(if self.gaps { "\n\n" } else { "\n" }),
            story,
            title,
            related: before.into_iter().chain(after).collect(),
            start: first * step + 1,
            end: last * step + 1,
        }
    }
}

/// Wraps a text to `width` columns, a paragraph at a time, as mail programs do.
fn wrap(paragraphs: &[String], width: usize) -> String {
    let options = textwrap::Options::new(width)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    paragraphs.iter().map(|paragraph| textwrap::fill(paragraph, &options)).collect::<Vec<_>>().join("\n\n")
}

/// The same pages on every run: among thousands, chance makes one whose words alone would deceive a
/// person as well. Widen the search by hand now and then, with more cases and other seeds.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(23), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_story_is_told_from_the_rest(plan in plan()) {
        let made = plan.page();
        let page = saved_text(&made.text).map_err(|error| TestCaseError::fail(format!("{error:?}\n{}", made.text)))?;
        let related: Vec<String> = page.related.iter().map(|related| related.title.to_string()).collect();
        prop_assert_eq!(page.text.as_str(), made.story.join("\n"), "{}", made.text);
        prop_assert_eq!((page.body_start, page.body_end), (made.start, made.end));
        prop_assert_eq!(related, made.related, "{}", made.text);
        if let Some(title) = made.title {
            prop_assert_eq!(page.title.as_str(), title);
        }
        prop_assert!(!page.title.is_empty());
    }

    #[test]
    fn headlines_alone_are_no_story(seed in any::<u64>(), writing in 0..WRITINGS.len(), count in 4..30_u64, gaps in any::<bool>()) {
        let mut dice = Dice(seed | 1);
        let headlines: Vec<String> = (0..count).map(|_| WRITINGS[writing].headline(&mut dice)).collect();
        let text = headlines.join(if gaps { "\n\n" } else { "\n" });
        match saved_text(&text) {
            Err(NotAnArticle::AllHeadlines(found)) => {
                let found: Vec<String> = found.iter().map(|related| related.title.to_string()).collect();
                prop_assert_eq!(found, headlines);
            }
            other => prop_assert!(false, "{other:?}\n{text}"),
        }
    }

    #[test]
    fn wrapped_paragraphs_are_made_whole(seed in any::<u64>(), writing in 0..3_usize, count in 2..12_u64, width in 50..80_usize) {
        let mut dice = Dice(seed | 1);
        let story: Vec<String> = (0..count).map(|_| format!("{} {}", WRITINGS[writing].paragraph(&mut dice), WRITINGS[writing].paragraph(&mut dice))).collect();
        let page = saved_text(&wrap(&story, width)).map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        prop_assert_eq!(page.text.as_str(), story.join("\n"));
    }

    #[test]
    fn any_text_is_read(text in "(\\PC{0,40}\n?|[A-Za-z .,?]{0,80}\n|\\s){0,30}") {
        if let Ok(page) = saved_text(&text) {
            prop_assert!(!page.title.is_empty());
            prop_assert!(1 <= page.body_start && page.body_start <= page.body_end);
            prop_assert!(page.body_end <= text.split('\n').count());
        }
    }
}
