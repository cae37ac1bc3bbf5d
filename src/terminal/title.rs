//! The window's title.

use crate::text::Clean;

/// The longest title sent, in characters; window lists show less.
const MAX: usize = 200;

/// The bytes that name the window `title` (OSC 2).
#[must_use]
pub fn sequence(title: &Clean) -> String {
    let title: String = title.as_str().chars().take(MAX).collect();
    format!("\x1b]2;{title}\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_sequence() {
        let title = sequence(&Clean::new("News\u{1b}\\\u{7}\u{1b}[31m of the day"));
        assert_eq!(title, "\x1b]2;News of the day\x1b\\");
        assert_eq!(sequence(&Clean::new(&"x".repeat(1000))).len(), MAX + 6);
    }
}
