use measure::protocol::Json;
use serde_json::json;

use super::*;
use crate::process::{Limits, Output, Termination};
use crate::verdict::{Observation, Test};

fn about() -> About {
    About {
        number: "02".into(),
        title: "A few large tasks".into(),
        code: "exercises/02-chunked-integration/src/lib.rs".into(),
        chapter: "lessons/02-chunked-integration/README.md".into(),
        hint: Some("1 of 3, the concept".into()),
        next: Some("03".into()),
        own: true,
    }
}

/// The verdict on four tests that ended so; a `None` passed.
fn verdict_with(failures: [Option<&str>; 4]) -> Verdict {
    let paths = [
        "correct::chunks_cover_every_sample_once",
        "correct::lengths_differ_by_at_most_one",
        "concurrent::one_chunk_is_one_thread",
        "concurrent::many_chunks_overlap",
    ];
    let tests: Vec<_> = paths.iter().filter_map(|path| Test::at(path)).collect();
    let observed: Vec<_> =
        tests.iter().zip(failures).map(|(test, failure)| observation(test, failure)).collect();
    Verdict::of(&tests, &observed)
}

fn observation(test: &Test, failure: Option<&str>) -> Observation {
    let place = "exercises/02-chunked-integration/tests/check.rs:42:5";
    let (termination, outcome, result, stderr) = match failure {
        None => (Termination::Exit(0), "ok", "test result: ok. 1 passed; 0 failed;", String::new()),
        Some(message) => {
            let stderr = format!(
                "\nthread '{}' (7) panicked at {place}:\n{message}\nnote: run\n",
                test.path
            );
            (Termination::Exit(101), "FAILED\n\nfailures:", "test result: FAILED.", stderr)
        }
    };
    let stdout = format!("test {} ... n = 10\n{outcome}\n\n{result}", test.path);
    Observation {
        test: test.clone(),
        output: Output { termination, stdout, stderr },
        limits: Limits::NONE,
    }
}

const SEEN: &str = "seen: n = 10, chunks = 3: sample 9 is never evaluated\nexpected: every sample from 0 to 9, once";

fn plain(verdict: &Verdict, width: usize) -> String {
    let screen = heading(&about()) + &super::verdict(verdict, &about(), width);
    anstream::adapter::strip_str(&screen).to_string()
}

fn assert_fits(screen: &str, width: usize) {
    for line in screen.lines() {
        assert!(line.chars().count() <= width, "wider than {width}: {line}");
    }
}

