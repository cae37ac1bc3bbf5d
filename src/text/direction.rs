//! Letters that are read from the right, and the signs that look the other way among them.

/// Whether `c` stands in a block of letters that are read from the right.
#[must_use]
pub fn from_the_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// A sign as it is drawn among words that are read from the right.
#[must_use]
pub fn turned(sign: &str) -> &str {
    match sign {
        "(" => ")",
        ")" => "(",
        "[" => "]",
        "]" => "[",
        "{" => "}",
        "}" => "{",
        "<" => ">",
        ">" => "<",
        "«" => "»",
        "»" => "«",
        "‹" => "›",
        "›" => "‹",
        "≤" => "≥",
        "≥" => "≤",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_and_brackets_turned_and_back() {
        assert!("שلܐ".chars().all(from_the_right));
        assert!(!"aж中1 (“".chars().any(from_the_right));
        for sign in ["(", "]", "«", "≥", "a", "-"] {
            assert_eq!(turned(turned(sign)), sign);
        }
    }
}
