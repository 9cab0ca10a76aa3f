//! `cargo xtask verify --mutants`: which mutants of a lesson's model no claim rejects.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail, ensure};
use measure::protocol::request::Verify;
use xtask_core::course::{Course, Lesson};
use xtask_core::exit::Exit;
use xtask_core::files::{files_below, read_text};
use xtask_core::skeleton;
use xtask_core::ui::{self, Working};

use super::verification::Verification;
use super::{CHECKS, Means, SEEDS};
use crate::at_once;
use crate::compiled_submission::CompiledSubmission;
use crate::digest;
use crate::exam::is_rejected;
use crate::grade::helper;
use crate::grading_env::{Compiled, GradingEnv};
use crate::intake::SourceFile;
use crate::mutants::cargo_mutants::{self, INSTALL};
use crate::mutants::change::Change;
use crate::mutants::listed::Listed;
use crate::mutants::{Mutant, distinct, generate};
use crate::sandbox::Sandbox;

/// This many mutants a core at a time: those that hang only wait, and the others need a processor for their threads.
const MUTANTS_A_CORE: usize = 4;

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    DoesNotCompile,
    /// What a student reads about the first claim that rejects it.
    Rejected(String),
    /// Only random cases reject it, which no student sees.
    SurvivesCheck,
    Survives,
}

/// Judges the mutants of each lesson's model.
///
/// # Errors
///
/// A lesson cannot be read, or its own code not be built; or only changed lessons are wanted, and cargo-mutants is not there for
/// one of them.
pub fn run(course: &Course, lessons: &[Lesson], means: &Means, request: &Verify) -> Result<Exit> {
    let mut all_hold = true;
    // One lesson at a time: what looks at threads needs the processors.
    for lesson in lessons {
        let verification = verify(course, lesson, means, request)?;
        ui::print(&verification.screen(lesson.name()));
        all_hold &= verification.faults.is_empty();
    }
    Ok(all_hold.into())
}

fn verify(
    course: &Course,
    lesson: &Lesson,
    means: &Means,
    request: &Verify,
) -> Result<Verification> {
    let solution = lesson.solution();
    let marked_model = read_text(&solution.join("src/lib.rs"))?;
    let model = skeleton::without_markers(&marked_model);
    let listed = Listed::read(&solution)?;
    let mut mutants = generate(&model)?;
    let claims = [lesson.exercise().join("tests"), lesson.folder().join("src")];
    let fingerprint = fingerprint(&model, &claims, &mutants, &listed)?;
    if request.changed_only && listed.fingerprint() == Some(&fingerprint) {
        let claims = "all mutants are rejected or equivalent, as recorded".to_owned();
        return Ok(Verification { claims, faults: Vec::new(), to_do: Vec::new() });
    }
    let with_cargo_mutants = cargo_mutants::is_installed();
    if with_cargo_mutants {
        mutants.extend(cargo_mutants::list(&solution, &marked_model)?);
        mutants = distinct(&model, mutants);
    } else if request.changed_only {
        bail!(
            "lesson {} has changed, and its mutants need cargo-mutants: `{INSTALL}`",
            lesson.number()
        );
    } else {
        ui::note(&format!("without cargo-mutants, whose mutants are left out; `{INSTALL}`"));
    }
    let is_whole = request.submissions.is_empty();
    if !is_whole {
        let is_chosen = |mutant: &Mutant| {
            let mut names = request.submissions.iter();
            names.any(|name| {
                mutant.operator.contains(&**name) || mutant.change.text().contains(&**name)
            })
        };
        mutants.retain(is_chosen);
        ensure!(!mutants.is_empty(), "lesson {} has no such mutant", lesson.name());
    }
    let working = Working::start(&format!("mutants of lesson {}", lesson.number()));
    let env = means.prepare(course, lesson)?;
    let judged = judge_all(&env, mutants, &working)?;
    drop(working);
    let verification = report(&judged, &listed.equivalent, is_whole);
    if is_whole && with_cargo_mutants && verification.faults.is_empty() {
        listed.write(&solution, &fingerprint)?;
    }
    Ok(verification)
}

