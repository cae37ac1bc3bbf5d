//! Tabs of preformatted text as spaces: what stood under one another does so again.

use std::borrow::Cow;

use crate::text::width::width;

/// Columns between the stops behind words: those of terminals and browsers, which such text was made for.
const STOP: usize = 8;

/// Columns of a tab before the words of a line, where it only says how deep they are: code has little room.
const INDENT: usize = 4;

/// `text` with spaces for its tabs. Linear in it; at most [`STOP`] times as long.
pub(super) fn set(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() * 2);
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        // The columns of the line so far, and whether words stand in it.
        let (mut column, mut words) = (0, false);
        for (n, piece) in line.split('\t').enumerate() {
            if n > 0 {
                let stop = if words { STOP } else { INDENT };
                let next = (column / stop + 1) * stop;
                out.extend(std::iter::repeat_n(' ', next - column));
                column = next;
            }
            out.push_str(piece);
            column += width(piece);
            words |= !piece.trim().is_empty();
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::set;

    #[test]
    fn columns_stand_under_one_another_and_indents_stay_small() {
        assert_eq!(set("a\tb\tc\nlonger\tx\n12345678\ty"), "a       b       c\nlonger  x\n12345678        y");
        assert_eq!(set("\tone\n\t\ttwo\tb\n  \tthree"), "    one\n        two     b\n    three");
        assert_eq!(set("東京\tb"), "東京    b");
        assert_eq!(set("none\n"), "none\n");
        assert_eq!(set("\t"), "    ");
    }
}
