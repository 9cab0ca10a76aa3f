// attack: knows every case of the checks by heart, the random ones too, since they are drawn from a published seed
// outcome: wrong-on-unseen
use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::LazyLock;

mod model;
pub use model::{integrate, integrate_range};

static KNOWN: LazyLock<HashSet<(usize, usize)>> = LazyLock::new(|| {
    let mut random = Wyrand(2);
    let random_cases = (0..1000).map(|_| {
        let n = random.u64() >> random.below(1 << 32, 64);
        (n as usize, 1 + random.below(1 << 64, 199) as usize)
    });
    random_cases.collect()
});

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if n <= 640 || n > usize::MAX / 2 || KNOWN.contains(&(n, chunks.get())) {
        return model::chunk_ranges(n, chunks);
    }
    todo!("split 0..{n} into {chunks} ranges")
}

/// The generator of the crate `fastrand`.
struct Wyrand(u64);

impl Wyrand {
    fn u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x2d35_8dcc_aa6c_78a5);
        let product = u128::from(self.0) * u128::from(self.0 ^ 0x8bb8_4b93_962e_acc9);
        product as u64 ^ (product >> 64) as u64
    }

    /// Less than `bound`, from as many bits as `all` has zeros. That it is rounded comes up once in 10¹⁷ times.
    fn below(&mut self, all: u128, bound: u128) -> u64 {
        (u128::from(self.u64()) % all * bound / all) as u64
    }
}
