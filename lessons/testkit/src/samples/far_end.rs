//! More samples than 32 bits can count.

use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use crate::{Lockstep, Mismatch, Samples, cases, claim, pool_of_two};

/// So many samples, at 0, 1, 2, …, that even the second half of them begins beyond what 32 bits can count.
const MANY: f64 = 8_589_934_603.0;

/// After this many samples, no thread comes back from the integrand.
const ENOUGH: usize = 1000;

/// Claims that an integral over more samples than 32 bits can count takes samples that are its own, each at its own place.
///
/// It takes no time: after a thousand samples, the threads of the pool of two in which `integral` is called stay in the
/// integrand for good. One of them may have begun in the middle.
///
/// # Panics
///
/// As [`claim`] does.
#[track_caller]
pub fn claim_far_end(integral: fn(&(dyn Fn(f64) -> f64 + Sync), Samples)) {
    claim(
        cases([MANY]).label(|n| format!("n = {n} from 0 to n, so that sample i lies at i")),
        |&n| {
            let samples = Samples { a: 0.0, b: n, n: n as usize };
            let (taken, (sender, done)) = (Arc::new(Mutex::new(Vec::new())), mpsc::channel());
            let seen = Arc::clone(&taken);
            thread::spawn(move || {
                let at_the_end = sender.clone();
                // So that both threads take samples, if there are two.
                let lockstep = Lockstep::new(2, ENOUGH / 4, samples.n);
                let f = |x: f64| {
                    lockstep.call(|| ());
                    let mut taken = seen.lock().expect(NEVER_POISONED);
                    taken.push(x);
                    if taken.len() < ENOUGH {
                        return 1.0;
                    }
                    drop(taken);
                    _ = sender.send(false);
                    loop {
                        thread::park();
                    }
                };
                pool_of_two().install(|| integral(&f, samples));
                _ = at_the_end.send(true);
            });
            // Without a message, it has panicked.
            let has_ended = done.recv().unwrap_or(true);
            let taken = taken.lock().expect(NEVER_POISONED);
            (has_ended, taken.iter().copied().take(ENOUGH).collect::<Vec<_>>())
        },
        |&n, (has_ended, taken)| {
            let mut sorted = taken.clone();
            sorted.sort_by(f64::total_cmp);
            let stray = sorted.iter().find(|&&x| !((0.0..n).contains(&x) && x.fract() == 0.0));
            let expected = "each sample at its own place a + i · dx, with an index of 64 bits";
            if let Some(x) = stray {
                return Mismatch::unless(false, format!("f at {x}, which is no sample"), expected);
            }
            if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
                let seen = format!("f twice at {}", pair[0]);
                return Mismatch::unless(false, seen, expected);
            }
            Mismatch::unless(
                !has_ended,
                format!("{} calls of f, and an end", taken.len()),
                expected,
            )
        },
    );
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
