//! Search in many languages, in one store that holds them all.

use super::*;

/// Two articles to a language, of which one says the same in other forms.
fn library() -> Home {
    let mut home = home();
    let feed = home.feed("world");
    let piece = |n: usize, lang: &str, title: &str, text: &str| NewArticle {
        published: Some(Time(NOW.0 - i64::try_from(n).unwrap() * 3600)),
        lang: Some(lang.into()),
        ..article(&n.to_string(), title, text)
    };
    let pieces = [
        ("en", "Elections in the harbour", "The ministers were elected by the voters of the old harbour town."),
        ("ru", "Выборы в гавани", "Министры ещё обсуждают зелёные поля и переговоры с соседними государствами."),
        (
            "de",
            "Straßen am Hafen",
            "Die Häuser an den Straßen der Städte wurden gestern wieder geöffnet, sagte der Minister.",
        ),
        (
            "fr",
            "L’économie du port",
            "Les élections ont été reportées après que le gouvernement a démissionné hier soir.",
        ),
        (
            "es",
            "Elecciones en el puerto",
            "Los ministros hablaron de la economía del país durante las elecciones generales.",
        ),
        ("zh", "港口选举", "部长们在北京讨论了中国的经济。选举将于明年举行，这是港口城市的第一次。"),
        ("ja", "港の選挙", "東京タワーの近くで選挙が行われた。国会の議席が決まり、港の町は静かになった。"),
        ("ko", "항구의 선거", "한국은 오늘 항구 도시에서 선거를 치렀다. 장관은 경제에 대해 말했다."),
        ("th", "การเลือกตั้งที่ท่าเรือ", "รัฐมนตรีกล่าวที่กรุงเทพว่าการเลือกตั้งจะมีขึ้นในปีหน้า และเศรษฐกิจของประเทศดีขึ้น"),
        ("ar", "الانتخابات في الميناء", "قال الوزير إن العَرَبِيّة لغة أحمد وإن الانتخابات ستجرى العام المقبل في المدينة."),
        (
            "el",
            "Εκλογές στο λιμάνι",
            "Οι υπουργοί μίλησαν στην Αθήνα για την οικονομία και τις εκλογές της χώρας χθες.",
        ),
        ("kk", "Порттағы сайлау", "Үкіметтің министрлері сайлау туралы және елдің экономикасы туралы айтты."),
        (
            "tr",
            "İstanbul limanında seçim",
            "Bakanlar seçimlerin gelecek yıl yapılacağını ve ekonominin iyileştiğini söyledi.",
        ),
    ];
    let pieces: Vec<_> =
        pieces.iter().enumerate().map(|(n, (lang, title, text))| piece(n, lang, title, text)).collect();
    home.take(feed, &pieces);
    home
}

/// That each of `queries` finds the article of this headline, and, where `alone`, no other.
fn finds(home: &Home, title: &str, alone: bool, queries: &[&str]) {
    for query in queries {
        let found = home.search(query);
        assert!(found.iter().any(|found| found == title), "{query}: {found:?}");
        assert!(!alone || found.len() == 1, "{query}: {found:?}");
    }
}

#[test]
fn every_language_is_stemmed_by_its_own_rules_in_one_store() {
    let home = library();
    finds(&home, "Elections in the harbour", true, &["voter", "towns", "elected minister harbours"]);
    finds(&home, "Выборы в гавани", true, &["государство", "министр переговорами", "гавань"]);
    finds(&home, "Straßen am Hafen", true, &["haus stadt", "straße", "öffnen OR geöffnet"]);
    finds(&home, "L’économie du port", true, &["gouvernements", "reporter election"]);
    finds(&home, "Elecciones en el puerto", true, &["ministros elección", "general hablar"]);
    finds(&home, "Εκλογές στο λιμάνι", true, &["υπουργός", "εκλογή"]);
    finds(&home, "Порттағы сайлау", true, &["үкімет", "экономика министр"]);
    finds(&home, "İstanbul limanında seçim", true, &["seçim", "bakan"]);
}

