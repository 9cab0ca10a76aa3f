//! How far the left rule is from 2/3, and how the error falls with the number of samples.

use lesson_refactor_to_map::{f, integrate_loop};

fn main() {
    println!("{:>11}  {:<21}{:>12}  {:>11}", "n", "area", "error", "error · n");
    for n in (1..=7).map(|exponent| 10_usize.pow(exponent)) {
        let area = integrate_loop(f, 0.0, 2.0, n);
        let error = area - 2.0 / 3.0;
        println!("{n:>11}  {area:<21}{error:>12.1e}  {:>11.6}", error * n as f64);
    }
}
