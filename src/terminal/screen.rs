//! The screen while it is ours.

use std::cell::Cell;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};

use super::clusters::Clusters;
use super::graphics::layer::Layer;
use super::graphics::{Encoded, Strip};
use super::hyperlinks::{Anchor, Hyperlinks};
use super::output::Output;
use super::turning::Turning;
use super::{abilities, background, clipboard, guard, lending, notify, output, signals, title};
use crate::text::{Clean, CleanText};

/// Alternate screen, hidden cursor, bracketed paste; the window title is pushed first so that
/// leaving can put it back (XTWINOPS 22 and 23). Words that are read from the right come ordered
/// already, so a terminal that would order them itself is told not to (ECMA-48 BDSM, mode 8). What it
/// draws wider than was reckoned must not run on into the next line (DECAWM, mode 7).
const ENTER: &str = "\x1b[22;2t\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[8l\x1b[?7l";

/// Undoes [`ENTER`] and whatever a frame was in the middle of: a picture's bytes, a synchronised
/// update (mode 2026) and colours.
const LEAVE: &str = "\x1b\\\x1b[?2026l\x1b[0m\x1b[?7h\x1b[8h\x1b[?2004l\x1b[?25h\x1b[?1049l\x1b[23;2t";

/// Undoes what a program may have left behind that had the terminal and fell over: a string without
/// an end, the mouse, line drawing, colours.
const TIDY: &str = "\x1b\\\x1b[?1003l\x1b(B\x0f\x1b[0m";

/// The same of margins, origin and insert modes. It moves the cursor, so it is for our own screen.
const TIDY_OURS: &str = "\x1b[r\x1b[?6l\x1b[4l";

/// Presses, releases, wheel and drags in SGR form. Not 1003 (every movement): it would wake the
/// program whenever the pointer crosses the window.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

const FRAME: &[u8] = b"\x1b[?2026h";
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// How the screen is entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScreenOptions {
    /// Whether the mouse is reported to us (which takes the terminal's own selection away).
    pub mouse: bool,
    /// Whether to ask the terminal for its background colour. The answer, if any, comes as
    /// [`super::Input::Background`]; nothing waits for it.
    pub ask_background: bool,
    /// Whether to ask the terminal how it can show pictures. The answers, if any, come as
    /// [`super::Input::Reply`]; nothing waits for them.
    pub ask_graphics: bool,
}

/// What lies on a frame besides its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// The rows of pictures that are in sight. Their cells are marked as skipped in the frame's
    /// buffer: where one is not, something lies over the picture, and that row is left out.
    pub strips: Vec<Strip>,
    /// The words that are links.
    pub anchors: Vec<Anchor>,
}

/// Why the screen cannot be had or was lost.
#[derive(Debug)]
pub enum ScreenError {
    /// Standard input or output (named) is not a terminal.
    NotATerminal(&'static str),
    /// The terminal refused: it is gone, or another screen is up in this process.
    Terminal(io::Error),
    /// It is as it was, but could not be lent to another program.
    NotLent(io::Error),
}

impl fmt::Display for ScreenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATerminal(which) => write!(f, "{which} is not a terminal"),
            Self::Terminal(error) => write!(f, "the terminal failed: {}", Clean::new(&error.to_string())),
            Self::NotLent(error) => write!(f, "the terminal could not be lent: {}", Clean::new(&error.to_string())),
        }
    }
}

impl std::error::Error for ScreenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotATerminal(_) => None,
            Self::Terminal(error) | Self::NotLent(error) => Some(error),
        }
    }
}

impl From<io::Error> for ScreenError {
    fn from(error: io::Error) -> Self {
        Self::Terminal(error)
    }
}

