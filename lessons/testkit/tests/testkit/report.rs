//! A report as the runner starts it: in a process of its own, which is this very test binary.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use measure::protocol::{SpeedRecord, from_text};
use rayon::prelude::*;
use testkit::{BenchCase, Parameter, Workload, cores_offered, paired};

/// Long enough to be timed, short enough that a report takes a blink.
const ITEMS: u64 = 200_000;

fn square_root(i: u64) -> f64 {
    (i as f64).sqrt()
}

fn serial() -> f64 {
    (0..ITEMS).map(square_root).sum()
}

fn parallel() -> f64 {
    (0..ITEMS).into_par_iter().map(square_root).sum()
}

fn agree(serial: &f64, subject: &f64) -> bool {
    (serial - subject).abs() <= 1e-9 * serial.abs()
}

fn roots(what: &str, subject: fn() -> f64) -> Workload {
    Workload::new(what, Parameter::new("numbers", ITEMS as usize), move |_| {
        BenchCase::new(ITEMS, serial, subject, agree, |sum| *sum)
    })
}

#[test]
#[ignore = "the part of the child"]
fn a_report_of_two_workloads() {
    paired::report(&[roots("roots in parallel", parallel), roots("roots one by one", serial)]);
}

fn report(record: Option<&Path>) -> Output {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "report::a_report_of_two_workloads", "--ignored", "--nocapture"]);
    match record {
        Some(file) => child.env("MANY_HANDS_RECORD", file),
        None => child.env_remove("MANY_HANDS_RECORD"),
    };
    child.output().unwrap()
}

/// A path in the build's own temporary folder, where nothing is yet.
fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

#[test]
fn a_report_prints_a_sentence_for_each_workload() {
    let output = report(None);
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    for workload in ["roots in parallel: ", "roots one by one: "] {
        assert_eq!(printed.matches(workload).count(), 1, "{printed}");
    }
}

#[test]
fn a_report_appends_a_line_for_each_workload() {
    let file = fresh("report record.jsonl");
    fs::write(&file, "before\n").unwrap();
    assert!(report(Some(&file)).status.success());

    let text = fs::read_to_string(&file).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("before"));
    let records: Vec<SpeedRecord> = lines.map(|line| from_text(line).unwrap()).collect();
    let workloads: Vec<_> = records.iter().map(|record| &record.workload).collect();
    assert_eq!(
        workloads,
        ["roots in parallel: 200,000 numbers", "roots one by one: 200,000 numbers"]
    );
    assert_eq!(records[0].cores_offered, cores_offered().get());
    assert_eq!(records[0].items, ITEMS);
}

#[test]
fn a_record_that_cannot_be_written_is_named() {
    let file = fresh("no such folder").join("record.jsonl");
    let output = report(Some(&file));
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("cannot append to `{}`", file.display())), "{said}");
}
