//! The document of `peers`.

use super::Header;
use crate::protocol::json::{json_struct, json_words};

json_struct! {
    /// The model beside Python.
    pub struct PeersDocument extends header: Header {
        /// How many rounds were asked for.
        pub rounds: usize,
        /// What was not measured, and why.
        pub notes: Vec<String>,
        pub jobs: Vec<PeersJob>,
    }

    /// A workload.
    pub struct PeersJob {
        /// Its name, with its size.
        pub workload: String,
        /// What can do it, the fastest first.
        pub arms: Vec<PeerArm>,
    }
}

json_words! {
    /// A language.
    pub enum Language {
        Rust = "rust",
        Python = "python",
    }
}

json_struct! {
    /// One way to do a workload.
    pub struct PeerArm {
        pub language: Language,
        pub name: String,
        /// On how many threads, or processes.
        pub threads: usize,
        pub median_s: Option<f64>,
        /// Beside the fastest Rust.
        pub to_fastest_rust: Option<SpeedRatio>,
        /// Beside numba's `prange` on as many threads.
        pub to_prange: Option<SpeedRatio>,
        /// The time in each round; a slow arm has the first rounds only.
        pub seconds: Vec<f64>,
    }

    /// How many times as fast one is as another.
    #[derive(Copy)]
    pub struct SpeedRatio {
        /// The low end of the interval; `None` after too few rounds.
        pub low: Option<f64>,
        pub median: f64,
        /// The high end of the interval; `None` after too few rounds.
        pub high: Option<f64>,
    }
}