/// The fingerprint of all that decides whether mutants survive: the model, its claims, the mutants that this course's operators
/// make of it, and those that are listed as equivalent.
fn fingerprint(
    model: &str,
    claims: &[PathBuf],
    mutants: &[Mutant],
    listed: &Listed,
) -> Result<String> {
    let mut parts = vec![model.as_bytes().to_vec()];
    for folder in claims {
        let mut files = files_below(folder)?;
        files.sort();
        for file in files {
            let path = file.strip_prefix(folder).unwrap_or(&file);
            parts.push(path.to_string_lossy().into_owned().into_bytes());
            let content = fs::read(&file);
            parts.push(content.with_context(|| format!("`{}` cannot be read", file.display()))?);
        }
    }
    parts.extend(mutants.iter().map(|mutant| mutant.source.as_bytes().to_vec()));
    parts.extend(listed.equivalent.iter().map(|change| change.text().as_bytes().to_vec()));
    Ok(digest::hex(parts.iter().map(Vec::as_slice)))
}

fn judge_all(
    env: &GradingEnv,
    mutants: Vec<Mutant>,
    working: &Working,
) -> Result<Vec<(Mutant, Fate)>> {
    let (all, begun) = (mutants.len(), AtomicUsize::new(0));
    let workers = MUTANTS_A_CORE * at_once::cores().get();
    at_once::map(mutants, workers, |mutant, number| {
        let which = begun.fetch_add(1, Ordering::Relaxed) + 1;
        working.now(&format!("{which} of {all}, {}", mutant.operator));
        let fate = judge(env, &mutant, &number.to_string());
        let fate = fate.with_context(|| format!("a mutant:\n{}", mutant.change.text()))?;
        Ok((mutant, fate))
    })
}

fn judge(env: &GradingEnv, mutant: &Mutant, place: &str) -> Result<Fate> {
    let compiled = env.compile(&[SourceFile::root(mutant.source.clone())], place)?;
    let Compiled::Ready(program) = compiled else { return Ok(Fate::DoesNotCompile) };
    // As for a student, who has no sandbox.
    let outside = Sandbox::without_isolation(&helper()?);
    let for_student = CompiledSubmission { env: &env.run_in(&outside), program: program.clone() };
    let checked = for_student.check_until_failure(CHECKS)?;
    if !checked.has_passed() {
        return Ok(Fate::Rejected(checked.summary()));
    }
    let seed = getrandom::u64()? >> 11;
    let rejected = is_rejected(&CompiledSubmission { env, program }, None, seed..seed + SEEDS)?;
    Ok(if rejected { Fate::SurvivesCheck } else { Fate::Survives })
}

/// What is printed about the mutants of a lesson. A mutant that is listed as equivalent has to survive, and no other may. Unless
/// the run `is_whole`, a listed one may be missing.
fn report(judged: &[(Mutant, Fate)], equivalent: &[Change], is_whole: bool) -> Verification {
    // Several mutants can have one change, at different places of a function: the list says the same of all of them.
    let mut by_change: BTreeMap<&Change, Vec<(&Mutant, &Fate)>> = BTreeMap::new();
    for (mutant, fate) in judged {
        by_change.entry(&mutant.change).or_default().push((mutant, fate));
    }
    let mut faults = Vec::new();
    for (change, mutants) in &by_change {
        let is_listed = equivalent.contains(change);
        for (mutant, fate) in mutants {
            let how = match fate {
                Fate::Survives => "survives check and grade",
                Fate::SurvivesCheck => "survives check; only unseen cases reject it",
                Fate::DoesNotCompile | Fate::Rejected(_) => continue,
            };
            if !is_listed {
                faults.push(format!("{how} ({}){}", mutant.operator, indent(change)));
            }
        }
        let rejections = mutants.iter().map(|(_, fate)| match fate {
            Fate::Rejected(said) => Some(said),
            _ => None,
        });
        if is_listed && let Some(said) = rejections.collect::<Option<Vec<_>>>() {
            let said = said.first().map_or("", |said| said);
            faults.push(format!(
                "is listed as equivalent, but rejected{}\n      {said}",
                indent(change)
            ));
        }
    }
    let is_missing = |change: &&Change| {
        let compiles = |(_, fate): &(&Mutant, &Fate)| **fate != Fate::DoesNotCompile;
        !by_change.get(change).is_some_and(|mutants| mutants.iter().any(compiles))
    };
    for change in equivalent.iter().filter(|change| is_whole && is_missing(change)) {
        faults.push(format!(
            "is listed as equivalent, but is not a mutant of the model{}",
            indent(change)
        ));
    }
    let count = |is: fn(&Fate) -> bool| judged.iter().filter(|(_, fate)| is(fate)).count();
    let rejected = count(|fate| matches!(fate, Fate::Rejected(_)));
    let survivors = count(|fate| matches!(fate, Fate::Survives | Fate::SurvivesCheck));
    let broken = count(|fate| *fate == Fate::DoesNotCompile);
    let listed = judged.iter().filter(|(mutant, fate)| {
        matches!(fate, Fate::Survives | Fate::SurvivesCheck) && equivalent.contains(&mutant.change)
    });
    let listed = listed.count();
    let claims = format!(
        "mutants: {rejected} rejected, {listed} equivalent as listed, {} survive; {broken} do not compile",
        survivors - listed
    );
    Verification { claims, faults, to_do: Vec::new() }
}

