//! Twenty items on two threads, gathered by `collect` and by `par_bridge`.

use std::hint::black_box;

use rayon::prelude::*;
use testkit::pool_of_two;

fn main() {
    let items: Vec<u64> = (0..20).collect();
    let collected: Vec<u64> = pool_of_two().install(|| items.par_iter().map(slowly).collect());
    let bridged: Vec<u64> =
        pool_of_two().install(|| items.iter().par_bridge().map(slowly).collect());
    println!("par_iter, map, collect:   {collected:?}");
    println!("par_bridge, map, collect: {bridged:?}");
}

/// The item, after about a millisecond of work.
fn slowly(item: &u64) -> u64 {
    (0..1_000_000).for_each(|round: u64| {
        black_box(round);
    });
    *item
}
