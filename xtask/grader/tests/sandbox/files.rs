//! Which files a program can read and write.

use std::fs;
use std::path::Path;

use grader::sandbox::{ResourceLimits, VisiblePath};

use crate::attempt::{HELPER_PATH, answer, attempt, folder, job, sandbox};

/// The errors of a file that cannot be written, by the layer that prevents it.
const NOT_WRITTEN: [&str; 3] = ["EROFS", "EACCES", "EPERM"];

#[test]
fn a_file_that_is_not_listed_does_not_exist() {
    let secret = folder("secret").join("secret");
    fs::write(&secret, "the solution").unwrap();
    let course = env!("CARGO_MANIFEST_DIR");
    let own = [secret.to_str().unwrap(), course, HELPER_PATH.to_str().unwrap()];
    let files = ["/etc/passwd", "/dev/tty", "/dev/shm", "/proc/version", "/proc/1"];
    let folders =
        ["/home", "/root", "/usr/bin", "/usr/local", "/usr/share", "/usr/src", "/var", "/sys"];
    for path in own.into_iter().chain(files).chain(folders) {
        assert_eq!(attempt(&format!("stat {path}")), "ENOENT", "{path}");
    }
}

#[test]
fn a_listed_file_can_be_read_but_not_changed() {
    let given = folder("given");
    fs::write(given.join("file"), "x").unwrap();
    let with = |words: &str| {
        let mut job = job(words);
        job.readable.push(VisiblePath::new(&given, "/a/given"));
        answer(&job)
    };
    assert_eq!(with("read /a/given/file"), "done");
    for words in [
        "write /a/given/file",
        "write /a/given/new",
        "mkdir /a/given/new",
        "unlink /a/given/file",
        "chmod /a/given/file",
        "write /a/new",
    ] {
        let answer = with(words);
        assert!(NOT_WRITTEN.contains(&&*answer), "{words}: {answer}");
    }
    assert_eq!(fs::read(given.join("file")).unwrap(), b"x");
    assert_eq!(fs::read_dir(&given).unwrap().count(), 1);
}

#[test]
fn only_files_in_tmp_can_be_written() {
    for path in
        ["/x", "/hostile", "/confine", "/usr/lib/x", "/lib/x", "/dev/x", "/proc/x", "/proc/self/x"]
    {
        for how in ["write", "openat2", "mkdir"] {
            let answer = attempt(&format!("{how} {path}"));
            let is_refused = match &*answer {
                "EEXIST" => how == "mkdir",
                "ETXTBSY" => true,
                error => NOT_WRITTEN.contains(&error),
            };
            assert!(is_refused, "{how} {path}: {answer}");
        }
    }
    assert_eq!(attempt("write /tmp/x"), "done");
    assert_eq!(attempt("write /dev/null"), "done");
}

#[test]
fn tmp_is_limited_and_lost_at_the_end() {
    let scratch = |words: &str, scratch| {
        let mut job = job(words);
        job.limits = ResourceLimits { scratch, ..ResourceLimits::RUN };
        answer(&job)
    };
    assert_eq!(scratch("fill /tmp/x 3", 4 << 20), "done");
    assert_eq!(scratch("fill /tmp/x 5", 4 << 20), "ENOSPC");
    assert_eq!(scratch("stat /tmp/x", 4 << 20), "ENOENT");
    assert_eq!(scratch("stat /tmp", 0), "ENOENT");
}

#[test]
fn files_in_the_writable_folder_remain() {
    let out = folder("out");
    sandbox().make_writable(&out).unwrap();
    let mut job = job("fill /out/made 1");
    job.writable = Some(VisiblePath::new(&out, "/out"));
    assert_eq!(answer(&job), "done");
    assert_eq!(fs::metadata(out.join("made")).unwrap().len(), 1 << 20);
}

#[test]
fn a_program_finds_itself_and_its_folder() {
    assert_eq!(attempt("self"), "/hostile");
    let mut job = job("folder");
    job.folder = Path::new("/usr/lib").into();
    assert_eq!(answer(&job), "/usr/lib");
}
