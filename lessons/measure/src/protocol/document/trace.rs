//! The document of `trace`.

use super::Header;
use crate::protocol::json::json_struct;

json_struct! {
    /// Which thread did what, and when.
    pub struct TraceDocument extends header: Header {
        /// A run for each workload that can be traced.
        pub traces: Vec<Trace>,
    }

    /// A run, and what it says.
    pub struct Trace extends run: TracedRun {
        /// The workload's name, with its size.
        pub workload: String,
        /// How many times as long as an untraced run it took.
        pub overhead: f64,
        /// What it says, in sentences.
        pub words: Vec<String>,
    }

    /// A run that was traced. Times are in seconds since it began.
    pub struct TracedRun {
        /// What its items are: `samples`, `rows`.
        pub unit: String,
        /// How many threads or processes could take part.
        pub threads: usize,
        /// From its beginning to its end.
        pub wall_s: f64,
        /// How long a run takes that is not traced.
        pub untraced_s: f64,
        pub items: usize,
        /// How many pieces there are: neighbouring items, handled one right after the other on one thread.
        pub pieces: usize,
        pub longest_s: f64,
        pub shortest_s: f64,
        /// How long a piece is on average.
        pub mean_s: f64,
        /// The work of the busiest thread over that of an average one.
        pub imbalance: f64,
        /// The share of the threads' time in which no piece ran.
        pub idle: f64,
        /// One for each thread or process.
        pub lanes: Vec<Lane>,
    }

    /// What one thread or process did.
    pub struct Lane {
        /// `thread 1`.
        pub name: String,
        pub items: usize,
        pub pieces: usize,
        pub busy_s: f64,
        pub share: f64,
        /// Its pieces, in order.
        pub bars: Vec<Bar>,
    }

    /// A piece, or several that each alone would be too short to be seen.
    #[derive(Copy)]
    pub struct Bar {
        /// The first item.
        pub from: usize,
        /// The item after the last.
        pub to: usize,
        /// When it began.
        pub start_s: f64,
        /// When it ended.
        pub end_s: f64,
        /// How many pieces it stands for.
        pub pieces: usize,
        /// Seconds of work in it.
        pub busy_s: f64,
    }
}
