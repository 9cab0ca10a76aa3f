//! Hostile folders on a real disk.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use tempfile::TempDir;

use super::*;

const LESSONS: Lessons = Lessons {
    known: &["01-refactor-to-map", "02-chunked-integration"],
    only: None,
};

/// A class with a student `ann`, whose submission for lesson 02 is good.
fn class() -> TempDir {
    let class = tempfile::tempdir().unwrap();
    put(&src(&class, "ann").join("lib.rs"), "pub fn right() {}\n");
    class
}

fn src(class: &TempDir, student: &str) -> PathBuf {
    class
        .path()
        .join(student)
        .join("02-chunked-integration/src")
}

fn put(file: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// A line for each submission: the student, then the files taken, or why not.
fn lines(class: &TempDir) -> Vec<String> {
    let class = Class::open(class.path(), LESSONS).unwrap();
    let mut lines = Vec::new();
    for student in &class.students {
        let taken = match class.found(student, LESSONS) {
            Err(refusal) => vec![Err(refusal)],
            Ok(plan) => plan
                .submissions
                .iter()
                .map(|planned| class.read(student, planned))
                .collect(),
        };
        for taken in taken {
            let files = |taken: Submission| {
                taken
                    .files
                    .iter()
                    .map(|file| file.path.clone())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let what = taken.map_or_else(|refusal| refusal.to_string(), files);
            lines.push(format!("{}: {what}", student.name));
        }
    }
    lines
}

/// What is said of the one student beside `ann`, who must not suffer from it.
fn said_of_the_other(class: &TempDir) -> String {
    let lines = lines(class);
    assert_eq!(lines[0], "ann: lib.rs");
    assert_eq!(lines.len(), 2, "{lines:?}");
    lines[1].clone()
}

#[test]
fn a_submission_is_its_files_by_path_with_their_text() {
    let class = class();
    put(&src(&class, "ann").join("chunks/mod.rs"), "// one\r\n");
    let class = Class::open(class.path(), LESSONS).unwrap();
    let plan = class.found(&class.students[0], LESSONS).unwrap();
    let submission = class
        .read(&class.students[0], &plan.submissions[0])
        .unwrap();
    assert_eq!(
        (&*submission.student, &*submission.lesson),
        ("ann", "02-chunked-integration")
    );
    let files: Vec<_> = submission
        .files
        .iter()
        .map(|file| (&*file.path, &*file.text))
        .collect();
    assert_eq!(
        files,
        [
            ("chunks/mod.rs", "// one\r\n"),
            ("lib.rs", "pub fn right() {}\n")
        ]
    );
}

#[test]
fn a_fingerprint_changes_with_any_byte_and_any_name() {
    let mut seen = Vec::new();
    for (name, text) in [("a.rs", ""), ("a.rs", " "), ("b.rs", " "), ("b.rs", "")] {
        let class = class();
        put(&src(&class, "ann").join(name), text);
        let class = Class::open(class.path(), LESSONS).unwrap();
        let plan = class.found(&class.students[0], LESSONS).unwrap();
        let read = || {
            class
                .read(&class.students[0], &plan.submissions[0])
                .unwrap()
                .fingerprint
        };
        assert_eq!(read(), read());
        assert!(!seen.contains(&read()));
        seen.push(read());
    }
}

#[test]
fn no_link_is_followed_wherever_it_stands() {
    for link in [
        "",
        "02-chunked-integration",
        "02-chunked-integration/src",
        "02-chunked-integration/src/lib.rs",
        "02-chunked-integration/src/chunks",
    ] {
        let class = class();
        let secret = tempfile::tempdir().unwrap();
        put(
            &secret.path().join("02-chunked-integration/src/lib.rs"),
            "secret",
        );
        let eve = class.path().join("eve");
        let at = if link.is_empty() {
            eve.clone()
        } else {
            eve.join(link)
        };
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink(secret.path().join(link), &at).unwrap();
        if link.ends_with("chunks") {
            put(&at.with_file_name("lib.rs"), "");
        }
        let said = said_of_the_other(&class);
        let named = if link.is_empty() { "eve" } else { link };
        assert_eq!(
            said,
            format!(
                "eve: `{named}` is a link, and links are not followed: hand in what it points to"
            )
        );
    }
}

#[test]
fn what_turns_into_a_link_after_it_was_found_is_not_followed() {
    for turned in [
        "",
        "02-chunked-integration",
        "02-chunked-integration/src",
        "02-chunked-integration/src/lib.rs",
    ] {
        // Out of the folder, and to what lies beside it.
        for within in [false, true] {
            let class = class();
            let opened = Class::open(class.path(), LESSONS).unwrap();
            let plan = opened.found(&opened.students[0], LESSONS).unwrap();
            let at = if turned.is_empty() {
                class.path().join("ann")
            } else {
                class.path().join("ann").join(turned)
            };
            let elsewhere = tempfile::tempdir().unwrap();
            if within {
                fs::rename(&at, at.with_file_name("moved")).unwrap();
                symlink("moved", &at).unwrap();
            } else {
                fs::rename(&at, elsewhere.path().join("moved")).unwrap();
                symlink(elsewhere.path().join("moved"), &at).unwrap();
            }
            let refusal = opened
                .read(&opened.students[0], &plan.submissions[0])
                .unwrap_err();
            let is_refused = matches!(refusal, Refusal::Link(_) | Refusal::Unreadable(..));
            assert!(is_refused, "`{turned}`: {refusal}");
        }
    }
}

#[test]
fn what_turns_into_a_pipe_after_it_was_found_is_not_waited_for() {
    let class = class();
    let opened = Class::open(class.path(), LESSONS).unwrap();
    let plan = opened.found(&opened.students[0], LESSONS).unwrap();
    let code = src(&class, "ann").join("lib.rs");
    fs::remove_file(&code).unwrap();
    mkfifo(&code, Mode::S_IRWXU).unwrap();
    // Opened as usual, it would wait for somebody to write: for ever.
    let refusal = opened
        .read(&opened.students[0], &plan.submissions[0])
        .unwrap_err();
    assert_eq!(
        refusal,
        Refusal::Special("02-chunked-integration/src/lib.rs".into())
    );
}

#[test]
fn what_vanishes_after_it_was_found_is_a_refusal() {
    let class = class();
    let opened = Class::open(class.path(), LESSONS).unwrap();
    let plan = opened.found(&opened.students[0], LESSONS).unwrap();
    fs::remove_dir_all(class.path().join("ann/02-chunked-integration")).unwrap();
    let refusal = opened
        .read(&opened.students[0], &plan.submissions[0])
        .unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "`02-chunked-integration/src/lib.rs` cannot be read: entity not found"
    );
}

#[test]
fn pipes_and_sockets_are_neither_waited_for_nor_read() {
    for special in ["lib.rs", "chunks.rs"] {
        let class = class();
        let eve = src(&class, "eve");
        put(&eve.join("lib.rs"), "");
        let _ = fs::remove_file(eve.join(special));
        mkfifo(&eve.join(special), Mode::S_IRWXU).unwrap();
        let said =
            format!("eve: `02-chunked-integration/src/{special}` is neither a file nor a folder");
        assert_eq!(said_of_the_other(&class), said);
        fs::remove_file(eve.join(special)).unwrap();
        let _socket = UnixListener::bind(eve.join(special)).unwrap();
        assert_eq!(said_of_the_other(&class), said);
    }
    let class = class();
    mkfifo(&class.path().join("eve"), Mode::S_IRWXU).unwrap();
    assert_eq!(
        said_of_the_other(&class),
        "eve: `eve` is neither a file nor a folder"
    );
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let class = class();
    put(&src(&class, "eve").join("lib.rs"), "");
    let huge = fs::OpenOptions::new()
        .write(true)
        .open(src(&class, "eve").join("lib.rs"))
        .unwrap();
    huge.set_len(1 << 40).unwrap();
    assert_eq!(
        said_of_the_other(&class),
        "eve: `02-chunked-integration/src/lib.rs` is larger than 256 KiB"
    );
}

#[test]
fn the_limits_hold_to_the_byte() {
    let class = class();
    let eve = src(&class, "eve");
    let spaces = " ".repeat(usize::try_from(limits::FILE_BYTES).unwrap());
    put(&eve.join("lib.rs"), &spaces);
    assert_eq!(said_of_the_other(&class), "eve: lib.rs");
    fs::OpenOptions::new()
        .append(true)
        .open(eve.join("lib.rs"))
        .unwrap()
        .write_all(b" ")
        .unwrap();
    assert_eq!(
        said_of_the_other(&class),
        "eve: `02-chunked-integration/src/lib.rs` is larger than 256 KiB"
    );
    for name in ["lib.rs", "a.rs", "b.rs", "c.rs"] {
        put(&eve.join(name), &spaces);
    }
    assert_eq!(said_of_the_other(&class), "eve: a.rs b.rs c.rs lib.rs");
    put(&eve.join("d.rs"), " ");
    assert_eq!(
        said_of_the_other(&class),
        "eve: its files are larger than 1024 KiB together"
    );
}

#[test]
fn a_folder_with_more_than_anybody_hands_in_is_left_soon() {
    let class = class();
    let eve = src(&class, "eve");
    put(&eve.join("lib.rs"), "");
    for number in 0..=limits::ENTRIES {
        fs::File::create(eve.join(format!("{number}.txt"))).unwrap();
    }
    assert!(
        said_of_the_other(&class)
            .starts_with("eve: the student's folder holds more than 4096 files and folders")
    );
}

#[test]
fn text_that_is_not_utf_8_is_refused() {
    let class = class();
    put(&src(&class, "eve").join("lib.rs"), b"// caf\xe9");
    assert_eq!(
        said_of_the_other(&class),
        "eve: `02-chunked-integration/src/lib.rs` is not text in UTF-8"
    );
}

#[test]
fn an_empty_folder_is_a_line_too() {
    let class = class();
    fs::create_dir(class.path().join("eve")).unwrap();
    assert_eq!(
        said_of_the_other(&class),
        "eve: the student's folder is empty"
    );
}

// Elsewhere, names must be Unicode.
#[cfg(target_os = "linux")]
#[test]
fn a_students_name_may_be_anything_and_is_shown_safely() {
    let class = class();
    use std::os::unix::ffi::OsStrExt;
    for name in [
        &b"eve\n\x1b[31m"[..],
        b"eve\xff",
        b"=cmd|'C'!A0",
        "eve\u{202e}".as_bytes(),
        b"-rf",
    ] {
        put(
            &class
                .path()
                .join(std::ffi::OsStr::from_bytes(name))
                .join("02-chunked-integration/src/lib.rs"),
            "",
        );
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

// Elsewhere, folders seldom tell the two apart.
#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_case_alone_are_two() {
    let class = class();
    put(&src(&class, "Ann").join("lib.rs"), "");
    put(&src(&class, "Ann").join("LIB.rs"), "");
    assert_eq!(lines(&class), ["Ann: LIB.rs lib.rs", "ann: lib.rs"]);
}

#[test]
fn files_beside_the_students_folders_are_told() {
    let class = class();
    put(&class.path().join("bob.zip"), "PK");
    put(&class.path().join(".git/config"), "");
    assert_eq!(lines(&class), ["ann: lib.rs"]);
    let class = Class::open(class.path(), LESSONS).unwrap();
    assert_eq!(class.left_out, ["bob.zip"]);
}

#[test]
fn a_folder_that_is_no_class_is_an_error_with_the_next_step() {
    let class = class();
    let error = |path: &Path| {
        let error = Class::open(path, LESSONS).unwrap_err();
        error
            .to_string()
            .replace(class.path().to_str().unwrap(), "DIR")
    };
    insta::assert_snapshot!(error(&class.path().join("ann")), @"`DIR/ann` seems to be one student's folder, since `02-chunked-integration` lies in it; give the folder around it, and `--student` to grade this one alone");
    insta::assert_snapshot!(error(&src(&class, "ann")), @"`DIR/ann/02-chunked-integration/src` holds no folder; each student's submission is to be a folder in it");
    insta::assert_snapshot!(error(&class.path().join("nowhere")), @"`DIR/nowhere` cannot be read; it is to be a folder of students' folders");
}
