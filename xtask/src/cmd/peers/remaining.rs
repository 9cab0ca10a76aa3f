//! How long the rounds will still take. Arms differ by a factor of a thousand, so it is not told by their number.

use std::time::{Duration, Instant};

/// What is still to be run, in seconds by the first runs.
#[derive(Clone, Copy, Debug)]
pub struct Remaining {
    all: f64,
    done: f64,
    begun: Instant,
}

impl Remaining {
    /// `all`: what all runs would take if each took as long as the first of its arm.
    pub fn of(all: f64) -> Self {
        Self { all, done: 0.0, begun: Instant::now() }
    }

    /// A run is over whose first took so long.
    pub fn record_run(&mut self, first: f64) {
        self.done += first;
    }

    /// `about 20 s left`.
    pub fn words(&self) -> String {
        words(self.all, self.done, self.begun.elapsed())
    }
}

fn words(all: f64, done: f64, elapsed: Duration) -> String {
    // First runs are slow. Once there is more to go by, it is what the runs really take.
    let pace = if done * 10.0 > all { elapsed.as_secs_f64() / done } else { 1.0 };
    match (pace * (all - done)).max(0.0).ceil() as u64 {
        seconds @ 0..60 => format!("about {seconds} s left"),
        seconds => format!("about {} min left", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_much_has_run_the_first_runs_tell() {
        let moment = Duration::from_secs(3);
        assert_eq!(words(40.0, 0.0, moment), "about 40 s left");
        assert_eq!(words(61.0, 1.0, moment), "about 1 min left");
    }

    #[test]
    fn then_the_pace_tells() {
        assert_eq!(words(40.0, 20.0, Duration::from_secs(10)), "about 10 s left");
        assert_eq!(words(40.0, 40.0, Duration::from_secs(30)), "about 0 s left");
    }
}
