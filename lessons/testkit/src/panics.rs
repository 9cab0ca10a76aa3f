//! Panics that a contract asks for.

use std::panic::{self, AssertUnwindSafe};

/// Whether `work` panics, on this thread or on one that hands its panic on. The panic is not printed, since it is expected;
/// nor are those of other threads meanwhile.
///
/// An unwritten skeleton panics too, at its `todo!`. So a claim of a panic first makes a call that must not panic.
///
/// ```
/// assert!(testkit::panics(|| panic!("as expected")));
/// assert!(!testkit::panics(|| ()));
/// ```
pub fn panics(work: impl FnOnce()) -> bool {
    let mut work = Some(work);
    catches(&mut || _ = work.take().map(|work| work()))
}

/// Not generic, so that it is compiled once, and not for each check.
fn catches(work: &mut dyn FnMut()) -> bool {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| ()));
    let ended = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(hook);
    ended.is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool_of_two;

    #[test]
    fn a_panic_that_is_handed_on_counts() {
        assert!(panics(|| pool_of_two().install(|| panic!("in the pool"))));
    }
}