#[test]
fn case_accents_width_and_ligatures_fold() {
    let home = library();
    finds(&home, "Выборы в гавани", true, &["зеленые", "ЗЕЛЁНЫЕ", "еще", "за\u{301}бытое OR поля"]);
    finds(&home, "Straßen am Hafen", true, &["strassen", "STRASSEN", "hauser", "geoffnet"]);
    finds(&home, "L’économie du port", true, &["demissionne", "reportees"]);
    finds(&home, "L’économie du port", false, &["economie", "l'economie"]);
    finds(&home, "Elecciones en el puerto", false, &["ＥＣＯＮＯＭÍＡ"]);
    finds(&home, "Elecciones en el puerto", true, &["pais"]);
    finds(&home, "Εκλογές στο λιμάνι", true, &["αθηνα", "ΑΘΗΝΑ", "λιμανι"]);
    finds(&home, "الانتخابات في الميناء", true, &["العربية", "احمد"]);
    finds(&home, "İstanbul limanında seçim", true, &["istanbul", "ISTANBUL", "secim"]);
    finds(&home, "Elections in the harbour", false, &["ｈａｒｂｏｕｒ"]);
}

#[test]
fn accents_make_no_difference_where_a_stemmer_goes_by_them() {
    let mut home = home();
    let feed = home.feed("a");
    let piece = |n: &str, title: &str, text: &str| NewArticle { lang: Some("en".into()), ..article(n, title, text) };
    let pieces = [
        piece("1", "Send your résumé", "The café wants a cook who has written a résumé before, and says so plainly."),
        piece("2", "Talks resume", "The talks in the harbour will resume after the holidays, the ministers said."),
    ];
    home.take(feed, &pieces);
    let both = home.search("talks OR cook");
    assert_eq!(both.len(), 2);
    for typed in ["résumé", "resume", "RÉSUMÉ", "re\u{301}sume\u{301}"] {
        assert_eq!(home.search(typed), both, "{typed}");
    }
    finds(&home, "Send your résumé", true, &["cafe", "café", "cafés", "\"a résumé before\""]);
    finds(&home, "Talks resume", true, &["\"will resume after\"", "resuming"]);
}

#[test]
fn scripts_without_spaces_are_found_by_any_part_of_a_word() {
    let home = library();
    finds(&home, "港口选举", true, &["北京", "中国的经济", "\"讨论了中国\"", "港口城市"]);
    finds(&home, "港の選挙", true, &["東京", "東京タワー", "国会の議席", "選挙が行われた"]);
    finds(&home, "항구의 선거", true, &["한국", "항구 도시", "경제"]);
    finds(&home, "การเลือกตั้งที่ท่าเรือ", true, &["กรุงเทพ", "เลือกตั้ง", "เศรษฐกิจ"]);
    assert_eq!(home.search("京東"), [""; 0]);
    assert_eq!(home.search("\"中国的选举\""), [""; 0]);
}

#[test]
fn a_single_sign_is_found_wherever_it_stands() {
    let home = library();
    finds(&home, "港の選挙", true, &["席", "静", "議"]);
    finds(&home, "港口选举", true, &["济", "北", "将"]);
    finds(&home, "항구의 선거", true, &["늘", "국"]);
    assert_eq!(home.search("港"), ["港の選挙", "港口选举"]);
    assert_eq!(home.search("title:举"), ["港口选举"]);
    assert_eq!(home.search("海"), [""; 0]);
}

#[test]
fn while_typing_every_beginning_of_a_word_finds_it() {
    let home = library();
    for (word, title, from) in [
        ("elections", "Elections in the harbour", 2),
        ("государствами", "Выборы в гавани", 2),
        ("зелёные", "Выборы в гавани", 2),
        ("straßen", "Straßen am Hafen", 2),
        ("gouvernements", "L’économie du port", 2),
        ("elecciones", "Elecciones en el puerto", 2),
        ("中国的经济", "港口选举", 1),
        ("東京タワー", "港の選挙", 1),
        ("한국은", "항구의 선거", 1),
        ("กรุงเทพ", "การเลือกตั้งที่ท่าเรือ", 1),
        ("εκλογές", "Εκλογές στο λιμάνι", 2),
        ("үкіметтің", "Порттағы сайлау", 2),
        ("seçimlerin", "İstanbul limanında seçim", 2),
        ("الانتخابات", "الانتخابات في الميناء", 5),
    ] {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.skip(from - 1) {
            let typed = Query::typed(&word[..end]).unwrap();
            let found = home.titles(&View { query: Some(typed), ..View::default() });
            assert!(found.iter().any(|found| found == title), "{}: {found:?}", &word[..end]);
        }
    }
    let phrase = Query::typed("\"of the old harb").unwrap();
    assert_eq!(home.titles(&View { query: Some(phrase), ..View::default() }), ["Elections in the harbour"]);
}
