//! How long a student waits: `cargo bench -p xtask --bench feedback [ROUNDS]`.
//!
//! It clones the last commit into an empty folder, as a student would, and measures whole processes there:
//!
//! - *first verdict*: `cargo xtask check 02` right after the clone, with a solution saved and the crates fetched;
//! - *feedback*: the same command after each of several edits, up to the verdict of the correct and concurrent tiers;
//! - *the runner's own share*: what is left of that without the build and the checks themselves; cargo's start is in it.
//!
//! Medians of 15 edits on two cores of a shared x86-64 Linux machine, 2026-11-22:
//!
//! | | before | after |
//! |---|---|---|
//! | fresh clone to first verdict | 22.5 s | 30.8 s |
//! | saved edit to verdict | 0.55 s | 0.71 s (0.63 to 0.79) |
//! | building | 0.26 s | 0.37 s |
//! | checking | 0.24 s | 0.24 s |
//! | the runner's own share | 0.051 s | 0.087 s |
//!
//! *Before* is from when the workloads had no traced run, and the workspace no packages for plots and benchmarks. Both are
//! from when the checks did not make claims, and from edits that added a constant: hardly anything was compiled after them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use measure::protocol::{CheckDocument, Spent, VerdictWord, from_text};

const LESSON: &str = "02-chunked-integration";

fn main() {
    // Cargo adds `--bench` to what the user gave.
    let rounds = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(15);
    let clone = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh clone");
    let _ = fs::remove_dir_all(&clone);
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is inside the course");
    succeed(Command::new("git").args(["clone", "--quiet"]).arg(root).arg(&clone));
    let model = fs::read_to_string(clone.join("solutions").join(LESSON).join("src/lib.rs"))
        .expect("the model");
    let code = clone.join("exercises").join(LESSON).join("src/lib.rs");
    // In a function's body: what is generic is compiled again for each closure of the checks.
    let begin = "let mut sum = 0.0;";
    assert!(model.contains(begin), "the model has changed");
    let edit = |number: usize| {
        let edited = format!("let mut sum = 0.0 * {number}.0;");
        fs::write(&code, model.replace(begin, &edited)).expect("saved")
    };

    edit(0);
    let first = check(&clone);
    println!("first verdict from a fresh clone   {:6.2} s", first.to_verdict);

    let edits: Vec<Times> = (1..=rounds)
        .map(|number| {
            edit(number);
            check(&clone)
        })
        .collect();
    println!("medians of {rounds} edits (least to most):");
    for (label, seconds) in [
        ("saved edit to verdict", edits.iter().map(|times| times.to_verdict).collect()),
        ("  building", edits.iter().map(|times| times.building).collect()),
        ("  checking", edits.iter().map(|times| times.checking).collect()),
        ("  the runner's own share", edits.iter().map(Times::own_share).collect()),
    ] {
        let mut seconds: Vec<f64> = seconds;
        seconds.sort_by(f64::total_cmp);
        let (least, median, most) =
            (seconds[0], seconds[seconds.len() / 2], seconds[seconds.len() - 1]);
        println!("  {label:<32} {median:6.3} s  ({least:.3} to {most:.3})");
    }
}

/// Where the seconds of one check went.
struct Times {
    /// From the command to the verdict; the speed tier comes after it.
    to_verdict: f64,
    building: f64,
    checking: f64,
}

impl Times {
    fn own_share(&self) -> f64 {
        self.to_verdict - self.building - self.checking
    }
}

fn check(clone: &Path) -> Times {
    let mut command = Command::new("cargo");
    command.args(["xtask", "check", "02", "--json"]).current_dir(clone).stderr(Stdio::null());
    // The clone builds in its own folder, and knows nothing of the package that runs this.
    command.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_MANIFEST_DIR");
    let begun = Instant::now();
    let output = command.output().expect("cargo starts");
    let whole = begun.elapsed().as_secs_f64();
    let text = String::from_utf8(output.stdout).expect("text");
    let CheckDocument { verdict, seconds, .. } = from_text(&text).expect("a document");
    assert_eq!(verdict, VerdictWord::Passed, "{text}");
    let Spent { building, checking, measuring } = seconds;
    Times { to_verdict: whole - measuring, building, checking }
}

fn succeed(command: &mut Command) {
    assert!(command.status().is_ok_and(|status| status.success()), "{command:?}");
}
