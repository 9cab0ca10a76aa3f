//! What is said of a subject beside the model and the serial baseline.

use measure::{CONTROL_SCALED, FASTER_FROM, Interval};

/// What is said where the interval holds both a difference and none.
pub const CANNOT_TELL: &str = "cannot tell";
/// The same beside the serial baseline.
pub const CANNOT_JUDGE: &str = "cannot judge";
/// Nor can be where arithmetic that can scale did not.
pub const BUSY: &str = "cannot judge: busy";

/// How a subject stands beside the model, by how many times as fast it was.
///
/// A difference of less than a tenth is none: the same code at another place in memory differs by a few per cent. So two
/// copies of the same code are called different only where chance moves the whole interval past a tenth.
pub fn against_the_model(ratio: Option<Interval>) -> &'static str {
    match ratio {
        Some(ratio) if ratio.low >= FASTER_FROM => "faster",
        Some(ratio) if ratio.high <= 1.0 / FASTER_FROM => "slower",
        Some(ratio) if ratio.low > 1.0 / FASTER_FROM && ratio.high < FASTER_FROM => "alike",
        _ => CANNOT_TELL,
    }
}

/// Whether running in parallel paid, as the speed tier says it: *not faster* only where arithmetic that can scale did.
pub fn against_the_serial_baseline(
    ratio: Option<Interval>,
    capacity: Option<Interval>,
) -> &'static str {
    let scaled = capacity.is_some_and(|capacity| capacity.low >= CONTROL_SCALED);
    match ratio {
        Some(ratio) if ratio.low >= FASTER_FROM => "faster",
        Some(ratio) if ratio.high < FASTER_FROM && scaled => "not faster",
        _ if scaled => CANNOT_JUDGE,
        _ => BUSY,
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    fn interval(low: f64, high: f64) -> Option<Interval> {
        Some(Interval {
            low,
            median: (low + high) / 2.0,
            high,
        })
    }

    #[test]
    fn a_difference_needs_the_whole_interval() {
        assert_eq!(against_the_model(interval(1.2, 1.6)), "faster");
        assert_eq!(against_the_model(interval(0.6, 0.8)), "slower");
        assert_eq!(against_the_model(interval(0.97, 1.05)), "alike");
        assert_eq!(against_the_model(interval(0.9, 1.3)), "cannot tell");
        assert_eq!(against_the_model(None), "cannot tell");
    }

    #[test]
    fn not_faster_needs_a_machine_that_could_have_been() {
        let (quiet, busy) = (interval(1.9, 2.0), interval(0.9, 1.2));
        assert_eq!(
            against_the_serial_baseline(interval(1.5, 1.9), busy),
            "faster"
        );
        assert_eq!(
            against_the_serial_baseline(interval(0.9, 1.05), quiet),
            "not faster"
        );
        assert_eq!(
            against_the_serial_baseline(interval(0.9, 1.05), busy),
            "cannot judge: busy"
        );
        assert_eq!(
            against_the_serial_baseline(interval(1.0, 1.3), quiet),
            "cannot judge"
        );
    }

    /// Ratios of two runs that each differ by so much, 15 or, if need be, 31: how often are the same two called different?
    fn called_different(spread: f64, spikes: f64) -> usize {
        let mut rng = Rng::with_seed(4);
        let mut time = || {
            let noise: f64 = (0..12).map(|_| rng.f64()).sum::<f64>() - 6.0;
            let held_up = if rng.f64() < spikes { 2.0 } else { 1.0 };
            (1.0 + spread * noise).max(0.2) * held_up
        };
        let mut different = 0;
        for _ in 0..2000 {
            let mut ratios: Vec<f64> = (0..15).map(|_| time() / time()).collect();
            let say = |ratios: &[f64]| {
                let interval = Interval::of_median_at_looks(ratios.iter().copied(), 2);
                against_the_model(Some(interval))
            };
            if say(&ratios) == CANNOT_TELL {
                ratios.extend((0..16).map(|_| time() / time()));
            }
            different += usize::from(["faster", "slower"].contains(&say(&ratios)));
        }
        different
    }

    #[test]
    fn two_copies_of_the_same_code_are_called_different_at_most_twice_in_a_hundred() {
        for (spread, spikes) in [(0.02, 0.0), (0.2, 0.0), (0.02, 0.3), (0.2, 0.5)] {
            let different = called_different(spread, spikes);
            assert!(
                different <= 40,
                "{different} of 2000 at spread {spread}, spikes {spikes}"
            );
        }
    }
}
