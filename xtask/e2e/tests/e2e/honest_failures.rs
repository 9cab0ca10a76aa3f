//! Whatever happens to a student's code or machine, the runner says what it was and what to do next.
//!
//! Each test provokes the real thing. What needs Linux to be provoked is so marked.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::thread;

use e2e::{CourseCopy, Output};
#[cfg(unix)]
use e2e::{create_pipe, interrupt_at, write_script};

/// A copy whose `chunk_ranges` behaves as a variable of the environment says, so that it is built once for many tests.
static MISBEHAVING: LazyLock<CourseCopy> = LazyLock::new(|| {
    let course = CourseCopy::with_name("a course copy that misbehaves");
    course.write_chunk_ranges(
        r#"match std::env::var("BEHAVIOUR").as_deref() {
        Ok("endless loop") => loop { std::hint::spin_loop() },
        Ok("deadlock") => {
            let lock = std::sync::Mutex::new(n);
            let _held = lock.lock();
            drop((lock.lock(), chunks));
            vec![]
        }
        Ok("endless recursion") if n == 0 => vec![],
        Ok("endless recursion") => {
            let mut all = chunk_ranges(n, chunks);
            all.push(0..n);
            all
        }
        Ok("early exit") => std::process::exit(0),
        Ok("forged result") => {
            println!("test result: ok. 1 passed; 0 failed;");
            std::process::exit(3)
        }
        Ok("endless output") => loop { println!("{n} {chunks}") },
        Ok("panic on a worker") => {
            let work = move || -> usize { panic!("no range for {n} in {chunks}") };
            vec![0..std::thread::spawn(work).join().unwrap_or(0)]
        }
        Ok("output") => {
            println!("dealing {n}");
            dbg!(chunks);
            vec![]
        }
        other => panic!("no such behaviour: {other:?}"),
    }"#,
    );
    course
});

fn check_code_with(behaviour: &str) -> Output {
    let mut check = MISBEHAVING.command(&["check", "02"]);
    Output::of(check.env("BEHAVIOUR", behaviour))
}

#[test]
fn a_loop_without_an_end_is_stopped_and_named() {
    check_code_with("endless loop").assert(1, &["it did not finish in 10 s", "not run"]);
}

#[test]
fn a_deadlock_is_stopped_and_named() {
    check_code_with("deadlock")
        .assert(1, &["did not finish", "two threads waiting for each other?"]);
}

#[test]
fn a_stack_overflow_names_its_test_and_the_others_still_run() {
    let output = check_code_with("endless recursion");
    output.assert(1, &["✗ correct", "seen the stack overflowed"]);
    assert!(!output.stdout.contains("not run"), "{}", output.stdout);
}

#[test]
fn an_early_exit_is_no_pass_and_is_named() {
    check_code_with("early exit").assert(1, &["✗ correct", "ended itself with status 0"]);
}

#[test]
fn a_forged_result_line_is_no_pass_without_its_status() {
    check_code_with("forged result").assert(1, &["✗ correct"]);
}

#[test]
fn endless_output_is_cut_and_named() {
    check_code_with("endless output").assert(1, &["printed more than 1 MiB", "inside a loop?"]);
}

#[test]
fn a_panic_on_a_worker_reaches_the_student_with_its_place() {
    check_code_with("panic on a worker").assert(
        1,
        &[
            "✗ correct",
            "the code panicked: no range for",
            "exercises/02-chunked-integration/src/lib.rs:",
        ],
    );
}

#[test]
fn what_the_code_prints_is_shown_apart() {
    check_code_with("output").assert(1, &["your output, in", "│ dealing", "] chunks ="]);
}

#[test]
fn a_compile_error_is_shown_in_rustcs_words() {
    let course = CourseCopy::fresh();
    course.write_chunk_ranges("vec![n]");
    course
        .xtask(&["check", "02"])
        .assert(1, &["it does not compile", "error[E0308]: mismatched types", "src/lib.rs:"]);
}

#[test]
fn a_changed_signature_is_explained() {
    let course = CourseCopy::fresh();
    course.write_code(&course.model().replace("chunk_ranges", "ranges"));
    course
        .xtask(&["check", "02"])
        .assert(1, &["it does not compile", "as the skeleton declares them"]);
}

#[test]
fn a_check_without_tests_is_an_error_and_no_pass() {
    let course = CourseCopy::fresh();
    course.write_code(&course.model());
    let checks = course.exercise().join("tests/check.rs");
    let original = fs::read_to_string(&checks).unwrap();
    fs::write(&checks, "").unwrap();
    let answer = course.xtask(&["check", "02"]);
    fs::write(&checks, original).unwrap();
    answer.assert(2, &["the checks have no test in the tier `correct`"]);
}

#[test]
fn windows_line_endings_are_no_change_and_no_error() {
    let course = CourseCopy::fresh();
    let crlf = |code: String| code.replace('\n', "\r\n");
    course.write_code(&crlf(course.xtask(&["skeleton", "02"]).stdout));
    course.xtask(&["check", "02"]).assert(1, &["not started"]);
    course.write_code(&crlf(course.model()));
    course.xtask(&["check", "02"]).assert(0, &["✓ concurrent"]);
}

