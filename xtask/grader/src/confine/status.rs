//! How the ending of a confined program is told by an exit status, through bubblewrap, which has but one number for it.
//!
//! Bubblewrap ends with 1 when it cannot do its own work, and otherwise with the status of what it started. So a program's own
//! 1 is told as another number, and what bubblewrap says can be told from what the program says.

use std::fmt;

use xtask_core::process::Ending;

/// Of bubblewrap, when the walls do not stand.
const WALLS_FAILED: i32 = 1;

/// Of [`super::step`], when the program was not started.
pub(crate) const CONFINE_FAILED: u8 = 250;

/// The program itself ended with 1.
const OWN_ONE: i32 = 251;

/// The program itself ended with 128 or more, which signals use.
const OWN_LARGE: i32 = 252;

/// The number of a program that ended by itself with one of 128 to 255.
const LARGE: i32 = 255;

/// What a shell, too, adds to the number of a signal.
const SIGNAL: i32 = 128;

/// The largest number of a signal on Linux.
const LAST_SIGNAL: i32 = 64;

/// The sandbox failed, not the program: it was not started at all. Standard error has the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxFailure {
    /// Bubblewrap could not build the walls.
    Walls,
    /// The step inside them could not be done, or the program could not be started.
    Confine,
}

impl fmt::Display for SandboxFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Walls => "bubblewrap could not build the sandbox",
            Self::Confine => "the program could not be started in the sandbox",
        })
    }
}

impl std::error::Error for SandboxFailure {}

/// The status that tells of a program that ended by itself.
#[cfg(unix)]
pub(super) fn of_exit(status: i32) -> u8 {
    match status {
        1 => OWN_ONE as u8,
        0..SIGNAL => status as u8,
        _ => OWN_LARGE as u8,
    }
}

/// The status that tells of a program that died of a signal.
#[cfg(unix)]
pub(super) fn of_signal(signal: i32) -> u8 {
    (SIGNAL + signal.clamp(1, LAST_SIGNAL)) as u8
}

/// What the status of the outermost process tells. All else that can end it, tells of itself.
///
/// # Errors
///
/// The program was not started.
pub(crate) fn ending(outermost: Ending) -> Result<Ending, SandboxFailure> {
    const FIRST: i32 = SIGNAL + 1;
    const LAST: i32 = SIGNAL + LAST_SIGNAL;
    Ok(match outermost {
        Ending::Exit(WALLS_FAILED) => return Err(SandboxFailure::Walls),
        Ending::Exit(status) if status == i32::from(CONFINE_FAILED) => {
            return Err(SandboxFailure::Confine);
        }
        Ending::Exit(OWN_ONE) => Ending::Exit(1),
        Ending::Exit(OWN_LARGE) => Ending::Exit(LARGE),
        Ending::Exit(status @ FIRST..=LAST) => Ending::Signal(status - SIGNAL),
        other => other,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_status_comes_through_as_it_was_up_to_127() {
        for status in 0..SIGNAL {
            let told = Ending::Exit(of_exit(status).into());
            assert_eq!(ending(told), Ok(Ending::Exit(status)));
        }
        for status in SIGNAL..=255 {
            let told = Ending::Exit(of_exit(status).into());
            assert_eq!(ending(told), Ok(Ending::Exit(LARGE)), "{status}");
        }
    }

    #[test]
    fn a_signal_comes_through_as_a_signal() {
        for signal in 1..=LAST_SIGNAL {
            let told = Ending::Exit(of_signal(signal).into());
            assert_eq!(ending(told), Ok(Ending::Signal(signal)));
        }
    }

    #[test]
    fn no_program_can_end_as_if_the_sandbox_had_failed() {
        let of_programs = (0..=255).map(of_exit).chain((1..=64).map(of_signal));
        for told in of_programs {
            assert!(ending(Ending::Exit(told.into())).is_ok(), "{told}");
        }
        assert_eq!(ending(Ending::Exit(1)), Err(SandboxFailure::Walls));
        assert_eq!(ending(Ending::Exit(250)), Err(SandboxFailure::Confine));
    }

    #[test]
    fn what_ended_the_sandbox_from_outside_stays_what_it_was() {
        for outside in [Ending::Deadline, Ending::Flood, Ending::Signal(9)] {
            assert_eq!(ending(outside), Ok(outside));
        }
    }
}
