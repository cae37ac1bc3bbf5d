//! How an ordered list numbers its items: HTML's `type` and `reversed` (HTML §4.4.5).

use serde::{Deserialize, Serialize};

/// The largest number that is written in letters or Roman numerals; beyond it they are too long to
/// be read, and figures are taken, as browsers do.
const MOST: u64 = 3_999;

/// How an ordered list numbers its items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Numbering {
    /// In what the numbers are written.
    pub figures: Figures,
    /// Whether they go down, as where the best is told last.
    pub down: bool,
}

/// What numbers are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figures {
    /// 1, 2, 3.
    #[default]
    Arabic,
    /// a, b, c.
    Letters,
    /// A, B, C.
    Capitals,
    /// i, ii, iii.
    Roman,
    /// I, II, III.
    RomanCapitals,
}

impl Numbering {
    /// Whether items are counted 1, 2, 3.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The number of the item `n` (from 0) of a list that begins with `first`, as it is written.
    /// A list that goes down stays at 0 where it has more items than numbers.
    #[must_use]
    pub fn number(self, first: u64, n: usize) -> String {
        let n = n as u64;
        let number = if self.down { first.saturating_sub(n) } else { first.saturating_add(n) };
        match self.figures {
            _ if number == 0 || number > MOST => number.to_string(),
            Figures::Arabic => number.to_string(),
            Figures::Letters => letters(number),
            Figures::Capitals => letters(number).to_ascii_uppercase(),
            Figures::Roman => roman(number),
            Figures::RomanCapitals => roman(number).to_ascii_uppercase(),
        }
    }
}

impl Figures {
    /// What HTML's `type` stands for; figures where it says anything else. Case tells `a` from `A`.
    #[must_use]
    pub fn of_html(kind: &str) -> Self {
        match kind {
            "a" => Self::Letters,
            "A" => Self::Capitals,
            "i" => Self::Roman,
            "I" => Self::RomanCapitals,
            _ => Self::Arabic,
        }
    }

    /// HTML's `type` for it; `None` for figures, which need none.
    #[must_use]
    pub const fn html(self) -> Option<&'static str> {
        match self {
            Self::Arabic => None,
            Self::Letters => Some("a"),
            Self::Capitals => Some("A"),
            Self::Roman => Some("i"),
            Self::RomanCapitals => Some("I"),
        }
    }
}

/// a to z, then aa, ab and so on: counting to 26 without a nought.
fn letters(mut number: u64) -> String {
    let mut out = Vec::new();
    while number > 0 {
        number -= 1;
        out.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    out.iter().rev().collect()
}

/// Roman numerals, in small letters.
fn roman(mut number: u64) -> String {
    const SIGNS: [(u64, &str); 13] = [
        (1_000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (worth, sign) in SIGNS {
        while number >= worth {
            out.push_str(sign);
            number -= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(figures: Figures, down: bool, first: u64, count: usize) -> String {
        (0..count).map(|n| Numbering { figures, down }.number(first, n)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn items_are_numbered_as_browsers_do_it() {
        for (figures, down, first, expected) in [
            (Figures::Arabic, false, 9, "9 10 11"),
            (Figures::Arabic, true, 2, "2 1 0"),
            (Figures::Arabic, true, 0, "0 0 0"),
            (Figures::Letters, false, 25, "y z aa"),
            (Figures::Capitals, false, 702, "ZZ AAA AAB"),
            (Figures::Roman, false, 3, "iii iv v"),
            (Figures::RomanCapitals, true, 1_999, "MCMXCIX MCMXCVIII MCMXCVII"),
            (Figures::Roman, false, 3_999, "mmmcmxcix 4000 4001"),
            (Figures::Letters, false, u64::MAX, "18446744073709551615 18446744073709551615 18446744073709551615"),
        ] {
            assert_eq!(numbers(figures, down, first, 3), expected, "{figures:?} from {first}");
        }
    }

    #[test]
    fn what_html_calls_them_goes_both_ways() {
        for kind in ["a", "A", "i", "I"] {
            assert_eq!(Figures::of_html(kind).html(), Some(kind));
        }
        assert_eq!(Figures::of_html("1").html(), None);
    }
}
