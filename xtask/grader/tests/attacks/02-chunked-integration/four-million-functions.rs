// attack: has the compiler make four million functions of one
// outcome: did-not-finish | out-of-memory | did-not-compile
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub trait Grow {
    fn grow<T>() -> usize;
}

pub struct Leaf;
pub struct Twice<Inner>(Inner);

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

pub fn start() -> usize {
    <Twice<Twice<Four<Four<Four<Four<Four<Leaf>>>>>>>>::grow::<u8>()
}
