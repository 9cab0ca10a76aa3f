//! The program, started as the runner starts it.

use std::path::Path;
use std::process::Command;

use measure::protocol::Json;
use measure::protocol::request::{Figure, FigureOutcome, ForBook};

use crate::small_course::SmallCourse;

/// The exit status, and what was said.
fn run_book(folder: &Path, request: &ForBook) -> (Option<i32>, String) {
    output_of(program(request).current_dir(folder))
}

fn program(request: &ForBook) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book"));
    command.arg(request.to_json().to_string());
    command
}

fn output_of(command: &mut Command) -> (Option<i32>, String) {
    let ran = command.output().unwrap();
    let said = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (ran.status.code(), said.concat())
}

#[test]
fn the_book_is_made_from_any_folder_of_the_course() {
    let course = SmallCourse::new("command");
    let (status, said) = run_book(&course.root.join("lessons/01-one"), &ForBook::default());
    assert!(said.contains("the book: target/many-hands/book/index.html"), "{said}");
    assert!(said.contains("    https://docs.rs/rayon\n"), "{said}");
    assert_eq!(status, Some(0), "{said}");
    assert!(course.book().join("index.html").is_file());
}

#[test]
fn a_dead_link_is_said_and_the_status_tells_it() {
    let course = SmallCourse::new("command dead");
    course.write("lessons/02-two/README.md", "# Lesson 02: Second\n\n[gone](src/gone.rs)\n");
    let (status, said) = run_book(&course.root, &ForBook::default());
    assert!(said.contains("`02-two.html` links to `src/gone.rs`"), "{said}");
    assert_eq!(status, Some(1), "{said}");
}

#[test]
fn a_lesson_that_cannot_be_read_is_named() {
    let course = SmallCourse::new("command broken");
    course.write("lessons/02-two/README.md", "# No such heading\n");
    let (status, said) = run_book(&course.root, &ForBook::default());
    assert!(said.contains("lessons/02-two/README.md"), "{said}");
    assert_eq!(status, Some(2), "{said}");
}

#[test]
fn what_cannot_be_measured_is_said_with_its_command_and_in_its_place() {
    let course = SmallCourse::new("command measured");
    let command = "cargo xtask sweep 01 --solution --quick";
    let missing = Figure {
        lesson: "01-one".to_owned(),
        cell: "cargo xtask sweep 01".to_owned(),
        command: command.to_owned(),
        outcome: FigureOutcome::Missing("it does not compile".to_owned()),
    };
    let request = ForBook { figures: vec![missing], ..ForBook::default() };
    let (status, said) = run_book(&course.root, &request);
    assert!(said.contains(&format!("`{command}`: it does not compile")), "{said}");
    assert_eq!(status, Some(1), "{said}");
    let page = course.page("01-one.html");
    let (_, behind_its_command) = page.split_once("cargo xtask sweep 01\n").unwrap();
    let (place, _) = behind_its_command.split_once("And that is").unwrap();
    assert!(
        place.contains(command) && place.contains("Not measured: it does not compile"),
        "{page}"
    );
}

/// Starts `--open` where only the programs of a folder can be started.
#[cfg(target_os = "linux")]
fn open_book(course: &SmallCourse, programs: &str) -> (Option<i32>, String) {
    let mut command = program(&ForBook { open: true, ..ForBook::default() });
    let programs = course.root.join(programs);
    output_of(command.current_dir(&course.root).env("PATH", programs))
}

#[test]
#[cfg(target_os = "linux")]
fn the_book_is_opened_in_the_browser() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let course = SmallCourse::new("command opened");
    let browser = "programs/xdg-open";
    course.write(browser, "#!/bin/sh\necho \"$1\" >opened\n");
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(course.root.join(browser), executable).unwrap();
    let (status, said) = open_book(&course, "programs");
    assert!(!said.contains("no browser"), "{said}");
    assert_eq!(status, Some(0), "{said}");
    let opened = fs::read_to_string(course.root.join("opened")).unwrap();
    assert!(
        opened.ends_with("/target/many-hands/book/index.html\n")
            && Path::new(opened.trim()).exists(),
        "{opened}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn where_there_is_no_browser_the_page_to_open_is_named() {
    let course = SmallCourse::new("command unopened");
    let (status, said) = open_book(&course, "no programs");
    assert!(said.contains("no browser can be started from here"), "{said}");
    assert!(said.contains("/target/many-hands/book/index.html\n"), "{said}");
    assert_eq!(status, Some(0), "{said}");
}
