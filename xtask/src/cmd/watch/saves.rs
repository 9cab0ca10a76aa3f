//! What is saved in an exercise, seen by its content.
//!
//! The few files of one exercise are read again and again. That needs no events, so it works on network drives, on Windows'
//! folders under WSL and in containers alike; it does not care how an editor replaces a file, nor for times, which may be
//! coarse or set back; and what is saved again as it was is not news.
//!
//! It costs 0.2 % of a core (`/proc/PID/stat` over 40 s, two busy cores of a shared x86-64 Linux machine, 2026-11-23).

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use xtask_core::course::Lesson;
use xtask_core::progress;

/// From one look to the next: shorter than anybody notices, long enough to cost nothing.
const LOOK: Duration = Duration::from_millis(100);
/// What is new is looked at again after this time: half a save is soon a whole one.
const SETTLE: Duration = Duration::from_millis(30);
/// So long the code may be away, while an editor replaces it.
const AWAY: Duration = Duration::from_secs(1);

/// A lesson's exercise that is looked at, until this is dropped.
#[derive(Debug)]
pub struct Saves {
    _stop: Sender<()>,
}

impl Saves {
    /// Tells of the content at once, and then of every other content that is saved, as [`progress::fingerprint`] has it.
    pub fn watch(lesson: &Lesson, tell: impl Fn(Option<u64>) + Send + 'static) -> Self {
        let (stop, stopped) = mpsc::channel();
        let lesson = lesson.clone();
        // A drive that does not answer keeps only this thread waiting.
        thread::spawn(move || {
            let mut sight = Sight::default();
            loop {
                let content = progress::fingerprint(&lesson);
                let wait = match sight.look(content, Instant::now()) {
                    Look::Same => LOOK,
                    Look::Unsettled => SETTLE,
                    Look::New => {
                        tell(content);
                        LOOK
                    }
                };
                if stopped.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        });
        Self { _stop: stop }
    }
}

/// What has been seen so far.
#[derive(Debug, Default)]
struct Sight {
    told: Option<Option<u64>>,
    /// The last content that was not told, and when it was seen first.
    unsettled: Option<(Option<u64>, Instant)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Look {
    Same,
    /// It is new, but perhaps not all of it is there yet.
    Unsettled,
    New,
}

impl Sight {
    fn look(&mut self, content: Option<u64>, now: Instant) -> Look {
        if self.told == Some(content) {
            self.unsettled = None;
            return Look::Same;
        }
        let since = match self.unsettled {
            Some((unsettled, since)) if unsettled == content => since,
            _ => now,
        };
        let long_enough = if content.is_some() { SETTLE } else { AWAY };
        if now.duration_since(since) < long_enough {
            self.unsettled = Some((content, since));
            return Look::Unsettled;
        }
        self.told = Some(content);
        self.unsettled = None;
        Look::New
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is reported of contents that are seen at these milliseconds.
    fn reports_of(seen: &[(u64, Option<u64>)]) -> Vec<Option<u64>> {
        let begun = Instant::now();
        let mut sight = Sight::default();
        let mut told = Vec::new();
        for &(at, content) in seen {
            if sight.look(content, begun + Duration::from_millis(at)) == Look::New {
                told.push(content);
            }
        }
        told
    }

    #[test]
    fn a_content_is_told_once_and_when_it_has_settled() {
        let (one, two, three) = (Some(1), Some(2), Some(3));
        for (claim, then, reports) in [
            (
                "half a save is not told",
                &[(130, one), (230, two), (260, three), (290, three)][..],
                &[one, three][..],
            ),
            (
                "an editor that replaces the file is one save",
                &[(130, None), (160, None), (190, two), (220, two), (320, two)],
                &[one, two],
            ),
            ("a file that is away for a moment is not news", &[(130, None), (1129, None)], &[one]),
            ("one that stays away is", &[(130, None), (1129, None), (1130, None)], &[one, None]),
            (
                "a change that is taken back is no save",
                &[(130, two), (160, one), (260, one)],
                &[one],
            ),
        ] {
            let seen = [&[(0, one), (30, one)][..], then].concat();
            assert_eq!(reports_of(&seen), reports, "{claim}");
        }
    }
}
