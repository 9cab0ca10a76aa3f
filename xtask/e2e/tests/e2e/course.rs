//! The course checks itself, whatever state the exercises are in. CI has it check everything; here, that a mistake is found.

use std::fs;

use e2e::{CourseCopy, LESSON};

/// Of four promises one is broken on purpose.
#[test]
fn a_broken_promise_is_found_and_the_others_are_kept() {
    let course = CourseCopy::fresh();
    // Nothing that a student saves may matter here, not even what does not compile.
    course.write_code("fn");
    let impostor = course.root.join("solutions").join(LESSON).join("mistakes/not-wrong-at-all.rs");
    fs::write(&impostor, format!("// rejected: anything\n{}", course.model())).unwrap();
    let names = ["not-wrong-at-all", "dx-forgotten", "one-lock-around-the-loop", "recursive-join"];
    let answer = course.verify(LESSON, &names);
    fs::remove_file(impostor).unwrap();

    let broken: Vec<_> = answer.stdout.lines().filter(|line| line.starts_with(' ')).collect();
    assert_eq!(broken, ["    mistakes/not-wrong-at-all.rs is wrong, but passed"], "{answer:?}");
    assert_eq!(answer.status, Some(1));
}
