use super::*;
use proptest::prelude::*;

fn lang(code: &str) -> Option<Lang> {
    Some(Lang::from_code(code).unwrap())
}

#[test]
fn stems_by_language() {
    for (text, code, index) in [
        ("The ministers’ meetings", "en", "the minist meet"),
        ("Minister’s U.S. visit, 3.5%", "en", "minist us visit 3.5"),
        ("Лидеры шести государств встретились в Минске, ещё раз", "ru", "лидер шест государств встрет в минск ещ раз"),
        ("l'élection des députés", "fr", "elect de deput"),
        ("Die Häuser der Städte", "de", "die haus der stadt"),
        ("міністри міністрів", "uk", "міністр міністр"),
        ("wybory wyborów", "pl", "wybor wybor"),
        ("үкіметтің үкімет", "kk", "үкімет үкімет"),
        ("Влада vlada", "sr", "vlad vlad"),
        ("北京大学", "zh", "北京 京大 大学"),
        ("Facebook в России", "ru", "facebook в росс"),
    ] {
        assert_eq!(index_text(text, lang(code)), index, "{text}");
    }
}

#[test]
fn without_a_language_the_script_chooses() {
    assert_eq!(index_text("Leaders leader", None), "leader leader");
    assert_eq!(index_text("Лидеры лидера", None), "лидер лидер");
}

#[test]
fn what_is_typed_finds_what_is_written() {
    for (typed, written, code) in [
        ("eleccion", "elecciones", "es"),
        ("economie", "l’économie", "fr"),
        ("зеленый", "зелёные", "ru"),
        ("strasse", "Straßen", "de"),
        ("nato", "ＮＡＴＯ", "en"),
    ] {
        assert_eq!(index_text(typed, lang(code)), index_text(written, lang(code)), "{typed} {written}");
    }
    let langs = [Lang::ENGLISH, Lang::RUSSIAN, Lang::from_code("es").unwrap()];
    assert_eq!(forms("elections", &langs), ["elect", "elections"]);
    assert_eq!(forms("elections", &[]), ["elect", "elections"]);
    assert_eq!(forms("—", &langs), [""; 0]);
}

#[test]
fn names() {
    let names = |text: &'static str| -> Vec<&str> {
        words(text, lang("en")).into_iter().filter(|w| w.name).map(|w| w.surface).collect()
    };
    assert_eq!(
        names("Leaders met in Minsk. They spoke of Armenia, said Mr. Smith in 2023; CSTO gave no word."),
        ["Minsk", "Armenia", "Mr", "Smith", "2023", "CSTO"]
    );
    assert_eq!(names("He said: “We go.” The iPhone — This one — is out"), ["iPhone"]);
}

#[test]
fn places() {
    let text = "Ёж, l'eau 北京大";
    let words = words(text, lang("fr"));
    for (n, word) in words.iter().enumerate() {
        assert_eq!(word.position as usize, n);
        assert_eq!(&text[word.at..word.at + word.surface.len()], word.surface);
    }
    assert_eq!(words.iter().map(|w| w.surface).collect::<Vec<_>>(), ["Ёж", "eau", "北京", "京大"]);
}

#[test]
fn the_last_sign_of_a_run_begins_no_pair() {
    let signs = |text: &str| {
        let mut signs = Vec::new();
        last_signs(text, |sign| signs.push(sign.to_owned()));
        signs
    };
    assert_eq!(signs("東京の選挙、2024年 한국은 abc"), ["挙", "은"]);
    assert_eq!(signs("東京タワー"), ["京"]);
    assert_eq!(signs("東京,北京 中"), ["京", "京"]);
    assert_eq!(signs("plain words"), [""; 0]);
    assert!(is_sign("国") && is_sign("은") && is_sign("รุ"));
    assert!(!is_sign("東京") && !is_sign("a") && !is_sign(""));
}

#[test]
fn a_long_word_is_cut() {
    let stem = index_text(&"ш".repeat(5000), None);
    assert!(stem.len() <= 64 && !stem.is_empty());
}

proptest! {
    #[test]
    fn stems_are_never_empty_nor_hold_space(
        text in "(\\PC|[a-zà-ÿ'’. \u{301}\u{fdfa}а-яё北京กรุงąčőअिԱبת]){0,60}",
        code in prop::sample::select(vec!["en", "ru", "fr", "de", "tr", "ar", "el", "hu", "fi", "it", "ta", "ro", "pt", "zh", "th", "uk", "he", "pl", "cs", "fa", "sr", "hi", "hy", "et", "id", "lt", "ga", "ne", "yi", "ca"]),
    ) {
        let mut count = 0;
        each(&text, lang(code), |t| {
            assert!(!t.stem.is_empty() && !t.stem.contains(char::is_whitespace), "{t:?}");
            count += 1;
        });
        let index = index_text(&text, lang(code));
        prop_assert_eq!(index.split(' ').filter(|s| !s.is_empty()).count(), count);
    }
}
