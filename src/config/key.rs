//! Keys and sequences of keys, and how they are written: `j`, `G`, `ctrl-d`, `pgdn`, `g g`.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One key press, in the one form that two presses of the same key always have.
///
/// Terminals disagree on how they report a capital (`G`, or `g` with shift) and shift-tab; made by
/// [`Key::new`], both come out the same, so keys can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// The modifiers a binding can name, in the order they are written.
const MODIFIERS: [(KeyModifiers, &str); 4] = [
    (KeyModifiers::CONTROL, "ctrl-"),
    (KeyModifiers::ALT, "alt-"),
    (KeyModifiers::SUPER, "super-"),
    (KeyModifiers::SHIFT, "shift-"),
];

/// Keys that have a name. Where two names stand for one key, the first is the one written.
const NAMED: [(&str, KeyCode); 23] = [
    ("space", KeyCode::Char(' ')),
    ("enter", KeyCode::Enter),
    ("return", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("escape", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("del", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("ins", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("pgup", KeyCode::PageUp),
    ("pageup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("pagedown", KeyCode::PageDown),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("menu", KeyCode::Menu),
    // No key of any keyboard: see [`Key::WAIT`].
    ("wait", KeyCode::Null),
];

/// The highest function key that can be bound: terminals report no more.
const MAX_FUNCTION_KEY: u8 = 24;

impl Key {
    /// That no key came for a moment: it ends a figure that stands alone, where one might also begin a
    /// count. In a macro it is what a pause is on the keyboard.
    pub const WAIT: Self = Self { code: KeyCode::Null, modifiers: KeyModifiers::NONE };

    /// The key with these modifiers, in its one form. Modifiers that no binding can name (hyper,
    /// meta) are dropped.
    #[must_use]
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers = modifiers & MODIFIERS.iter().fold(KeyModifiers::NONE, |all, (one, _)| all | *one);
        let code = match code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(' ') => KeyCode::Char(' '),
            KeyCode::Char(c) => {
                let shifted = modifiers.contains(KeyModifiers::SHIFT);
                modifiers -= KeyModifiers::SHIFT;
                let mut upper = c.to_uppercase();
                match (upper.next(), upper.next()) {
                    // A letter whose capital is several letters (ß) stays as it is.
                    (Some(capital), None) if shifted => KeyCode::Char(capital),
                    _ => KeyCode::Char(c),
                }
            }
            other => other,
        };
        Self { code, modifiers }
    }

    /// The key without modifiers.
    #[must_use]
    pub fn plain(code: KeyCode) -> Self {
        Self::new(code, KeyModifiers::NONE)
    }

    /// Which key.
    #[must_use]
    pub fn code(self) -> KeyCode {
        self.code
    }

    /// The modifiers held with it.
    #[must_use]
    pub fn modifiers(self) -> KeyModifiers {
        self.modifiers
    }

    /// The character that typing this key puts into a line; `None` for a command.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if (self.modifiers - KeyModifiers::SHIFT).is_empty() => Some(c),
            _ => None,
        }
    }

    /// How the status line writes it: arrows as arrows, the rest as in the configuration.
    #[must_use]
    pub fn symbol(self) -> String {
        if self.modifiers.is_empty() {
            match self.code {
                KeyCode::Up => return "↑".to_owned(),
                KeyCode::Down => return "↓".to_owned(),
                KeyCode::Left => return "←".to_owned(),
                KeyCode::Right => return "→".to_owned(),
                _ => {}
            }
        }
        self.to_string()
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "f{n}"),
            // Keys without a name here (media keys, locks) cannot be bound; this is for logs only.
            other => write!(f, "{other:?}"),
        }
    }
}

/// Why a text is not a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadKey {
    /// There is nothing in it.
    Empty,
    /// No key has this name.
    Unknown(String),
    /// Shift cannot be named with this character: the character it makes is the key.
    Shift(String),
}

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no key is named"),
            Self::Unknown(name) => write!(f, "no key is called \"{}\"", name.escape_debug()),
            Self::Shift(name) => {
                write!(f, "\"shift-{0}\": write the character that shift makes, not {0}", name.escape_debug())
            }
        }
    }
}

impl std::error::Error for BadKey {}

impl BadKey {
    /// The nearest thing that would have been a key, and how keys are written.
    #[must_use]
    pub fn hint(&self) -> String {
        let Self::Unknown(name) = self else {
            return "keys are written like j, G, space, ctrl-d, shift-tab, pgdn, f5".to_owned();
        };
        let bare = name.rsplit('-').next().unwrap_or(name).to_lowercase();
        match super::nearest(&bare, NAMED.iter().map(|(name, _)| *name)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => {
                "keys are written like j, G, space, ctrl-d, shift-tab, pgdn, f5; a sequence like \"g g\"".to_owned()
            }
        }
    }
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = text;
        while let Some((modifier, name)) = MODIFIERS
            .iter()
            // What follows must not be empty: "-" is a key, and so is "ctrl--".
            .find(|(_, name)| {
                rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)) && rest.len() > name.len()
            })
        {
            modifiers |= *modifier;
            rest = &rest[name.len()..];
        }
        let code = code(rest).ok_or_else(|| match rest {
            "" => BadKey::Empty,
            _ => BadKey::Unknown(text.to_owned()),
        })?;
        if let KeyCode::Char(c) = code
            && modifiers.contains(KeyModifiers::SHIFT)
            && c != ' '
            && !c.is_alphabetic()
        {
            return Err(BadKey::Shift(c.to_string()));
        }
        Ok(Self::new(code, modifiers))
    }
}

