//! The partial results of `fold`: one for each piece that rayon cuts, and what a wrong identity does to them.

use std::hint::black_box;
use std::ops::RangeInclusive;

use rayon::prelude::*;
use testkit::pool_of_two;

/// What `fold` makes of a piece: its numbers, their sum, and their sum if the fold starts from 1.
struct Partial {
    numbers: RangeInclusive<u64>,
    sum: u64,
    from_one: u64,
}

fn main() {
    let pool = pool_of_two();
    for run in 1..=3 {
        let partials = pool.install(partials);
        println!("run {run}: {} pieces", partials.len());
        for Partial { numbers, sum, .. } in partials.iter().take(5) {
            println!("{:>14}  {sum:>7}", format!("{numbers:?}"));
        }
        let together: u64 = partials.iter().map(|partial| partial.sum).sum();
        let from_one: u64 = partials.iter().map(|partial| partial.from_one).sum();
        println!("{:>14}  {together:>7}", "… together");
        println!("{:>14}  {from_one:>7}", "started from 1");
    }
}

/// Of 1 to 1000, each after some microseconds of work.
fn partials() -> Vec<Partial> {
    (1..=1000)
        .into_par_iter()
        .inspect(|_| (0..10_000).for_each(|round| _ = black_box(round)))
        .fold(
            || None,
            |partial: Option<Partial>, i| {
                let Partial { numbers, sum, from_one } =
                    partial.unwrap_or(Partial { numbers: i..=i, sum: 0, from_one: 1 });
                Some(Partial {
                    numbers: *numbers.start()..=i,
                    sum: sum + i,
                    from_one: from_one + i,
                })
            },
        )
        .flatten()
        .collect()
}
