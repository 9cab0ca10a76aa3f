//! The screens, as text: what a student reads after a check.

use std::fmt::Write as _;

use measure::protocol::{SpeedDecision, SpeedRecord};

mod text;

use text::{LABEL, alongside};
pub use text::{label_lines, prose, wrap, wrapping};

use super::{BAD, BOLD, FAINT, GOOD, OPEN, apply_style};
use crate::verdict::{Failure, FailureKind, Test, Tier, TierResult, Verdict};

/// Compile errors shown: the first is often the cause of the others.
const ERRORS: usize = 3;
/// Lines of a student's own output shown for a test.
const OUTPUT_LINES: usize = 20;

/// What a screen says of a lesson besides its verdict. Paths are as the reader sees them.
#[derive(Clone, Debug)]
pub struct About {
    pub number: String,
    pub title: String,
    /// The file whose code was checked.
    pub code: String,
    pub chapter: String,
    /// `1 of 3: the concept`; `None` where no hint is offered.
    pub hint: Option<String>,
    /// The number of the lesson to go on with, after a pass.
    pub next: Option<String>,
    /// Whether the student's own code was checked, and not the model.
    pub own: bool,
}

/// The first lines: which lesson, whose code.
pub fn heading(about: &About) -> String {
    let title = format!("Lesson {}: {}", about.number, about.title);
    format!("{}\n{}\n\n", apply_style(BOLD, &title), apply_style(FAINT, &about.code))
}

/// The verdict, up to the speed tier, and what to do about it.
pub fn verdict(verdict: &Verdict, about: &About, width: usize) -> String {
    let findings = findings(verdict, about, width);
    match verdict {
        Verdict::Tiers(_) if verdict.has_passed() => findings,
        Verdict::NotStarted => {
            let run = format!("cargo xtask check {}", about.number);
            let words = format!("{run} says how far you are, as often as you like");
            findings + &label_lines("then", &words, width) + &hint(about, width)
        }
        Verdict::DidNotCompile { .. } | Verdict::Tiers(_) => findings + &next_try(about, width),
    }
}

/// The verdict alone, up to the speed tier.
pub fn findings(verdict: &Verdict, about: &About, width: usize) -> String {
    match verdict {
        Verdict::NotStarted => not_started_text(about, width),
        Verdict::DidNotCompile { errors } => compile_errors(errors, width),
        Verdict::Tiers(tiers) => {
            let mut screen = String::new();
            for tier in [Tier::Correct, Tier::Concurrent] {
                screen += &tier_line(tier, tiers.iter().find(|result| result.tier == tier), width);
            }
            if let Some(failure) = verdict.first_failure() {
                screen += &tier_line(Tier::Speed, None, width);
                screen += &failing(failure, tiers, width);
                screen += &output(
                    tiers
                        .iter()
                        .flat_map(|tier| &tier.printed)
                        .find(|(test, _)| *test == failure.test),
                );
            }
            screen
        }
    }
}

fn not_started_text(about: &About, width: usize) -> String {
    let mut screen = format!("  {} not started\n\n", apply_style(OPEN, "○"));
    screen += &label_lines("read", &about.chapter, width);
    let words = format!("{}; each `todo!` in it is for you to replace", about.code);
    screen + &label_lines("open", &words, width)
}

fn compile_errors(errors: &[String], width: usize) -> String {
    let mut screen = format!("  {} it does not compile\n\n", apply_style(BAD, "✗"));
    for error in errors.iter().take(ERRORS) {
        let _ = writeln!(screen, "{error}\n");
    }
    if errors.len() > ERRORS {
        let _ = writeln!(
            screen,
            "{} more: mend these first, some of the others may go with them\n",
            errors.len() - ERRORS
        );
    }
    let in_checks = |error: &String| {
        let plain = anstream::adapter::strip_str(error).to_string();
        let place = plain.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        place.is_some_and(|place| place.contains("tests/"))
    };
    if errors.iter().all(in_checks) {
        let words = "The checks call your functions as the skeleton declares them. \
                     Did a name, an argument or a result change?";
        screen += &format!("{}\n\n", wrap(words, width));
    }
    screen
}

fn tier_line(tier: Tier, result: Option<&TierResult>, width: usize) -> String {
    let (sign, words) = match result {
        Some(result) => {
            let holding = result.tests - result.failures.len();
            let sign = if result.failures.is_empty() {
                apply_style(GOOD, "✓")
            } else {
                apply_style(BAD, "✗")
            };
            (sign, format!("{holding} of {} checks hold", result.tests))
        }
        None => {
            let before = if tier == Tier::Speed { Tier::Concurrent } else { Tier::Correct };
            (apply_style(FAINT, "–"), format!("when {} holds", before.word()))
        }
    };
    tier_text(&sign, tier, &words, width)
}

