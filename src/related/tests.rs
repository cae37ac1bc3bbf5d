use super::*;
use crate::model::ArticleId;
use crate::text::Lang;
use proptest::prelude::*;

/// Small stories in several languages: each line of a story is an article, `title | body`.
const STORIES: [(&str, &[&str]); 7] = [
    (
        "en",
        &[
            "Ferry runs aground off Skarholm | The ferry Aldebaran ran aground near Skarholm in thick fog on Monday \
             night. All 212 passengers were brought ashore by lifeboats. The coastguard said the hull was damaged and \
             that oil had been seen around the ferry.",
            "Passengers rescued from stranded ferry | Lifeboats took 212 people off a ferry that struck rocks at \
             Skarholm. The Aldebaran lay on its side by morning, and the coastguard set out booms against leaking oil.",
            "Owner of Aldebaran faces inquiry | Investigators asked the owner of the Aldebaran why the ferry sailed in \
             fog. The wreck off Skarholm still leaks oil, and fishermen want damages.",
        ],
    ),
    (
        "en",
        &[
            "Central bank holds rates | The central bank left its key interest rate at 4 percent, saying that inflation \
             was easing while wages still grew. Economists had expected a cut in interest rates by autumn.",
            "Markets shrug as interest rates stay | Shares hardly moved after the central bank kept interest rates \
             unchanged. Inflation has eased for three months, and traders see a cut by autumn.",
            "Mortgage lenders wait for a cut | Lenders left mortgage offers alone after the central bank held its key \
             rate. Buyers hope that easing inflation brings lower interest rates.",
        ],
    ),
    (
        "en",
        &[
            "Beekeepers count their losses | Beekeepers lost a third of their hives over the winter, a survey of the \
             valley found. Mites and a warm January are blamed for the deaths of colonies.",
            "Warm winter kills hives | A warm January woke the colonies too early, beekeepers in the valley believe. A \
             survey counts a third of all hives dead, most with mites.",
        ],
    ),
    (
        "ru",
        &[
            "Паром сел на мель у Скархольма | Паром «Альдебаран» сел на мель у Скархольма в густом тумане. Спасатели \
             эвакуировали 212 пассажиров. По данным береговой охраны, корпус парома повреждён, вокруг замечена нефть.",
            "Пассажиров парома эвакуировали | Спасатели сняли 212 пассажиров с парома, налетевшего на скалы у \
             Скархольма. Береговая охрана ставит заграждения против утечки нефти с «Альдебарана».",
        ],
    ),
    (
        "ru",
        &[
            "Центробанк сохранил ставку | Центральный банк сохранил ключевую ставку, отметив замедление инфляции. \
             Аналитики ждали снижения ставки к осени, когда рост цен замедлится ещё сильнее.",
            "Ипотека не подешевеет до осени | Банки не меняют условия ипотеки после решения Центрального банка \
             оставить ключевую ставку. Инфляция замедляется, и заёмщики надеются на снижение ставки.",
        ],
    ),
    (
        "de",
        &[
            "Imker zählen Verluste | Die Imker im Tal haben ein Drittel ihrer Bienenvölker verloren. Milben und ein \
             warmer Winter gelten als Ursache für das Sterben der Völker.",
            "Warmer Winter tötet Bienenvölker | Ein Drittel der Bienenvölker im Tal ist tot. Imker machen den warmen \
             Winter und die Milben dafür verantwortlich.",
        ],
    ),
    (
        "zh",
        &[
            "渡轮在斯卡岛搁浅 | 一艘渡轮周一晚上在斯卡岛附近的浓雾中搁浅，救生艇救出了全部乘客。海岸警卫队说船体受损，海面出现油污。",
            "渡轮乘客全部获救 | 救生艇从斯卡岛附近搁浅的渡轮上救出全部乘客。海岸警卫队布置围栏，防止油污扩散。",
        ],
    ),
];

/// All articles, each in the place of its id, with the number of its story.
fn articles() -> Vec<(usize, &'static str, &'static str, Option<Lang>)> {
    let mut all = Vec::new();
    for (story, (lang, texts)) in STORIES.iter().enumerate() {
        for text in *texts {
            let (title, body) = text.split_once(" | ").unwrap();
            all.push((story, title, body, Lang::from_code(lang)));
        }
    }
    all
}

fn index() -> MemoryIndex {
    let mut index = MemoryIndex::default();
    for (id, (_, title, body, lang)) in articles().into_iter().enumerate() {
        index.insert(ArticleId(id as i64), sign(title, body, lang));
    }
    index
}

