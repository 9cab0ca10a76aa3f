// attack: asks for a type that holds itself twice, to any depth
// outcome: did-not-compile
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub trait Deeper {
    type Inner: Deeper;
}

impl<T> Deeper for (T,) {
    type Inner = ((T, T),);
}

pub fn deeper<T: Deeper>() -> usize {
    deeper::<T::Inner>()
}

pub fn start() -> usize {
    deeper::<((),)>()
}
