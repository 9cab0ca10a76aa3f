//! A comparison in the terminal.

use std::fmt::Write as _;

use measure::protocol::{
    CompareDocument, ComparedSubject, MeasuredSubject, Question, Standing, Tally, VerdictWord,
};
use measure::{Interval, bytes, group_thousands, time};
use xtask_core::ui::screen::wrap;
use xtask_core::ui::{BAD, BOLD, FAINT, GOOD, OPEN, apply_style};

/// Longer names are cut at their beginning: the end of a path tells more.
const LONGEST_NAME: usize = 24;
/// Columns of a line beside the name.
const BESIDE_A_NAME: usize = 44;

/// The subjects with their verdicts, then a table for each workload.
pub fn screen(document: &CompareDocument, width: usize) -> String {
    let subjects = &document.subjects;
    let longest = width.saturating_sub(BESIDE_A_NAME).clamp(8, LONGEST_NAME);
    let names: Vec<String> =
        subjects.iter().map(|subject| shorten(&subject.name, longest)).collect();
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let mut page = format!("{}\n", apply_style(BOLD, &document.header.title));
    for (subject, name) in subjects.iter().zip(&names) {
        let _ = writeln!(page, "  {name:<widest$}  {}", verdict(subject));
        if let Some(seen) = &subject.seen {
            let seen = wrap(seen, width - 4).replace('\n', "\n    ");
            let _ = writeln!(page, "    {}", apply_style(FAINT, &seen));
        }
    }
    for (number, workload) in document.workloads.iter().enumerate() {
        let _ = writeln!(page, "\n{}", apply_style(BOLD, &wrap(workload, width)));
        let heads =
            format!("  {:<widest$}  {:>8}  {:>7}  {:>13}", "", "time", "× model", "95 % interval");
        let _ = writeln!(page, "{}", apply_style(FAINT, &heads));
        for (subject, name) in subjects.iter().zip(&names) {
            page += &of_subject(
                &format!("{name:<widest$}"),
                subject.workloads.get(number).and_then(Option::as_ref),
                width,
            );
        }
    }
    page + &document.tally.0.as_ref().map_or(String::new(), tally) + "\n"
}

/// What was said in all comparisons.
fn tally(tally: &Tally) -> String {
    let title = format!("what was said in {} comparisons", tally.comparisons);
    let mut lines = format!("\n{}\n", apply_style(BOLD, &title));
    for said in &tally.said {
        let beside = match said.question {
            Question::Standing => "the model",
            Question::Gain => "the serial baseline",
        };
        let answers = said.answers.iter();
        let answers: Vec<_> = answers.map(|(answer, count)| format!("{answer} {count}")).collect();
        let _ = writeln!(
            lines,
            "  {} beside {beside}, workload {}: {}",
            shorten(&said.name, LONGEST_NAME),
            said.workload + 1,
            answers.join(", ")
        );
    }
    lines
}

fn shorten(name: &str, longest: usize) -> String {
    match name.char_indices().rev().nth(longest - 2) {
        Some((at, _)) if name.chars().count() > longest => format!("…{}", &name[at..]),
        _ => name.to_owned(),
    }
}

fn verdict(subject: &ComparedSubject) -> String {
    let sign = match subject.verdict {
        VerdictWord::Passed => apply_style(GOOD, "✓"),
        VerdictWord::NotStarted => apply_style(OPEN, "○"),
        VerdictWord::Failed | VerdictWord::DidNotCompile => apply_style(BAD, "✗"),
    };
    let tiers = subject.tiers.iter().map(|tier| {
        let holding = tier.tests - tier.failures;
        format!(", {} {holding}/{}", tier.tier.word(), tier.tests)
    });
    format!(
        "{sign} {}{}, {} lines",
        subject.verdict.word().replace('-', " "),
        tiers.collect::<String>(),
        subject.lines
    )
}