fn tier_text(sign: &str, tier: Tier, words: &str, width: usize) -> String {
    let first = format!("  {sign} {}  ", apply_style(BOLD, &format!("{:<LABEL$}", tier.word())));
    // The sign and the styles take no room that counts.
    format!("{first}{}\n", alongside(words, LABEL + 6, width))
}

fn failing(failure: &Failure, tiers: &[TierResult], width: usize) -> String {
    let mut screen = format!("\n{}\n", apply_style(BOLD, &failure.test.name().replace('_', " ")));
    screen += &label_lines("seen", &failure.kind.to_string(), width);
    if let Some(expected) = failure.kind.expectation() {
        screen += &label_lines("expected", expected, width);
    }
    if let Some(place) = &failure.place {
        screen += &label_lines("at", place, width);
    }
    let others: Vec<_> =
        tiers.iter().flat_map(|tier| &tier.failures).filter(|other| *other != failure).collect();
    let (not_run, failed): (Vec<&Failure>, Vec<&Failure>) =
        others.into_iter().partition(|other| other.kind == FailureKind::NotRun);
    let checks = |count| {
        if count == 1 { "1 check".to_owned() } else { format!("{count} checks") }
    };
    if !failed.is_empty() {
        screen += &label_lines("also", &format!("{} more to mend", checks(failed.len())), width);
    }
    if !not_run.is_empty() {
        let words = format!("{}, since this one did not finish", checks(not_run.len()));
        screen += &label_lines("not run", &words, width);
    }
    screen + "\n"
}

/// What the student's code printed in one test.
fn output(printed: Option<&(Test, String)>) -> String {
    let Some((test, text)) = printed else {
        return String::new();
    };
    let title = format!("your output, in `{}`", test.name().replace('_', " "));
    let mut screen = format!("{}\n", apply_style(BOLD, &title));
    for line in text.lines().take(OUTPUT_LINES) {
        let _ = writeln!(screen, "  {} {line}", apply_style(FAINT, "│"));
    }
    let more = text.lines().count().saturating_sub(OUTPUT_LINES);
    if more > 0 {
        let _ = writeln!(screen, "  {} and {more} more lines", apply_style(FAINT, "│"));
    }
    screen + "\n"
}

fn next_try(about: &About, width: usize) -> String {
    let again = if about.own { "" } else { " --solution" };
    let next = format!("edit the file above, then cargo xtask check {}{again}", about.number);
    label_lines("next", &next, width) + &hint(about, width)
}

fn hint(about: &About, width: usize) -> String {
    let offer = |hint: &String| {
        label_lines("stuck?", &format!("hint {hint}: cargo xtask hint {}", about.number), width)
    };
    about.hint.as_ref().map(offer).unwrap_or_default()
}

/// What comes after a pass: the speed tier, and the way on.
pub fn speed_and_next(
    verdict: &Verdict,
    measured: &[SpeedRecord],
    about: &About,
    width: usize,
) -> String {
    let mut screen = speed(verdict, measured, width);
    if about.own {
        screen += &label_lines("compare", &beside_the_model(&about.number), width);
    }
    let next = match &about.next {
        Some(next) => format!("cargo xtask check {next}"),
        None => "this was the last lesson: well done".to_owned(),
    };
    screen + &label_lines("next", &next, width)
}

/// The way to the model, for those who have passed.
pub fn beside_the_model(lesson: &str) -> String {
    format!("cargo xtask diff {lesson} shows the model beside yours")
}

/// The speed tier, and what the code printed.
pub fn speed(verdict: &Verdict, measured: &[SpeedRecord], width: usize) -> String {
    let mut screen = String::new();
    for measured in measured {
        let sign = match measured.decision {
            SpeedDecision::Faster => apply_style(GOOD, "✓"),
            SpeedDecision::NotFaster | SpeedDecision::CannotJudge => apply_style(OPEN, "○"),
        };
        screen += &tier_text(&sign, Tier::Speed, &measured.words, width);
    }
    if measured.is_empty() {
        let words = "nothing was measured";
        screen += &tier_text(&apply_style(OPEN, "○"), Tier::Speed, words, width);
    }
    screen + "\n" + &output(verdict.tiers().iter().flat_map(|tier| &tier.printed).next())
}

#[cfg(test)]
mod tests;
