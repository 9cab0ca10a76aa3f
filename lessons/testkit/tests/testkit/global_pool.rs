//! The global pool of a process, in which one test alone uses rayon.

use testkit::{exclusive, global_pool_was_untouched, pool_of_two};

#[test]
fn work_outside_of_a_pool_touches_the_global_one() {
    exclusive(|| {
        rayon::join(|| (), || ());
        assert!(!global_pool_was_untouched());
        assert!(!global_pool_was_untouched(), "the answer stays the same");
    });
}

#[test]
fn work_in_a_pool_leaves_the_global_one_untouched() {
    exclusive(|| {
        pool_of_two().install(|| rayon::join(|| (), || ()));
        assert!(global_pool_was_untouched());
        rayon::join(|| (), || ());
        assert!(global_pool_was_untouched(), "the answer stays the same");
    });
}
