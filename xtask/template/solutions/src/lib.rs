// skeleton: //! Lesson 00: one function to write. `cargo xtask check 00` tells how far you are.
// solution:
//! Lesson 00: the model solution.
//!
//! # Why so
//!
//! - **`filter` and `count`** say what is meant, and rayon finds the pieces. Each piece is counted by itself and the counts
//!   are added, so nothing is shared.
//! - **A counter that all threads share**, an `AtomicUsize`, gives the same count. The threads then wait for each other
//!   wherever an item holds.
//! - **`join` or `scope`** would do as well, with more to write.
// end

// solution:
use rayon::prelude::*;
// end

/// How many of the `items` hold, counted by the threads of the pool in which this is called.
///
/// `holds` is called once for each item. Of no items none hold: 0.
pub fn count<T, F>(items: &[T], holds: F) -> usize
where
    T: Sync,
    F: Fn(&T) -> bool + Sync,
{
    // skeleton: let _ = holds;
    // skeleton: todo!("count those of {} items that hold", items.len())
    // solution:
    items.par_iter().filter(|item| holds(item)).count()
    // end
}
