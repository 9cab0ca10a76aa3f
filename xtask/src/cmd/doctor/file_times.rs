//! How a saved file is noticed: by `watch` and `check`, which go by what the files hold, and by cargo itself, which goes by
//! their times.

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use measure::protocol::Finding;
use xtask_core::course::{Course, Lesson};
use xtask_core::progress;

const PART: &str = "saved files";

/// Files written to learn what the disk's times are like.
const FILES: usize = 3;
/// Looks at an exercise, as `watch` takes them, to learn what one costs.
const LOOKS: u32 = 20;
/// A disk's clock that is more than this off is not the machine's.
const OFF: Duration = Duration::from_secs(3);
/// A look that takes longer than this is felt: `watch` takes a second one before it believes a save.
const SLOW: Duration = Duration::from_millis(50);

/// What the files have shown.
#[derive(Clone, Copy, Debug)]
struct ObservedTimes {
    /// Whether times on this disk are whole seconds.
    whole_seconds: bool,
    /// How far a new file's time is from the machine's.
    off: Duration,
    a_look: Duration,
}

pub fn inspect(course: &Course) -> Finding {
    match look(&course.root().join("target/many-hands"), course.last()) {
        Ok(seen) => conclude(seen),
        Err(error) => Finding::limited(
            PART,
            format!("file times cannot be tried out: {error}"),
            "see to it that target/ can be written",
        ),
    }
}

fn look(folder: &Path, lesson: &Lesson) -> io::Result<ObservedTimes> {
    let file = folder.join(format!("doctor-times-{}", std::process::id()));
    fs::create_dir_all(folder)?;
    let mut seen =
        ObservedTimes { whole_seconds: true, off: Duration::ZERO, a_look: cost_of_a_look(lesson) };
    for _ in 0..FILES {
        let before = SystemTime::now();
        fs::write(&file, "written")?;
        let written = fs::metadata(&file)?.modified()?;
        let since_1970 = written.duration_since(SystemTime::UNIX_EPOCH);
        seen.whole_seconds &= since_1970.is_ok_and(|time| time.subsec_nanos() == 0);
        let early = before.duration_since(written).unwrap_or_default();
        let late = written.duration_since(SystemTime::now()).unwrap_or_default();
        seen.off = seen.off.max(early).max(late);
        fs::remove_file(&file)?;
    }
    Ok(seen)
}

fn cost_of_a_look(lesson: &Lesson) -> Duration {
    let begun = Instant::now();
    for _ in 0..LOOKS {
        black_box(progress::fingerprint(lesson));
    }
    begun.elapsed() / LOOKS
}

fn conclude(seen: ObservedTimes) -> Finding {
    let off = seen.off.as_secs();
    let a_look = measure::time(seen.a_look.as_secs_f64());
    if seen.off > OFF {
        return Finding::limited(
            PART,
            format!(
                "the clock of this disk is {off} s off: a plain `cargo test` may build again each time, or miss a save; \
                 `watch` and `check` go by content, and miss none"
            ),
            "clone the course to a disk of this machine, or have both clocks set by the network",
        );
    }
    if seen.whole_seconds {
        return Finding::limited(
            PART,
            "this disk counts time in whole seconds: a plain `cargo test` may miss what is saved within a second after a \
             build; `watch` and `check` go by content, and miss nothing",
            "use these two, or clone the course to another disk",
        );
    }
    if seen.a_look > SLOW {
        return Finding::limited(
            PART,
            format!("a look at an exercise takes {a_look} here, so `watch` notices late"),
            "clone the course to a disk of this machine",
        );
    }
    Finding::good(PART, format!("`watch` notices them by content; a look takes {a_look}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use measure::protocol::FindingState;

    const FINE: ObservedTimes = ObservedTimes {
        whole_seconds: false,
        off: Duration::from_millis(4),
        a_look: Duration::from_micros(2),
    };

    #[test]
    fn a_disk_of_this_machine_is_good_and_coarse_wrong_and_slow_are_told_apart() {
        assert_eq!(conclude(FINE).state, FindingState::Good);
        let coarse = ObservedTimes { whole_seconds: true, ..FINE };
        let wrong = ObservedTimes { off: Duration::from_secs(12), ..coarse };
        let slow = ObservedTimes { a_look: Duration::from_millis(80), ..FINE };
        let plain_cargo = ["plain `cargo test` may", "`watch` and `check` go by content"];
        for (seen, words) in [
            (coarse, &[&["whole seconds"], &plain_cargo[..]].concat()[..]),
            (wrong, &[&["12 s off"], &plain_cargo[..]].concat()),
            (slow, &["takes 80.0 ms"]),
        ] {
            let said = conclude(seen).seen;
            assert!(words.iter().all(|words| said.contains(words)), "{words:?} in `{said}`");
        }
    }
}
