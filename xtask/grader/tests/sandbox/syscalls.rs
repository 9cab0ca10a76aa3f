//! Seccomp: which calls are allowed, refused or fatal, and how a fatal one is named.

use std::process::Command;

use grader::sandbox::{CallAction, Category, Job, Policy};
use xtask_core::process::Termination;

use crate::attempt::{HOSTILE_PATH, OPEN, answer, job, sandbox, termination};

const SIGSYS: i32 = 31;

/// Attempts of each category.
const ATTEMPTS: [(Category, &str); 4] = [
    (Category::Processes, "fork, vfork, system, exec, execveat"),
    (Category::Network, "connect 80, udp, netlink"),
    (
        Category::Writing,
        "write /tmp/x, write /x, write /dev/null, mkdir /tmp/x, unlink /tmp/x, chmod /tmp",
    ),
    (Category::System, "unshare, trace-me, ptrace-first, mount, chroot, io_uring, memfd, setns"),
];

/// All attempts, each with its category.
fn attempts() -> impl Iterator<Item = (Category, &'static str)> {
    let each = |(category, all): (_, &'static str)| all.split(", ").map(move |one| (category, one));
    ATTEMPTS.into_iter().flat_map(each)
}

fn under(policy: Policy, words: &str) -> Job {
    Job { policy, ..job(words) }
}

#[test]
fn a_forbidden_call_ends_the_submission_and_is_named() {
    for (category, words) in attempts() {
        let fatal = |policy| termination(&under(policy, words)) == Ok(Termination::Signal(SIGSYS));
        assert!(fatal(Policy::RUN), "{words}");
        let named: Vec<_> = Policy::RUN
            .one_fatal_at_a_time()
            .filter_map(|(category, policy)| fatal(policy).then_some(category))
            .collect();
        assert_eq!(named, [category], "{words}");
    }
}

#[test]
fn a_refused_call_fails_with_an_error() {
    let refusing = Policy::same_for_all(CallAction::Refuse);
    for (category, words) in attempts() {
        let answer = answer(&under(refusing, words));
        assert_eq!(answer, "EPERM", "{words}: {category:?}");
    }
}

#[test]
fn calls_whose_arguments_no_filter_can_read_do_not_exist() {
    assert_eq!(answer(&under(Policy::RUN, "clone3")), "ENOSYS");
    assert_eq!(answer(&under(OPEN, "clone3")), "ENOSYS");
    assert_eq!(answer(&under(Policy::RUN, "openat2 /tmp/x")), "ENOSYS");
}

#[cfg(target_arch = "x86_64")]
#[test]
fn an_x32_number_of_a_call_is_fatal() {
    assert_eq!(termination(&under(OPEN, "foreign-call")), Ok(Termination::Signal(SIGSYS)));
}

#[test]
fn the_calls_that_a_submission_needs_are_allowed() {
    for (words, expected) in [
        ("threads 8", "8"),
        ("pair", "done"),
        ("read /hostile", "done"),
        ("read /dev/urandom", "done"),
        ("self", "/hostile"),
    ] {
        assert_eq!(answer(&under(Policy::RUN, words)), expected, "{words}");
    }
}

#[test]
fn a_policy_that_allows_processes_forbids_the_rest() {
    let with_processes = |words| under(Policy::RUN_WITH_PROCESSES, words);
    for words in ["fork", "vfork", "write /dev/null"] {
        assert_eq!(answer(&with_processes(words)), "done", "{words}");
    }
    assert_eq!(termination(&with_processes("exec")), Ok(Termination::Exit(0)));
    for words in ["udp", "unshare", "trace-me", "memfd"] {
        let termination = termination(&with_processes(words));
        assert_eq!(termination, Ok(Termination::Signal(SIGSYS)), "{words}");
    }
}

#[test]
fn the_report_names_the_layers_of_this_machine() {
    let words = sandbox().describe().join("\n");
    assert!(words.contains("bubblewrap"), "{words}");
    assert!(words.contains("and seccomp") || words.contains("by seccomp"), "{words}");
    let asked = Command::new(&*HOSTILE_PATH).arg("landlock").output();
    let version = String::from_utf8(asked.unwrap().stdout).unwrap();
    let is_there = version.trim().parse::<i32>().unwrap() > 0;
    assert_eq!(words.contains("by Landlock"), is_there, "{words}");
    assert_eq!(words.contains("Missing: Landlock"), !is_there, "{words}");
}
