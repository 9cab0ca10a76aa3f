//! A program of its own, in which rayon is used outside of a pool.

use testkit::global_pool_was_untouched;

#[test]
fn work_outside_of_a_pool_touches_the_global_one() {
    rayon::join(|| (), || ());
    assert!(!global_pool_was_untouched());
    assert!(!global_pool_was_untouched(), "the answer stays the same");
}
