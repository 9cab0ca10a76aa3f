//! A program of its own, in which rayon is used in a pool only.

use testkit::{global_pool_was_untouched, pool_of_two};

#[test]
fn work_in_a_pool_leaves_the_global_one_untouched() {
    pool_of_two().install(|| rayon::join(|| (), || ()));
    assert!(global_pool_was_untouched());
    rayon::join(|| (), || ());
    assert!(global_pool_was_untouched(), "the answer stays the same");
}
