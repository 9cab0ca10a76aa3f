//! Wall time beside CPU time.

use std::time::{Duration, Instant};

/// Started once, read as often as you like.
///
/// ```
/// use testkit::Stopwatch;
///
/// let stopwatch = Stopwatch::start();
/// let sum: f64 = (1..=1000).map(f64::from).sum();
/// let elapsed = stopwatch.elapsed();
///
/// println!("{sum} took {:?}", elapsed.wall);
/// if let Some(cores) = elapsed.cores_in_use() {
///     println!("and kept {cores:.1} cores busy");
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch {
    cpu: Option<Duration>,
    children_cpu: Option<Duration>,
    wall: Instant,
}

/// What the clocks say, since the stopwatch was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// Wall time.
    pub wall: Duration,
    /// CPU time of this process, all threads, user and system together. `None` where the system does not report it (Windows).
    pub cpu: Option<Duration>,
    /// CPU time of those children of this process that have ended and were waited for. `None` where the system does not report
    /// it.
    pub children_cpu: Option<Duration>,
}

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        let (cpu, children_cpu) = (cpu_time::of_this_process(), cpu_time::of_waited_for_children());
        Self { cpu, children_cpu, wall: Instant::now() }
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Elapsed {
        let wall = self.wall.elapsed();
        let since =
            |then: Option<Duration>, now: Option<Duration>| Some(now?.saturating_sub(then?));
        Elapsed {
            wall,
            cpu: since(self.cpu, cpu_time::of_this_process()),
            children_cpu: since(self.children_cpu, cpu_time::of_waited_for_children()),
        }
    }
}

impl Elapsed {
    /// CPU time of this process over wall time: how many cores it kept busy on average. Children do not count.
    ///
    /// `None` where the system does not report the CPU time, or if no time has passed.
    pub fn cores_in_use(&self) -> Option<f64> {
        let wall = self.wall.as_secs_f64();
        (wall > 0.0).then_some(self.cpu?.as_secs_f64() / wall)
    }
}

#[cfg(unix)]
mod cpu_time {
    use std::time::Duration;

    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    pub(super) fn of_this_process() -> Option<Duration> {
        used_by(UsageWho::RUSAGE_SELF)
    }

    pub(super) fn of_waited_for_children() -> Option<Duration> {
        used_by(UsageWho::RUSAGE_CHILDREN)
    }

    fn used_by(who: UsageWho) -> Option<Duration> {
        let usage = getrusage(who).ok()?;
        Some(duration(usage.user_time()) + duration(usage.system_time()))
    }

    /// Both parts of a time that a process has used are non-negative.
    fn duration(time: TimeVal) -> Duration {
        Duration::new(time.tv_sec() as u64, time.tv_usec() as u32 * 1000)
    }
}

#[cfg(not(unix))]
mod cpu_time {
    use std::time::Duration;

    pub(super) fn of_this_process() -> Option<Duration> {
        None
    }

    pub(super) fn of_waited_for_children() -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cores_in_use_are_cpu_time_over_wall_time() {
        let elapsed = |wall, cpu: Option<u64>| Elapsed {
            wall: Duration::from_millis(wall),
            cpu: cpu.map(Duration::from_millis),
            children_cpu: Some(Duration::from_secs(9)),
        };
        assert_eq!(elapsed(500, Some(750)).cores_in_use(), Some(1.5));
        assert_eq!(elapsed(500, None).cores_in_use(), None);
        assert_eq!(elapsed(0, Some(0)).cores_in_use(), None);
    }

    #[test]
    fn cpu_time_is_told_on_unix_and_nowhere_else() {
        let elapsed = Stopwatch::start().elapsed();
        assert_eq!(elapsed.cpu.is_some(), cfg!(unix));
        assert_eq!(elapsed.children_cpu.is_some(), cfg!(unix));
    }
}
