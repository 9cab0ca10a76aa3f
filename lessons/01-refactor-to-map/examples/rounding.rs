//! The same samples added in order and in pieces, to the last digit.

use lesson_refactor_to_map::{f, integrate_loop};
use rayon::prelude::*;
use testkit::pool_of_two;

fn main() {
    let pool = pool_of_two();
    for n in [100, 1_000_000] {
        let dx = 2.0 / n as f64;
        let heights = || (0..n).into_par_iter().map(|i| f(i as f64 * dx));
        let show = |way: &str, area: f64| println!("n = {n:<9}{way:<36}{area:?}");

        show("the loop", integrate_loop(f, 0.0, 2.0, n));
        let list: Vec<f64> = pool.install(|| heights().collect());
        show("map in parallel, sum one by one", list.iter().sum::<f64>() * dx);
        for _ in 0..3 {
            show("map and sum in parallel", pool.install(|| heights().sum::<f64>()) * dx);
        }
    }
}
