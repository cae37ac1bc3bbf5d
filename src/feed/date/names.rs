//! Names of months and of time zones.

use crate::text::months;

/// The month that `word` (lower-case) names: the English names that nearly all feeds use, Chinese
/// numbers, or any name of [`text::months`](crate::text::months), in full or cut short.
pub(super) fn month(word: &str) -> Option<u8> {
    const CHINESE: [&str; 12] =
        ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"];
    if let Some(month) = english(word).or_else(|| months::abbreviated(word)) {
        return Some(month);
    }
    let at = CHINESE.iter().position(|name| *name == word)?;
    u8::try_from(at + 1).ok()
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
