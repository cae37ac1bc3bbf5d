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
fn what_ends_in_a_full_stop_belongs_to_what_was_said_before() {
    let found = said(
        "en",
        &[
            "Ada Quill said: “The boats were late.” His own crew has told the court that nobody rowed. “Nobody has rowed for \
           nine long days in this harbour.”",
        ],
    );
    let speakers: Vec<_> = found.iter().map(|(speaker, ..)| speaker.as_deref().unwrap()).collect();
    assert_eq!(speakers, ["Ada Quill", "His own crew", "His own crew"]);
}

#[test]
fn where_and_when_it_was_said_may_stand_behind() {
    one("en", "The bridge will stay shut, Mayor Ina Holt said on Wednesday.", "Mayor Ina Holt", "");
    one("en", "The bridge will stay shut, Ina Holt said in an interview with the Harbour Post.", "Ina Holt", "");
    one("en", "Its secretary, Tim Wren, said: “The bridge is shut.”", "Tim Wren", "“The bridge is shut.”");
    one(
        "en",
        "The judge told the clerks that it was late, adding: “Go home and sleep.”",
        "The judge",
        "“Go home and sleep.”",
    );
    assert_eq!(said("en", &["Prices rose more slowly as it reported steeper drops before."]), []);
}

#[test]
fn a_few_quoted_words_are_part_of_their_sentence() {
    one("en", "Judge Lodder said that there was “no basis” for the claim.", "Judge Lodder", "");
    one(
        "en",
        "Ada Quill said the crew was guilty of “neglect, noise and late returns” all year.",
        "Ada Quill",
        "“neglect, noise and late returns”",
    );
    // "It" is nobody who was named.
    let found =
        said("en", &["Ada Quill said that the pier is old. It said it was “keeping a promise to its shareholders”."]);
    assert_eq!(found[1].0, None, "{found:?}");
}

#[test]
fn what_is_told_to_a_paper_is_not_its_name() {
    one("ru", "Тренер Анна Волкова рассказала «Горному вестнику», что вода ушла.", "Тренер Анна Волкова", "");
    one("ru", "По данным статистиков, рис подорожал.", "статистиков", "");
    let found = said("en", &["The harbour board said that the pier is old. It said that it would be mended."]);
    assert_eq!(found[1].0.as_deref(), Some("The harbour board"));
}

#[test]
fn words_that_lead_up_to_a_quotation_are_not_the_last_ones() {
    let found = said(
        "ru",
        &["О том, что у парома «проблемы с двигателем», Зимин сказал «не слушать газету, а спрашивать в порту»."],
    );
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn russian_that_says_who_said_the_sentence_before() {
    one(
        "ru",
        "Паром сегодня не пойдёт. Об этом сообщила пресс-секретарь порта Анна Волкова.",
        "пресс-секретарь порта Анна Волкова",
        "",
    );
    one(
        "ru",
        "Мост закрыт. Об этом заявил перед началом совещания с губернатором его заместитель Олег Дроздов, передаёт «Вестник».",
        "Олег Дроздов",
        "",
    );
    one("ru", "Паром пойдёт в пятницу, передаёт ТАСС.", "ТАСС", "");
    one("ru", "Вода уходит, отметил Пётр Зимин.", "Пётр Зимин", "");
    one("ru", "Министр порта заявил о закрытии моста.", "Министр порта", "");
    one("ru", "В городской прокуратуре сообщили о проверке.", "городской прокуратуре", "");
    one("ru", "По словам одной из жительниц Анны, воды стало больше.", "одной из жительниц Анны", "");
    let found = said("ru", &["Министр порта заявил, что мост закрыт. По его словам, это надолго."]);
    assert!(found.len() == 2 && found.iter().all(|(who, ..)| who.as_deref() == Some("Министр порта")), "{found:?}");
}

#[test]
fn speech_behind_dashes() {
    let text = "— Мы ждали до утра, — сказал Пётр Зимин, капитан порта. — Никто не пришёл. Вода поднялась.";
    let found = said("ru", &[text, "— Список дел на сегодня"]);
    let words: Vec<_> = found.iter().map(|(_, words, _)| words.as_str()).collect();
    assert_eq!(words, ["Мы ждали до утра", "Никто не пришёл. Вода поднялась."]);
    assert!(found.iter().all(|(who, ..)| who.as_deref() == Some("Пётр Зимин")), "{found:?}");
    let found = said("ru", &["— У нас много забот, — ответил он на вопрос о погоде. Дождь шёл весь день."]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "У нас много забот");
    assert_eq!(said("en", &["— A dash, — said nobody in English."]).iter().filter(|(_, _, direct)| *direct).count(), 0);
}

#[test]
fn an_office_is_not_the_one_whose_name_it_ends_in() {
    let found = said(
        "ru",
        &["«Всё под контролем на сегодня», — подчеркнул пресс-секретарь Зимина.", "По словам Зимина, вода уходит."],
    );
    let speakers: Vec<_> = found.iter().map(|(speaker, ..)| speaker.as_deref().unwrap()).collect();
    assert_eq!(speakers, ["пресс-секретарь Зимина", "Зимина"]);
}

#[test]
fn marks_that_never_close_are_read_in_time() {
    let text = "„слово ".repeat(5_000);
    let started = std::time::Instant::now();
    let _ = said("ru", &[&text]);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
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
