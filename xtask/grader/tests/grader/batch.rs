//! A class is graded as a whole: fairly, in any state of the machine, and whatever is among the submissions.

use std::fs;
use std::hint;
use std::io::{BufRead, BufReader};
use std::num::NonZeroUsize;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use grader::record::Outcome;
use measure::protocol::request::{ForGrader, Grade, Merge};

use crate::class::{Class, LESSON, grader, known_source, model, records, wait_for_heavy_tests};

/// How many copies of a submission have to get the same verdict.
const COPIES: usize = 4;

#[test]
fn copies_of_a_submission_get_the_same_verdict_on_a_loaded_machine() {
    let _turn = wait_for_heavy_tests();
    let submissions = [
        ("right", known_source("variants/recursive-join"), Outcome::Passed),
        ("serial", known_source("mistakes/serial-map"), Outcome::Failed),
        ("wrong", known_source("mistakes/remainder-dropped"), Outcome::Failed),
    ];
    let class = Class::new();
    for (name, code, _) in &submissions {
        for number in 0..COPIES {
            class.hand_in_one(&format!("{name}-{number}"), code);
        }
    }
    let over = AtomicBool::new(false);
    let graded = thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..2 * cores {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    hint::spin_loop();
                }
            });
        }
        let graded = class.run(Grade::default());
        over.store(true, Ordering::Relaxed);
        graded
    });
    for (name, _, expected) in submissions {
        for number in 0..COPIES {
            let record = graded.of(&format!("{name}-{number}"));
            assert_eq!(record.outcome, expected, "{name} {number}: {}", record.reason);
        }
    }
    assert_eq!(graded.status, Some(0), "{}", graded.said);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_taken_in_is_a_line_and_nothing_more() {
    use std::os::unix::fs::symlink;

    let class = Class::new();
    class.hand_in_one("ann", &known_source("variants/recursive-join"));
    class.hand_in("latin", LESSON, &[("lib.rs", b"// caf\xe9")]);
    fs::create_dir(class.folder().join("empty")).unwrap();
    symlink("/etc", class.folder().join("link")).unwrap();
    let secret = class.folder().join("reader").join(LESSON).join("src");
    fs::create_dir_all(&secret).unwrap();
    symlink("/etc/passwd", secret.join("lib.rs")).unwrap();
    class.hand_in("huge", LESSON, &[("lib.rs", vec![b' '; 10 << 20])]);
    class.hand_in_one("=cmd", &model(LESSON));

    let graded = class.run(Grade::default());
    for student in ["latin", "empty", "link", "reader", "huge"] {
        let record = graded.of(student);
        assert_eq!(record.outcome, Outcome::Refused, "{student}: {}", record.reason);
    }
    assert_eq!(graded.of("ann").outcome, Outcome::Passed);
    assert_eq!(graded.of("=cmd").outcome, Outcome::Passed);
    let table = fs::read_to_string(class.out().join("results.csv")).unwrap();
    assert!(!table.contains("\n=") && !table.contains("\n\"="), "{table}");
    let said = format!("{:?}", graded.records);
    assert!(!said.contains("root:"), "a file outside the class was read: {said}");
}

#[test]
fn nothing_around_the_code_has_a_say() {
    let class = Class::new();
    class.hand_in_one("ann", &known_source("mistakes/dx-forgotten"));
    let around = [
        ("Cargo.toml", "[package]\nname = \"mine\"\nbuild = \"build.rs\"\n"),
        ("Cargo.lock", "version = 0"),
        ("build.rs", "fn main() { std::process::exit(0) }"),
        (".cargo/config.toml", "[build]\nrustc-wrapper = \"true\"\n"),
        ("rust-toolchain.toml", "[toolchain]\nchannel = \"none\"\n"),
        ("tests/check.rs", "#[test]\nfn everything_is_right() {}\n"),
        (".git/hooks/post-checkout", "exit 0"),
    ];
    // Next to `src`.
    class.hand_in("ann", LESSON, &around.map(|(file, text)| (format!("../{file}"), text)));
    let graded = class.run(Grade::default());
    assert_eq!(graded.status, Some(0), "{}", graded.said);
    assert_eq!(graded.of("ann").outcome, Outcome::Failed);
}

