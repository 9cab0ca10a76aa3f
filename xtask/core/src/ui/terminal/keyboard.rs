//! The keyboard, key by key.

use std::io::{self, stdin};

use nix::sys::termios::{
    self, FlushArg, InputFlags, LocalFlags, SetArg, SpecialCharacterIndices, Termios,
};

/// Whether a key is heard only with the next Enter.
pub const KEYS_NEED_ENTER: bool = false;

/// How the terminal was set.
pub struct Settings(Termios);

/// Has every key delivered as it is struck, unseen. Ctrl-C keeps its meaning; what would stop the program or its output,
/// and so leave the terminal half taken, is a key like any other.
pub fn take() -> io::Result<Settings> {
    let usual = termios::tcgetattr(stdin())?;
    let mut taken = usual.clone();
    taken.local_flags -= LocalFlags::ICANON | LocalFlags::ECHO | LocalFlags::IEXTEN;
    taken.input_flags -= InputFlags::IXON;
    for stopping in [SpecialCharacterIndices::VSUSP, SpecialCharacterIndices::VQUIT] {
        taken.control_chars[stopping as usize] = termios::_POSIX_VDISABLE;
    }
    taken.control_chars[SpecialCharacterIndices::VMIN as usize] = 1;
    taken.control_chars[SpecialCharacterIndices::VTIME as usize] = 0;
    termios::tcsetattr(stdin(), SetArg::TCSANOW, &taken)?;
    Ok(Settings(usual))
}

/// Puts the settings back, and drops what was typed before: it was not meant for the next program.
pub fn give_back(Settings(usual): &Settings) {
    let _ = termios::tcsetattr(stdin(), SetArg::TCSANOW, usual);
    let _ = termios::tcflush(stdin(), FlushArg::TCIFLUSH);
}
