//! What follows from a speed-up.

/// The speed-up that each thread contributes: 1 where every thread counts in full.
pub fn efficiency(speed_up: f64, threads: usize) -> f64 {
    speed_up / threads as f64
}

/// The serial fraction that would explain this speed-up on this many threads (Karp and Flatt 1990, Communications of the
/// ACM 33(5):539). Where it rises with the threads, the loss is overhead and not a fixed serial part. `None` on one
/// thread, from which nothing follows.
pub fn karp_flatt(speed_up: f64, threads: usize) -> Option<f64> {
    let share = 1.0 / threads as f64;
    (threads > 1).then(|| (1.0 / speed_up - share) / (1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_amdahls_law_the_serial_fraction_is_found_again() {
        for threads in [2, 4, 64] {
            let amdahl = 1.0 / (0.1 + 0.9 / threads as f64);
            let found = karp_flatt(amdahl, threads).unwrap();
            assert!((found - 0.1).abs() < 1e-12, "{threads} threads: {found}");
        }
        assert_eq!(karp_flatt(0.9, 1), None, "nothing follows from one thread");
    }

    #[test]
    fn half_of_the_ideal_speed_up_is_an_efficiency_of_half() {
        assert_eq!(efficiency(4.0, 8), 0.5);
    }
}
