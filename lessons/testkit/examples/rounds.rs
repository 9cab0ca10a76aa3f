//! Prints every round of one comparison, in seconds, for `src/paired/recorded/`: `cargo run -p testkit --example rounds
//! -- parallel`, or `-- serial` for serial code that poses as parallel.

use std::env;

use rayon::prelude::*;
use testkit::paired::{Round, compare};
use testkit::{BenchCase, Parameter, Workload};

const SAMPLES: u32 = 10_000_000;
const CHUNK: u32 = SAMPLES / 8;

fn area(samples: std::ops::Range<u32>) -> f64 {
    let step = 2.0 / f64::from(SAMPLES);
    let f = |x: f64| x * x - x;
    samples.map(|i| f(f64::from(i) * step)).sum::<f64>() * step
}

fn chunked_sum() -> f64 {
    (0..8).into_par_iter().map(|chunk| area(chunk * CHUNK..(chunk + 1) * CHUNK)).sum()
}

fn serial() -> f64 {
    area(0..SAMPLES)
}

fn main() {
    let subject = match env::args().nth(1).as_deref() {
        Some("parallel") => chunked_sum,
        Some("serial") => serial,
        _ => panic!("say `parallel` or `serial`: which subject is to be timed?"),
    };
    let agree = |serial: &f64, subject: &f64| (serial - subject).abs() <= 1e-12 * serial.abs();
    let size = Parameter::new("samples", SAMPLES as usize);
    let workload = Workload::new("integral", size, move |_| {
        BenchCase::new(u64::from(SAMPLES), serial, subject, agree, |area| *area)
    });
    let comparison = compare(&workload).expect("the system starts as many threads as it has cores");

    println!("# {comparison}");
    println!("# serial, control on one thread, control on all threads, subject");
    for Round { serial, control_one, control_all, subject, .. } in comparison.rounds {
        println!("{serial:.6},{control_one:.6},{control_all:.6},{subject:.6}");
    }
}