/// The key of that name, or the character itself.
fn code(name: &str) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_whitespace() && !c.is_control()).then_some(KeyCode::Char(c));
    }
    if let Some((_, code)) = NAMED.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)) {
        return Some(*code);
    }
    let number = name.strip_prefix(['f', 'F'])?;
    let number: u8 = number.parse().ok()?;
    // "f01" would be a second way to write f1.
    ((1..=MAX_FUNCTION_KEY).contains(&number) && name.len() == 1 + number.to_string().len())
        .then_some(KeyCode::F(number))
}

/// Keys pressed one after the other. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd)]
pub struct KeySeq(Vec<Key>);

impl KeySeq {
    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// How the status line writes it: see [`Key::symbol`]; keys of a sequence stand side by side
    /// where each is one character (`gg`).
    #[must_use]
    pub fn symbol(&self) -> String {
        let symbols: Vec<String> = self.0.iter().map(|key| key.symbol()).collect();
        let tight = symbols.iter().all(|symbol| symbol.chars().count() == 1);
        symbols.join(if tight { "" } else { " " })
    }

    /// Whether pressing this sequence begins with pressing `other`, or the reverse: then one of the
    /// two could never be reached.
    #[must_use]
    pub fn collides(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl From<Key> for KeySeq {
    fn from(key: Key) -> Self {
        Self(vec![key])
    }
}

impl fmt::Display for KeySeq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, key) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            key.fmt(f)?;
        }
        Ok(())
    }
}

impl FromStr for KeySeq {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let keys: Vec<Key> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(BadKey::Empty) } else { Ok(Self(keys)) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn keys_as_they_are_written() {
        for (text, code, modifiers) in [
            ("j", KeyCode::Char('j'), KeyModifiers::NONE),
            ("G", KeyCode::Char('G'), KeyModifiers::NONE),
            ("shift-g", KeyCode::Char('G'), KeyModifiers::NONE),
            ("ctrl-d", KeyCode::Char('d'), KeyModifiers::CONTROL),
            ("Ctrl-Alt-x", KeyCode::Char('x'), KeyModifiers::CONTROL.union(KeyModifiers::ALT)),
            ("-", KeyCode::Char('-'), KeyModifiers::NONE),
            ("ctrl--", KeyCode::Char('-'), KeyModifiers::CONTROL),
            ("space", KeyCode::Char(' '), KeyModifiers::NONE),
            ("shift-tab", KeyCode::Tab, KeyModifiers::SHIFT),
            ("PgDn", KeyCode::PageDown, KeyModifiers::NONE),
            ("f12", KeyCode::F(12), KeyModifiers::NONE),
            ("ж", KeyCode::Char('ж'), KeyModifiers::NONE),
        ] {
            let key = key(text);
            assert_eq!((key.code(), key.modifiers()), (code, modifiers), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_key_is_said() {
        for (text, hint) in [("spcae", "\"space\""), ("ctrl-entr", "\"enter\""), ("f99", "keys are written")] {
            let bad = text.parse::<Key>().unwrap_err();
            assert!(bad.hint().contains(hint), "{text}: {}", bad.hint());
        }
        assert_eq!("".parse::<KeySeq>(), Err(BadKey::Empty));
        assert_eq!("shift-1".parse::<Key>(), Err(BadKey::Shift("1".to_owned())));
        assert!("f01".parse::<Key>().is_err());
        assert!("\u{1b}".parse::<Key>().is_err());
    }

    #[test]
    fn terminals_that_report_differently_give_one_key() {
        let shifted = Key::from(KeyEvent::new(KeyCode::Char('g'), KeyModifiers::SHIFT));
        let capital = Key::from(KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT));
        assert_eq!(shifted, key("G"));
        assert_eq!(capital, key("G"));
        assert_eq!(Key::from(KeyEvent::new(KeyCode::BackTab, KeyModifiers::NONE)), key("shift-tab"));
        assert_eq!(Key::from(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)), key("shift-tab"));
        assert_eq!(Key::from(KeyEvent::new(KeyCode::Char('?'), KeyModifiers::SHIFT)), key("?"));
    }

    #[test]
    fn typing() {
        assert_eq!(key("ж").typed(), Some('ж'));
        assert_eq!(key("space").typed(), Some(' '));
        assert_eq!(key("ctrl-a").typed(), None);
        assert_eq!(key("enter").typed(), None);
    }

    #[test]
    fn sequences() {
        let gg: KeySeq = "g g".parse().unwrap();
        let g: KeySeq = "g".parse().unwrap();
        assert_eq!(gg.symbol(), "gg");
        assert!(gg.collides(&g) && g.collides(&gg));
        assert!(!gg.collides(&"G".parse().unwrap()));
        assert_eq!("down".parse::<KeySeq>().unwrap().symbol(), "↓");
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let named = (0..NAMED.len()).prop_map(|i| NAMED[i].1);
        let function = (1..=MAX_FUNCTION_KEY).prop_map(KeyCode::F);
        let char = any::<char>()
            .prop_filter("a key that can be typed", |c| !c.is_whitespace() && !c.is_control())
            .prop_map(KeyCode::Char);
        (prop_oneof![named, function, char], 0..16u8).prop_map(|(code, bits)| {
            let mut modifiers = KeyModifiers::NONE;
            for (i, (modifier, _)) in MODIFIERS.iter().enumerate() {
                if bits & (1 << i) != 0 {
                    modifiers |= *modifier;
                }
            }
            Key::new(code, modifiers)
        })
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(keys in proptest::collection::vec(any_key(), 1..4)) {
            let seq = KeySeq(keys);
            prop_assert_eq!(seq.to_string().parse::<KeySeq>(), Ok(seq));
        }

        #[test]
        fn no_text_breaks_it(text in ".{0,30}") {
            if let Ok(seq) = text.parse::<KeySeq>() {
                prop_assert_eq!(seq.to_string().parse::<KeySeq>(), Ok(seq));
            }
        }
    }
}
