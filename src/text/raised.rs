//! Raised and lowered letters: Unicode's own, where all of a text has one.

/// Signs and their raised forms. Letters are those that fonts for terminals commonly have.
const RAISED: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('a', 'ᵃ'),
    ('b', 'ᵇ'),
    ('c', 'ᶜ'),
    ('d', 'ᵈ'),
    ('e', 'ᵉ'),
    ('f', 'ᶠ'),
    ('g', 'ᵍ'),
    ('h', 'ʰ'),
    ('i', 'ⁱ'),
    ('j', 'ʲ'),
    ('k', 'ᵏ'),
    ('l', 'ˡ'),
    ('m', 'ᵐ'),
    ('n', 'ⁿ'),
    ('o', 'ᵒ'),
    ('p', 'ᵖ'),
    ('r', 'ʳ'),
    ('s', 'ˢ'),
    ('t', 'ᵗ'),
    ('u', 'ᵘ'),
    ('v', 'ᵛ'),
    ('w', 'ʷ'),
    ('x', 'ˣ'),
    ('y', 'ʸ'),
    ('z', 'ᶻ'),
    ('T', 'ᵀ'),
    ('M', 'ᴹ'),
    ('N', 'ᴺ'),
    ('R', 'ᴿ'),
    ('β', 'ᵝ'),
    ('γ', 'ᵞ'),
    ('δ', 'ᵟ'),
    ('θ', 'ᶿ'),
    ('*', '*'),
    ('†', '†'),
    ('‡', '‡'),
    ('′', '′'),
    ('°', '°'),
];

/// Signs and their lowered forms.
const LOWERED: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
    ('a', 'ₐ'),
    ('e', 'ₑ'),
    ('h', 'ₕ'),
    ('i', 'ᵢ'),
    ('j', 'ⱼ'),
    ('k', 'ₖ'),
    ('l', 'ₗ'),
    ('m', 'ₘ'),
    ('n', 'ₙ'),
    ('o', 'ₒ'),
    ('p', 'ₚ'),
    ('r', 'ᵣ'),
    ('s', 'ₛ'),
    ('t', 'ₜ'),
    ('u', 'ᵤ'),
    ('v', 'ᵥ'),
    ('x', 'ₓ'),
    ('β', 'ᵦ'),
    ('γ', 'ᵧ'),
    ('ρ', 'ᵨ'),
    ('φ', 'ᵩ'),
    ('χ', 'ᵪ'),
];

/// Above this many letters raised words are harder to read than words behind a sign.
const SHORT: usize = 6;

/// `text` in raised letters; `None` where it is empty, long, or one of its letters has no such form.
#[must_use]
pub fn raise(text: &str) -> Option<String> {
    each(text, RAISED)
}

/// `text` in lowered letters; `None` as with [`raise`].
#[must_use]
pub fn lower(text: &str) -> Option<String> {
    each(text, LOWERED)
}

fn each(text: &str, table: &[(char, char)]) -> Option<String> {
    let form = |c: char| table.iter().find(|(plain, _)| *plain == c).map(|(_, form)| *form);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if text.is_empty() || letters > SHORT {
        return None;
    }
    // The white space within a formula says nothing.
    text.chars().filter(|c| *c != ' ').map(form).collect::<Option<String>>().filter(|text| !text.is_empty())
}

/// `text` raised, with Unicode's letters or behind a `^`; in brackets where it is more than one sign.
#[must_use]
pub fn raised(text: &str) -> String {
    raise(text).unwrap_or_else(|| marked('^', text))
}

/// `text` lowered, as with [`raised`].
#[must_use]
pub fn lowered(text: &str) -> String {
    lower(text).unwrap_or_else(|| marked('_', text))
}

fn marked(mark: char, text: &str) -> String {
    if text.chars().nth(1).is_some() { format!("{mark}({text})") } else { format!("{mark}{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_raised_where_all_of_them_can_be() {
        for (text, raised_form, lowered_form) in [
            ("2", "²", "₂"),
            ("n+1", "ⁿ⁺¹", "ₙ₊₁"),
            ("st", "ˢᵗ", "ₛₜ"),
            ("−10", "⁻¹⁰", "₋₁₀"),
            ("q", "^q", "_q"),
            ("Юг", "^(Юг)", "_(Юг)"),
            ("tomorrow", "^(tomorrow)", "_(tomorrow)"),
            ("", "^", "_"),
        ] {
            assert_eq!((raised(text).as_str(), lowered(text).as_str()), (raised_form, lowered_form), "{text}");
        }
    }
}
