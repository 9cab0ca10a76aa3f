//! Who can be seen, signalled and outlived, and which rights can be had.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use grader::sandbox::VisiblePath;
use xtask_core::process::{self, Termination};

use crate::attempt::{PATIENCE, answer, attempt, folder, job, sandbox};

#[test]
fn other_processes_are_not_there() {
    assert_eq!(attempt("others"), "0");
}

#[test]
fn the_first_process_inside_is_out_of_reach() {
    // It takes no signal from inside: the program lives to tell, and its status arrives. With Landlock the sender learns it.
    let answer = attempt("kill-first");
    assert!(["done", "EPERM"].contains(&&*answer), "{answer}");
    assert_eq!(attempt("ptrace-first"), "EPERM");
}

#[test]
fn no_namespace_and_no_right_of_root_can_be_had() {
    // ENOSPC: there may be no more of them.
    for (words, error) in [
        ("unshare", "ENOSPC"),
        ("clone-newuser", "ENOSPC"),
        ("mount", "EPERM"),
        ("chroot", "EPERM"),
        ("setuid", "EINVAL"),
        ("setgroups", "EPERM"),
        ("raise-limit", "EPERM"),
    ] {
        assert_eq!(attempt(words), error, "{words}");
    }
    assert_eq!(attempt("ids"), "65534 65534 65534");
}

#[test]
fn only_the_environment_that_was_given_arrives_and_no_open_file() {
    let mut job = job("environment");
    job.env = vec![("A".into(), "b c".into())];
    let environment = answer(&job);
    let lines: Vec<_> = environment.lines().collect();
    // Bubblewrap tells the folder, too.
    assert!(lines.contains(&"A=b c"), "{lines:?}");
    assert!(
        lines.iter().all(|line| ["A=b c", "PWD=/"].contains(line)),
        "{lines:?}"
    );
    assert_eq!(attempt("descriptors"), "0");
}

#[test]
fn whoever_detaches_itself_ends_with_the_program() {
    // Were one to live on, it would hold standard output open, and the runner would wait for its end.
    assert_eq!(attempt("orphan"), "done");
}

#[test]
fn past_the_deadline_all_inside_end() {
    let limits = process::Limits {
        deadline: Duration::from_millis(200),
        ..PATIENCE
    };
    let ran = process::run(&mut sandbox().command(&job("sleep")), limits, |_| ()).unwrap();
    assert_eq!(
        sandbox().termination(ran.termination),
        Ok(Termination::Deadline)
    );
}

/// Starts what starts a sleeping job, and kills it as a runner may be killed: without a chance to end anything itself.
fn killed(command: &mut Command) {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    assert_eq!(line, "asleep\n");
    child.kill().unwrap();
    child.wait().unwrap();
    // The end of the output is the end of the last process that could have written to it.
    output.read_to_string(&mut line).unwrap();
    assert_eq!(line, "asleep\n");
}

#[test]
fn when_the_runner_or_the_outermost_process_is_killed_all_inside_die() {
    let mut sandboxed = sandbox().command(&job("sleep"));
    let mut runner = Command::new("sh");
    runner
        .args(["-c", "\"$@\" & wait", "sh"])
        .arg(sandboxed.get_program())
        .args(sandboxed.get_args());
    killed(&mut runner);
    killed(&mut sandboxed);
}

#[test]
fn a_program_of_root_that_lends_its_rights_lends_none_inside() {
    let program = folder("set-user-id").join("id");
    fs::copy("/usr/bin/id", &program).unwrap();
    fs::set_permissions(&program, Permissions::from_mode(0o4755)).unwrap();
    let shown = VisiblePath::new(&program, "/id");
    let mut job = job("-u");
    job.program = sandbox().path_inside(&shown).to_owned();
    job.readable.push(shown);
    assert_eq!(answer(&job), "65534");
    fs::remove_file(&program).unwrap();
}
