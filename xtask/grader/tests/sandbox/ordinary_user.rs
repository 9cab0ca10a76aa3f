//! If root runs the tests, runs them again as an ordinary user, for whom the sandbox has one layer instead of two.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use nix::unistd::geteuid;

use crate::attempt::{HELPER_PATH, HOSTILE_PATH, PREPARED};

const NOBODY: u32 = 65_534;

#[test]
fn the_sandbox_of_an_ordinary_user_holds_too() {
    if !geteuid().is_root() {
        // Then the other tests have shown it.
        return;
    }
    // `nobody` may not be able to read the course.
    let prepared = env::temp_dir().join(format!("many-hands-{}", std::process::id()));
    fs::create_dir_all(&prepared).unwrap();
    chown(&prepared, Some(NOBODY), Some(NOBODY)).unwrap();
    let copy = |from: &Path, name| {
        let to = prepared.join(name);
        fs::copy(from, &to).unwrap();
        to
    };
    copy(&HELPER_PATH, "helper");
    copy(&HOSTILE_PATH, "hostile");
    let tests = copy(&env::current_exe().unwrap(), "tests");
    let ran = Command::new(tests)
        // Other users cannot read root's toolchain.
        .args(["--skip", "compiling", "--skip", "ordinary_user"])
        .env(PREPARED, &prepared)
        .current_dir("/")
        .uid(NOBODY)
        .gid(NOBODY)
        .output()
        .unwrap();
    fs::remove_dir_all(&prepared).unwrap();
    let output = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{output}");
    assert!(!output.contains("running 0 tests"), "{output}");
}
