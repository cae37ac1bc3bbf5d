//! Names of months in the languages of the news, and names of time zones.

/// Beginnings of month names, lower-case, with the month they mean; the longest that fits a word
/// counts. Beginnings, because abbreviations, cases and spellings differ in their ends.
///
/// English, German, Dutch, Danish, Norwegian, Swedish, Finnish, French, Italian, Spanish,
/// Portuguese, Catalan, Romanian, Polish, Czech, Slovak, Hungarian, Turkish, Azerbaijani, Uzbek,
/// Indonesian, Greek, Russian, Belarusian, Bulgarian, Serbian, Tajik, Ukrainian, Kazakh, Arabic
/// (both sets), Hebrew, Hindi, Chinese. (Japanese and Korean number their months.) Slovak and Czech
/// `lis` and `srp` mean what they mean in Polish where the languages disagree, as more feeds do.
#[rustfmt::skip]
const MONTHS: &[(&str, u8)] = &[
    // Latin script, the common stock.
    ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("may", 5), ("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9),
    ("oct", 10), ("nov", 11), ("dec", 12),
    // Germanic.
    ("jän", 1), ("mär", 3), ("maer", 3), ("mrz", 3), ("mai", 5), ("maj", 5), ("mei", 5), ("mrt", 3), ("maa", 3),
    ("okt", 10), ("dez", 12), ("des", 12),
    // Finnish.
    ("tammi", 1), ("helmi", 2), ("maalis", 3), ("huhti", 4), ("touko", 5), ("kesä", 6), ("heinä", 7), ("eloku", 8),
    ("syys", 9), ("loka", 10), ("marras", 11), ("joulu", 12),
    // Romance.
    ("gen", 1), ("ene", 1), ("ian", 1), ("fév", 2), ("fev", 2), ("avr", 4), ("abr", 4), ("mag", 5), ("mayo", 5),
    ("juin", 6), ("giu", 6), ("iun", 6), ("juil", 7), ("lug", 7), ("iul", 7), ("aoû", 8), ("aou", 8), ("ago", 8),
    ("set", 9), ("ott", 10), ("out", 10), ("noi", 11), ("déc", 12), ("dic", 12), ("dek", 12), ("dis", 12),
    // Polish, Czech, Slovak.
    ("sty", 1), ("lut", 2), ("kwi", 4), ("cze", 6), ("lip", 7), ("sie", 8), ("wrz", 9), ("paź", 10), ("paz", 10),
    ("lis", 11), ("gru", 12), ("led", 1), ("úno", 2), ("uno", 2), ("bře", 3), ("bre", 3), ("dub", 4), ("kvě", 5),
    ("kve", 5), ("červen", 6), ("červenec", 7), ("července", 7), ("srp", 8), ("zář", 9), ("zar", 9), ("říj", 10),
    ("rij", 10), ("pro", 12), ("máj", 5), ("jún", 6), ("júl", 7),
    // Hungarian.
    ("már", 3), ("ápr", 4), ("szept", 9), ("sze", 9),
    // Turkic in Latin script.
    ("oca", 1), ("şub", 2), ("sub", 2), ("nis", 4), ("haz", 6), ("tem", 7), ("ağu", 8), ("agu", 8), ("eyl", 9),
    ("eki", 10), ("kas", 11), ("ara", 12), ("yan", 1), ("fevr", 2), ("iyun", 6), ("iyul", 7), ("avg", 8), ("avq", 8),
    ("sen", 9), ("noy", 11),
    // Indonesian has the common stock and these.
    ("mare", 3), ("agus", 8),
    // Greek.
    ("ιαν", 1), ("φεβ", 2), ("μαρ", 3), ("μάρ", 3), ("απρ", 4), ("μαϊ", 5), ("μάι", 5), ("μαι", 5), ("μαΐ", 5),
    ("ιουν", 6), ("ιούν", 6), ("ιουλ", 7), ("ιούλ", 7), ("αυγ", 8), ("αύγ", 8), ("σεπ", 9), ("οκτ", 10), ("νοε", 11),
    ("νοέ", 11), ("δεκ", 12),
    // Cyrillic.
    ("янв", 1), ("янаур", 1), ("яну", 1), ("јан", 1), ("фев", 2), ("мар", 3), ("апр", 4), ("май", 5), ("мая", 5),
    ("мај", 5), ("июн", 6), ("юни", 6), ("јун", 6), ("июл", 7), ("юли", 7), ("јул", 7), ("авг", 8), ("сен", 9),
    ("сеп", 9), ("окт", 10), ("ноя", 11), ("ное", 11), ("нов", 11), ("дек", 12), ("дец", 12),
    // Ukrainian, Belarusian.
    ("січ", 1), ("лют", 2), ("бер", 3), ("кві", 4), ("тра", 5), ("чер", 6), ("лип", 7), ("сер", 8), ("вер", 9),
    ("жов", 10), ("лис", 11), ("гру", 12), ("сту", 1), ("сак", 3), ("кра", 4), ("чэр", 6), ("ліп", 7), ("жні", 8),
    ("кас", 10), ("ліс", 11), ("сне", 12), ("сьн", 12),
    // Kazakh.
    ("қаң", 1), ("ақп", 2), ("нау", 3), ("сәу", 4), ("мам", 5), ("мау", 6), ("шіл", 7), ("там", 8), ("қыр", 9),
    ("қаз", 10), ("қар", 11), ("жел", 12),
    // Arabic.
    ("يناير", 1), ("فبراير", 2), ("مارس", 3), ("أبريل", 4), ("ابريل", 4), ("إبريل", 4), ("مايو", 5), ("يونيو", 6),
    ("يوليو", 7), ("أغسطس", 8), ("اغسطس", 8), ("سبتمبر", 9), ("أكتوبر", 10), ("اكتوبر", 10), ("نوفمبر", 11),
    ("ديسمبر", 12), ("شباط", 2), ("آذار", 3), ("نيسان", 4), ("أيار", 5), ("حزيران", 6), ("تموز", 7), ("آب", 8),
    ("أيلول", 9),
    // Hebrew.
    ("ינו", 1), ("פבר", 2), ("מרץ", 3), ("מרס", 3), ("אפר", 4), ("מאי", 5), ("יונ", 6), ("יול", 7), ("אוג", 8),
    ("ספט", 9), ("אוק", 10), ("נוב", 11), ("דצמ", 12),
    // Hindi.
    ("जन", 1), ("फ़र", 2), ("फर", 2), ("मार्च", 3), ("अप्रैल", 4), ("मई", 5), ("जून", 6), ("जुल", 7), ("अग", 8),
    ("सित", 9), ("अक्", 10), ("नव", 11), ("दिस", 12),
    // Chinese, in words.
    ("一月", 1), ("二月", 2), ("三月", 3), ("四月", 4), ("五月", 5), ("六月", 6), ("七月", 7), ("八月", 8), ("九月", 9),
    ("十月", 10), ("十一月", 11), ("十二月", 12),
];

/// The month that `word` (lower-case) names. A scan of the table: dates are few and short.
pub(super) fn month(word: &str) -> Option<u8> {
    if let Some(english) = english(word) {
        return Some(english);
    }
    let fitting = MONTHS.iter().filter(|(beginning, _)| word.starts_with(beginning));
    fitting.max_by_key(|(beginning, _)| beginning.len()).map(|(_, month)| *month)
}

/// The names nearly all feeds use, without the scan.
pub(super) fn english(word: &str) -> Option<u8> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = NAMES.iter().position(|name| *name == word)?;
    u8::try_from(at + 1).ok()
}

