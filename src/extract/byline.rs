//! Who wrote it: names told from other short lines, and the words that introduce them taken off.

use super::date;
use crate::text::Clean;
use crate::text::fold::fold;

/// Words that introduce a writer's name.
const LEADS: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "da",
    "door",
    "av",
    "af",
    "od",
    "przez",
    "autor",
    "autore",
    "auteur",
    "author",
    "text",
    "автор",
    "от",
    "текст",
    "yazan",
    "by:",
    "von:",
    "par:",
    "por:",
];

/// The name without the word that introduces it (`By Jane Doe`, `Автор: Иван Петров`).
pub(super) fn name(line: &str) -> Clean {
    let line = line.trim();
    let (first, rest) = line.split_once([' ', '\u{a0}', ':']).unwrap_or((line, ""));
    let rest = rest.trim_start_matches([':', ' ']).trim();
    let lead = LEADS.contains(&first.trim_end_matches(':').to_lowercase().as_str());
    Clean::new(if lead && !rest.is_empty() { rest } else { line })
}

/// What stands before a name without being a single word of it.
#[rustfmt::skip] // A table.
const PHRASES: &[&str] = &[
    "view all posts by", "posts by", "posted by", "written by", "story by", "reported by", "reporting by", "words by",
    "published by", "article by", "submitted by", "a story by", "par notre", "geschrieben von", "ein artikel von",
    "ein beitrag von", "publicado por", "escrito por", "scritto da", "pubblicato da", "door onze", "geschreven door",
    "gespeichert von", "eingereicht von", "verfasst von", "soumis par", "publié par", "rédigé par", "écrit par", "propos recueillis par",
    "enviado por", "redactado por", "inviato da", "a cura di", "ingediend door", "submetido por", "texto de", "text by", "words and pictures by",
    "опубликовал", "подготовил", "подготовила", "материал подготовил", "беседовал", "беседовала", "yazar:", "haber:",
    "skrevet av", "skriven av", "kirjoittanut", "opublikował", "dodał", "napisał", "автор материала", "автор статьи",
    "作者：", "作者:", "作者", "記者", "记者", "文／", "文/", "文：", "撰文：", "编辑：", "责任编辑：", "来源：", "기자", "كتب",
];

/// Words that tell what somebody is, not who.
#[rustfmt::skip] // A table.
const OFFICES: &[&str] = &[
    "correspondent", "reporter", "editor", "staff", "writer", "columnist", "contributor", "journalist", "producer",
    "photographer", "bureau", "desk", "chief", "analyst", "anchor", "director", "professor", "redakteur", "redakteurin",
    "redaktion", "korrespondent", "korrespondentin", "autor", "autorin", "journaliste", "rédaction", "correspondant",
    "corresponsal", "redactor", "redacción", "redattore", "redazione", "redactie", "verslaggever", "журналист",
    "корреспондент", "обозреватель", "редактор", "редакция", "admin", "administrator", "webmaster", "editorial", "team",
    "updated", "published", "follow", "min", "read", "share", "email",
];

/// The people that `lines` name: introductions, offices, handles and dates taken off, names parted.
/// A line that is only the name of the `site` names nobody.
pub(super) fn people(lines: &[String], site: Option<&str>) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    let own = site.map(fold).unwrap_or_default();
    for line in lines {
        let line = line.replace(['\u{a0}', '\n', '\t'], " ");
        if line.contains("://") || line.trim_start().starts_with("www.") {
            continue;
        }
        for part in split(without_phrase(&line)) {
            let name = bare(&part);
            let folded = fold(&name);
            let few = name.chars().filter(|c| c.is_alphabetic()).count() < 2;
            let twice = people.iter().any(|known| fold(known) == folded);
            if few
                || twice
                || folded == own
                || is_office(&name)
                || date::mostly_date(&name)
                || name.chars().count() > 60
            {
                continue;
            }
            people.push(name);
        }
    }
    people
}

