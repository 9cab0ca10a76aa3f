//! The commands that measure, on the model, on a student's code, and on what cannot be measured.

use std::fs;
use std::path::Path;

use measure::protocol::VerdictWord::{DidNotCompile, Failed, Passed};
use measure::protocol::{CompareDocument, Json, SweepDocument, TraceDocument, from_text};

use e2e::{CourseCopy, LESSON, Output};
#[cfg(unix)]
use e2e::{create_pipe, interrupt_at};

fn document<D: Json>(answer: &Output) -> D {
    assert_eq!(answer.status, Some(0), "{answer:?}");
    from_text(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
}

fn read_kept(course: &CourseCopy, file: &str) -> String {
    let file = course.root.join("target/many-hands/results").join(file);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The model's code, which is to lie beside it as `model.rs`, but for the body of `integrate`.
fn with_integrate(body: &str) -> String {
    format!(
        "mod model;\n\
         pub use model::{{chunk_ranges, integrate_range}};\n\
         use std::num::NonZeroUsize;\n\n\
         pub fn integrate<F: Fn(f64) -> f64 + Sync>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64 {{\n    \
         {body}\n}}\n"
    )
}

#[test]
fn a_sweep_keeps_a_table_a_picture_and_its_figures() {
    let course = CourseCopy::fresh();
    let sweep = ["sweep", "02", "--solution", "--quick", "--size", "100_000", "--json"];
    let answer = course.xtask(&sweep);
    let told: SweepDocument = document(&answer);
    assert_eq!(told.header.lesson, LESSON);
    let over: Vec<_> = told.sweeps.iter().map(|sweep| sweep.over.unit()).collect();
    assert_eq!(over, ["threads", "chunks"]);
    let chunks: Vec<_> = told.sweeps[1].steps.iter().map(|step| step.value).collect();
    assert_eq!((chunks.first(), chunks.last()), (Some(&1), Some(&1_000_000)));
    assert_eq!(told.sweeps[0].simulation.as_ref().unwrap().tasks, Some(64));
    assert_eq!(read_kept(&course, "sweep-02.json"), answer.stdout);
    assert!(read_kept(&course, "sweep-02.csv").starts_with("workload,over,value,"));
    assert!(read_kept(&course, "sweep-02.svg").contains("<svg"));
    assert!(read_kept(&course, "sweep-02.html").contains("100,000 samples"));
}

#[test]
fn a_trace_shows_each_chunk_as_a_piece() {
    let course = CourseCopy::fresh();
    let trace =
        ["trace", "02", "--solution", "--threads", "2", "--tasks", "8", "--quick", "--json"];
    let told: TraceDocument = document(&course.xtask(&trace));
    let run = &told.traces[0].run;
    assert_eq!((run.pieces, run.threads), (8, 2));
    let bars = run.lanes.iter().flat_map(|lane| &lane.bars);
    let mut ranges: Vec<_> = bars.map(|bar| (bar.from, bar.to)).collect();
    ranges.sort_unstable();
    let expected: Vec<_> = (0..8).map(|k| (k * 1_250_000, (k + 1) * 1_250_000)).collect();
    assert_eq!(ranges, expected);
}

#[test]
fn serial_code_that_poses_as_parallel_is_seen_as_what_it_is() {
    let course = CourseCopy::fresh();
    let parallel = "        .into_par_iter()\n        .with_max_len(1)\n";
    course.write_code(&course.model_with(parallel, ".into_iter()\n"));
    let trace = ["trace", "02", "--threads", "2", "--quick"];
    course.xtask(&trace).assert(0, &["one thread of 2 did all the work"]);
}

#[test]
fn subjects_are_compared_and_each_says_why_it_cannot_be() {
    let course = CourseCopy::fresh();
    let class = Path::new(env!("CARGO_TARGET_TMPDIR")).join("a class");
    let _ = fs::remove_dir_all(&class);
    let wrong = with_integrate("0.0 * f(a) * b * n as f64 * chunks.get() as f64");
    for (name, code) in [("ann", course.model()), ("bob", wrong), ("eve", "fn".to_owned())] {
        let src = class.join(name).join("src");
        fs::create_dir_all(&src).unwrap();
        fs::write(src.join("lib.rs"), code).unwrap();
        fs::write(src.join("model.rs"), course.model()).unwrap();
    }
    let paths = ["ann", "bob", "eve"].map(|name| class.join(name).display().to_string());
    let mut compare = vec!["compare", "02", "--quick", "--size", "100_000", "--json"];
    compare.extend(paths.iter().map(String::as_str));
    let CompareDocument { subjects, .. } = document(&course.xtask(&compare));
    let verdicts: Vec<_> = subjects.iter().map(|subject| subject.verdict).collect();
    assert_eq!(verdicts, [Passed, Passed, Failed, DidNotCompile]);
    let measured: Vec<_> = subjects.iter().map(|subject| subject.workloads[0].is_some()).collect();
    assert_eq!(measured, [true, true, false, false]);
    let measured = subjects[1].workloads[0].as_ref().unwrap();
    assert!(measured.allocations.is_some(), "{measured:?}");
    let seen = subjects[3].seen.as_deref().unwrap();
    assert!(seen.starts_with("error: "), "{seen}");
}

#[test]
fn what_cannot_be_measured_is_refused_with_the_next_step() {
    let course = CourseCopy::fresh();
    for command in ["sweep", "trace"] {
        course
            .xtask(&[command, "02"])
            .assert(2, &["lesson 02 is not started", "`cargo xtask check 02`", "--solution"]);
    }
    course.write_code("fn");
    course.xtask(&["sweep", "02"]).assert(2, &["it does not compile", "expected identifier"]);
    fs::write(course.exercise().join("src/model.rs"), course.model()).unwrap();
    course.write_code(&with_integrate("2.0 * model::integrate(f, a, b, n, chunks)"));
    course
        .xtask(&["trace", "02"])
        .assert(2, &["the answer differs from that of the serial baseline"]);
    course.write_code(&with_integrate("todo!(\"{a} {b} {n} {chunks} {}\", f(a))"));
    course.xtask(&["trace", "02"]).assert(2, &["ended early", "not yet implemented"]);
}

#[test]
fn a_command_line_that_cannot_be_meant_is_refused() {
    let course = CourseCopy::fresh();
    for (line, words) in [
        ("sweep 02 --solution --threads 0", "whole numbers from 1 on"),
        ("sweep 02 --solution --subject mine", "give one"),
        ("trace 02 --subject nowhere", "`nowhere` is neither `mine` nor `solution` nor a folder"),
        (
            "trace 02 --solution --workload 9",
            "there is no workload 9; there are: 1 integral of x² − x",
        ),
        ("compare 02 nowhere", "`nowhere` is neither"),
        (
            "bench 02 --solution --against yesterday",
            "no baseline `yesterday` was kept for lesson 02; there are: none",
        ),
        ("bench 02 --save a/b", "a baseline is named by letters, digits"),
    ] {
        let line: Vec<&str> = line.split(' ').collect();
        course.xtask(&line).assert(2, &[words]);
    }
}

/// The student's code hangs after some rounds; the user who waits for it sees enough.
#[cfg(unix)]
#[test]
fn an_interrupted_sweep_tells_the_rounds_that_were_complete() {
    let course = CourseCopy::fresh();
    let pipe = create_pipe(&course, "round pipe");
    fs::write(course.exercise().join("src/model.rs"), course.model()).unwrap();
    course.write_code(&with_integrate(&format!(
        "use std::sync::atomic::{{AtomicUsize, Ordering::Relaxed}};\n    \
             static CALLS: AtomicUsize = AtomicUsize::new(0);\n    \
             if CALLS.fetch_add(1, Relaxed) == 12 {{\n        \
             std::fs::write({pipe:?}, \"here\\n\").unwrap();\n        \
             loop {{ std::thread::park(); }}\n    }}\n    \
             model::integrate(f, a, b, n, chunks)"
    )));

    // A run is so long that each timing takes two of them, or on a very fast machine three: one or two warm it up.
    let sweep = ["sweep", "02", "--threads", "1", "--size", "100_000_000"];
    let (_, answer) = interrupt_at(&pipe, &mut course.command(&sweep));
    answer.assert(130, &["speed-up", "interrupted: this is what was complete"]);
    let told: SweepDocument = from_text(&read_kept(&course, "sweep-02.json")).unwrap();
    assert!(!told.header.complete);
    let rounds = told.sweeps[0].steps[0].seconds.len();
    assert!((1..15).contains(&rounds), "{rounds} rounds");
}