#[test]
fn shards_that_are_merged_are_the_class() {
    let class = Class::new();
    for student in ["ann", "bob", "eve", "dan"] {
        class.hand_in_one(student, &known_source("variants/recursive-join"));
    }
    let part = |number: u32| {
        let out = class.out().with_file_name(format!("part-{number}"));
        let out_text = out.to_str().unwrap().to_owned();
        let options = Grade {
            shard: Some(format!("{number}/2")),
            out: Some(out_text.clone()),
            ..Grade::default()
        };
        let ran = class.grade(options).output().unwrap();
        assert_eq!(ran.status.code(), Some(0), "{ran:?}");
        assert!(records(&out, "").len() < 4);
        out_text
    };
    let parts = [part(1), part(2)];
    let merge = |parts: &[String]| {
        let merge = ForGrader::Merge(Merge {
            parts: parts.to_vec(),
            out: Some(class.out().to_str().unwrap().to_owned()),
            json: false,
        });
        let ran = grader(&merge).output().unwrap();
        (ran.status.code(), String::from_utf8_lossy(&ran.stdout).into_owned())
    };
    let (status, said) = merge(&parts);
    assert_eq!(status, Some(0), "{said}");
    let merged = records(&class.out(), "");
    let students = merged.iter().map(|record| &*record.student);
    assert_eq!(students.collect::<Vec<_>>(), ["ann", "bob", "dan", "eve"]);
    let (status, said) = merge(&parts[..1]);
    assert_eq!(status, Some(1));
    assert!(said.contains("missing"), "{said}");
}

#[test]
fn two_graders_at_once_keep_their_submissions_apart() {
    let submissions =
        [("variants/recursive-join", Outcome::Passed), ("mistakes/dx-forgotten", Outcome::Failed)];
    let graders = submissions.map(|(name, expected)| {
        let class = Class::new();
        for student in ["ann", "bob", "eve"] {
            class.hand_in_one(student, &known_source(name));
        }
        let mut grade = class.grade(one_at_a_time());
        let running = grade.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        (class, running, expected)
    });
    for (class, mut running, expected) in graders {
        assert!(running.wait().unwrap().success());
        for record in records(&class.out(), "") {
            assert_eq!(record.outcome, expected, "{record:?}");
        }
    }
}

fn one_at_a_time() -> Grade {
    Grade { jobs: Some(NonZeroUsize::MIN), ..Grade::default() }
}

/// The journal tells when the first submission is graded; then the user has had enough.
#[cfg(unix)]
#[test]
fn an_interrupted_class_goes_on_where_it_stopped() {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    let class = Class::new();
    for number in 0..8 {
        class.hand_in_one(&format!("student-{number}"), &known_source("variants/recursive-join"));
    }
    let mut grade = class.grade(one_at_a_time());
    let mut running = grade.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let journal = class.out().join("journal.jsonl");
    let lines = || fs::read_to_string(&journal).map_or(0, |text| text.lines().count());
    while lines() == 0 {
        assert!(running.try_wait().unwrap().is_none(), "it ended before anything was graded");
        thread::yield_now();
    }
    kill(Pid::from_raw(running.id().try_into().unwrap()), Signal::SIGINT).unwrap();
    let said: Vec<_> =
        BufReader::new(running.stderr.take().unwrap()).lines().map_while(Result::ok).collect();
    assert_eq!(running.wait().unwrap().code(), Some(130), "{said:?}");
    let before = lines();
    assert!(before < 8, "nothing was left to go on with");

    let graded = class.run(Grade::default());
    assert_eq!(graded.records.len(), 8);
    for record in &graded.records {
        assert_eq!(record.outcome, Outcome::Passed, "{record:?}");
    }
    assert_eq!(lines(), 8, "what had been graded was graded again");
}
