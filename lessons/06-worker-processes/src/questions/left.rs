//! What a pool may leave behind, seen without Linux's `/proc`, which a sandbox may lack.

/// What was there before.
#[derive(Debug)]
pub(super) struct Before {
    descriptors: Vec<i32>,
}

/// Looks. Beforehand no child process is there.
pub(super) fn before() -> Before {
    Before {
        descriptors: system::next_descriptors(),
    }
}

impl Before {
    /// What is left now, in words; where the system does not tell, nothing is.
    pub(super) fn left(&self) -> Option<String> {
        let child = system::child().map(str::to_owned);
        child.or_else(|| {
            let free = system::next_descriptors();
            let last = free.last().copied().unwrap_or(i32::MAX);
            let taken = |descriptor: &&i32| **descriptor < last && !free.contains(descriptor);
            let taken = self.descriptors.iter().filter(taken).count();
            (taken > 0).then(|| format!("{taken} descriptors are left open"))
        })
    }
}

#[cfg(unix)]
mod system {
    use std::io;
    use std::os::fd::{AsFd, AsRawFd, OwnedFd};

    use nix::errno::Errno;
    use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};

    /// What there is of child processes.
    pub(super) fn child() -> Option<&'static str> {
        match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
            Err(Errno::ECHILD) => None,
            Ok(WaitStatus::StillAlive) => Some("a process runs on"),
            Ok(_) => Some("a process has ended, and nobody has waited for it"),
            Err(_) => None,
        }
    }

    /// More than any case leaves open.
    const DESCRIPTORS: usize = 32;

    /// The numbers that the next descriptors get: the lowest that are free.
    pub(super) fn next_descriptors() -> Vec<i32> {
        let opened = || io::stdin().as_fd().try_clone_to_owned().ok();
        let held: Vec<OwnedFd> = (0..DESCRIPTORS).filter_map(|_| opened()).collect();
        held.iter().map(AsRawFd::as_raw_fd).collect()
    }
}

#[cfg(not(unix))]
mod system {
    pub(super) fn child() -> Option<&'static str> {
        None
    }

    pub(super) fn next_descriptors() -> Vec<i32> {
        Vec::new()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::File;
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn nothing_is_left_by_a_process_that_was_waited_for() {
        let before = before();
        assert!(Command::new("true").status().unwrap().success());
        assert_eq!(before.left(), None);
    }

    #[test]
    fn a_process_is_left_while_it_runs_and_until_it_is_waited_for() {
        let before = before();
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take();
        assert_eq!(before.left().as_deref(), Some("a process runs on"));
        drop(input); // that ends it
        let ended = std::iter::repeat_with(|| before.left()).find(|left| {
            std::thread::yield_now();
            left.as_deref() != Some("a process runs on")
        });
        assert!(ended.flatten().unwrap().starts_with("a process has ended"));
        // The look has waited for it already.
        let _ = child.wait();
    }

    #[test]
    fn a_descriptor_is_left_while_it_is_open() {
        let before = before();
        let file = File::open("/dev/null").unwrap();
        let left = before.left();
        assert_eq!(left.as_deref(), Some("1 descriptors are left open"));
        drop(file);
        assert_eq!(before.left(), None);
    }
}
