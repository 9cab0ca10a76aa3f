//! What the offered cores really give, now: pure arithmetic on one thread and on all of them.

use std::hint::black_box;
use std::thread;
use std::time::Instant;

use measure::CONTROL_SCALED;
use measure::protocol::Finding;

const PART: &str = "capacity";

/// Both sides in turn, so often.
const ROUNDS: usize = 7;
/// Steps of arithmetic for each thread: some 20 ms, so that starting the threads is lost in it.
const STEPS: usize = 4_000_000;
/// Less than this share of the cores is shown with possible reasons.
const MOST: f64 = 0.75;

/// How many times as fast arithmetic is on `threads` threads as on one: the median of a few rounds.
pub fn measure_gain(threads: usize) -> f64 {
    let gain = |_| threads as f64 * seconds(1) / seconds(threads);
    let mut gains: Vec<f64> = (0..ROUNDS).map(gain).collect();
    gains.sort_by(f64::total_cmp);
    gains[ROUNDS / 2]
}

/// The seconds that `threads` threads take if each does all steps.
fn seconds(threads: usize) -> f64 {
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| multiply_and_add(STEPS));
        }
    });
    begun.elapsed().as_secs_f64()
}

/// Chains that do not wait for each other, enough to fill the units of a core.
const CHAINS: usize = 16;

fn multiply_and_add(steps: usize) {
    let mut chains: [f64; CHAINS] = std::array::from_fn(|chain| chain as f64);
    for _ in 0..black_box(steps) {
        for x in &mut chains {
            *x = *x * 0.999 + 0.001;
        }
    }
    black_box(chains);
}

pub fn inspect(cores: usize, gain: f64) -> Finding {
    let seen = format!("pure arithmetic is {gain:.2} times as fast on {cores} threads as on one");
    if cores == 1 {
        return Finding::good(PART, "one core is one core");
    }
    if gain < CONTROL_SCALED {
        return Finding::limited(
            PART,
            format!(
                "{seen}: too little for a verdict on speed; other programs are at work, or the cores are shared"
            ),
            "close what is running (a build, a video call), plug in the charger, and try again",
        );
    }
    if gain < MOST * cores as f64 {
        return Finding::limited(
            PART,
            format!("{seen}: the cores are halves of larger ones, of two kinds, or busy"),
            format!("compare your speed-ups with {gain:.1}, not with {cores}"),
        );
    }
    Finding::good(PART, seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use measure::protocol::FindingState;

    #[test]
    fn a_gain_is_judged_by_what_verdicts_on_speed_need_and_by_the_cores() {
        let state = |cores, gain| inspect(cores, gain).state;
        assert_eq!(state(2, 1.97), FindingState::Good);
        assert_eq!(state(2, 1.3), FindingState::Limited);
        assert_eq!(state(8, 4.1), FindingState::Limited);
        assert!(inspect(8, 4.1).remedy.unwrap().contains("with 4.1, not with 8"));
        assert_eq!(state(1, 1.0), FindingState::Good);
    }
}
