//! CPU time of a real child process, which is this very test binary, told to run `a_child_that_works`.
#![cfg(unix)]

use std::env;
use std::process::{Command, Stdio};
use std::time::Duration;

use testkit::{Stopwatch, exclusive};

const WORK: Duration = Duration::from_millis(50);

/// Works until it has used so much CPU time, however long a busy machine takes to grant it.
fn use_cpu(time: Duration) {
    let stopwatch = Stopwatch::start();
    while stopwatch.elapsed().cpu < Some(time) {}
}

#[test]
#[ignore = "the part of the child"]
fn a_child_that_works() {
    use_cpu(WORK);
}

#[test]
fn a_child_s_cpu_time_counts_once_it_was_waited_for() {
    exclusive(|| {
        let stopwatch = Stopwatch::start();
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "children::a_child_that_works", "--ignored"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        assert_eq!(stopwatch.elapsed().children_cpu, Some(Duration::ZERO));

        assert!(child.wait().unwrap().success());
        let elapsed = stopwatch.elapsed();
        assert!(elapsed.children_cpu >= Some(WORK), "{elapsed:?}");
    });
}

#[test]
fn own_work_is_not_the_children_s() {
    exclusive(|| {
        let stopwatch = Stopwatch::start();
        use_cpu(WORK);
        let elapsed = stopwatch.elapsed();
        assert!(elapsed.cpu >= Some(WORK), "{elapsed:?}");
        assert_eq!(elapsed.children_cpu, Some(Duration::ZERO));
    });
}
