//! One thread, no task: the loop with one sum, and with two sums that do not wait for each other.

use std::hint::black_box;
use std::time::{Duration, Instant};

use lesson_chunked_integration as lesson;

const SAMPLES: usize = 10_000_000;

/// An odd number, so that there is a median.
const ROUNDS: usize = 15;

fn main() {
    let mut one = Vec::new();
    let mut two = Vec::new();
    for _ in 0..ROUNDS {
        one.push(time(|n| lesson::integrate_loop(lesson::f, 0.0, 2.0, n)));
        two.push(time(|n| with_two_sums(0.0, 2.0, n)));
    }
    println!("{SAMPLES} samples on one thread; the median of {ROUNDS} rounds\n");
    println!("one sum    {:6.2} ms", median(one));
    println!("two sums   {:6.2} ms", median(two));
}

/// The even samples in one sum, the odd ones in another: neither addition needs the other's result.
fn with_two_sums(a: f64, b: f64, n: usize) -> f64 {
    let dx = (b - a) / n as f64;
    let (mut even, mut odd) = (0.0, 0.0);
    for pair in 0..n as i64 / 2 {
        even += lesson::f(a + (2 * pair) as f64 * dx);
        odd += lesson::f(a + (2 * pair + 1) as f64 * dx);
    }
    (even + odd) * dx
}

fn time(integral: impl Fn(usize) -> f64) -> Duration {
    let start = Instant::now();
    black_box(integral(black_box(SAMPLES)));
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}
