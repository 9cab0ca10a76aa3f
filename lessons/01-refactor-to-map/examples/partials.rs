//! The partial results of `fold`: one for each piece that rayon cuts, and what a wrong identity does to them.

use std::hint::black_box;
use std::ops::RangeInclusive;

use rayon::prelude::*;
use testkit::pool_of_two;

fn main() {
    let pool = pool_of_two();
    for run in 1..=3 {
        let partials = pool.install(partials);
        println!("run {run}: {} pieces", partials.len());
        for (range, sum) in partials.iter().take(5) {
            println!("{:>14}  {sum:>7}", format!("{range:?}"));
        }
        println!("{:>14}  {:>7}", "… together", partials.iter().map(|(_, sum)| sum).sum::<u64>());
        let from_one: u64 = pool.install(|| numbers().fold(|| 1, |sum, i| sum + i).sum());
        println!("{:>14}  {from_one:>7}", "started from 1");
    }
}

/// 1 to 1000, each after some microseconds of work.
fn numbers() -> impl ParallelIterator<Item = u64> {
    (1..=1000_u64).into_par_iter().inspect(|_| {
        (0..10_000).for_each(|round| {
            black_box(round);
        });
    })
}

/// The numbers of each piece, and their sum.
fn partials() -> Vec<(RangeInclusive<u64>, u64)> {
    numbers()
        .fold(
            || None,
            |piece: Option<(RangeInclusive<u64>, u64)>, i| {
                let (range, sum) = piece.unwrap_or((i..=i, 0));
                Some((*range.start()..=i, sum + i))
            },
        )
        .flatten()
        .collect()
}