/// Whether a name is a person's by its shape: two or more words of which most begin with a capital,
/// or a script without capitals; no office and no company.
pub(super) fn person(name: &str) -> bool {
    const COMPANIES: &[&str] = &[
        "news", "press", "agency", "media", "times", "post", "daily", "wire", "online", "magazine", "inc", "ltd",
        "gmbh", "tv", "radio", "nast", "reuters", "afp", "dpa", "tass", "staff", "desk", "team", "blog", "today",
        "network",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let company = words.iter().any(|word| COMPANIES.contains(&fold(word).trim_end_matches('.')));
    let cased = name.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    let address = name.contains(['@', '/'])
        || words.iter().any(|word| word.trim_end_matches('.').contains('.') && word.len() > 8);
    let capitals = words.iter().filter(|word| word.chars().any(char::is_uppercase)).count();
    let small = words.iter().filter(|word| !word.chars().any(char::is_uppercase) && word.chars().count() > 3).count();
    let shaped = capitals >= 2 && small == 0 && words.len() <= 7;
    !company && !address && (!cased || shaped)
}

/// Whether these are words that introduce a writer, and nothing else.
pub(super) fn introduces(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    LEADS.contains(&&*words) || PHRASES.contains(&&*words)
}

/// The people of a line that begins with a word or phrase that introduces a writer; none otherwise.
pub(super) fn introduced(line: &str, site: Option<&str>) -> Vec<String> {
    let line = line.trim();
    let first = line.split([' ', ':', '\u{a0}']).next().unwrap_or_default().to_lowercase();
    let known = LEADS.contains(&&*first) || without_phrase(line).len() < line.len();
    if known { people(&[line.to_owned()], site) } else { Vec::new() }
}

fn without_phrase(line: &str) -> &str {
    let line = line.trim();
    let lower = line.to_lowercase();
    for phrase in PHRASES {
        if lower.starts_with(phrase) && line.is_char_boundary(phrase.len()) {
            return line[phrase.len()..].trim_start_matches([':', '：', ' ']);
        }
    }
    line
}

/// Parts a line into names.
fn split(line: &str) -> Vec<String> {
    const JOINTS: &[&str] = &[
        " and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " i ", " и ", " та ", " & ", " with ", " AND ",
    ];
    let mut parts: Vec<String> = line.split([',', ';', '|', '•', '·', '/', '、', '，']).map(str::to_owned).collect();
    for joint in JOINTS {
        parts = parts
            .into_iter()
            .flat_map(|part| {
                let sides: Vec<&str> = part.split(joint).collect();
                // `Food and Drink` is one name; two people are two names.
                let all = sides.len() > 1 && sides.iter().all(|side| names(&bare(side), 1));
                if all { sides.into_iter().map(str::to_owned).collect() } else { vec![part] }
            })
            .collect();
    }
    parts.into_iter().map(|part| part.trim().trim_start_matches("and ").trim_start_matches("und ").to_owned()).collect()
}

/// A name without what is set around it: introductions, brackets, handles, dashes and what follows.
fn bare(part: &str) -> String {
    let part = without_phrase(part);
    let part =
        part.split([" - ", " – ", " — ", " @"].iter().find(|sign| part.contains(**sign)).copied().unwrap_or("\u{0}"));
    let part = part.into_iter().next().unwrap_or("");
    let mut kept = String::new();
    let mut depth = 0_u32;
    for c in part.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = kept.split_whitespace().filter(|word| !word.contains('@')).collect();
    let name = name(&words.join(" "));
    name.as_str().trim_matches([' ', ':', '-', '–', '—', '.', '*', '"', '“', '”', '«', '»', '>', '›', '‹']).to_owned()
}

fn is_office(name: &str) -> bool {
    let words: Vec<String> = fold(name).split_whitespace().map(str::to_owned).collect();
    let office = |word: &String| OFFICES.iter().any(|office| fold(office) == *word);
    words.iter().any(office) && !names(name, 2) || words.last().is_some_and(office) || words.first().is_some_and(office)
}

/// Reads a line as a byline by its shape: two to six words, all with capitals but for particles of
/// up to three letters, perhaps behind a short word or one with a colon, perhaps with a date or an
/// office behind it. `led` says that such a word was there.
pub(super) fn of_line(line: &str) -> Option<Byline> {
    let line = line.trim();
    let part = line.split(['|', '•', '·', '–', '—']).next()?.split(" - ").next()?.split(',').next()?.trim();
    let (part, led) = match part.split_once(':') {
        Some((lead, rest)) if lead.chars().count() <= 12 && !lead.contains(' ') => (rest.trim(), true),
        Some(_) => return None,
        None => {
            let first = part.split(' ').next()?;
            let rest = part[first.len()..].trim();
            let known = LEADS.contains(&first.to_lowercase().as_str());
            let short = first.chars().count() <= 3 && first.chars().all(char::is_alphabetic);
            if known && names(rest, 1) || short && names(rest, 2) { (rest, true) } else { (part, false) }
        }
    };
    names(part, if led { 1 } else { 2 }).then(|| Byline { name: Clean::new(part), led })
}

/// A byline found by its shape.
pub(super) struct Byline {
    pub(super) name: Clean,
    /// A word stood before the name that introduced it.
    pub(super) led: bool,
}

/// Whether these are the words of names, with at least `least` capitals among them and fewer
/// particles than names.
fn names(part: &str, least: usize) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let capital = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    let sound = words.iter().all(|word| {
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | ','));
        letters && (word.chars().next().is_some_and(char::is_uppercase) || word.chars().count() <= 3)
    });
    sound
        && capitals >= least
        && capitals * 2 > words.len()
        && words.len() <= 6
        && words.first().as_ref().is_some_and(capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn introductions_go() {
        assert_eq!(name("By Jane Doe").as_str(), "Jane Doe");
        assert_eq!(name("Автор: Иван Петров").as_str(), "Иван Петров");
        assert_eq!(name("Byron Smith").as_str(), "Byron Smith");
        assert_eq!(name("By").as_str(), "By");
    }

    #[test]
    fn people_are_parted_from_what_they_are() {
        let of = |line: &str| people(&[line.to_owned()], Some("Lake Post")).join(" + ");
        for (line, expected) in [
            ("By Ann Lee and Bo Ek, CNN", "Ann Lee + Bo Ek + CNN"),
            ("By Ann Lee, Lake Post", "Ann Lee"),
            ("Ann Lee, Senior Correspondent", "Ann Lee"),
            ("View all posts by Ann Lee", "Ann Lee"),
            ("Von Max Mustermann (dpa)", "Max Mustermann"),
            ("作者：温素霞", "温素霞"),
            ("Ann Lee @annlee", "Ann Lee"),
            ("Lake Post", ""),
            ("https://www.facebook.com/lakepost", ""),
            ("User Admin", ""),
            ("Ann Lee | May 3, 2024", "Ann Lee"),
            ("Иван Петров и Анна Ли", "Иван Петров + Анна Ли"),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
        assert!(person("Ann Lee") && person("温素霞") && person("Ann M. Lee"));
        assert!(!person("Reuters") && !person("CBC News") && !person("annlee"));
    }

    #[test]
    fn lines_of_names() {
        for (line, expected) in [
            ("By Jane Doe", Some(("Jane Doe", true))),
            ("By JANE DOE and John de Wit, Correspondents", Some(("JANE DOE and John de Wit", true))),
            ("Von Max Mustermann", Some(("Max Mustermann", true))),
            ("Автор: Иван Петров", Some(("Иван Петров", true))),
            ("Jane Doe | May 3, 2024", Some(("Jane Doe", false))),
            ("Jane Doe", Some(("Jane Doe", false))),
            ("Minister resigns after the vote", None),
            ("May 3, 2024", None),
        ] {
            let found = of_line(line).map(|byline| (byline.name.to_string(), byline.led));
            assert_eq!(found, expected.map(|(name, led)| (name.to_owned(), led)), "{line}");
        }
    }
}
