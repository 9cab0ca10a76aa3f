//! The course checks itself, whatever state the exercises are in.

use std::fs;

use crate::course_copy::{CourseCopy, LESSON};

/// Every promise is kept but one, which is broken on purpose: so the same run shows that `verify` can fail.
#[test]
fn the_course_keeps_its_promises_and_a_broken_one_is_found() {
    let course = CourseCopy::fresh();
    // Nothing that a student saves may matter here, not even what does not compile.
    course.write_code("fn");
    let impostor = course
        .root
        .join("solutions")
        .join(LESSON)
        .join("wrong/not-wrong-at-all.rs");
    fs::write(
        &impostor,
        format!("// rejected: anything\n{}", course.model()),
    )
    .unwrap();
    // Without optimisation, which spares whoever waits for it some minutes.
    let answer = course.xtask(&["verify", "--quick"]);
    fs::remove_file(impostor).unwrap();

    let broken: Vec<_> = answer
        .stdout
        .lines()
        .filter(|line| line.starts_with(' '))
        .collect();
    assert_eq!(
        broken,
        ["    wrong/not-wrong-at-all.rs is wrong, but passed"],
        "{answer:?}"
    );
    assert_eq!(answer.status, Some(1));
}
