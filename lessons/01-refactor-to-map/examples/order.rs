//! Twenty items on two threads, gathered by `collect` and by `par_bridge`. The threads take turns, an item each, as if every item
//! took equally long.

use rayon::prelude::*;
use testkit::{KnownPool, Lockstep};

fn main() {
    let items = Vec::from_iter(0..20_u64);
    let turns = || Lockstep::new(2, 1, items.len());

    let lockstep = turns();
    let in_turn = |item: &u64| lockstep.call(|| *item);
    let collected: Vec<u64> = KnownPool::of(2).install(|| items.par_iter().map(in_turn).collect());

    let lockstep = turns();
    let in_turn = |item: &u64| lockstep.call(|| *item);
    let bridged: Vec<u64> =
        KnownPool::of(2).install(|| items.iter().par_bridge().map(in_turn).collect());

    println!("par_iter, map, collect:   {collected:?}");
    println!("par_bridge, map, collect: {bridged:?}");
}
