//! Which processes a program can see, signal and outlive, and which rights it can get.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use grader::sandbox::VisiblePath;
use xtask_core::process::{self, Termination};

use crate::attempt::{PATIENCE, answer, attempt, folder, job, sandbox};

#[test]
fn other_processes_are_not_visible_and_the_first_one_inside_is_out_of_reach() {
    assert_eq!(attempt("others"), "0");
    // It receives no signal from inside, so the program ends normally. With Landlock, sending it is an error.
    let answer = attempt("kill-first");
    assert!(["done", "EPERM"].contains(&&*answer), "{answer}");
    assert_eq!(attempt("ptrace-first"), "EPERM");
}

#[test]
fn a_program_gets_neither_namespaces_nor_rights_of_root() {
    // ENOSPC: their number is limited.
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
fn a_program_inherits_only_its_environment_and_no_open_file() {
    let mut job = job("environment");
    job.env = vec![("A".into(), "b c".into())];
    let environment = answer(&job);
    // Bubblewrap adds the folder.
    let lines: Vec<_> = environment.lines().filter(|line| *line != "PWD=/").collect();
    assert_eq!(lines, ["A=b c"]);
    assert_eq!(attempt("descriptors"), "0");
}

#[test]
fn a_detached_process_ends_with_the_program() {
    // Otherwise it would hold standard output open, and the runner would wait for its end.
    assert_eq!(attempt("orphan"), "done");
}

#[test]
fn the_deadline_ends_all_processes_inside() {
    let limits = process::Limits { deadline: Duration::from_millis(200), ..PATIENCE };
    let ran = process::run(&mut sandbox().command(&job("sleep")), limits, |_| ()).unwrap();
    assert_eq!(sandbox().termination(ran.termination), Ok(Termination::Deadline));
}

/// Starts a command that starts a sleeping job, and kills it, so that it cannot end its children. Waits until all of them end.
fn kill_while_asleep(command: &mut Command) {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    assert_eq!(line, "asleep\n");
    child.kill().unwrap();
    child.wait().unwrap();
    // The output ends when the last process that could write to it ends.
    output.read_to_string(&mut line).unwrap();
    assert_eq!(line, "asleep\n");
}

#[test]
fn all_processes_inside_die_with_the_runner_and_with_the_outermost_process() {
    let mut sandboxed = sandbox().command(&job("sleep"));
    let mut runner = Command::new("sh");
    runner
        .args(["-c", "\"$@\" & wait", "sh"])
        .arg(sandboxed.get_program())
        .args(sandboxed.get_args());
    kill_while_asleep(&mut runner);
    kill_while_asleep(&mut sandboxed);
}

#[test]
fn a_set_user_id_program_of_root_has_no_rights_inside() {
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
