//! `doctor`: what this machine is good for, and what to do about the rest.
//!
//! A part whose conclusion is worth a test looks first and then concludes: what it has seen is a value, and its conclusion a
//! pure function of that.

use anyhow::Result;
use measure::protocol::{DoctorDocument, Finding, FindingState, Json, Purpose, SCHEMA};
use xtask_core::course::Course;
use xtask_core::ui::{self, Working};

use super::Exit;
use crate::cli::{Args, Command};

mod capacity;
mod completeness;
mod cores;
mod crates;
mod disk;
mod editors;
mod file_times;
mod git;
mod path;
mod python;
mod sandbox;
mod screen;
mod toolchain;
mod writing;

pub const COMMAND: Command = Command {
    name: "doctor",
    about: "is this machine ready, and what is missing?",
    lesson: None,
    more: None,
    flags: &[("json", "print one JSON document, for programs")],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let working = Working::start("looking at this machine");
    let now = |what: &str| working.now(what);
    let purposes = [
        ("to work", to_work(&course, now)),
        ("to measure", to_measure(now)),
        ("to compare with Python, by `peers`", vec![python::inspect(&course)]),
        ("to grade unread code, by `grade`", vec![sandbox::inspect()]),
    ];
    drop(working);
    let (_, to_work) = &purposes[0];
    let ready = to_work.iter().all(|finding| finding.state != FindingState::Bad);
    let purposes = purposes.map(|(name, findings)| Purpose { purpose: name.to_owned(), findings });
    let document = DoctorDocument { schema: SCHEMA, ready, purposes: purposes.to_vec() };
    ui::print(&if args.has("json") {
        format!("{:#}\n", document.to_json())
    } else {
        screen::screen(&document, ui::width())
    });
    Ok(ready.into())
}

/// What a student needs.
fn to_work(course: &Course, now: impl Fn(&str)) -> Vec<Finding> {
    now("toolchain");
    let mut findings = vec![toolchain::inspect(course), completeness::inspect(course)];
    now("disk");
    let disk = disk::look(course);
    findings.extend([
        path::inspect(course, disk.as_ref()),
        writing::inspect(course),
        disk::inspect(disk.as_ref()),
        file_times::inspect(course),
    ]);
    now("crates");
    findings.extend([crates::inspect(course), editors::inspect(course), git::inspect(course)]);
    findings
}

/// What makes figures mean something.
fn to_measure(now: impl Fn(&str)) -> Vec<Finding> {
    now("arithmetic on all cores");
    let offered = cores::cores_offered();
    vec![cores::inspect(), capacity::inspect(offered, capacity::measure_gain(offered))]
}
