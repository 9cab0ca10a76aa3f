//! The terminal as a whole: taken over to be redrawn in place, and given back whatever happens.
//!
//! It is redrawn on the alternate screen. What stood in the terminal before is there again when it is given back, with all
//! that can be scrolled to.

use std::io::{self, IsTerminal, Write};
use std::panic;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Result, bail};

#[cfg(unix)]
mod keyboard;
#[cfg(not(unix))]
#[path = "terminal/keyboard_by_line.rs"]
mod keyboard;

pub use keyboard::KEYS_NEED_ENTER;

/// Another screen, without a cursor.
const TAKE: &str = "\x1b[?1049h\x1b[?25l\x1b[2J";
/// The last line, for terminals that have no other screen; then plain text, the cursor, and the usual screen.
const GIVE_BACK: &str = "\x1b[9999;1H\n\x1b[0m\x1b[?25h\x1b[?1049l";

/// The terminal, taken over; given back when it is dropped.
#[derive(Debug)]
pub struct Terminal(());

/// What to put back, while the terminal is taken.
static TAKEN: Mutex<Option<SavedTerminal>> = Mutex::new(None);

struct SavedTerminal {
    usual: keyboard::Settings,
    /// What is on the screen, so that the same is not written again.
    painted: String,
}

fn lock_taken() -> MutexGuard<'static, Option<SavedTerminal>> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether both standard input and standard output are a terminal.
pub fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

impl Terminal {
    /// Takes it over: no line is edited and nothing typed is shown; Ctrl-C still interrupts.
    ///
    /// # Errors
    ///
    /// There is no terminal, or it cannot be redrawn.
    pub fn take() -> Result<Self> {
        static TELL_PANICS: Once = Once::new();
        if !is_there() || std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
            bail!("there is no terminal here that can be redrawn in place");
        }
        TELL_PANICS.call_once(|| {
            let usual = panic::take_hook();
            // The message belongs on the usual screen, where it stays.
            panic::set_hook(Box::new(move |panic| {
                give_back();
                usual(panic);
            }));
        });
        let mut taken = lock_taken();
        let usual = keyboard::take().context("the terminal does not give up its settings")?;
        *taken = Some(SavedTerminal { usual, painted: String::new() });
        write(TAKE);
        Ok(Self(()))
    }

    /// Columns and rows, as they are now.
    pub fn size(&self) -> (usize, usize) {
        terminal_size::terminal_size()
            .map_or((80, 24), |(columns, rows)| (usize::from(columns.0), usize::from(rows.0)))
    }

    /// Shows these lines from the top, and nothing else. They are to fit; see [`super::lines::fitting`].
    pub fn paint(&self, lines: &[String]) {
        let mut frame = lines.join("\x1b[0m\x1b[K\r\n");
        if AutoStream::choice(&io::stdout()) == ColorChoice::Never {
            let plain = lines.iter().map(|line| anstream::adapter::strip_str(line));
            let plain: Vec<_> = plain.map(|line| line.to_string()).collect();
            frame = plain.join("\x1b[K\r\n");
        }
        let mut taken = lock_taken();
        // Once it has been given back, nothing is painted on it.
        let Some(taken) = taken.as_mut().filter(|taken| taken.painted != frame) else {
            return;
        };
        // From the top, over what is there, in one go where the terminal knows how: nothing flickers.
        write(&format!("\x1b[?2026h\x1b[H{frame}\x1b[0m\x1b[K\x1b[J\x1b[?2026l"));
        taken.painted = frame;
    }

    /// Writes all of the next picture, whatever is there: something else may have written over it.
    pub fn forget_painted(&self) {
        if let Some(taken) = lock_taken().as_mut() {
            taken.painted.clear();
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Restores the terminal as it was before it was taken; does nothing if it is not taken.
pub(super) fn give_back() {
    let mut taken = lock_taken();
    if let Some(SavedTerminal { usual, .. }) = taken.take() {
        write(GIVE_BACK);
        keyboard::give_back(&usual);
    }
}

/// To the terminal as it is, without a word if it has gone.
fn write(sequence: &str) {
    let mut out = AutoStream::always_ansi(io::stdout().lock());
    let _ = out.write_all(sequence.as_bytes()).and_then(|()| out.flush());
}
