//! Arithmetic that is known to scale: it reads no memory, takes no lock, and splits evenly.

use std::hint::black_box;

use rayon::prelude::*;

use crate::Stopwatch;

/// A job that gains as much from a second thread as the machine has to give just now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Control {
    steps: u64,
}

/// Steps from which on the time of a run is read. A run of them takes some 10 µs.
const FIRST_STEPS: u64 = 1 << 10;

/// In seconds: from a run this long, the time of a longer one follows.
const LONG_ENOUGH: f64 = 1e-3;

impl Control {
    /// A control that takes about `seconds` on one thread of this machine as it is now. An error is harmless: the control
    /// is only ever compared with itself.
    pub(crate) fn lasting(seconds: f64) -> Self {
        Self::calibrate(seconds, |control| {
            let stopwatch = Stopwatch::start();
            control.on_one_thread();
            stopwatch.elapsed().wall.as_secs_f64()
        })
    }

    fn calibrate(seconds: f64, mut time: impl FnMut(Self) -> f64) -> Self {
        let mut steps = FIRST_STEPS;
        loop {
            let took = time(Self { steps });
            if took >= LONG_ENOUGH {
                return Self { steps: (steps as f64 * seconds / took).ceil() as u64 };
            }
            steps *= 2;
        }
    }

    /// All steps on the calling thread.
    pub(crate) fn on_one_thread(self) {
        multiply_and_add(self.steps);
    }

    /// The same steps, an equal share for each thread of the pool that this runs in.
    ///
    /// One share a thread, so that a thread that is held up is waited for. More and smaller shares would hide it from the
    /// control, but not from a subject that splits its work like this.
    pub(crate) fn on_all_threads(self) {
        let threads = rayon::current_num_threads();
        let share = self.steps / threads as u64;
        (0..threads).into_par_iter().with_max_len(1).for_each(|_| multiply_and_add(share));
    }
}

/// Chains of arithmetic that do not wait for each other: enough to fill the units of a core. Two threads that share the
/// units of one core then gain next to nothing, which is the truth about them.
const CHAINS: usize = 16;

fn multiply_and_add(steps: u64) {
    let mut chains: [f64; CHAINS] = std::array::from_fn(|chain| chain as f64);
    for _ in 0..black_box(steps) {
        for x in &mut chains {
            *x = *x * 0.999 + 0.001;
        }
    }
    black_box(chains);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_calibrated_to_the_time_asked_for() {
        let ten_ns_a_step = |control: Control| control.steps as f64 * 1e-8;
        let control = Control::calibrate(0.02, ten_ns_a_step);
        assert_eq!(control.steps, 2_000_000);
    }

    #[test]
    fn it_is_calibrated_by_a_run_that_is_long_enough_to_be_timed() {
        let mut runs = Vec::new();
        Control::calibrate(0.02, |control| {
            runs.push(control.steps);
            control.steps as f64 * 1e-7
        });
        assert_eq!(runs, [1024, 2048, 4096, 8192, 16384]);
    }
}
