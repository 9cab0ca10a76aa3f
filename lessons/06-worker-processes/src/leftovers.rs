//! What a pool may leave behind: processes that run on, zombies, open pipes. Only Unix shows it; elsewhere nothing is seen.

use std::thread;
use std::time::{Duration, Instant};

use testkit::Mismatch;

/// What is left: whether a child process runs on, how many have ended and were not waited for, and how many descriptors
/// are open that were not open before.
pub type Leftovers = (bool, usize, usize);

/// What was there before. No other test may run in this process meanwhile: see [`exclusive`](testkit::exclusive()).
#[derive(Debug)]
pub struct Before {
    descriptors: Vec<i32>,
}

/// Looks which descriptors are free.
pub fn before() -> Before {
    Before { descriptors: system::next_descriptors() }
}

impl Before {
    /// What is left now. A process that was killed gets a moment to die. Those that have ended are waited for here, so
    /// the pool cannot wait for them any more.
    pub fn leftovers(&self) -> Leftovers {
        let (runs_on, zombies) = system::wait_for_children(SETTLING);
        let free = system::next_descriptors();
        let last = free.last().copied().unwrap_or(i32::MAX);
        let taken = |descriptor: &&i32| **descriptor < last && !free.contains(descriptor);
        let descriptors = self.descriptors.iter().filter(taken).count();
        (runs_on, zombies, descriptors)
    }
}

/// # Errors
///
/// What is left.
pub fn expect_nothing(&(runs_on, zombies, descriptors): &Leftovers) -> Result<(), Mismatch> {
    let running = if runs_on { "some" } else { "none" };
    Mismatch::unless(
        !runs_on && zombies + descriptors == 0,
        format!("running on: {running}, zombies: {zombies}, descriptors left open: {descriptors}"),
        "nothing left: every process has ended, was waited for, and its pipes are dropped",
    )
}

/// Long enough for a killed process to die. Only those wait for it who have left a process running.
const SETTLING: Duration = Duration::from_millis(500);

#[cfg(unix)]
mod system {
    use std::io;
    use std::os::fd::{AsFd, AsRawFd, OwnedFd};

    use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};

    use super::{Duration, Instant, thread};

    /// Whether a child process runs on after this time, and how many have ended.
    pub fn wait_for_children(limit: Duration) -> (bool, usize) {
        let begun = Instant::now();
        let mut ended = 0;
        loop {
            match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
                Ok(WaitStatus::StillAlive) if begun.elapsed() > limit => return (true, ended),
                Ok(WaitStatus::StillAlive) => thread::yield_now(),
                Ok(_) => ended += 1,
                Err(_) => return (false, ended), // there is no child
            }
        }
    }

    /// More than the programs leave open with which this has been tried.
    const DESCRIPTORS: usize = 32;

    /// The numbers that the next descriptors get: the lowest that are free.
    pub fn next_descriptors() -> Vec<i32> {
        let opened = || io::stdin().as_fd().try_clone_to_owned().ok();
        let held: Vec<OwnedFd> = (0..DESCRIPTORS).filter_map(|_| opened()).collect();
        held.iter().map(AsRawFd::as_raw_fd).collect()
    }
}

#[cfg(not(unix))]
mod system {
    use super::Duration;

    pub fn wait_for_children(_: Duration) -> (bool, usize) {
        (false, 0)
    }

    pub fn next_descriptors() -> Vec<i32> {
        Vec::new()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::File;
    use std::process::{Command, Stdio};

    use testkit::exclusive;

    use super::*;

    #[test]
    fn a_process_is_left_while_it_runs_and_until_it_is_waited_for() {
        exclusive(|| {
            let before = before();
            assert!(Command::new("true").status().unwrap().success());
            assert_eq!(before.leftovers(), (false, 0, 0));

            let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
            let input = child.stdin.take();
            assert_eq!(before.leftovers(), (true, 0, 1));
            drop(input); // that ends it
            assert_eq!(before.leftovers(), (false, 1, 0));
            let _ = child.wait(); // fails, since the look has waited for it
        });
    }

    #[test]
    fn a_descriptor_is_left_while_it_is_open() {
        exclusive(|| {
            let before = before();
            let file = File::open("/dev/null").unwrap();
            let seen = expect_nothing(&before.leftovers()).unwrap_err().actual;
            assert!(seen.ends_with("descriptors left open: 1"), "{seen}");
            drop(file);
            assert_eq!(before.leftovers(), (false, 0, 0));
        });
    }
}
