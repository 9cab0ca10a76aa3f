//! The course checks itself, whatever state the exercises are in. CI has it check everything; here, that a mistake is found.

use std::fs;

use e2e::{CourseCopy, LESSON};

/// Of four promises one is broken on purpose.
#[test]
fn a_broken_promise_is_found_and_the_others_are_kept() {
    let course = CourseCopy::fresh();
    // Nothing that a student saves may matter here, not even what does not compile.
    course.write_code("fn");
    let impostor = course.root.join("solutions").join(LESSON).join("mistakes/not-wrong-at-all.rs");
    fs::write(&impostor, format!("// rejected: anything\n{}", course.model())).unwrap();
    let names = ["not-wrong-at-all", "dx-forgotten", "one-lock-around-the-loop", "recursive-join"];
    let answer = course.verify(LESSON, &names);
    fs::remove_file(impostor).unwrap();

    let broken: Vec<_> = answer.stdout.lines().filter(|line| line.starts_with(' ')).collect();
    assert_eq!(broken, ["    mistakes/not-wrong-at-all.rs is wrong, but passed"], "{answer:?}");
    assert_eq!(answer.status, Some(1));
}

/// No claim calls this function, so its mutant survives. Both generators have the same one.
#[test]
fn a_mutant_that_no_claim_rejects_is_found_until_it_is_listed() {
    let course = CourseCopy::fresh();
    course.xtask(&["verify", "--changed"]).assert(2, &["`--changed` is for `--mutants`"]);
    let model = course.solution().join("src/lib.rs");
    let unclaimed = "fn is_unclaimed() -> bool {\n    true\n}\n";
    fs::write(&model, fs::read_to_string(&model).unwrap() + unclaimed).unwrap();
    let list = course.solution().join("equivalent-mutants.diff");
    fs::write(&list, "").unwrap();
    let mutants = || course.verify_mutants(LESSON, &["is_unclaimed"]);
    let found = mutants();
    let change = "      @@ fn is_unclaimed\n      -true\n      +false\n";
    assert!(found.stdout.contains(change), "{found:?}");
    found.assert(1, &["0 equivalent as listed, 1 survive", "survives check and grade"]);

    fs::write(&list, format!("\n// equivalent: it is never called\n{change}")).unwrap();
    mutants().assert(0, &["1 equivalent as listed, 0 survive"]);
}