fn of_subject(name: &str, measured: Option<&MeasuredSubject>, width: usize) -> String {
    let Some(measured) = measured else {
        let words = apply_style(FAINT, "not measured: see its verdict");
        return format!("  {name}  {words}\n");
    };
    let median = |ratio: Option<Interval>| ratio.map_or(f64::NAN, |ratio| ratio.median);
    let interval = measured.to_model.map_or("–".to_owned(), |ratio| ratio.to_string());
    let word = measured.decision.word();
    let said = match measured.decision {
        Standing::Model => String::new(),
        Standing::Faster => apply_style(GOOD, word),
        Standing::Slower => apply_style(BAD, word),
        Standing::Alike | Standing::CannotTell => apply_style(FAINT, word),
    };
    let first = format!(
        "  {name}  {:>8}  {:>7.2}  {interval:>13}  {said}",
        time(measured.time_s),
        median(measured.to_model),
    );
    let mut costs = vec![format!(
        "{:.2} × the serial baseline ({})",
        median(measured.to_serial),
        measured.paid.word()
    )];
    costs.extend(measured.threads.map(|threads| match threads {
        1 => "1 thread".to_owned(),
        more => format!("{more} threads"),
    }));
    costs.extend(measured.allocations.map(|count| {
        let peak = measured.peak_bytes.unwrap_or_default();
        let plural = if count == 1 { "" } else { "s" };
        format!(
            "{} allocation{plural}, {} at once",
            group_thousands(count as u64),
            bytes(peak as f64)
        )
    }));
    let costs = wrap(&costs.join(", "), width - 4).replace('\n', "\n    ");
    format!("{}\n    {}\n", first.trim_end(), apply_style(FAINT, &costs))
}

#[cfg(test)]
pub mod tests {
    use measure::protocol::{ComparedTier, Gain, OrAbsent, Tier};

    use super::super::super::sweep::screen::tests::header;
    use super::*;

    /// What was measured of a subject that is `ratio` times as fast as the model.
    pub fn measurements(time_s: f64, ratio: f64, decision: Standing) -> MeasuredSubject {
        let interval =
            |median, width| Interval { low: median - width, median, high: median + width };
        MeasuredSubject {
            time_s,
            to_model: Some(interval(ratio, 0.02)),
            to_serial: Some(interval(1.9 * ratio, 0.04)),
            decision,
            paid: Gain::Faster,
            threads: Some(2),
            allocations: Some(12),
            allocated_bytes: Some(4096),
            peak_bytes: Some(2048),
            seconds: Vec::new(),
        }
    }

    fn subject(name: &str, lines: usize, measured: Option<MeasuredSubject>) -> ComparedSubject {
        let tier = |tier, tests| ComparedTier { tier, tests, failures: 0 };
        ComparedSubject {
            name: name.to_owned(),
            code: String::new(),
            lines,
            verdict: VerdictWord::Passed,
            tiers: vec![tier(Tier::Correct, 19), tier(Tier::Concurrent, 4)],
            seen: None,
            source: String::new(),
            workloads: vec![measured],
        }
    }

    #[test]
    fn subjects_stand_side_by_side() {
        let failed = ComparedSubject {
            verdict: VerdictWord::Failed,
            tiers: vec![ComparedTier { tier: Tier::Correct, tests: 19, failures: 3 }],
            seen: Some("n = 10, chunks = 3: sample 9 is never evaluated".to_owned()),
            ..subject("exercise", 20, None)
        };
        let document = CompareDocument {
            header: header(),
            rounds: 15,
            workloads: vec!["integral of x² − x: 10,000,000 samples in 64 chunks".to_owned()],
            tally: OrAbsent(None),
            subjects: vec![
                subject("the model", 29, Some(measurements(0.0043, 1.0, Standing::Model))),
                subject(
                    "submissions/2026/a-long-name/02",
                    35,
                    Some(measurements(0.0062, 0.69, Standing::Slower)),
                ),
                failed,
            ],
        };
        let page = anstream::adapter::strip_str(&screen(&document, 80)).to_string();
        insta::assert_snapshot!(page, @"
        Chunked integration
          the model                 ✓ passed, correct 19/19, concurrent 4/4, 29 lines
          …ons/2026/a-long-name/02  ✓ passed, correct 19/19, concurrent 4/4, 35 lines
          exercise                  ✗ failed, correct 16/19, 20 lines
            n = 10, chunks = 3: sample 9 is never evaluated

        integral of x² − x: 10,000,000 samples in 64 chunks
                                        time  × model  95 % interval
          the model                  4.30 ms     1.00   0.98 to 1.02
            1.90 × the serial baseline (faster), 2 threads, 12 allocations, 2.0 KiB at
            once
          …ons/2026/a-long-name/02   6.20 ms     0.69   0.67 to 0.71  slower
            1.31 × the serial baseline (faster), 2 threads, 12 allocations, 2.0 KiB at
            once
          exercise                  not measured: see its verdict
        ");
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    }
}