fn indent(change: &Change) -> String {
    change.text().lines().map(|line| format!("\n      {line}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutant(line: &str) -> Mutant {
        Mutant {
            operator: "another constant: takes another number".to_owned(),
            source: line.to_owned(),
            change: Change::parse(&format!("@@ fn f\n+{line}")),
        }
    }

    fn rejected() -> Fate {
        Fate::Rejected("sample 9 is never evaluated".to_owned())
    }

    #[test]
    fn a_mutant_that_survives_is_a_fault_unless_it_is_listed() {
        let judged = [
            (mutant("a"), Fate::Survives),
            (mutant("b"), Fate::SurvivesCheck),
            (mutant("c"), Fate::Survives),
            (mutant("d"), rejected()),
            (mutant("e"), Fate::DoesNotCompile),
        ];
        let verification = report(&judged, &[mutant("c").change], true);
        insta::assert_snapshot!(verification.claims, @"mutants: 1 rejected, 1 equivalent as listed, 2 survive; 1 do not compile");
        insta::assert_snapshot!(verification.faults.join("\n"), @"
        survives check and grade (another constant: takes another number)
              @@ fn f
              +a
        survives check; only unseen cases reject it (another constant: takes another number)
              @@ fn f
              +b
        ");
    }

    #[test]
    fn a_listed_mutant_that_is_rejected_or_gone_is_a_fault() {
        let judged = [(mutant("a"), rejected()), (mutant("b"), Fate::DoesNotCompile)];
        let equivalent = ["a", "b", "c"].map(|line| mutant(line).change);
        insta::assert_snapshot!(report(&judged, &equivalent, true).faults.join("\n"), @"
        is listed as equivalent, but rejected
              @@ fn f
              +a
              sample 9 is never evaluated
        is listed as equivalent, but is not a mutant of the model
              @@ fn f
              +b
        is listed as equivalent, but is not a mutant of the model
              @@ fn f
              +c
        ");
        // Of some mutants only, none is missing.
        assert_eq!(report(&judged, &equivalent, false).faults.len(), 1);
    }

    #[test]
    fn a_fingerprint_is_that_of_the_model_the_claims_the_mutants_and_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let claims = [folder.path().to_owned()];
        let file = folder.path().join("check.rs");
        fs::write(&file, "#[test]").unwrap();
        let none = Listed::default();
        let listed = Listed::parse("\n// equivalent: it is\n@@ fn f\n+a\n".to_owned()).unwrap();
        let of = |model, mutants: &[Mutant], listed| {
            fingerprint(model, &claims, mutants, listed).unwrap()
        };
        let first = of("fn f() {}", &[], &none);
        assert_eq!(of("fn f() {}", &[], &none), first);
        for other in [
            of("fn g() {}", &[], &none),
            of("fn f() {}", &[mutant("a")], &none),
            of("fn f() {}", &[], &listed),
        ] {
            assert_ne!(other, first);
        }
        fs::write(&file, "#[test] // another").unwrap();
        assert_ne!(of("fn f() {}", &[], &none), first);
    }

    #[test]
    fn of_equal_changes_at_two_places_one_may_be_rejected() {
        let judged = [(mutant("a"), rejected()), (mutant("a"), Fate::Survives)];
        assert!(report(&judged, &[mutant("a").change], true).faults.is_empty());
        assert_eq!(report(&judged, &[], true).faults.len(), 1);
    }
}
