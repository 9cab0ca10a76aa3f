//! One of those that are compared: its code, its verdict, its program, and what a run of it costs.

use anyhow::Result;
use measure::protocol::{ComparedSubject, ComparedTier, TracedRun};
use xtask_core::bench_process::{BenchProcess, CaseParams};
use xtask_core::code_under_test::{Built, CodeUnderTest, Workbench};
use xtask_core::course::{Course, Lesson};
use xtask_core::files::read_text;
use xtask_core::test_binary::TestBinary;
use xtask_core::ui::Working;
use xtask_core::variant::Variant;
use xtask_core::verdict::Verdict;

/// What the model is called: all others are compared with it.
pub const MODEL: &str = "the model";

/// One subject: what is known of its code, and the program that runs it, if it can be run.
pub struct Entrant {
    /// What the document says of it.
    pub subject: ComparedSubject,
    pub checks: Option<TestBinary>,
    pub process: Option<BenchProcess>,
}

impl Entrant {
    /// Starts the program anew, if there is one.
    pub fn start(&mut self) -> Result<()> {
        let checks = self.checks.as_ref();
        let started = checks.map(|checks| BenchProcess::start(checks, &self.subject.name));
        self.process = started.transpose()?;
        Ok(())
    }
}

/// The model, the student's exercise, and the others: result, built and started, as far as they can be.
pub fn entrants(
    course: &Course,
    lesson: &Lesson,
    others: Vec<CodeUnderTest>,
    working: &Working,
) -> Result<Vec<Entrant>> {
    let mut subjects = vec![CodeUnderTest::OfTheCourse(Variant::Solution)];
    // With others to compare, an untouched exercise is not meant.
    if others.is_empty() || !lesson.is_untouched()? {
        subjects.push(CodeUnderTest::OfTheCourse(Variant::Exercise));
    }
    subjects.extend(others);
    let mut bench = Workbench::new(course, lesson);
    let mut entrants = Vec::new();
    for subject in subjects {
        let name = match subject {
            CodeUnderTest::OfTheCourse(Variant::Solution) => MODEL,
            _ => subject.name(),
        };
        let step = |what: &str| working.now(&format!("{name}: {what}"));
        let outcome = subject.judge(&mut bench, step)?;
        let source = read_text(&subject.code(lesson))?;
        let checks = match subject.build(&mut bench, step)? {
            Built::Ready(checks) => Some(checks),
            Built::Not { .. } => None,
        };
        let tiers = outcome.verdict.tiers().iter().map(|result| ComparedTier {
            tier: result.tier,
            tests: result.tests,
            failures: result.failures.len(),
        });
        entrants.push(Entrant {
            subject: ComparedSubject {
                name: name.to_owned(),
                code: displayed_code(lesson, &subject),
                lines: lines_of_code(&source),
                verdict: outcome.verdict.word(),
                tiers: tiers.collect(),
                seen: first_line_seen(&outcome.verdict),
                source,
                workloads: Vec::new(),
            },
            checks,
            process: None,
        });
    }
    Ok(entrants)
}

/// The file that holds a subject's code: from the course's root, or below the path that was typed.
fn displayed_code(lesson: &Lesson, subject: &CodeUnderTest) -> String {
    let code = subject.code(lesson);
    match subject {
        CodeUnderTest::OfTheCourse(_) => lesson.display_path(&code),
        CodeUnderTest::Elsewhere { .. } => code.display().to_string(),
    }
}

/// The first fault, in one line.
fn first_line_seen(verdict: &Verdict) -> Option<String> {
    let fault = match verdict {
        Verdict::DidNotCompile { errors } => {
            anstream::adapter::strip_str(errors.first()?).to_string()
        }
        _ => verdict.first_failure()?.kind.to_string(),
    };
    fault.lines().next().map(str::to_owned)
}

/// Lines that hold more than a comment.
fn lines_of_code(source: &str) -> usize {
    let lines = source.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// The threads or processes that took part in a run; `None` if runs cannot be traced.
pub fn threads_at_work(process: &mut BenchProcess, at: CaseParams) -> Result<Option<usize>> {
    let at_work = |run: TracedRun| run.lanes.iter().filter(|lane| lane.pieces > 0).count();
    Ok(process.trace(at)?.map(at_work))
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
