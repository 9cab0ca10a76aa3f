// attack: makes a reference out of a number in safe code, by a known hole in the compiler, and writes through it
// outcome: crashed
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

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

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let nowhere: &'static mut usize = transmute(16_usize);
    *nowhere = n;
    model::chunk_ranges(n, chunks)
}
