//! Encodes how a confined program ended as an exit status, since bubblewrap passes on nothing else.
//!
//! Bubblewrap ends with 1 when it fails itself, and with the status of what it started otherwise. The 1 of a program is
//! therefore encoded as another number, so that the two can be distinguished.

use std::fmt;

use xtask_core::process::Termination;

/// Bubblewrap could not create the sandbox.
const BUBBLEWRAP_FAILED: i32 = 1;

/// [`super::step`] did not start the program.
pub(crate) const CONFINE_FAILED: u8 = 250;

/// The program ended with 1.
const OWN_ONE: i32 = 251;

/// The program ended with 128 or more, the statuses that encode signals.
const OWN_LARGE: i32 = 252;

/// The status that [`termination`] returns for [`OWN_LARGE`].
const LARGE: i32 = 255;

/// The offset that encodes the number of a signal, as in a shell.
const SIGNAL: i32 = 128;

/// The largest number of a signal on Linux.
const LAST_SIGNAL: i32 = 64;

/// The sandbox failed before it started the program. Standard error has the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxFailure {
    /// Bubblewrap could not create the sandbox.
    Bubblewrap,
    /// The last step inside failed, or the program could not be started.
    Confine,
}

impl fmt::Display for SandboxFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bubblewrap => "bubblewrap could not create the sandbox",
            Self::Confine => "the program could not be started in the sandbox",
        })
    }
}

impl std::error::Error for SandboxFailure {}

/// Encodes the exit status of a program.
#[cfg(unix)]
pub(super) fn encode_exit(status: i32) -> u8 {
    match status {
        1 => OWN_ONE as u8,
        0..SIGNAL => status as u8,
        _ => OWN_LARGE as u8,
    }
}

/// Encodes the signal that ended a program.
#[cfg(unix)]
pub(super) fn encode_signal(signal: i32) -> u8 {
    (SIGNAL + signal.clamp(1, LAST_SIGNAL)) as u8
}

/// How the program ended, given how the outermost process ended: decodes its exit status, and passes on every other ending.
///
/// # Errors
///
/// The program was not started.
pub(crate) fn termination(outermost: Termination) -> Result<Termination, SandboxFailure> {
    const FIRST: i32 = SIGNAL + 1;
    const LAST: i32 = SIGNAL + LAST_SIGNAL;
    Ok(match outermost {
        Termination::Exit(BUBBLEWRAP_FAILED) => return Err(SandboxFailure::Bubblewrap),
        Termination::Exit(status) if status == i32::from(CONFINE_FAILED) => {
            return Err(SandboxFailure::Confine);
        }
        Termination::Exit(OWN_ONE) => Termination::Exit(1),
        Termination::Exit(OWN_LARGE) => Termination::Exit(LARGE),
        Termination::Exit(status @ FIRST..=LAST) => Termination::Signal(status - SIGNAL),
        other => other,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_status_comes_through_as_it_was_up_to_127() {
        for status in 0..=255 {
            let encoded = Termination::Exit(encode_exit(status).into());
            let expected = if status < SIGNAL { status } else { LARGE };
            assert_eq!(termination(encoded), Ok(Termination::Exit(expected)), "{status}");
        }
    }

    #[test]
    fn a_signal_comes_through_as_a_signal() {
        for signal in 1..=LAST_SIGNAL {
            let encoded = Termination::Exit(encode_signal(signal).into());
            assert_eq!(termination(encoded), Ok(Termination::Signal(signal)));
        }
    }

    #[test]
    fn a_failed_sandbox_is_distinguished_by_its_status() {
        assert_eq!(termination(Termination::Exit(1)), Err(SandboxFailure::Bubblewrap));
        assert_eq!(termination(Termination::Exit(250)), Err(SandboxFailure::Confine));
    }

    #[test]
    fn an_ending_from_outside_passes_through() {
        for outside in [Termination::Deadline, Termination::Flood, Termination::Signal(9)] {
            assert_eq!(termination(outside), Ok(outside));
        }
    }
}
