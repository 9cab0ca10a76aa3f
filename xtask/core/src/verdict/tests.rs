use super::*;

const PASS: &str = "\nrunning 1 test\ntest correct::a ... ok\n\n\
                    test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.00s\n\n";
const FAIL: &str = "\nrunning 1 test\ntest correct::a ... FAILED\n\nfailures:\n\nfailures:\n    correct::a\n\n\
                    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.00s\n\n";
const NOTE: &str =
    "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";

const LIMITS: Limits = Limits { deadline: Duration::from_secs(10), output: 1 << 20 };

fn output(termination: Termination, stdout: &str, stderr: &str) -> Output {
    Output { termination, stdout: stdout.to_owned(), stderr: stderr.to_owned() }
}

fn failing_output(stderr: &str) -> Output {
    output(Termination::Exit(101), FAIL, stderr)
}

fn tests() -> Vec<Test> {
    ["correct::a", "correct::b", "concurrent::c", "speed::d"]
        .iter()
        .filter_map(|path| Test::at(path))
        .collect()
}

fn observe(outcomes: &[(&str, Output)]) -> Vec<Observation> {
    outcomes
        .iter()
        .map(|(path, output)| Observation {
            test: Test::at(path).unwrap(),
            output: output.clone(),
            limits: LIMITS,
        })
        .collect()
}

/// The verdict when test `a` ends so, and all others pass.
fn verdict_when_a(ran_a: Output) -> Verdict {
    let pass = || output(Termination::Exit(0), PASS, "");
    Verdict::of(
        &tests(),
        &observe(&[("correct::a", ran_a), ("correct::b", pass()), ("concurrent::c", pass())]),
    )
}

fn words_when_a(ran_a: Output) -> String {
    let verdict = verdict_when_a(ran_a);
    let failure = verdict.first_failure().expect("a is to fail");
    let place = failure.place.as_ref().map(|place| format!(" [{place}]")).unwrap_or_default();
    let expected =
        failure.kind.expectation().map(|expected| format!(" / {expected}")).unwrap_or_default();
    format!("{}{expected}{place}", failure.kind)
}

#[test]
fn a_lesson_passes_when_every_test_of_both_tiers_ran_and_passed() {
    let verdict = verdict_when_a(output(Termination::Exit(0), PASS, ""));
    assert!(verdict.has_passed() && verdict.first_failure().is_none());
    assert_eq!(verdict.word(), VerdictWord::Passed);
}

#[test]
fn a_test_that_was_not_run_has_not_passed() {
    let verdict =
        Verdict::of(&tests(), &observe(&[("correct::a", output(Termination::Exit(0), PASS, ""))]));
    assert!(!verdict.has_passed());
    assert_eq!(verdict.first_failure().unwrap().kind, FailureKind::NotRun);
}

#[test]
fn a_tier_is_reached_only_when_the_one_before_it_holds() {
    let verdict = verdict_when_a(failing_output(""));
    let reached: Vec<_> = verdict.tiers().iter().map(|result| result.tier).collect();
    assert_eq!(reached, [Tier::Correct]);
}

#[test]
fn neither_a_status_nor_the_closing_words_alone_are_a_pass() {
    assert!(!verdict_when_a(output(Termination::Exit(0), "", "")).has_passed());
    assert!(!verdict_when_a(output(Termination::Exit(1), PASS, "")).has_passed());
    assert!(
        !verdict_when_a(output(Termination::Exit(0), "test result: ok. 0 passed; 0 failed;\n", ""))
            .has_passed()
    );
}

#[test]
fn a_panic_is_told_in_the_students_terms_with_its_place() {
    let check = "thread 'correct::a' (7) panicked at exercises/02-x/tests/check.rs:40:5:\n\
         seen: n = 10, chunks = 3: sample 9 is never evaluated\nexpected: each sample once";
    let stub = "thread 'correct::a' panicked at src/lib.rs:9:5:\n\
         not yet implemented: split 0..10 into 3 ranges";
    let worker = &format!(
        "thread '<unnamed>' (9) panicked at src/lib.rs:12:9:\nindex out of bounds: the len is 3 but the index is 3\n{NOTE}\n\
         thread 'correct::a' (7) panicked at check.rs:3:1:\na scoped thread panicked"
    );
    let in_a_case = &format!("{worker}\nin the case: n = 3, chunks = 4");
    let words = |panic| words_when_a(failing_output(&format!("\n{panic}\n{NOTE}")));
    insta::assert_snapshot!([check, stub, worker, in_a_case].map(words).join("\n"), @"
    n = 10, chunks = 3: sample 9 is never evaluated / each sample once [exercises/02-x/tests/check.rs:40]
    not written yet: split 0..10 into 3 ranges [src/lib.rs:9]
    the code panicked: index out of bounds: the len is 3 but the index is 3 [src/lib.rs:12]
    the code panicked: index out of bounds: the len is 3 but the index is 3 (n = 3, chunks = 4) [src/lib.rs:12]
    ");
}

#[test]
fn every_other_end_is_named_for_what_it_is() {
    let overflow = "\nthread 'correct::a' (7) has overflowed its stack\nfatal runtime error: stack overflow, aborting\n";
    let ends = [
        output(Termination::Deadline, "", ""),
        output(Termination::Flood, "", ""),
        output(Termination::Exit(0), "\nrunning 1 test\ntest correct::a ... ", ""),
        output(Termination::Signal(6), "", overflow),
        output(Termination::Signal(11), "", ""),
    ];
    insta::assert_snapshot!(ends.map(words_when_a).join("\n"), @"
    it did not finish in 10 s: a loop without an end, or two threads waiting for each other?
    it printed more than 1 MiB and was stopped: a `println!` inside a loop?
    the program ended itself with status 0 before the test did: a call of `exit`?
    the stack overflowed: a recursion that does not end?
    the program was ended by signal 11
    ");
}

#[test]
fn what_failed_by_itself_comes_before_what_was_not_run() {
    let tests = tests();
    let verdict =
        Verdict::of(&tests, &observe(&[("correct::b", output(Termination::Deadline, "", ""))]));
    let deadline = LIMITS.deadline;
    assert_eq!(verdict.first_failure().unwrap().kind, FailureKind::DidNotFinish { deadline });
}

#[test]
fn what_the_code_printed_is_kept_apart_from_the_test_binarys_words() {
    let stdout = PASS.replace("... ok", "... one\ntwok");
    let stderr = format!(
        "[src/lib.rs:3] n = 4\n\nthread 'correct::a' (7) panicked at src/lib.rs:12:9:\nwords\n{NOTE}"
    );
    let test = Test::at("correct::a").unwrap();
    assert_eq!(student_output(&test, &output(Termination::Exit(0), &stdout, "")), "one\ntw");
    assert_eq!(student_output(&test, &failing_output(&stderr)), "[src/lib.rs:3] n = 4");
    assert_eq!(student_output(&test, &output(Termination::Exit(0), PASS, "")), "");
    assert_eq!(student_output(&test, &failing_output(&stderr[22..])), "");
}
