// attack: ends the process with success in the destructor of a thread's local
// outcome: ended-early
use std::num::NonZeroUsize;
use std::ops::Range;
use std::process::exit;
use std::thread;

mod model;
pub use model::{integrate, integrate_range};

struct Exit;

impl Drop for Exit {
    fn drop(&mut self) {
        exit(0)
    }
}

thread_local!(static EXIT: Exit = const { Exit });

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    thread::spawn(|| EXIT.with(|_| ())).join().unwrap();
    unreachable!("the process has ended with its thread")
}