/// Names of zones and their distance from UTC in minutes. Where a name has several meanings, the
/// one that feeds mean (`IST` is India's, `CST` and `AST` are American).
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("utc", 0), ("gmt", 0), ("ut", 0), ("z", 0), ("wet", 0), ("zulu", 0),
    ("est", -300), ("edt", -240), ("et", -300), ("cst", -360), ("cdt", -300), ("ct", -360), ("mst", -420),
    ("mdt", -360), ("mt", -420), ("pst", -480), ("pdt", -420), ("pt", -480), ("akst", -540), ("akdt", -480),
    ("hst", -600), ("ast", -240), ("adt", -180), ("at", -240), ("nst", -210), ("ndt", -150), ("brt", -180),
    ("brst", -120), ("art", -180), ("clt", -240), ("clst", -180), ("cot", -300), ("pet", -300), ("vet", -240),
    ("bst", 60), ("west", 60), ("cet", 60), ("met", 60), ("mez", 60), ("cest", 120), ("mest", 120), ("mesz", 120),
    ("wat", 60), ("cat", 120), ("sast", 120), ("eet", 120), ("eest", 180), ("idt", 180), ("msk", 180), ("msd", 240),
    ("мск", 180), ("trt", 180), ("eat", 180), ("samt", 240), ("gst", 240), ("azt", 240), ("get", 240), ("amt", 240),
    ("irst", 210), ("pkt", 300), ("uzt", 300), ("tjt", 300), ("tmt", 300), ("yekt", 300), ("ist", 330), ("npt", 345),
    ("almt", 300), ("kgt", 360), ("omst", 360), ("novt", 420), ("krat", 420), ("wib", 420), ("ict", 420),
    ("wita", 480), ("hkt", 480), ("sgt", 480), ("myt", 480), ("pht", 480), ("awst", 480), ("irkt", 480), ("jst", 540),
    ("kst", 540), ("wit", 540), ("yakt", 540), ("acst", 570), ("acdt", 630), ("aest", 600), ("vlat", 600),
    ("aedt", 660), ("nzst", 720), ("nzdt", 780),
];

/// Minutes east of UTC of the zone that `word` (lower-case) names.
pub(super) fn zone(word: &str) -> Option<i32> {
    if let [letter @ b'a'..=b'y'] = word.as_bytes() {
        // The letters of RFC 822, signs as printed there: A is -1, N is +1. J is no zone.
        let letter = i32::from(*letter);
        return match letter as u8 {
            b'a'..=b'i' => Some(-60 * (letter - i32::from(b'a') + 1)),
            b'k'..=b'm' => Some(-60 * (letter - i32::from(b'a'))),
            b'n'..=b'y' => Some(60 * (letter - i32::from(b'n') + 1)),
            _ => None,
        };
    }
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes)
}

/// Whether `word` (lower-case) says that the hour is counted from noon, or from midnight.
pub(super) fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "pm" | "오후" | "下午" | "午後" | "μμ" | "晚上" => Some(true),
        "am" | "오전" | "上午" | "午前" | "πμ" | "早上" => Some(false),
        _ => None,
    }
}
