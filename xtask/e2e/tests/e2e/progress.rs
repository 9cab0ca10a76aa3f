//! How far a student is, by the content of what was checked.

use std::fs;

use measure::protocol::{ListDocument, from_text};

use e2e::CourseCopy;

/// The state of lesson 02, and the lesson that comes next.
fn state(course: &CourseCopy) -> (&'static str, Option<String>) {
    let answer = course.xtask(&["list", "--json"]);
    assert_eq!(answer.status, Some(0), "{answer:?}");
    let document: ListDocument = from_text(&answer.stdout).unwrap();
    (document.lessons[1].state.word(), document.next)
}

#[test]
fn a_state_belongs_to_the_content_and_comes_back_with_it() {
    let course = CourseCopy::fresh();
    let check = |code: &str| {
        course.write_code(code);
        course.xtask(&["check", "02", "--json"]);
        state(&course).0
    };
    let model = course.model();
    let serial = model.replace(".into_par_iter()\n        .with_max_len(1)", ".into_iter()");
    assert_ne!(serial, model);
    let skeleton = course.xtask(&["skeleton", "02"]).stdout;

    assert_eq!(check(&skeleton), "not started");
    assert_eq!(check("fn"), "in work");
    assert_eq!(check(&serial), "correct");
    assert_eq!(check(&model), "done");
    course.write_code(&format!("{model}\n// one thought more\n"));
    assert_eq!(state(&course).0, "changed since");
    course.write_code(&serial);
    assert_eq!(state(&course).0, "correct");
    course.write_code(&model);
    assert_eq!(state(&course), ("done", Some("01".to_owned())));
}

#[test]
fn an_editors_own_files_beside_the_code_change_nothing() {
    let course = CourseCopy::fresh();
    course.write_code(&course.model());
    course.xtask(&["check", "02", "--json"]);
    let source = course.exercise().join("src");
    for name in ["lib.rs~", ".lib.rs.swp", "#lib.rs#", "4913", ".#scratch.rs"] {
        fs::write(source.join(name), "half a thought").unwrap();
    }
    // What emacs puts there while something is not saved: a link to nowhere.
    #[cfg(unix)]
    std::os::unix::fs::symlink("ann@laptop.123:456", source.join(".#lib.rs")).unwrap();
    let state = state(&course).0;
    for entry in fs::read_dir(&source).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap() != "lib.rs" {
            fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(state, "done");
}
