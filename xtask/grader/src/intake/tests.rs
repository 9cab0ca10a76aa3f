//! Hostile folders on a real disk.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use tempfile::TempDir;

use super::*;

const LESSONS: Lessons =
    Lessons { known: &["01-refactor-to-map", "02-chunked-integration"], only: None };

/// A class with a student `ann`, whose submission for lesson 02 is good.
fn class() -> TempDir {
    let class = tempfile::tempdir().unwrap();
    put(&src(&class, "ann").join("lib.rs"), "pub fn right() {}\n");
    class
}

fn src(class: &TempDir, student: &str) -> PathBuf {
    class.path().join(student).join("02-chunked-integration/src")
}

fn put(file: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// The opened class, and the plan of its only submission, for the student `ann`.
fn open_and_plan(class: &TempDir) -> (Class, PlannedSubmission) {
    let class = Class::open(class.path(), LESSONS).unwrap();
    let plan = class.plan(&class.students[0], LESSONS).unwrap();
    (class, plan.submissions.into_iter().next().unwrap())
}

/// A line for each submission: the student, then the files, or the refusal.
fn lines(class: &TempDir) -> Vec<String> {
    let class = Class::open(class.path(), LESSONS).unwrap();
    let mut lines = Vec::new();
    for student in &class.students {
        let read = |planned| class.read(student, planned);
        let submissions = match class.plan(student, LESSONS) {
            Err(refusal) => vec![Err(refusal)],
            Ok(plan) => plan.submissions.iter().map(read).collect(),
        };
        lines.extend(submissions.into_iter().map(|submission| match submission {
            Err(refusal) => format!("{}: {refusal}", student.name),
            Ok(submission) => {
                let paths: Vec<_> = submission.files.iter().map(|file| &*file.path).collect();
                format!("{}: {}", student.name, paths.join(" "))
            }
        }));
    }
    lines
}

/// The line of the student `eve`, next to `ann`, whose submission must not be affected.
fn line_of_eve(class: &TempDir) -> String {
    let lines = lines(class);
    assert_eq!(lines[0], "ann: lib.rs");
    assert_eq!(lines.len(), 2, "{lines:?}");
    lines[1].strip_prefix("eve: ").unwrap().to_owned()
}

#[test]
fn a_submission_is_its_files_by_path_with_their_text() {
    let class = class();
    put(&src(&class, "ann").join("chunks/mod.rs"), "// one\r\n");
    let (class, planned) = open_and_plan(&class);
    let submission = class.read(&class.students[0], &planned).unwrap();
    let files = submission.files.iter().map(|file| (&*file.path, &*file.text));
    let expected = [("chunks/mod.rs", "// one\r\n"), ("lib.rs", "pub fn right() {}\n")];
    assert!(files.eq(expected), "{submission:?}");
}

#[test]
fn a_fingerprint_changes_with_any_byte_and_any_name() {
    let mut seen = Vec::new();
    for (name, text) in [("a.rs", ""), ("a.rs", " "), ("b.rs", " "), ("b.rs", "")] {
        let class = class();
        put(&src(&class, "ann").join(name), text);
        let (class, planned) = open_and_plan(&class);
        let read = || class.read(&class.students[0], &planned).unwrap().fingerprint;
        assert_eq!(read(), read());
        assert!(!seen.contains(&read()));
        seen.push(read());
    }
}

#[test]
fn what_is_not_a_small_text_file_is_refused_and_no_link_is_followed() {
    let link: fn(&Path) = |at| symlink("/etc", at).unwrap();
    // Opened as usual, it would wait for a writer forever.
    let pipe: fn(&Path) = |at| mkfifo(at, Mode::S_IRWXU).unwrap();
    let socket: fn(&Path) = |at| drop(UnixListener::bind(at).unwrap());
    let huge: fn(&Path) = |at| File::create(at).unwrap().set_len(1 << 40).unwrap();
    let latin: fn(&Path) = |at| fs::write(at, b"// caf\xe9").unwrap();
    let is_link = "is a link, and links are not followed: hand in what it points to";
    let is_special = "is neither a file nor a folder";
    let refusals = [
        ("", link, is_link),
        ("02-chunked-integration", link, is_link),
        ("02-chunked-integration/src", link, is_link),
        ("02-chunked-integration/src/lib.rs", link, is_link),
        ("02-chunked-integration/src/chunks", link, is_link),
        ("", pipe, is_special),
        ("02-chunked-integration/src/lib.rs", pipe, is_special),
        ("02-chunked-integration/src/chunks.rs", pipe, is_special),
        ("02-chunked-integration/src/lib.rs", socket, is_special),
        ("02-chunked-integration/src/chunks.rs", socket, is_special),
        ("02-chunked-integration/src/lib.rs", huge, "is larger than 256 KiB"),
        ("02-chunked-integration/src/lib.rs", latin, "is not text in UTF-8"),
    ];
    for (path, make, why) in refusals {
        let class = class();
        // Without the slash that joining an empty path appends.
        let at = PathBuf::from_iter(class.path().join("eve").join(path).iter());
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        make(&at);
        if path.contains("chunks") {
            put(&at.with_file_name("lib.rs"), "");
        }
        let named = if path.is_empty() { "eve" } else { path };
        assert_eq!(line_of_eve(&class), format!("`{named}` {why}"));
    }
}

#[test]
fn a_link_that_replaces_a_listed_file_is_not_followed() {
    for replaced in [
        "",
        "02-chunked-integration",
        "02-chunked-integration/src",
        "02-chunked-integration/src/lib.rs",
    ] {
        // To another folder, and to the next name in the same one.
        for within in [false, true] {
            let class = class();
            let (opened, planned) = open_and_plan(&class);
            let at = PathBuf::from_iter(class.path().join("ann").join(replaced).iter());
            let elsewhere = tempfile::tempdir().unwrap();
            let target =
                if within { at.with_file_name("moved") } else { elsewhere.path().join("moved") };
            fs::rename(&at, &target).unwrap();
            symlink(if within { Path::new("moved") } else { &target }, &at).unwrap();
            let refusal = opened.read(&opened.students[0], &planned).unwrap_err();
            let is_refused = matches!(refusal, Refusal::Link(_) | Refusal::Unreadable(..));
            assert!(is_refused, "`{replaced}`: {refusal}");
        }
    }
}

#[test]
fn a_listed_file_that_becomes_a_pipe_or_disappears_is_refused_without_waiting() {
    for (is_pipe, why) in
        [(true, "is neither a file nor a folder"), (false, "cannot be read: entity not found")]
    {
        let class = class();
        let (opened, planned) = open_and_plan(&class);
        let code = src(&class, "ann").join("lib.rs");
        fs::remove_file(&code).unwrap();
        if is_pipe {
            mkfifo(&code, Mode::S_IRWXU).unwrap();
        }
        let refusal = opened.read(&opened.students[0], &planned).unwrap_err().to_string();
        assert_eq!(refusal, format!("`02-chunked-integration/src/lib.rs` {why}"));
    }
}

#[test]
fn the_limits_hold_to_the_byte() {
    let class = class();
    let eve = src(&class, "eve");
    let spaces = " ".repeat(usize::try_from(limits::FILE_BYTES).unwrap());
    put(&eve.join("lib.rs"), &spaces);
    assert_eq!(line_of_eve(&class), "lib.rs");
    put(&eve.join("lib.rs"), spaces.clone() + " ");
    assert_eq!(line_of_eve(&class), "`02-chunked-integration/src/lib.rs` is larger than 256 KiB");
    for name in ["lib.rs", "a.rs", "b.rs", "c.rs"] {
        put(&eve.join(name), &spaces);
    }
    assert_eq!(line_of_eve(&class), "a.rs b.rs c.rs lib.rs");
    put(&eve.join("d.rs"), " ");
    assert_eq!(line_of_eve(&class), "its files together are larger than 1024 KiB");
}

#[test]
fn a_folder_with_too_many_files_is_refused() {
    let class = class();
    let eve = src(&class, "eve");
    put(&eve.join("lib.rs"), "");
    for number in 0..=limits::ENTRIES {
        File::create(eve.join(format!("{number}.txt"))).unwrap();
    }
    let refusal = line_of_eve(&class);
    assert!(refusal.contains("holds more than 4096 files and folders"), "{refusal}");
}

#[test]
fn an_empty_folder_is_refused() {
    let class = class();
    fs::create_dir(class.path().join("eve")).unwrap();
    assert_eq!(line_of_eve(&class), "the student's folder is empty");
}

// Elsewhere, names must be Unicode.
#[cfg(target_os = "linux")]
#[test]
fn the_name_of_a_student_is_sanitized() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let class = class();
    for name in
        [&b"eve\n\x1b[31m"[..], b"eve\xff", b"=cmd|'C'!A0", "eve\u{202e}".as_bytes(), b"-rf"]
    {
        let student = class.path().join(OsStr::from_bytes(name));
        put(&student.join("02-chunked-integration/src/lib.rs"), "");
    }
    insta::assert_snapshot!(lines(&class).join("\n"), @r"
    -rf: lib.rs
    =cmd|'C'!A0: lib.rs
    ann: lib.rs
    eve\n\u{1b}[31m: lib.rs
    eve\u{202e}: lib.rs
    eve\xFF: lib.rs
    ");
}

// Elsewhere, they are usually one name.
#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_case_alone_are_two() {
    let class = class();
    put(&src(&class, "Ann").join("lib.rs"), "");
    put(&src(&class, "Ann").join("LIB.rs"), "");
    assert_eq!(lines(&class), ["Ann: LIB.rs lib.rs", "ann: lib.rs"]);
}

#[test]
fn files_next_to_the_students_folders_are_reported() {
    let class = class();
    put(&class.path().join("bob.zip"), "PK");
    put(&class.path().join(".git/config"), "");
    assert_eq!(lines(&class), ["ann: lib.rs"]);
    let class = Class::open(class.path(), LESSONS).unwrap();
    assert_eq!(class.left_out, ["bob.zip"]);
}

#[test]
fn the_error_for_another_folder_names_the_next_step() {
    let class = class();
    let error = |path: &Path| {
        let error = Class::open(path, LESSONS).unwrap_err();
        error.to_string().replace(class.path().to_str().unwrap(), "DIR")
    };
    insta::assert_snapshot!(error(&class.path().join("ann")), @"`DIR/ann` seems to be one student's folder, since `02-chunked-integration` lies in it; give the folder around it, and `--student` to grade this one alone");
    insta::assert_snapshot!(error(&src(&class, "ann")), @"`DIR/ann/02-chunked-integration/src` contains no folder; it needs a folder for each student");
    insta::assert_snapshot!(error(&class.path().join("nowhere")), @"`DIR/nowhere` cannot be read; name a folder of students' folders");
}
