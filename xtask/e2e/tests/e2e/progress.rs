//! How far a student is, by the content of what was checked.

use std::fs;

use serde_json::Value;

use e2e::CourseCopy;

/// The state of lesson 02, and the lesson that comes next.
fn state(course: &CourseCopy) -> (String, Value) {
    let answer = course.xtask(&["list", "--json"]);
    assert_eq!(answer.status, Some(0), "{answer:?}");
    let document: Value = serde_json::from_str(&answer.stdout).unwrap();
    let state = document["lessons"][1]["state"].as_str().unwrap();
    (state.to_owned(), document["next"].clone())
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
    assert_eq!(state(&course), ("done".to_owned(), "01".into()));
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
