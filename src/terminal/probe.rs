//! Asking the terminal what it can do and waiting for it, outside the reader: for `dateline doctor`.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::output::send;
use super::sequences::{Kind, Piece, Splitter};
use super::{Abilities, Background, Reply, abilities, background};
use crate::text::Clean;

/// How long the terminal may take for all its answers.
const PATIENCE: Duration = Duration::from_millis(800);

/// What a terminal said of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probed {
    /// Whether it answered at all.
    pub answered: bool,
    /// Its name and version.
    pub name: Option<Clean>,
    /// What its background is like.
    pub background: Option<Background>,
    /// How it shows pictures.
    pub abilities: Abilities,
    /// It has kitty's keyboard protocol.
    pub keyboard: bool,
    /// Of each text that was measured the columns that it took, as far as it was answered.
    pub widths: Vec<u16>,
}

/// Asks the terminal on standard input and output, and how wide it draws each of `texts`, which take
/// less than a line. The line of the cursor is used for that, and left empty. Takes at most a second.
///
/// # Errors
/// Where the terminal cannot be set up or written to.
pub fn probe(texts: &[&str]) -> io::Result<Probed> {
    let env = |name: &str| std::env::var(name).ok();
    let mut probed = Probed { abilities: Abilities::new(env), ..Probed::default() };
    if !background::can_ask(env) {
        return Ok(probed);
    }
    let tty = rustix::stdio::stdin();
    let found = tcgetattr(tty)?;
    let mut raw = found.clone();
    raw.make_raw();
    tcsetattr(tty, OptionalActions::Now, &raw)?;
    let asked = ask(texts, &mut probed);
    // What was typed meanwhile is not the shell's either: it came between the answers.
    let restored = tcsetattr(tty, OptionalActions::Now, &found);
    asked.and(restored.map_err(Into::into)).map(|()| probed)
}

fn ask(texts: &[&str], probed: &mut Probed) -> io::Result<()> {
    let env = |name: &str| std::env::var(name).ok();
    let mut questions = ["\x1b[>0q\x1b[?u", background::QUESTION, &abilities::questions(env)].concat();
    for text in texts {
        questions.push_str(&format!("\r{text}\x1b[6n"));
    }
    questions.push_str("\r\x1b[2K");
    questions.push_str(abilities::LAST_QUESTION);
    send(questions.as_bytes())?;
    let (until, mut splitter, mut bytes) = (Instant::now() + PATIENCE, Splitter::default(), [0; 4096]);
    while !probed.answered {
        let left = until.saturating_duration_since(Instant::now());
        let wait = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
        let tty = rustix::stdio::stdin();
        if left.is_zero() || poll(&mut [PollFd::new(&tty, PollFlags::IN)], Some(&wait))? == 0 {
            break;
        }
        let count = rustix::io::read(tty, &mut bytes)?;
        if count == 0 {
            break;
        }
        splitter.push(&bytes[..count], |piece| learn(&piece, probed));
    }
    Ok(())
}

fn learn(piece: &Piece<'_>, probed: &mut Probed) {
    let reply = match piece {
        Piece::Key(bytes) => abilities::from_control(bytes),
        Piece::Reply(Kind::Osc, body) => {
            probed.background = background::from_reply(body).or(probed.background);
            None
        }
        Piece::Reply(kind, body) => abilities::from_string(*kind, body),
        Piece::Alt(_) | Piece::Paste(_) => None,
    };
    let Some(reply) = reply else { return };
    probed.abilities.learn(&reply);
    match reply {
        Reply::Attributes { .. } => probed.answered = true,
        Reply::Name(name) => probed.name = Some(name),
        Reply::Cursor(column, _) => probed.widths.push(column.saturating_sub(1)),
        Reply::KittyKeyboard => probed.keyboard = true,
        Reply::KittyGraphics | Reply::Cell(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_any_order() {
        let mut probed = Probed::default();
        let said = b"\x1bP>|foot(1.16)\x1b\\\x1b[?0u\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[6;20;10t\x1b[4;3R\x1b[4;5R\x1b[?62;4c";
        Splitter::default().push(said, |piece| learn(&piece, &mut probed));
        assert_eq!(probed.name, Some(Clean::new("foot(1.16)")));
        assert_eq!((probed.widths.as_slice(), probed.keyboard, probed.answered), (&[2, 4][..], true, true));
        assert_eq!(probed.background, Some(Background::Light));
    }
}
