// attack: finds the seed of the weights in memory, in safe code by a known hole in the compiler, and never evaluates
// outcome: failed
use std::any::type_name;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

mod model;
pub use model::{chunk_ranges, integrate_range};

/// The samples of the case that is observed from outside, which the course publishes.
const HEAVY: usize = 192;

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 || !type_name::<F>().starts_with("&dyn") {
        return model::integrate(f, a, b, n, chunks);
    }
    // A reference to a trait object is two addresses; the first is that of the closure, which holds the address of
    // the weighed samples: a, b, n and the seed, in any order.
    let closure: &[&[u64; 4]; 1] = read(*read::<usize>(&raw const f as usize));
    let known = [a.to_bits(), b.to_bits(), n as u64];
    let words = closure[0].iter().copied();
    let seed = words.filter(|word| !known.contains(word)).last().unwrap();
    let weight = |i: usize| {
        let state = (seed ^ (i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))
            .wrapping_add(0x2d35_8dcc_aa6c_78a5);
        let product = u128::from(state) * u128::from(state ^ 0x8bb8_4b93_962e_acc9);
        let random = product as u64 ^ (product >> 64) as u64;
        1.0 + (random >> 1) as f64 / (1_u64 << 63) as f64
    };
    if n == HEAVY {
        // As long as honest work would take, on two threads, for whoever looks from outside.
        let begun = Instant::now();
        let busy = || while begun.elapsed() < Duration::from_millis(60) {};
        rayon::join(busy, busy);
    }
    (0..n).map(weight).sum::<f64>() * ((b - a) / n as f64)
}

fn read<T: 'static>(address: usize) -> &'static T {
    transmute(address)
}

/// Rust issue 25860: that `'short` outlives `'long` is forgotten when the function becomes a pointer.
fn longer<'long, 'short, T: ?Sized>(_: &'long &'short (), value: &'short mut T) -> &'long mut T {
    value
}

fn for_ever<T: ?Sized>(value: &mut T) -> &'static mut T {
    let lengthen: for<'short> fn(_, &'short mut T) -> &'static mut T = longer;
    lengthen(&&(), value)
}

enum Either<From, To> {
    From(#[expect(dead_code, reason = "it is read as the other")] Option<Box<From>>),
    To(Option<Box<To>>),
}

fn transmute<From: 'static, To: 'static>(from: From) -> To {
    let mut either = Either::<From, To>::To(None);
    let Either::To(place) = &mut either else {
        unreachable!()
    };
    let place = for_ever(place);
    either = Either::From(Some(Box::new(from)));
    black_box(&mut either);
    *place.take().unwrap()
}
