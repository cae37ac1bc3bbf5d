//! Whether the terminal writes on dark or on light.

pub use crate::config::Background;

/// "Which background colour?" (xterm's OSC 11). Sent with the entering bytes and never waited for:
/// the input thread hears the answer whenever it comes.
pub(super) const QUESTION: &str = "\x1b]11;?\x1b\\";

/// A first guess from the environment: `COLORFGBG`, which rxvt, Konsole and others set to
/// `foreground;background` in colour numbers. `None` where it is missing or says nothing.
pub fn guess_background(env: impl Fn(&str) -> Option<String>) -> Option<Background> {
    let colours = env("COLORFGBG")?;
    match colours.rsplit(';').next()?.trim().parse::<u8>().ok()? {
        0..=6 | 8 => Some(Background::Dark),
        7 | 9..=15 => Some(Background::Light),
        _ => None,
    }
}

/// Whether the terminal may be asked: the Linux console and dumb terminals print what they do not
/// understand.
pub(super) fn can_ask(env: impl Fn(&str) -> Option<String>) -> bool {
    env("TERM").is_some_and(|term| !matches!(term.as_str(), "" | "dumb" | "linux" | "vt52"))
}

/// Reads the body of an OSC reply: `11;rgb:1e1e/2020/2626`, also with one to three digits a channel,
/// with alpha (`rgba:`) and as `#rrggbb`. `None` for a reply to something else.
pub(super) fn from_reply(body: &[u8]) -> Option<Background> {
    let colour = std::str::from_utf8(body).ok()?.strip_prefix("11;")?;
    let channels: Vec<f32> = if let Some(digits) = colour.strip_prefix('#') {
        let step = digits.len() / 3;
        if step == 0 || !digits.is_ascii() {
            return None;
        }
        (0..3).map(|n| channel(&digits[n * step..(n + 1) * step])).collect::<Option<_>>()?
    } else {
        let (kind, values) = colour.split_once(':')?;
        if !matches!(kind, "rgb" | "rgba") {
            return None;
        }
        values.split('/').map(channel).collect::<Option<_>>()?
    };
    let [red, green, blue, ..] = channels[..] else { return None };
    // ITU-R BT.601 luma: how bright the eye finds it.
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(if luma > 0.5 { Background::Light } else { Background::Dark })
}

/// One to four hex digits as a share of their largest value.
fn channel(digits: &str) -> Option<f32> {
    if !(1..=4).contains(&digits.len()) {
        return None;
    }
    let value = u16::from_str_radix(digits, 16).ok()?;
    let largest = (1_u32 << (4 * digits.len())) - 1;
    Some(f32::from(value) / largest as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies() {
        for (body, background) in [
            ("11;rgb:1e1e/2020/2626", Some(Background::Dark)),
            ("11;rgb:ffff/ffff/dddd", Some(Background::Light)),
            ("11;rgb:f/f/f", Some(Background::Light)),
            ("11;rgba:00/00/00/ff", Some(Background::Dark)),
            ("11;#fdf6e3", Some(Background::Light)),
            ("11;#", None),
            ("11;#ééé", None),
            ("11;rgb:12345/0/0", None),
            ("11;rgb:ff/ff", None),
            ("10;rgb:ff/ff/ff", None),
            ("11;?", None),
            ("", None),
        ] {
            assert_eq!(from_reply(body.as_bytes()), background, "{body}");
        }
    }

    #[test]
    fn guesses() {
        let guess = |value: &str| guess_background(|_| Some(value.to_owned()));
        assert_eq!(guess("15;0"), Some(Background::Dark));
        assert_eq!(guess("0;default;15"), Some(Background::Light));
        assert_eq!(guess("default;default"), None);
        assert_eq!(guess_background(|_| None), None);
    }

    #[test]
    fn some_terminals_are_not_asked() {
        assert!(can_ask(|_| Some("xterm-256color".to_owned())));
        assert!(!can_ask(|_| Some("linux".to_owned())));
        assert!(!can_ask(|_| None));
    }
}
