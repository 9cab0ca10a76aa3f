//! `iter` against `par_iter` on tiny items: what handing over costs, and from which n on it pays.

use std::hint::black_box;
use std::time::{Duration, Instant};

use lesson_refactor_to_map::f;
use rayon::prelude::*;
use testkit::{KnownPool, cores_offered};

/// Odd, so that there is a middle one.
const ROUNDS: usize = 21;

/// A row begins no further round after that, and no row is begun whose first round would take longer: `f` may be costly.
const TIME_A_ROW: Duration = Duration::from_secs(1);

/// Long enough for a clock to see: a short sum is repeated until it has added so many samples.
const SAMPLES_A_TIMING: usize = 100_000;

fn main() {
    let (opening, pool) = time(|| KnownPool::new(cores_offered()));
    let pool = pool.expect("the system starts the threads of a pool");
    println!("a pool of {} threads, opened once: {}", pool.threads(), microseconds(opening));
    println!("{:>10}{:>16}{:>16}{:>18}", "n", "iter", "par_iter", "iter / par_iter");
    let mut next_round = Duration::ZERO;
    for n in (0..=7).map(|exponent| 10_usize.pow(exponent)) {
        if next_round > TIME_A_ROW {
            println!("{n:>10}  one round would take about {:.0} s", next_round.as_secs_f64());
            break;
        }
        let (serial, parallel) = medians(|| by_iter(n), || pool.install(|| by_par_iter(n)), n);
        next_round = 10 * (serial + parallel);
        let ratio = serial.as_secs_f64() / parallel.as_secs_f64();
        let (serial, parallel) = (microseconds(serial), microseconds(parallel));
        println!("{n:>10}{serial:>16}{parallel:>16}{ratio:>18.3}");
    }
}

fn by_iter(n: usize) -> f64 {
    (0..black_box(n)).map(|i| f(i as f64)).sum()
}

fn by_par_iter(n: usize) -> f64 {
    (0..black_box(n)).into_par_iter().map(|i| f(i as f64)).sum()
}

/// How long each takes for `n` samples. The two take turns, so that a busy moment of the machine strikes both.
fn medians(serial: impl Fn() -> f64, parallel: impl Fn() -> f64, n: usize) -> (Duration, Duration) {
    let times = (SAMPLES_A_TIMING / n).clamp(1, 1_000);
    let start = Instant::now();
    let rounds = (0..ROUNDS).take_while(|&round| round == 0 || start.elapsed() < TIME_A_ROW);
    let (serial, parallel) =
        rounds.map(|_| (time_of(&serial, times), time_of(&parallel, times))).unzip();
    (median(serial), median(parallel))
}

fn time_of(sum: impl Fn() -> f64, times: usize) -> Duration {
    let (time, ()) = time(|| (0..times).for_each(|_| _ = black_box(sum())));
    time / times as u32
}

fn time<R>(work: impl FnOnce() -> R) -> (Duration, R) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn microseconds(time: Duration) -> String {
    format!("{:.3} µs", time.as_secs_f64() * 1e6)
}