#[test]
fn a_corrupt_cache_counts_as_empty_and_is_written_anew() {
    let course = CourseCopy::fresh();
    let cache = course.root.join("target/many-hands/progress.json");
    fs::create_dir_all(cache.parent().unwrap()).unwrap();
    fs::write(&cache, b"{\"02-chunked\xff").unwrap();
    course.xtask(&["hint", "02"]).assert(0, &["Hint 1 of 3"]);
    course.xtask(&["hint", "02"]).assert(0, &["Hint 2 of 3"]);
}

#[test]
fn two_checks_at_once_both_come_to_their_verdict() {
    let course = CourseCopy::fresh();
    course.write_code(&course.model());
    thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| course.xtask(&["check", "02"])));
        for check in both {
            check.join().unwrap().assert(0, &["✓ concurrent"]);
        }
    });
}

#[test]
fn a_reader_who_leaves_early_is_no_accident() {
    let course = CourseCopy::fresh();
    let mut child =
        course.command(&["help"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success() && said.is_empty(), "{said}");
}

/// Waits until a line on a child's standard error holds these words.
fn wait_for(child: &mut Child, words: &str) {
    let mut stderr = BufReader::new(child.stderr.as_mut().expect("standard error is piped"));
    let mut line = String::new();
    while !line.contains(words) {
        line.clear();
        assert_ne!(stderr.read_line(&mut line).unwrap(), 0, "`{words}` was never said");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_what_was_started_and_loses_nothing() {
    let course = CourseCopy::fresh();
    let pipe = create_pipe(&course, "pid pipe");
    course.write_hanging_code(&pipe);
    let code = fs::read(course.exercise().join("src/lib.rs")).unwrap();

    let (pid, answer) = interrupt_at(&pipe, &mut course.command(&["check", "02"]));
    answer.assert(130, &["nothing is lost"]);

    assert_eq!(fs::read(course.exercise().join("src/lib.rs")).unwrap(), code);
    let alive =
        Command::new("kill").args(["-0", pid.trim()]).stderr(Stdio::null()).status().unwrap();
    assert!(!alive.success(), "process {pid} lives on");
}

#[cfg(target_os = "linux")]
#[test]
fn a_build_folder_that_another_cargo_holds_is_waited_for_in_words() {
    let course = CourseCopy::fresh();
    course.write_code("fn");
    // What cargo holds while it builds, held here by `flock` until its standard input ends.
    course.xtask(&["check", "02"]).assert(1, &["does not compile"]);
    let lock = course.root.join("target/debug/.cargo-build-lock");
    let lock = if lock.exists() { lock } else { course.root.join("target/debug/.cargo-lock") };
    let mut holder = Command::new("flock")
        .arg(lock)
        .args(["sh", "-c", "echo held; cat"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut held = [0; 5];
    holder.stdout.as_mut().unwrap().read_exact(&mut held).unwrap();

    course.write_code("fn f");
    let mut child = course
        .command(&["check", "02"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_for(&mut child, "waiting for another cargo that uses the build folder");
    drop(holder.stdin.take());
    holder.wait().unwrap();
    child.stderr.take().unwrap().read_to_string(&mut String::new()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_not_utf_8_is_refused_with_a_sentence() {
    use std::os::unix::ffi::OsStrExt;
    let course = CourseCopy::fresh();
    let folder = course.root.join("target").join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    for part in ["lessons", "exercises", "solutions", "xtask"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    fs::write(folder.join("xtask/Cargo.toml"), "").unwrap();
    Output::of(course.command(&["check", "02"]).current_dir(folder))
        .assert(2, &["not UTF-8", "move the course"]);
}

#[test]
fn without_a_network_the_next_step_is_to_fetch_once() {
    let course = CourseCopy::fresh();
    course.write_code("fn");
    let nothing_fetched = course.root.join("target/empty cargo home");
    let mut command = course.command(&["check", "02"]);
    command.env("CARGO_HOME", nothing_fetched).env("CARGO_NET_OFFLINE", "true");
    Output::of(&mut command).assert(2, &["cargo fetch", "once where there is a network"]);
}

#[cfg(unix)]
#[test]
fn an_old_toolchain_is_told_in_one_line_with_the_remedy() {
    let course = CourseCopy::fresh();
    course.write_code("fn");
    let old = course.root.join("target/old-rustc");
    let script = "#!/bin/sh\nrustc \"$@\" | sed -e 's/^rustc 1\\.[0-9]*/rustc 1.70/' -e 's/^release: 1\\.[0-9]*/release: 1.70/'\n";
    write_script(&old, script);
    // A wrapper of the compiler, which this machine's cargo may be set to use, would not know this one.
    let mut check = course.command(&["check", "02"]);
    check.env("RUSTC", old).env("RUSTC_WRAPPER", "");
    Output::of(&mut check).assert(2, &["this course needs a newer Rust: `rustup update stable`"]);
}

/// Runs a check of code that does not compile behind separate file systems.
#[cfg(target_os = "linux")]
fn check_behind(mounts: &str) -> Option<Output> {
    let course = CourseCopy::fresh();
    course.write_code("fn");
    course.xtask_behind(mounts, &["check", "02"])
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_with_what_makes_room() {
    if let Some(answer) = check_behind("mount -t tmpfs -o size=64k none target") {
        answer.assert(2, &["the disk is full", "cargo clean"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_tree_is_named_with_where_to_build_instead() {
    if let Some(answer) =
        check_behind("mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\"")
    {
        answer.assert(2, &["cannot be written", "CARGO_TARGET_DIR"]);
    }
}
