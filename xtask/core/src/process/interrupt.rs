//! What happens on Ctrl-C, and on other requests to end.

use std::mem;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

use super::children::{kill, lock_children};

/// What a shell reports of a program that was interrupted: 128 + SIGINT.
pub const INTERRUPTED: u8 = 130;

/// Whether an interrupt ends the children only, so that the runner can print what it has.
static GUARDED: AtomicBool = AtomicBool::new(false);

/// Whether such an interrupt came.
static INTERRUPTED_ONCE: AtomicBool = AtomicBool::new(false);

/// While it lives, the first Ctrl-C ends the children only. The second ends the runner too.
#[derive(Debug)]
pub struct InterruptGuard(());

impl InterruptGuard {
    pub fn start() -> Self {
        GUARDED.store(true, Ordering::Relaxed);
        Self(())
    }

    /// Whether Ctrl-C has come since.
    pub fn is_interrupted(&self) -> bool {
        INTERRUPTED_ONCE.load(Ordering::Relaxed)
    }
}

impl Drop for InterruptGuard {
    fn drop(&mut self) {
        GUARDED.store(false, Ordering::Relaxed);
    }
}

/// From now on, Ctrl-C ends the children, calls `last_words`, and ends the runner with status 130, unless an [`InterruptGuard`] lives.
/// A request to terminate and the end of the terminal do the same: a child in a separate process group would outlive both.
pub fn die_on_interrupt(last_words: fn()) -> Result<()> {
    let handler = move || {
        let children = lock_children();
        // Before the children end, so that a caller who misses an answer finds the reason.
        let stays = GUARDED.swap(false, Ordering::Relaxed);
        INTERRUPTED_ONCE.fetch_or(stays, Ordering::Relaxed);
        let each = || children.iter().map(|listed| &listed.child);
        each().for_each(|child| kill(child));
        each().for_each(|child| drop(child.wait()));
        if stays {
            return;
        }
        last_words();
        // Nothing can be started between the killing and the end: the list stays locked.
        mem::forget(children);
        exit(i32::from(INTERRUPTED));
    };
    with_hang_ups_as_they_were(|| {
        ctrlc::set_handler(handler).context("Ctrl-C cannot be handled on this system")
    })
}

/// Sets handlers, but keeps ignoring the end of the terminal where the runner was started so: `nohup`.
#[cfg(unix)]
fn with_hang_ups_as_they_were(set_handlers: impl FnOnce() -> Result<()>) -> Result<()> {
    use nix::sys::signal::{SigHandler, Signal, signal};
    // SAFETY: the system's own handler runs no code of this process.
    let before = unsafe { signal(Signal::SIGHUP, SigHandler::SigDfl) };
    set_handlers()?;
    if matches!(before, Ok(SigHandler::SigIgn)) {
        // SAFETY: as above.
        unsafe { signal(Signal::SIGHUP, SigHandler::SigIgn) }.context("a hang-up")?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn with_hang_ups_as_they_were(set_handlers: impl FnOnce() -> Result<()>) -> Result<()> {
    set_handlers()
}