/// The terminal, while it is ours. Belongs to one thread; dropping it gives the terminal back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Output>>,
    held: Rc<Cell<bool>>,
    options: ScreenOptions,
    /// The size that frames have.
    size: Size,
    /// The next frame draws every cell.
    fresh: bool,
    pictures: Layer,
    hyperlinks: Hyperlinks,
    clusters: Clusters,
    turning: Turning,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, hidden cursor, bracketed paste, and the mouse
    /// if asked for.
    ///
    /// # Errors
    /// [`ScreenError::NotATerminal`] where standard input or output is something else;
    /// [`ScreenError::Terminal`] where it cannot be set up or is already taken. The terminal is then
    /// as it was.
    pub fn enter(options: ScreenOptions) -> Result<Self, ScreenError> {
        if !io::stdin().is_terminal() {
            return Err(ScreenError::NotATerminal("standard input"));
        }
        if !io::stdout().is_terminal() {
            return Err(ScreenError::NotATerminal("standard output"));
        }
        take(options)?;
        let held = Rc::new(Cell::new(false));
        let backend = CrosstermBackend::new(Output::new(Rc::clone(&held)));
        let set_up = backend.size().and_then(|size| {
            let viewport = Viewport::Fixed(Rect::new(0, 0, size.width, size.height));
            Ok((size, Terminal::with_options(backend, TerminalOptions { viewport })?))
        });
        let (size, terminal) = set_up.inspect_err(|_| {
            let _ = guard::leave();
        })?;
        let (pictures, hyperlinks, clusters) = (Layer::default(), Hyperlinks::default(), Clusters::default());
        let turning = Turning::of(|name| std::env::var(name).ok());
        Ok(Self { terminal, held, options, size, fresh: true, pictures, hyperlinks, clusters, turning })
    }

    /// Draws a frame of [`Screen::size`]: only the cells that changed, in one write, inside a
    /// synchronised update so that no half frame is ever seen. `render` also says what lies on it.
    ///
    /// # Errors
    /// Where the terminal does not take it any more.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>) -> Overlay) -> Result<(), ScreenError> {
        // Let go even if `render` panics, or leaving would find its own bytes held back.
        let hold = Hold::new(&self.held);
        self.terminal.backend_mut().write_all(FRAME)?;
        // Also when the size is the one we know: a window made small and large again between two
        // frames has lost what it showed.
        if std::mem::take(&mut self.fresh) | guard::take_stale() {
            self.clear()?;
        }
        let (mut strips, mut written, mut whole) = (Vec::new(), Vec::new(), Vec::new());
        let Self { terminal, pictures, hyperlinks, clusters, turning, .. } = self;
        let drawn = terminal.draw(|frame| {
            let overlay = render(frame);
            turning.prepare(frame.buffer_mut());
            if !pictures.is_idle(&overlay.strips) {
                strips = pictures.prepare(frame.buffer_mut(), overlay.strips);
            }
            if !hyperlinks.is_idle(&overlay.anchors) {
                written = hyperlinks.prepare(frame.buffer_mut(), overlay.anchors);
            }
            whole = clusters.prepare(frame.buffer_mut(), |at| strips.iter().any(|strip| strip.covers(at)));
        });
        let drawn = drawn.map(drop);
        Clusters::write(&whole, terminal.backend_mut())?;
        hyperlinks.drawn_over(&whole);
        let mut painted = Vec::new();
        pictures.paint(strips, &mut painted);
        terminal.backend_mut().write_all(&painted)?;
        hyperlinks.write(written, terminal.backend_mut())?;
        self.terminal.backend_mut().write_all(FRAME_END)?;
        drop(hold);
        Write::flush(self.terminal.backend_mut())?;
        Ok(drawn?)
    }

    /// Takes in a picture, to be shown from the next frame on where its strips are.
    pub fn add_picture(&mut self, id: u32, picture: Encoded) {
        self.pictures.add(id, picture);
    }

    /// Lets go of all pictures but these; the terminal forgets them with the next frame.
    pub fn keep_pictures(&mut self, ids: &[u32]) {
        self.pictures.keep(ids);
    }

    /// The size that frames have, in cells; 0x0 where the terminal does not know its own.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Gives the frames another size: that of an [`super::Input::Resize`]. It does not change by
    /// itself, so that a frame always has the size that its maker reckons with, however fast the
    /// window changes.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = Size::new(columns, rows);
        self.fresh = true;
    }

    /// Forgets what is on the screen, so that the next frame draws every cell.
    pub fn redraw(&mut self) {
        self.fresh = true;
    }

    /// Clears the screen and takes on the size.
    fn clear(&mut self) -> io::Result<()> {
        // Not `Terminal::clear`: that asks the terminal where its cursor is and reads the answer,
        // which is the input thread's to read.
        let mut bytes = Vec::new();
        self.pictures.forget(&mut bytes);
        self.hyperlinks.forget();
        self.clusters.forget();
        self.terminal.backend_mut().write_all(&bytes)?;
        self.terminal.backend_mut().clear()?;
        self.terminal.resize(Rect::new(0, 0, self.size.width, self.size.height))
    }

    /// Turns mouse reports on or off.
    ///
    /// # Errors
    /// Where the terminal does not take it any more.
    pub fn set_mouse(&mut self, on: bool) -> Result<(), ScreenError> {
        self.options.mouse = on;
        self.write(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())
    }

    /// Rings the terminal's bell.
    ///
    /// # Errors
    /// Where the terminal does not take it any more.
    pub fn ring(&mut self) -> Result<(), ScreenError> {
        self.write(notify::BELL.as_bytes())
    }

    /// Has the terminal show a notification. Whether it does cannot be known.
    ///
    /// # Errors
    /// Where the terminal does not take it any more.
    pub fn notify(&mut self, words: &Clean) -> Result<(), ScreenError> {
        self.write(notify::sequence(words, |name| std::env::var(name).ok()).as_bytes())
    }

    /// Names the window.
    ///
    /// # Errors
    /// Where the terminal does not take it any more.
    pub fn set_title(&mut self, title: &Clean) -> Result<(), ScreenError> {
        self.write(title::sequence(title).as_bytes())
    }

    /// Hands `text` to the terminal's clipboard (OSC 52). Whether the terminal takes it cannot be
    /// known: most do, some ask, some must be told to.
    ///
    /// # Errors
    /// Where the text is longer than [`clipboard::MAX_BYTES`] (`InvalidInput`), or the terminal does
    /// not take it any more.
    pub fn copy(&mut self, text: &CleanText) -> Result<(), ScreenError> {
        let sequence = clipboard::sequence(text, clipboard::Multiplexer::from_env(|name| std::env::var(name).ok()))?;
        self.write(sequence.as_bytes())
    }

    /// Stops the program as Ctrl-Z does elsewhere: gives the terminal back, stops the whole process
    /// group, and takes the terminal again when continued. Returns whether it was stopped: where
    /// nobody could continue it (it leads its session, as in a window of its own) it is not, and
    /// nothing happens. The next frame draws every cell.
    ///
    /// # Errors
    /// Where the terminal cannot be had back.
    pub fn suspend(&mut self) -> Result<bool, ScreenError> {
        // Job control puts every job in a group that is not the session leader's.
        if getsid(None).is_ok_and(|session| session == getpgrp()) {
            return Ok(false);
        }
        self.let_go()?;
        guard::leave()?;
        signals::expect_own_stop();
        // The group and not only ourselves: a script that runs us must stop too, or the shell above
        // it never learns that its job has stopped.
        let _ = kill_current_process_group(Signal::TSTP);
        signal_hook::low_level::emulate_default_handler(Signal::TSTP.as_raw())?;
        self.resume()?;
        Ok(true)
    }

    /// Gives the terminal to another program while `work` runs it, an editor say: what is typed
    /// meanwhile is that program's. However that leaves the terminal, its modes are afterwards those
    /// it had before, as with a shell's jobs. The next frame draws every cell.
    ///
    /// # Errors
    /// [`ScreenError::NotLent`] where it cannot be given away: `work` is not done then, and the screen goes
    /// on. Otherwise where it cannot be had back.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> Result<T, ScreenError> {
        let quiet = lending::Quiet::ask().map_err(ScreenError::NotLent)?;
        self.let_go()?;
        guard::leave()?;
        let modes = guard::modes();
        let done = work();
        guard::put_back(modes.as_ref());
        output::send([TIDY, MOUSE_OFF].concat().as_bytes())?;
        self.resume()?;
        output::send(TIDY_OURS.as_bytes())?;
        drop(quiet);
        Ok(done)
    }

    /// Takes the terminal anew: after it was stopped from outside (`SIGSTOP`), when the shell has
    /// set its modes and nobody told us. The next frame draws every cell.
    ///
    /// # Errors
    /// Where the terminal cannot be had back.
    pub fn resume(&mut self) -> Result<(), ScreenError> {
        guard::leave()?;
        take(self.options)?;
        self.redraw();
        Ok(())
    }

    /// Gives the terminal back. Later calls, and the drop, do nothing.
    ///
    /// # Errors
    /// Where the terminal no longer takes bytes or modes.
    pub fn leave(&mut self) -> Result<(), ScreenError> {
        // What the terminal keeps by number it would keep for good.
        let _ = self.let_go();
        Ok(guard::leave()?)
    }

    /// Takes every picture away, and out of the terminal's memory.
    fn let_go(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.pictures.forget(&mut bytes);
        if bytes.is_empty() {
            return Ok(());
        }
        let backend = self.terminal.backend_mut();
        backend.write_all(&bytes)?;
        Write::flush(backend)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), ScreenError> {
        let backend = self.terminal.backend_mut();
        backend.write_all(bytes)?;
        Ok(Write::flush(backend)?)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nothing is left to tell it to.
        let _ = self.leave();
    }
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen").field("options", &self.options).finish_non_exhaustive()
    }
}

fn take(options: ScreenOptions) -> io::Result<()> {
    let env = |name: &str| std::env::var(name).ok();
    let asks = (options.ask_background || options.ask_graphics) && background::can_ask(env);
    let mut enter = [ENTER, if options.mouse { MOUSE_ON } else { "" }].concat();
    if asks && options.ask_background {
        enter.push_str(background::QUESTION);
    }
    if asks && options.ask_graphics {
        enter.push_str(&abilities::questions(env));
    }
    if asks {
        enter.push_str(abilities::LAST_QUESTION);
    }
    // The mouse may be turned on later, so it is turned off in any case.
    let undo = [MOUSE_OFF, LEAVE].concat();
    guard::enter(enter.as_bytes(), undo.into_bytes(), asks)
}

/// Keeps the writer from flushing until dropped.
struct Hold(Rc<Cell<bool>>);

impl Hold {
    fn new(held: &Rc<Cell<bool>>) -> Self {
        held.set(true);
        Self(Rc::clone(held))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
