// attack: a generic function of which only the checks have the compiler make four million
// outcome: did-not-finish | out-of-memory | did-not-compile
use std::marker::PhantomData;
use std::num::NonZeroUsize;

mod model;
pub use model::{chunk_ranges, integrate_range};

trait Grow {
    fn grow<T>() -> usize;
}

struct Leaf;
struct Twice<Inner>(PhantomData<Inner>);

impl Grow for Leaf {
    fn grow<T>() -> usize {
        size_of::<T>()
    }
}

impl<Inner: Grow> Grow for Twice<Inner> {
    fn grow<T>() -> usize {
        Inner::grow::<(T, u8)>().wrapping_add(Inner::grow::<(u16, T)>())
    }
}

type Four<T> = Twice<Twice<Twice<Twice<T>>>>;

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == usize::MAX {
        return <Twice<Twice<Four<Four<Four<Four<Four<Leaf>>>>>>>>::grow::<F>() as f64;
    }
    model::integrate(f, a, b, n, chunks)
}
