//! Seven counts of threads that are equally good: how often is which called the fastest?

use lesson_thread_control::Interval;

/// As many as the notebook's counts of threads.
const COUNTS: usize = 7;

/// Runs of each count.
const RUNS: usize = 7;

const SWEEPS: usize = 1000;

fn main() {
    let mut random = fastrand::Rng::with_seed(17);
    let (mut fastest, mut gains) = ([0; COUNTS], Vec::new());
    for _ in 0..SWEEPS {
        let medians = [(); COUNTS].map(|()| median_of_noise(&mut random));
        let place_of_best = (0..COUNTS)
            .min_by(|&one, &other| medians[one].total_cmp(&medians[other]))
            .expect("there are counts");
        fastest[place_of_best] += 1;
        gains.push(medians[0] / medians[place_of_best]);
    }
    println!("{SWEEPS} sweeps over {COUNTS} counts that all take 55 ms, give or take 10 %\n");
    println!("count          fastest in so many sweeps");
    for (place, times) in fastest.iter().enumerate() {
        println!("{:5}                              {times:5}", place + 1);
    }
    let gain = Interval::of_median(gains).median;
    println!("\nthe fastest seems {gain:.2} times as fast as count 1 (median)");
}

/// The median of runs that take 55 ms and some noise: a sum of twelve random numbers is nearly normal, with variance 1.
fn median_of_noise(random: &mut fastrand::Rng) -> f64 {
    let runs = (0..RUNS).map(|_| {
        let normal: f64 = (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
        55.0 * (1.0 + 0.1 * normal)
    });
    Interval::of_median(runs.collect::<Vec<_>>()).median
}
