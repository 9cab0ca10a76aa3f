//! What a pool may leave behind: processes that run on, zombies, open pipes. Only Linux tells; elsewhere nothing is seen.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// What belongs to this process just now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leftovers {
    /// Children that run, by process id.
    pub running: Vec<u32>,
    /// Children that have ended and were not waited for, by process id.
    pub zombies: Vec<u32>,
    /// Open files, pipes and sockets.
    pub descriptors: usize,
}

/// Looks. `None` on a system without Linux's `/proc`.
pub fn leftovers() -> Option<Leftovers> {
    let mut found = Leftovers {
        descriptors: fs::read_dir("/proc/self/fd").ok()?.count(),
        ..Leftovers::default()
    };
    for entry in fs::read_dir("/proc").ok()?.flatten() {
        let id = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok());
        // Other processes come and go while we look.
        let stat = fs::read_to_string(entry.path().join("stat"));
        if let (Some(id), Ok(stat)) = (id, stat) {
            match state_of_child(&stat) {
                Some("Z") => found.zombies.push(id),
                Some(_) => found.running.push(id),
                None => {}
            }
        }
    }
    Some(found)
}

/// Checks that nothing is left now that was not there `before`. Where the system does not tell, nothing is checked.
///
/// # Panics
///
/// When something is left, with how much of what.
#[track_caller]
pub fn expect_nothing_since(case: &str, before: Option<Leftovers>) {
    let (Some(before), Some(now)) = (before, settled()) else {
        return;
    };
    let new = |now: &[u32], before: &[u32]| now.iter().filter(|id| !before.contains(id)).count();
    let running = new(&now.running, &before.running);
    let zombies = new(&now.zombies, &before.zombies);
    let descriptors = now.descriptors.saturating_sub(before.descriptors);
    testkit::expect(
        running + zombies + descriptors == 0,
        format!(
            "{case}: running on: {running}, zombies: {zombies}, descriptors left open: {descriptors}"
        ),
        "nothing left: every process has ended, was waited for, and its pipes are dropped",
    );
}

/// What is left when those that were killed have died, which takes the system a moment.
fn settled() -> Option<Leftovers> {
    let start = Instant::now();
    loop {
        let now = leftovers()?;
        if now.running.is_empty() || start.elapsed() > SETTLING {
            return Some(now);
        }
        thread::yield_now();
    }
}

/// Long enough for a killed process to die. Only those wait for it who have left a process running.
const SETTLING: Duration = Duration::from_millis(500);

/// The state in a line of `/proc/ID/stat`, if the process is a child of ours. The fields are those of proc(5): the id,
/// the name in brackets (which may hold anything, brackets too), the state, the parent's id.
fn state_of_child(stat: &str) -> Option<&str> {
    let (_, after_the_name) = stat.rsplit_once(')')?;
    let mut fields = after_the_name.split_whitespace();
    let state = fields.next()?;
    let parent: u32 = fields.next()?.parse().ok()?;
    (parent == std::process::id()).then_some(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_children_have_a_state() {
        let own = std::process::id();
        let stat = |parent: u32| format!("7 (a) b (c)) Z {parent} 7 7 0");
        assert_eq!(state_of_child(&stat(own)), Some("Z"));
        assert_eq!(state_of_child(&stat(own + 1)), None);
        assert_eq!(state_of_child("nonsense"), None);
    }
}
