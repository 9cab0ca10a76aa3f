//! What is asked of the functions that only compute.

use std::time::Duration;

use fastrand::Rng;
use testkit::{Mismatch, Question};

use super::{Subject, nonzero};

pub(super) fn questions(subject: Subject) -> Vec<Question> {
    vec![
        Question::new(
            "the speed-up is how many times as fast the parallel run is",
            |random| {
                let [serial, parallel] = [nanoseconds(random), nanoseconds(random)];
                (serial, if random.u8(..6) == 0 { 0 } else { parallel })
            },
            // By its bits, since it may rightly be infinite.
            move |&(serial, parallel)| {
                let [serial, parallel] = [serial, parallel].map(Duration::from_nanos);
                (subject.speed_up)(serial, parallel).to_bits()
            },
            |&(serial, parallel), bits| {
                let case = format!("serial {serial} ns, parallel {parallel} ns: the speed-up is");
                is_near(
                    &case,
                    f64::from_bits(*bits),
                    serial as f64 / parallel as f64,
                )
            },
        ),
        Question::new(
            "the efficiency is a thread's share of the speed-up",
            |random| (20.0 * random.f64(), random.usize(1..100)),
            move |&(speed_up, threads)| (subject.efficiency)(speed_up, nonzero(threads)),
            |&(speed_up, threads), seen| {
                let case = format!("speed-up {speed_up} on {threads} threads: the efficiency is");
                is_near(&case, *seen, speed_up / threads as f64)
            },
        ),
        Question::new(
            "the serial fraction explains the speed-up; one thread has none",
            |random| {
                let threads = (random.usize(1..100) >> random.u32(..7)).max(1);
                // Less than 0 for more than a perfect speed-up, which is infinite at −1/(p − 1).
                let fraction = match random.u8(..3) {
                    0 => -0.8 * random.f64() / threads as f64,
                    _ => 1.2 * random.f64(),
                };
                (fraction, threads)
            },
            move |&(fraction, threads)| {
                let fraction = (subject.karp_flatt)(amdahl(fraction, threads), nonzero(threads));
                fraction.map(f64::to_bits)
            },
            |&(fraction, threads), bits| {
                let speed_up = amdahl(fraction, threads);
                let seen = bits.map(f64::from_bits);
                let case = format!(
                    "speed-up {speed_up} on {threads} threads: the serial fraction is {seen:?}"
                );
                if threads == 1 {
                    return Mismatch::unless(seen.is_none(), case, "None");
                }
                let holds = seen.is_some_and(|seen| (seen - fraction).abs() <= 1e-9);
                Mismatch::unless(holds, case, format!("Some({fraction}), to 1e-9"))
            },
        ),
        Question::new(
            "the numbers of threads begin with 1, are doubled below the most, and end with it",
            |random| match random.u8(..4) {
                0 => usize::MAX - random.usize(..1000),
                1 => 1 << random.u32(..usize::BITS),
                _ => (random.usize(..) >> random.u32(..usize::BITS)).max(1),
            },
            move |&most| {
                let counts = (subject.thread_counts)(nonzero(most)).into_iter();
                counts.map(usize::from).collect::<Vec<_>>()
            },
            |&most, seen| {
                let powers = (0..usize::BITS).map(|power| 1_usize << power);
                let mut expected: Vec<_> = powers.filter(|&count| count < most).collect();
                expected.push(most);
                let case = format!("most = {most}: {seen:?}");
                Mismatch::unless(*seen == expected, case, format!("{expected:?}"))
            },
        ),
    ]
}

/// From one to ten thousand millions, few as often as many.
fn nanoseconds(random: &mut Rng) -> u64 {
    10_f64.powf(10.0 * random.f64()) as u64
}

/// Work of which the part `fraction` cannot be split takes `fraction + (1 − fraction) / p` of its time (Amdahl's law).
fn amdahl(fraction: f64, threads: usize) -> f64 {
    1.0 / (fraction + (1.0 - fraction) / threads as f64)
}

fn is_near(case: &str, seen: f64, expected: f64) -> Result<(), Mismatch> {
    let near = (seen - expected).abs() <= 1e-9 * expected.abs();
    Mismatch::unless(
        seen == expected || near && expected.is_finite(),
        format!("{case} {seen}"),
        expected,
    )
}
