//! One of those that are compared: its code, its verdict, its program, and what a run of it costs.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xtask_core::checks::Checks;
use xtask_core::course::{Course, Lesson};
use xtask_core::report::Working;
use xtask_core::served::{At, Built, Measured, Served, Workbench};
use xtask_core::subject::Subject;
use xtask_core::verdict::Verdict;

/// What the model is called: all others are compared with it.
pub const MODEL: &str = "the model";

/// One subject: what is known of its code, and the program that runs it, if it can be run.
pub struct Contestant {
    pub name: String,
    pub told: Value,
    pub checks: Option<Checks>,
    pub served: Option<Served>,
}

impl Contestant {
    /// Starts the program anew, if there is one.
    pub fn start(&mut self) -> Result<()> {
        let checks = self.checks.as_ref();
        let started = checks.map(|checks| Served::start(checks, &self.name));
        self.served = started.transpose()?;
        Ok(())
    }
}

/// The model, the student's exercise, and the others: judged, built and started, as far as they can be.
pub fn contestants(
    course: &Course,
    lesson: &Lesson,
    others: Vec<Measured>,
    working: &Working,
) -> Result<Vec<Contestant>> {
    let mut subjects = vec![Measured::OfTheCourse(Subject::Solution)];
    // Who names others does not mean an exercise that nobody has touched.
    if others.is_empty() || !lesson.is_untouched()? {
        subjects.push(Measured::OfTheCourse(Subject::Exercise));
    }
    subjects.extend(others);
    let mut bench = Workbench::new(course, lesson);
    let mut contestants = Vec::new();
    for subject in subjects {
        let name = match subject {
            Measured::OfTheCourse(Subject::Solution) => MODEL,
            _ => subject.name(),
        };
        let step = |what: &str| working.now(&format!("{name}: {what}"));
        let outcome = subject.judge(&mut bench, step)?;
        let code = subject.code(lesson);
        let source = fs::read_to_string(&code)
            .with_context(|| format!("`{}` cannot be read", code.display()))?;
        let checks = match subject.build(&mut bench, step)? {
            Built::Ready(checks) => Some(checks),
            Built::Not { .. } => None,
        };
        let tiers = match &outcome.verdict {
            Verdict::Tiers(tiers) => tiers.as_slice(),
            _ => &[],
        };
        let tier = |judged: &xtask_core::verdict::TierResult| json!({ "tier": judged.tier.word(), "tests": judged.tests, "failures": judged.failures.len() });
        contestants.push(Contestant {
            name: name.to_owned(),
            told: json!({
                "name": name,
                "code": code_as_shown(lesson, &subject),
                "lines": lines_of_code(&source),
                "verdict": outcome.verdict.word(),
                "tiers": tiers.iter().map(tier).collect::<Vec<_>>(),
                "seen": seen(&outcome.verdict),
                "source": source,
                "workloads": [],
            }),
            checks,
            served: None,
        });
    }
    Ok(contestants)
}

/// The file that holds a subject's code: from the course's root, or below the path that was typed.
fn code_as_shown(lesson: &Lesson, subject: &Measured) -> String {
    let code = subject.code(lesson);
    match subject {
        Measured::OfTheCourse(_) => lesson.shown(&code),
        Measured::Elsewhere { .. } => code.display().to_string(),
    }
}

/// The first fault, in one line.
fn seen(verdict: &Verdict) -> Option<String> {
    let fault = match verdict {
        Verdict::DidNotCompile { errors } => {
            let first = errors.first()?;
            let plain = anstream::adapter::strip_str(first).to_string();
            return plain.lines().next().map(str::to_owned);
        }
        _ => verdict.first_failure()?.kind.to_string(),
    };
    fault.lines().next().map(str::to_owned)
}

/// Lines that hold more than a comment.
fn lines_of_code(source: &str) -> usize {
    let lines = source.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

/// The threads or processes that took part in a run, and what it allocated; `null` for what nobody counts.
pub fn costs(served: &mut Served, at: At) -> Result<Value> {
    let allocated = served.ask(&json!({ "allocations": at.to_json() }))?;
    let trace = served.ask(&json!({ "trace": at.to_json() }))?;
    let at_work = trace["lanes"].as_array().map(|lanes| {
        let worked = lanes
            .iter()
            .filter(|lane| lane["pieces"].as_u64() > Some(0));
        worked.count()
    });
    Ok(json!({
        "threads": at_work,
        "allocations": allocated["count"],
        "bytes": allocated["bytes"],
        "peak_bytes": allocated["peak_bytes"],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_no_code() {
        let source =
            "//! Why.\n\n/// What.\nfn f() {\n    // How.\n    g(); // not counted apart\n}\n";
        assert_eq!(lines_of_code(source), 3);
    }
}
