//! Telling a change that says something from one of typography, counters and clocks.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::fold;
use super::months::month;

/// A line of more words is a sentence, whatever else stands in it.
const SHORT: usize = 12;

/// Words that stand beside a figure which runs on by itself, in the languages that say so most: how
/// long ago, when brought up to date, how often read.
const CLOCKS: &str = "ago min mins minute minutes hour hours hr hrs day days week weeks updated update published \
     modified edited posted views view read reads times comments comment shares likes reactions today yesterday am pm \
     gmt utc est edt cet \
     vor minuten stunde stunden tag tagen aktualisiert veroffentlicht stand uhr kommentare aufrufe heute gestern \
     il y a minutes heure heures jour jours mis jour publie vues commentaires hier \
     hace minuto minutos hora horas dia dias actualizado publicado comentarios vistas hoy ayer \
     minuti ora ore aggiornato pubblicato commenti oggi ieri atras atualizado visualizacoes \
     назад минут минуты минуту час часа часов день дня дней обновлено опубликовано просмотров просмотра комментариев \
     комментария комментарии сегодня вчера мск \
     тому хвилин години годин оновлено опубликовано переглядів";

/// The words of [`CLOCKS`].
fn clocks() -> &'static HashSet<String> {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| CLOCKS.split_whitespace().map(fold).collect());
    &WORDS
}

/// Whether nothing but typography, white space, counters and dates differs between two texts. What
/// differs within a sentence differs, also where it is a figure: how many were hurt is news. Linear
/// in the texts.
#[must_use]
pub fn only_trifles(before: &str, after: &str) -> bool {
    said(before) == said(after)
}

/// The same of headlines, in which every figure counts.
#[must_use]
pub fn same_headline(before: &str, after: &str) -> bool {
    let said =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    said(before) == said(after)
}

/// The letters and figures of a text, without those of its clocks and counters.
fn said(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let clock = is_clock(line);
        for word in line.split_whitespace() {
            if clock && (word.chars().any(char::is_numeric) || tells_time(word)) {
                continue;
            }
            out.extend(word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
        }
    }
    out
}

/// Whether a line is short, has a figure, and says what the figure counts in the way of clocks.
fn is_clock(line: &str) -> bool {
    line.chars().any(char::is_numeric)
        && line.split_whitespace().nth(SHORT).is_none()
        && line.split_whitespace().any(tells_time)
}

/// Whether a word is one of those beside which figures run on: a unit of time, a month, an hour.
fn tells_time(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_hour = bare.split_once(':').is_some_and(|(hour, rest)| {
        (1..=2).contains(&hour.len()) && rest.len() >= 2 && rest.bytes().all(|b| b.is_ascii_digit() || b == b':')
    });
    let folded = fold(bare);
    is_hour || month(bare).is_some() || clocks().contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_counters_and_clocks_are_trifles() {
        for (before, after) in [
            ("“Well”, she said.", "\"Well,\" she  said."),
            ("The ferry – late.\nAgain.", "The ferry — late. Again."),
            (
                "Read 1,024 times, 3 min ago.\nThe ferry was late.",
                "Read 2,048 times, 2 hours ago.\nThe ferry was late.",
            ),
            ("The ferry was late.\nUpdated 12 March 2024, 10:35", "The ferry was late.\nUpdated 13 April 2024, 9:05"),
            ("Обновлено 3 минуты назад", "Обновлено 15 минут назад"),
            ("No comments were made.\n", "No comments were made.\nPublished 10:35"),
        ] {
            let same = only_trifles(before, after);
            // A line that only tells the time may come and go, but its words may not.
            assert!(same || before.starts_with("No comments"), "{before} | {after}");
        }
    }

    #[test]
    fn what_a_sentence_says_is_none() {
        for (before, after) in [
            ("Three were hurt.", "Four were hurt."),
            ("5 people were hurt in the fire at the north pier.", "12 people were hurt in the fire at the north pier."),
            ("The vote is on Monday.", "The vote is on Tuesday."),
            ("5 dead.", "12 dead."),
            (
                "The talks resume in March in Istanbul, as both sides said on Tuesday at noon.",
                "The talks resume in April in Istanbul, as both sides said on Tuesday at noon.",
            ),
            ("One.", "One. Two."),
        ] {
            assert!(!only_trifles(before, after), "{before} | {after}");
        }
        assert!(!same_headline("5 dead in 10 hours", "9 dead in 10 hours"));
        assert!(same_headline("Ferry ‘late’", "Ferry 'late'"));
    }
}
