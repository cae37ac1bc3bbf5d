//! MathML as plain Unicode, where that says it: raised and lowered figures, fractions and roots.

use crate::text::raised::{lowered, raised};
use crate::text::tex::{grouped, rooted, to_unicode};

/// A formula with more parts than this is read no further.
const MAX_PARTS: usize = 2_000;

/// A formula in the making: open elements, outermost first, each with its finished parts.
pub(super) struct Math {
    open: Vec<(Kind, Vec<String>)>,
    parts: usize,
    /// What the page says the formula is, in TeX.
    told: Option<String>,
}

/// What an element does with its parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Row,
    Raised,
    Lowered,
    Both,
    Over,
    Under,
    Fraction,
    Root,
    Power,
    Brackets,
    /// Words, a figure or a sign.
    Leaf,
    /// A sign that stands between two others.
    Sign,
    /// A row of a table.
    TableRow,
}

impl Math {
    /// Begins a formula, of which the page says that it is `told` in TeX.
    pub(super) fn new(told: Option<&str>) -> Self {
        Self { open: vec![(Kind::Row, Vec::new())], parts: 0, told: told.map(str::to_owned) }
    }

    /// A start tag within the formula.
    pub(super) fn start(&mut self, name: &str) {
        self.parts += 1;
        self.open.push((
            match name {
                "msup" => Kind::Raised,
                "msub" => Kind::Lowered,
                "msubsup" => Kind::Both,
                "mover" => Kind::Over,
                "munder" | "munderover" => Kind::Under,
                "mfrac" => Kind::Fraction,
                "msqrt" => Kind::Root,
                "mroot" => Kind::Power,
                "mfenced" => Kind::Brackets,
                "mo" => Kind::Sign,
                "mi" | "mn" | "mtext" | "ms" | "mspace" => Kind::Leaf,
                "mtr" => Kind::TableRow,
                _ => Kind::Row,
            },
            Vec::new(),
        ));
    }

    /// Text within the formula.
    pub(super) fn text(&mut self, text: &str) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Signs of multiplication and application that are not to be seen.
        let words: String = words.chars().filter(|c| !matches!(c, '\u{2061}'..='\u{2064}')).collect();
        if words.is_empty() || self.parts > MAX_PARTS {
            return;
        }
        self.parts += 1;
        if let Some((_, parts)) = self.open.last_mut() {
            parts.push(words);
        }
    }

    /// An end tag within the formula.
    pub(super) fn end(&mut self) {
        // The outermost row is closed by the end of the formula.
        if self.open.len() < 2 {
            return;
        }
        if let Some((kind, parts)) = self.open.pop() {
            let text = kind.set(parts);
            // An empty part keeps its place: what is raised is known by being the second.
            if let Some((_, parts)) = self.open.last_mut() {
                parts.push(text);
            }
        }
    }

    /// The formula as a line of text.
    pub(super) fn finish(mut self) -> String {
        while self.open.len() > 1 {
            self.end();
        }
        let text = self.open.pop().map(|(kind, parts)| kind.set(parts)).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() { self.told.as_deref().and_then(to_unicode).unwrap_or_default() } else { text }
    }
}

impl Kind {
    fn set(self, parts: Vec<String>) -> String {
        let part = |n: usize| parts.get(n).map_or("", |part| part.trim());
        match self {
            Self::Row | Self::Leaf => parts.concat(),
            Self::TableRow => format!("{}; ", parts.join(" ")),
            Self::Raised => format!("{}{}", part(0), raised_part(part(1))),
            Self::Lowered => format!("{}{}", part(0), lowered_part(part(1))),
            Self::Both => format!("{}{}{}", part(0), lowered_part(part(1)), raised_part(part(2))),
            Self::Over => match part(1) {
                "¯" | "‾" | "―" => format!("{}\u{304}", part(0)),
                "^" | "ˆ" => format!("{}\u{302}", part(0)),
                "→" => format!("{}\u{20d7}", part(0)),
                "~" | "˜" => format!("{}\u{303}", part(0)),
                above => format!("{}{}", part(0), raised_part(above)),
            },
            Self::Under => {
                let above = if part(2).is_empty() { String::new() } else { raised_part(part(2)) };
                format!("{}{}{above}", part(0), lowered_part(part(1)))
            }
            Self::Fraction => format!("{}/{}", grouped(part(0)), grouped(part(1))),
            Self::Root => format!("√{}", rooted(parts.concat().trim())),
            Self::Power => match raised_root(part(1)) {
                Some(sign) => format!("{sign}{}", rooted(part(0))),
                None => format!("{}^(1/{})", grouped(part(0)), part(1)),
            },
            Self::Brackets => format!("({})", parts.join(", ")),
            Self::Sign => sign(parts.concat().trim()),
        }
    }
}

fn raised_part(text: &str) -> String {
    // A prime is raised by itself.
    if text.is_empty() || matches!(text, "′" | "″" | "'" | "°" | "*") {
        text.replace('\'', "′")
    } else {
        raised(text)
    }
}

fn lowered_part(text: &str) -> String {
    if text.is_empty() { String::new() } else { lowered(text) }
}

fn raised_root(of: &str) -> Option<&'static str> {
    match of {
        "2" => Some("√"),
        "3" => Some("∛"),
        "4" => Some("∜"),
        _ => None,
    }
}

/// A sign with the air around it that it has in print.
fn sign(sign: &str) -> String {
    match sign {
        "-" => "−".to_owned(),
        "=" | "<" | ">" | "≤" | "≥" | "≠" | "≈" | "∼" | "≡" | "→" | "⇒" | "∈" | "×" | "+" | "−" | "±" | "∝" | "⊂"
        | "∪" | "∩" | "↦" | "≪" | "≫" | ":=" => format!(" {sign} "),
        "," => ", ".to_owned(),
        _ => sign.to_owned(),
    }
}
