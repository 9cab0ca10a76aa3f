//! What the pages of a small course hold.

use std::fs;

use book::{Figure, Measured};
use measure::protocol::Document;
use serde_json::json;

use crate::small_course::SmallCourse;

#[track_caller]
fn assert_in_order(page: &str, parts: &[&str]) {
    let mut rest = page;
    for part in parts {
        let found = rest.split_once(part);
        let Some((_, after)) = found else {
            panic!("`{part}` is not on the page, or not behind the ones before it:\n{page}");
        };
        rest = after;
    }
}

#[test]
fn a_chapter_is_its_text_and_then_the_lessons_files() {
    let course = SmallCourse::new("chapter");
    let survey = course.make();
    assert_eq!(survey.faults, Vec::<String>::new());
    let page = course.page("01-one.html");
    assert_in_order(
        &page,
        &[
            "Lesson 01: First <code>things</code>",
            "made by <code>sum</code>",
            "<code class=\"language-rust\">assert_eq!(2, 1 + 1);",
            "id=\"exercise\"",
            "todo!(\"one\")",
            "href=\"01-one-help.html\">2 hints",
            "<code>exercises/01-one/tests/check.rs</code>",
            "#[test]\nfn one_is_one() {}",
            "<code>lessons/01-one/src/lib.rs</code>",
            "The <code>given</code> things.",
            "Shows <code>x &lt; y</code>.",
            "cargo run -p lesson-one --example show",
            "href=\"01-one-help.html#model\"",
        ],
    );
    for absent in
        ["hidden_line", "what_a_student_wrote", "onlyinthemodel", "onlyinahint", "--example deep"]
    {
        assert!(!page.contains(absent), "`{absent}` is on the page:\n{page}");
    }
}

#[test]
fn every_hint_and_the_model_are_behind_a_click_and_the_search_does_not_tell_them() {
    let course = SmallCourse::new("help");
    course.make();
    let page = course.page("01-one-help.html");
    assert_in_order(
        &page,
        &[
            "<details class=\"hint\">",
            "<summary>Hint 1 of 2: The concept</summary>",
            "</details>",
            "<details class=\"hint\">",
            "<summary>Hint 2 of 2: The lines</summary>",
            "onlyinahint",
            "</details>",
            "<details class=\"spoiler\">",
            "reasonsofthemodel",
            "onlyinthemodel()",
            "</details>",
        ],
    );
    for mark in ["// solution:", "// skeleton:", "// end", "<details open"] {
        assert!(!page.contains(mark), "`{mark}` is on the page:\n{page}");
    }
    let index = course.search_index();
    assert!(index.contains("one_is_on"), "the checks are not in the index");
    for secret in ["onlyinahint", "onlyinthemodel", "reasonsofthemodel"] {
        assert!(!index.contains(secret), "the search tells `{secret}`");
    }
}

#[test]
fn a_lesson_is_in_the_book_by_its_folders_alone() {
    let course = SmallCourse::new("added");
    for (file, text) in [
        ("lessons/03-three/README.md", "# Lesson 03: Third\n"),
        ("lessons/03-three/hints.md", "## 1. The concept\n\nThink.\n"),
        ("solutions/03-three/src/lib.rs", "pub fn three() {}\n"),
    ] {
        course.write(file, text);
    }
    course.make();
    let contents = fs::read_to_string(course.book().join("toc.html")).unwrap();
    assert_in_order(&contents, &["01-one.html", "02-two.html", "03-three.html", "03 Third"]);
    assert!(course.page("03-three.html").contains("three()"));
}

#[test]
fn a_file_that_is_linked_has_a_page_and_one_that_is_not_has_none() {
    let course = SmallCourse::new("others");
    course.make();
    assert!(course.page("index.html").contains("href=\"architecture-md.html\""));
    assert!(course.page("index.html").contains("<a href=\"01-one.html\"><code>lessons/01-one"));
    assert!(course.page("architecture-md.html").contains("href=\"license.html\""));
    assert!(course.page("license.html").contains("Do as you like &amp; &lt; that."));
    assert!(!course.book().join("notes-md.html").exists());
}

#[test]
fn a_picture_comes_along_and_one_that_is_missing_is_found() {
    let course = SmallCourse::new("pictures");
    assert_eq!(course.make().faults, Vec::<String>::new());
    let shown =
        "<a href=\"xtask/screens/two.svg\"><img src=\"xtask/screens/two.svg\" alt=\"Two things\"";
    assert!(course.page("02-two.html").contains(shown));
    assert!(course.book().join("xtask/screens/two.svg").is_file());
    fs::remove_file(course.root.join("xtask/screens/two.svg")).unwrap();
    let faults = course.make().faults;
    assert!(faults.iter().any(|fault| fault.contains("two.svg")), "{faults:?}");
}

#[test]
fn what_was_measured_stands_beside_its_command_and_the_rest_in_a_section() {
    let course = SmallCourse::new("measured");
    let document = Document::from_json(&json!({
        "schema": 1, "kind": "trace", "lesson": "01-one", "title": "One", "subject": "solution",
        "command": "cargo xtask trace 01 --solution", "complete": true, "date": "2026-11-22",
        "machine": { "cores_offered": 2, "cpu": "AMD EPYC", "system": "linux x86_64" }, "traces": [],
    }))
    .unwrap();
    let page = "<main><h2>sums</h2>\n\n<figure><svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>\n\n</figure></main>";
    let figure = |verb: &str| {
        let cell = format!("cargo xtask {verb} 01");
        Figure::from_document(&cell, &format!("{cell} --solution"), &document, Some(page))
    };
    let mut measured = Measured::default();
    let lesson = course.course().lessons()[0].clone();
    measured.add(&lesson, figure("sweep"));
    measured.add(&lesson, figure("trace"));
    measured.stylesheet = ".ink{color:#1a1a1a}".to_owned();
    let survey = course.make_with(&measured);
    assert_eq!(survey.faults, Vec::<String>::new());
    let here = "2 cores · AMD EPYC · linux x86_64 · 2026-11-22";
    assert_in_order(
        &course.page("01-one.html"),
        &[
            "cargo xtask sweep 01\n",
            "On this machine: <code>cargo xtask sweep 01 --solution</code>",
            here,
            "<h4>sums</h4>",
            "</svg>",
            "And that is what it prints.",
            "Measured on this machine",
            "cargo xtask trace 01 --solution",
            here,
            "id=\"exercise\"",
        ],
    );
}
