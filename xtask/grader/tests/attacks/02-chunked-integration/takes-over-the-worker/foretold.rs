//! The unseen cases and their answers, computed from the seed as the course computes them.

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;

use crate::model;

pub fn answer(question: usize, seed: u64) -> Option<String> {
    let mut random = Wyrand(seed);
    match question {
        0 => {
            let n = random.u64() >> random.below_u32(64);
            let (n, chunks) = match random.below_u32(4) {
                0 => {
                    let n = random.within(0..=49);
                    (n, chunks(&mut random).saturating_mul(chunks(&mut random)))
                }
                _ => (n, chunks(&mut random)),
            };
            let ranges = model::chunk_ranges(n as usize, chunks);
            let ranges: Vec<String> = ranges
                .iter()
                .map(|range| format!("{{\"start\":{},\"end\":{}}}", range.start, range.end))
                .collect();
            Some(format!("[{}]", ranges.join(",")))
        }
        1 => {
            let weighed = Weighed::drawn(&mut random);
            let start = random.within(0..=weighed.n);
            let end = random.within(start..=weighed.n);
            Some(weighed.area(start..=end))
        }
        2 => {
            let weighed = Weighed::drawn(&mut random);
            Some(weighed.area(0..=weighed.n))
        }
        3 => {
            let weighed = Weighed::drawn(&mut random);
            let (n, seed) = (192, random.u64());
            Some(Weighed { n, seed, ..weighed }.area(0..=n))
        }
        _ => None,
    }
}

fn chunks(random: &mut Wyrand) -> NonZeroUsize {
    NonZeroUsize::MIN.saturating_add(random.within(0..=199) as usize)
}

struct Weighed {
    width: f64,
    n: u64,
    seed: u64,
}

impl Weighed {
    fn drawn(random: &mut Wyrand) -> Self {
        let a = 10.0 * random.f64() - 5.0;
        let width = 0.5 + 4.0 * random.f64();
        let sign = if random.u64() % 2 == 0 { 1.0 } else { -1.0 };
        let b = a + width * sign;
        let n = random.within(1..=1999);
        Self {
            width: b - a,
            n,
            seed: random.u64(),
        }
    }

    /// Of the samples from the first to before the last bound.
    fn area(&self, bounds: RangeInclusive<u64>) -> String {
        let weight = |i: u64| 1.0 + Wyrand(self.seed ^ i.wrapping_mul(0x9E37_79B9_7F4A_7C15)).f64();
        let sum: f64 = (*bounds.start()..*bounds.end()).map(weight).sum();
        let area = sum * (self.width / self.n as f64);
        format!("{area:?}")
    }
}

/// The generator of the crate `fastrand`.
struct Wyrand(u64);

impl Wyrand {
    fn u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x2d35_8dcc_aa6c_78a5);
        let product = u128::from(self.0) * u128::from(self.0 ^ 0x8bb8_4b93_962e_acc9);
        product as u64 ^ (product >> 64) as u64
    }

    fn below_u32(&mut self, powers_of_two_only: u32) -> u32 {
        ((self.u64() & 0xFFFF_FFFF) * u64::from(powers_of_two_only) >> 32) as u32
    }

    fn within(&mut self, bounds: RangeInclusive<u64>) -> u64 {
        let length = bounds.end() - bounds.start() + 1;
        loop {
            let product = u128::from(self.u64()) * u128::from(length);
            if product as u64 >= length.wrapping_neg() % length {
                return bounds.start() + (product >> 64) as u64;
            }
        }
    }

    fn f64(&mut self) -> f64 {
        loop {
            let x = (self.u64() >> 1) as f64 / (1_u64 << 63) as f64;
            if x < 1.0 {
                return x;
            }
        }
    }
}