#[test]
fn a_lesson_not_started_says_what_to_open_and_what_to_do_next() {
    let screen = plain(&Verdict::NotStarted, 80);
    assert_fits(&screen, 80);
    insta::assert_snapshot!(screen, @"
    Lesson 02: A few large tasks
    exercises/02-chunked-integration/src/lib.rs

      ○ not started

      read      lessons/02-chunked-integration/README.md
      open      exercises/02-chunked-integration/src/lib.rs; each `todo!` in it is
                for you to replace
      then      cargo xtask check 02 says how far you are, as often as you like
      stuck?    hint 1 of 3, the concept: cargo xtask hint 02
    ");
}

/// Colour is never the only sign: each coloured sign has a shape, and each bold word stands alone.
#[test]
fn a_failing_check_says_what_was_seen_what_was_expected_and_where() {
    let verdict = verdict_with([Some(SEEN), Some(SEEN), None, None]);
    let screen = heading(&about()) + &super::verdict(&verdict, &about(), 80);
    assert_fits(&plain(&verdict, 80), 80);
    insta::assert_snapshot!(screen.replace('\x1b', "␛"), @"
    ␛[1mLesson 02: A few large tasks␛[0m
    ␛[2mexercises/02-chunked-integration/src/lib.rs␛[0m

      ␛[31m✗␛[0m ␛[1mcorrect     ␛[0m  0 of 2 checks hold
      ␛[2m–␛[0m ␛[1mconcurrent  ␛[0m  when correct holds
      ␛[2m–␛[0m ␛[1mspeed       ␛[0m  when concurrent holds

    ␛[1mchunks cover every sample once␛[0m
      ␛[1mseen     ␛[0m n = 10, chunks = 3: sample 9 is never evaluated
      ␛[1mexpected ␛[0m every sample from 0 to 9, once
      ␛[1mat       ␛[0m exercises/02-chunked-integration/tests/check.rs:42
      ␛[1malso     ␛[0m 1 check more to mend

    ␛[1myour output, in `chunks cover every sample once`␛[0m
      ␛[2m│␛[0m n = 10

      ␛[1mnext     ␛[0m edit the file above, then cargo xtask check 02
      ␛[1mstuck?   ␛[0m hint 1 of 3, the concept: cargo xtask hint 02
    ");
}

#[test]
fn the_concurrent_tier_is_judged_when_the_correct_one_holds() {
    let screen = plain(&verdict_with([None, None, None, Some(SEEN)]), 80);
    let tiers = "✓ correct       2 of 2 checks hold\n  ✗ concurrent    1 of 2 checks hold\n";
    assert!(screen.contains(tiers) && screen.contains("\nmany chunks overlap\n"), "{screen}");
}

#[test]
fn a_compile_error_is_shown_in_rustcs_own_words() {
    let error = |number| {
        format!("error[E0308]: mismatched types\n --> exercises/02-x/src/lib.rs:{number}:5")
    };
    let errors = (1..=5).map(error).collect();
    insta::assert_snapshot!(plain(&Verdict::DidNotCompile { errors }, 80), @"
    Lesson 02: A few large tasks
    exercises/02-chunked-integration/src/lib.rs

      ✗ it does not compile

    error[E0308]: mismatched types
     --> exercises/02-x/src/lib.rs:1:5

    error[E0308]: mismatched types
     --> exercises/02-x/src/lib.rs:2:5

    error[E0308]: mismatched types
     --> exercises/02-x/src/lib.rs:3:5

    2 more: mend these first, some of the others may go with them

      next      edit the file above, then cargo xtask check 02
      stuck?    hint 1 of 3, the concept: cargo xtask hint 02
    ");
}

#[test]
fn errors_in_the_checks_alone_point_at_a_changed_signature() {
    let errors = vec![
        "error[E0061]: this function takes 1 argument\n --> exercises/02-x/tests/check.rs:9:5"
            .to_owned(),
    ];
    let screen = plain(&Verdict::DidNotCompile { errors }, 80);
    assert!(screen.contains("skeleton declares them"), "{screen}");
}

#[test]
fn a_narrow_terminal_gets_the_same_words() {
    let failing = verdict_with([Some(SEEN), Some(SEEN), None, None]);
    let words =
        |width| plain(&failing, width).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(40), words(80));
    let narrow = plain(&failing, 40);
    let aligned = "seen      n = 10, chunks = 3: sample 9\n            is never evaluated\n";
    assert!(narrow.contains(aligned), "{narrow}");
}

#[test]
fn a_pass_shows_the_speed_and_the_way_on() {
    let verdict = verdict_with([None; 4]);
    let measured = SpeedRecord::from_json(&json!({
        "kind": "speed", "workload": "integral of 10,000,000 samples", "baseline": "the serial loop",
        "words": "integral of 10,000,000 samples: 1.92 times as fast as the serial loop on 2 threads (95 % interval 1.88 \
            to 1.95, 9 rounds); CPU time over wall time: 1.9",
        "items": 10_000_000, "threads": 2, "cores_offered": 2, "rounds": 9, "decision": "faster",
    }));
    let screen = heading(&about())
        + &super::verdict(&verdict, &about(), 80)
        + &speed_and_next(&verdict, &[measured.unwrap()], &about(), 80);
    insta::assert_snapshot!(screen.replace('\x1b', "␛"), @"
    ␛[1mLesson 02: A few large tasks␛[0m
    ␛[2mexercises/02-chunked-integration/src/lib.rs␛[0m

      ␛[32m✓␛[0m ␛[1mcorrect     ␛[0m  2 of 2 checks hold
      ␛[32m✓␛[0m ␛[1mconcurrent  ␛[0m  2 of 2 checks hold
      ␛[32m✓␛[0m ␛[1mspeed       ␛[0m  integral of 10,000,000 samples: 1.92 times as fast as the
                      serial loop on 2 threads (95 % interval 1.88 to 1.95, 9
                      rounds); CPU time over wall time: 1.9

    ␛[1myour output, in `chunks cover every sample once`␛[0m
      ␛[2m│␛[0m n = 10

      ␛[1mcompare  ␛[0m cargo xtask diff 02 shows the model beside yours
      ␛[1mnext     ␛[0m cargo xtask check 03
    ");
}

#[test]
fn prose_is_wrapped_anew_and_code_is_not() {
    let text = "A paragraph that was wrapped\nat another width.\n\n1. An item which goes on\n   and on.\n2. Another.\n\n\
                ```text\nf(a + i as f64 * dx) and a line that is long\n```\n";
    insta::assert_snapshot!(prose(text, 24), @"
    A paragraph that was
    wrapped at another
    width.

    1. An item which goes on
       and on.
    2. Another.

    ```text
    f(a + i as f64 * dx) and a line that is long
    ```
    ");
}