#[test]
fn stories_find_themselves_and_nothing_else_in_a_small_store() {
    let index = index();
    let all = articles();
    for (id, (story, title, body, lang)) in all.iter().enumerate() {
        let found = related(&index, &sign(title, body, *lang), ArticleId(id as i64), 10).unwrap();
        let is_foreign = |f: &&Scored| all[f.article.0 as usize].3 != *lang;
        let story_of = |f: &Scored| all[f.article.0 as usize].0;
        let stories: Vec<usize> = found.iter().filter(|f| !is_foreign(f)).map(story_of).collect();
        let others = all.iter().filter(|a| a.0 == *story).count() - 1;
        assert_eq!(stories, vec![*story; others], "{title}: {found:?}");
        // The same event in another language, by its names.
        let event = |story: usize| if matches!(story, 3 | 6) { 0 } else { story };
        assert!(found.iter().filter(is_foreign).all(|f| event(story_of(f)) == event(*story)), "{title}: {found:?}");
        for item in &found {
            let why = reasons(&item.shared, title, body, *lang);
            assert!(!why.is_empty() && why.len() <= MAX_REASONS, "{title}");
        }
    }
}

#[test]
fn reasons_name_the_names() {
    let index = index();
    let all = articles();
    let why = |id: i64, other: i64| {
        let (_, title, body, lang) = all[id as usize];
        let found = related(&index, &sign(title, body, lang), ArticleId(id), 10).unwrap();
        let item = found.into_iter().find(|f| f.article.0 == other).unwrap();
        reasons(&item.shared, title, body, lang).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(why(0, 1), ["Skarholm", "Aldebaran", "ferry"]);
    assert_eq!(why(8, 9)[..1], ["Скархольма"]);
}

#[test]
fn a_signature_keeps_the_heaviest_hundred() {
    let body: String = (0..5_000).map(|n| format!("word{n} ")).collect();
    let signature = sign("Kept title", &format!("{body} often often often often"), None);
    assert_eq!(signature.terms().len(), MAX_TERMS);
    assert_eq!(signature.words(), 5_006);
    for stem in ["kept", "titl", "often", "word0"] {
        assert!(signature.terms().iter().any(|t| t.term == term(stem)), "{stem}");
    }
    assert!(sign("", "", None).is_empty());
    assert!(sign("The", "and of the", Some(Lang::ENGLISH)).is_empty());
}

#[test]
fn idf_stays_sensible_in_tiny_stores() {
    assert!(idf(1, 1, 0.0) > 3.0 && idf(1, 1, 0.9) < 0.2);
    assert!(idf(18, 18, 0.0) < idf(18, 1, 0.0) / 2.0);
    assert!(idf(0, 7, 1.0).is_finite() && idf(u64::MAX, 0, 0.0).is_finite());
    assert!((idf(100_000, 1_000, 0.01) - 4.6).abs() < 0.01);
}

#[test]
fn names_are_found_across_languages() {
    let mut index = index();
    let russian = "Глава МЧС прибыл в Скархольм. Паром «Альдебаран» стоит на камнях, капитан Бертиль Окшотт допрошен.";
    let (id, lang) = (ArticleId(99), Some(Lang::RUSSIAN));
    index.insert(id, sign("Капитан парома допрошен", russian, lang));
    let english = "The master of the Aldebaran, Bertil Oakshott, was questioned after the wreck near Skarholm.";
    let found = related(&index, &sign("Master questioned", english, Some(Lang::ENGLISH)), ArticleId(100), 9).unwrap();
    let foreign = found.iter().find(|f| f.article == id).unwrap_or_else(|| panic!("{found:?}"));
    // Nothing else than the ferry, in whatever language.
    let all = articles();
    assert!(found.iter().all(|f| f.article == id || [0, 3].contains(&all[f.article.0 as usize].0)), "{found:?}");
    let why = reasons(&foreign.shared, "Master questioned", english, Some(Lang::ENGLISH));
    assert!(why.iter().any(|reason| reason.as_str() == "Aldebaran"), "{why:?}");
    // And the other way round, in the words of the one that is read.
    let found = related(&index, &index.signature(id).unwrap().unwrap(), id, 9).unwrap();
    assert!(found.iter().all(|f| [0, 3].contains(&all[f.article.0 as usize].0)), "{found:?}");
}

#[test]
fn an_index_in_memory_forgets() {
    let mut index = index();
    let before = index.clone();
    let (_, title, body, lang) = articles()[0];
    index.insert(ArticleId(77), sign(title, body, lang));
    index.insert(ArticleId(77), sign("other", "words", lang));
    index.remove(ArticleId(77));
    index.remove(ArticleId(78));
    assert_eq!(index.articles(), before.articles());
    for (_, signature) in before.iter() {
        for t in signature.terms() {
            assert_eq!(index.frequency(t.term), before.frequency(t.term));
        }
    }
}

fn share(term: u32) -> f32 {
    background::Background::english().share(term)
}

/// What [`related_within`] must answer, found by comparing everything.
fn by_force(index: &MemoryIndex, of: &Signature, exclude: ArticleId, limit: usize) -> Vec<(ArticleId, f32)> {
    let articles = index.articles().unwrap();
    let mut all = Vec::new();
    for (id, other) in index.iter().filter(|(id, _)| *id != exclude) {
        let informative = |mine: &[Term], theirs: &[Term]| {
            mine.iter()
                .filter(|t| theirs.iter().any(|o| o.term == t.term))
                .filter(|t| idf(articles, index.frequency(t.term).unwrap(), share(t.term)) >= 2.3)
                .count()
        };
        let terms = informative(of.terms(), other.terms());
        let names = if of.is_foreign_to(other) { informative(of.names(), other.names()) } else { 0 };
        let informative = terms.max(names);
        let score = similarity(index, of, other).unwrap();
        if informative >= 2 && score >= floor(articles, !of.gist().is_empty() && !other.gist().is_empty()) {
            all.push((id, score));
        }
    }
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    all.truncate(limit);
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_index_answers_as_comparing_everything(
        texts in prop::collection::vec("(([abcdefgh]{2}x?|[BD][dg]l[dgl]) ){2,30}", 1..40),
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        of in any::<prop::sample::Index>(),
        limit in 1_usize..12,
    ) {
        let mut index = MemoryIndex::default();
        // Every third in another language, and some in none that is known.
        let lang = |id: usize| Lang::from_code(["en", "en", "ru", "", "en", "ru"][id % 6]);
        for (id, text) in texts.iter().enumerate() {
            let (title, body) = text.split_at(text.find(' ').unwrap_or(0));
            index.insert(ArticleId(id as i64), sign(title, body, lang(id)));
        }
        for at in gone {
            index.remove(ArticleId(at.index(texts.len()) as i64));
        }
        let id = ArticleId(of.index(texts.len()) as i64);
        let text = &texts[id.0 as usize];
        let (title, body) = text.split_at(text.find(' ').unwrap_or(0));
        let signature = sign(title, body, lang(id.0 as usize));

        let found = related_within(&index, &signature, id, limit, Limits::NONE, Floor::Screen).unwrap();
        let pairs: Vec<(ArticleId, f32)> = found.iter().map(|f| (f.article, f.score)).collect();
        prop_assert_eq!(pairs, by_force(&index, &signature, id, limit));
        prop_assert_eq!(&found, &related_within(&index, &signature, id, limit, Limits::NONE, Floor::Screen).unwrap());
        // And so does the batch, which is made for all at once.
        let batch = Batch::new(index.iter().map(|(id, signature)| (id, signature.clone())));
        let every = related_within(&index, &signature, id, limit, Limits::NONE, Floor::Score(0.0)).unwrap();
        if let Some(at) = (0..batch.len()).find(|at| batch.id(*at) == Some(id)) {
            let nearest = batch.nearest(at, limit, 0.0, &mut Room::default());
            prop_assert_eq!(every.len(), nearest.len());
            for (one, (_, score)) in every.iter().zip(nearest) {
                prop_assert!((one.score - score).abs() < 1e-5);
            }
        }
        for item in &found {
            prop_assert!(item.score > 0.0 && item.score <= 1.0 && item.shared.len() >= 2);
        }
    }

    #[test]
    fn signatures_are_kept_whole(title in "\\PC{0,40}", body in "(\\PC|[a-zA-Zа-я ]){0,300}") {
        let signature = sign(&title, &body, None);
        prop_assert_eq!(Signature::decode(&signature.encode()), Ok(signature));
    }

    #[test]
    fn a_damaged_signature_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..40), tail in 0..4_usize) {
        if let Ok(signature) = Signature::decode(&bytes) {
            prop_assert_eq!(signature.encode(), bytes);
        }
        let mut kept = sign("a ferry runs aground", "near the island", None).encode();
        kept.truncate(kept.len() - 1 - tail);
        prop_assert!(Signature::decode(&kept).is_err());
    }

    #[test]
    fn reasons_never_panic(title in "\\PC{0,40}", body in "(\\PC|[A-Zа-я北京大 .-]){0,80}") {
        let signature = sign(&title, &body, None);
        let shared: Vec<u32> = signature.terms().iter().map(|t| t.term).collect();
        prop_assert!(reasons(&shared, &title, &body, None).len() <= MAX_REASONS);
    }
}
