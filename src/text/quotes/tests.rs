//! Sentences of our own, in each language.

use super::*;

fn said(lang: &str, paragraphs: &[&str]) -> Vec<(Option<String>, String, bool)> {
    let lang = Lang::from_code(lang).unwrap();
    quotations(paragraphs, lang)
        .into_iter()
        .map(|quote| (quote.speaker, paragraphs[quote.paragraph][quote.said].to_owned(), quote.direct))
        .collect()
}

#[track_caller]
fn one(lang: &str, text: &str, speaker: &str, words: &str) {
    let found = said(lang, &[text]);
    let direct = !words.is_empty();
    let words = if direct { words } else { text };
    assert_eq!(found, [(Some(speaker.to_owned()), words.to_owned(), direct)], "{text}");
}

#[test]
fn english_in_quotation_marks() {
    one("en", "“The tide will not wait,” said Ada Quill.", "Ada Quill", "“The tide will not wait,”");
    one("en", "“The tide will not wait,” Ada Quill said on Monday.", "Ada Quill", "“The tide will not wait,”");
    one(
        "en",
        "“We lost nine boats,” Bertil Oakshott, the harbour master of Port Ambrose, told reporters.",
        "Bertil Oakshott",
        "“We lost nine boats,”",
    );
    one("en", "\"It is cold out there,\" added Mr Lund, who had rowed twice.", "Mr Lund", "\"It is cold out there,\"");
    one("en", "The mayor added: “Bring oars.”", "The mayor", "“Bring oars.”");
    one(
        "en",
        "In a statement, the Harbour Board said: “No ferry will sail before noon.”",
        "the Harbour Board",
        "“No ferry will sail before noon.”",
    );
    one(
        "en",
        "The bridge was “a needle that points nowhere,” according to the museum’s guide.",
        "the museum’s guide",
        "“a needle that points nowhere,”",
    );
}

#[test]
fn english_in_other_words() {
    one("en", "The ministry said the ferry would sail again on Friday.", "The ministry", "");
    one("en", "Ada Quill told the court that she had never seen the boat.", "Ada Quill", "");
    one("en", "The bridge will stay open for nine more days, officials said.", "officials", "");
    one("en", "According to the harbour master, nobody was hurt.", "the harbour master", "");
    one("en", "Some 3,400 people live there, according to the town’s register.", "the town’s register", "");
}

#[test]
fn english_that_is_nobodys_words() {
    for text in [
        "They called it “progress”, and the name stuck.",
        "The film “A Long Way Down” opens on Friday.",
        "The report is on the table.",
        "He said nothing.",
        "The ferry left at noon, and it was late again.",
        "It goes without saying.",
        "She wrote two novels in the house by the pier.",
    ] {
        assert_eq!(said("en", &[text]), [], "{text}");
    }
}

#[test]
fn a_speaker_goes_on_and_is_called_by_less() {
    let found = said(
        "en",
        &[
            "“The swan is the most popular,” said Bertil Oakshott, “and the least punctual.”",
            "“I have nineteen boats,” Mr Oakshott said. “None of them is dry.”",
            "“Ask me tomorrow,” he added.",
        ],
    );
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(found.iter().all(|(speaker, ..)| speaker.as_deref() == Some("Bertil Oakshott")), "{found:?}");
}

#[test]
fn a_quotation_goes_over_paragraphs() {
    let found = said(
        "en",
        &["Ada Quill said: “We rowed all night and nobody came.", "“In the morning there was a piano on the pier.”"],
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|(speaker, ..)| speaker.as_deref() == Some("Ada Quill")), "{found:?}");
}

#[test]
fn words_of_nobody_named_count_when_they_are_a_sentence() {
    let found = said("en", &["“Nobody on this pier has ever seen the captain on time.”"]);
    assert_eq!(found, [(None, "“Nobody on this pier has ever seen the captain on time.”".to_owned(), true)]);
}

#[test]
fn russian_in_quotation_marks() {
    one(
        "ru",
        "«Паром сегодня не пойдёт», — сказал капитан порта Пётр Зимин.",
        "капитан порта Пётр Зимин",
        "«Паром сегодня не пойдёт»",
    );
    one("ru", "Анна Волкова заявила: «Мы ждали до утра».", "Анна Волкова", "«Мы ждали до утра»");
    let found = said("ru", &["Анна Волкова заявила: «Мы ждали до утра».", "«Воды стало больше», — отметила она."]);
    assert!(
        found.iter().all(|(speaker, ..)| speaker.as_deref() == Some("Анна Волкова")) && found.len() == 2,
        "{found:?}"
    );
}

#[test]
fn russian_in_other_words() {
    one("ru", "По словам Петра Зимина, мост закроют на девять дней.", "Петра Зимина", "");
    one("ru", "Министерство сообщило, что паром пойдёт в пятницу.", "Министерство", "");
    one(
        "ru",
        "Об этом сообщил глава посёлка Олег Дроздов, отметив, что фонари погасят.",
        "глава посёлка Олег Дроздов",
        "",
    );
    one("ru", "Как сообщает «Горный вестник», комету видно без телескопа.", "«Горный вестник»", "");
    for text in ["Паром ушёл в полдень.", "Фильм «Долгая дорога» выйдет в пятницу.", "Он сказал мало."]
    {
        assert_eq!(said("ru", &[text]), [], "{text}");
    }
}

#[test]
fn german_french_and_spanish() {
    one(
        "de",
        "„Das Wasser steigt“, sagte Bürgermeisterin Ina Holt am Montag.",
        "Bürgermeisterin Ina Holt",
        "„Das Wasser steigt“",
    );
    one("de", "Laut Polizei wurde niemand verletzt.", "Polizei", "");
    one("fr", "« Le bac ne partira pas », a déclaré Anne Morel.", "Anne Morel", "« Le bac ne partira pas »");
    one("fr", "Selon la mairie, le pont restera fermé.", "la mairie", "");
    one("es", "«El barco no saldrá hoy», dijo Marta Ruiz.", "Marta Ruiz", "«El barco no saldrá hoy»");
    one("es", "Según la policía, nadie resultó herido.", "la policía", "");
}

#[test]
fn a_language_without_rules_has_none() {
    assert_eq!(said("ja", &["「今日は船が出ません」と港長は言った。"]), []);
}

proptest::proptest! {
    #[test]
    fn anything_can_be_read(text in "([“”«»\"„,.—: ]|said|Ada|он|сказал|that|\\PC){0,40}") {
        for lang in ["en", "ru", "de"] {
            for quote in quotations(&[&text, &text], Lang::from_code(lang).unwrap()) {
                proptest::prop_assert!(text.get(quote.said).is_some());
            }
        }
    }
}
