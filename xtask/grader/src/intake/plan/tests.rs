use super::*;

const KNOWN: Lessons = Lessons {
    known: &["01-refactor-to-map", "02-chunked-integration"],
    only: None,
};
const ONLY_02: Lessons = Lessons {
    only: Some("02-chunked-integration"),
    ..KNOWN
};

/// `a/` is a folder, `a` a file, `a@` a link, `a|` a pipe and `a?` a folder that cannot be read; the folders around are
/// there too.
fn entries(listed: &[&str]) -> Vec<Entry> {
    let mut entries = BTreeMap::new();
    for listed in listed {
        let (path, kind) = match listed.split_at(listed.len() - 1) {
            (path, "/") => (path, Kind::Folder),
            (path, "@") => (path, Kind::Link),
            (path, "|") => (path, Kind::Special),
            (path, "?") => (path, Kind::Unreadable("permission denied".into())),
            _ => (*listed, Kind::File),
        };
        for around in Path::new(path)
            .ancestors()
            .skip(1)
            .filter(|around| *around != Path::new(""))
        {
            entries.entry(around.to_path_buf()).or_insert(Kind::Folder);
        }
        entries.insert(path.into(), kind);
    }
    let entry = |(path, kind)| Entry { path, kind };
    // The system lists them in any order.
    entries.into_iter().rev().map(entry).collect()
}

/// `LESSON: ROOT: FILE FILE`, or why the lesson is refused, a line each.
fn planned(listed: &[&str], lessons: Lessons) -> String {
    match plan(&entries(listed), lessons) {
        Err(refusal) => format!("everything is refused: {refusal}"),
        Ok(plan) => {
            let lines = plan.submissions.iter().map(|planned| match &planned.files {
                Ok(files) => {
                    let code: Vec<_> = files.code.iter().map(|file| shown(file)).collect();
                    format!(
                        "{}: {}: {}",
                        planned.lesson,
                        shown(&files.root),
                        code.join(" ")
                    )
                }
                Err(refusal) => format!("{} is refused: {refusal}", planned.lesson),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

#[test]
fn a_lesson_is_found_wherever_a_classroom_tool_leaves_it() {
    for place in [
        "",
        "exercises/",
        "many-hands/exercises/",
        "many-hands/many-hands-main/exercises/",
        "02-chunked-integration/",
    ] {
        let lesson = format!("{place}02-chunked-integration");
        let listed = [
            format!("{lesson}/src/lib.rs"),
            format!("{lesson}/tests/check.rs"),
            format!("{lesson}/Cargo.toml"),
        ];
        let listed: Vec<_> = listed.iter().map(String::as_str).collect();
        assert_eq!(
            planned(&listed, KNOWN),
            format!("02-chunked-integration: {lesson}/src: lib.rs")
        );
    }
}

#[test]
fn a_clone_of_the_course_is_no_submission_of_its_solutions() {
    let clone = ["exercises", "lessons", "solutions"]
        .map(|part| format!("course/{part}/01-refactor-to-map/src/lib.rs"));
    let clone: Vec<_> = clone.iter().map(String::as_str).collect();
    assert_eq!(
        planned(&clone, KNOWN),
        "01-refactor-to-map: course/exercises/01-refactor-to-map/src: lib.rs"
    );
}

#[test]
fn all_code_below_src_is_taken_and_nothing_else() {
    let plan = plan(
        &entries(&[
            "01-refactor-to-map/build.rs",
            "01-refactor-to-map/Cargo.toml@",
            "01-refactor-to-map/src/lib.rs",
            "01-refactor-to-map/src/ranges/mod.rs",
            "01-refactor-to-map/src/ranges.rs",
            "01-refactor-to-map/src/notes\u{202e}.txt",
            "01-refactor-to-map/src/._lib.rs",
            "01-refactor-to-map/src/.#lib.rs@",
        ]),
        KNOWN,
    );
    let files = plan.unwrap().submissions.remove(0).files.unwrap();
    assert_eq!(
        files.code,
        ["lib.rs", "ranges/mod.rs", "ranges.rs"].map(PathBuf::from)
    );
    assert_eq!(files.ignored, ["notes\\u{202e}.txt"]);
}

#[test]
fn code_beside_lib_rs_is_taken_where_there_is_no_src() {
    let listed = [
        "01-refactor-to-map/lib.rs",
        "01-refactor-to-map/ranges.rs",
        "01-refactor-to-map/tests/check.rs",
        "01-refactor-to-map/README.md@",
    ];
    assert_eq!(
        planned(&listed, KNOWN),
        "01-refactor-to-map: 01-refactor-to-map: lib.rs ranges.rs"
    );
}

#[test]
fn code_without_a_number_is_for_the_one_lesson_that_is_asked_for() {
    for (listed, root, code) in [
        ("src/lib.rs", "src", "src"),
        (
            "integration/src/lib.rs",
            "integration/src",
            "integration/src",
        ),
        ("lib.rs", ".", "lib.rs"),
    ] {
        let asked_for = planned(&[listed], ONLY_02);
        assert_eq!(asked_for, format!("02-chunked-integration: {root}: lib.rs"));
        let refused = planned(&[listed], KNOWN);
        assert!(
            refused.contains(&format!("which lesson `{code}` is for")),
            "{refused}"
        );
    }
    let named = ["02-chunked-integration/src/lib.rs", "playground/src/lib.rs"];
    assert_eq!(
        planned(&named, ONLY_02),
        "02-chunked-integration: 02-chunked-integration/src: lib.rs"
    );
}

#[test]
fn another_lesson_than_the_one_asked_for_is_passed_over() {
    let both = [
        "01-refactor-to-map/src/lib.rs",
        "02-chunked-integration/src/lib.rs",
    ];
    assert_eq!(
        planned(&both, ONLY_02),
        "02-chunked-integration: 02-chunked-integration/src: lib.rs"
    );
    assert!(
        planned(&both[..1], ONLY_02)
            .starts_with("everything is refused: no folder is called `02-chunked-integration` with `src/lib.rs` in it")
    );
}

#[test]
fn a_folder_that_only_looks_like_a_lesson_is_named() {
    let plan = plan(
        &entries(&["07-\u{7}/src/lib.rs", "01-refactor-to-map/src/lib.rs"]),
        KNOWN,
    )
    .unwrap();
    assert_eq!(plan.unknown, ["07-\\u{7}"]);
    assert_eq!(plan.submissions.len(), 1);
}

#[test]
fn a_refusal_concerns_its_lesson_alone_and_says_why() {
    let cases: [(&[&str], &str); 11] = [
        (&["src@"], "`02-chunked-integration/src` is a link"),
        (
            &["src/lib.rs@"],
            "`02-chunked-integration/src/lib.rs` is a link",
        ),
        (
            &["src/lib.rs", "src/notes.txt@"],
            "`02-chunked-integration/src/notes.txt` is a link",
        ),
        (
            &["src/lib.rs", "src/pipe.rs|"],
            "`02-chunked-integration/src/pipe.rs` is neither a file nor a folder",
        ),
        (
            &["src?"],
            "`02-chunked-integration/src` cannot be read: permission denied",
        ),
        (
            &["src/lib.rs", "src/secret?"],
            "`02-chunked-integration/src/secret` cannot be read: permission denied",
        ),
        (
            &["src/main.rs"],
            "`02-chunked-integration` has no `src/lib.rs`",
        ),
        (
            &["src/lib.rs/"],
            "`02-chunked-integration` has no `src/lib.rs`",
        ),
        (&["src"], "`02-chunked-integration` has no `src/lib.rs`"),
        (
            &["README.md"],
            "`02-chunked-integration` has no `src/lib.rs`",
        ),
        (
            &["src/lib.rs", "src/1/2/3/4/5/6/7/8/9/"],
            "`02-chunked-integration/src/1/2/3/4/5/6/7/8/9` lies too deep",
        ),
    ];
    for (inside, why) in cases {
        let mut listed: Vec<String> = inside
            .iter()
            .map(|inside| format!("02-chunked-integration/{inside}"))
            .collect();
        listed.push("01-refactor-to-map/src/lib.rs".to_owned());
        let listed: Vec<_> = listed.iter().map(String::as_str).collect();
        let planned = planned(&listed, KNOWN);
        let (other, refused) = planned.split_once('\n').unwrap();
        assert_eq!(other, "01-refactor-to-map: 01-refactor-to-map/src: lib.rs");
        assert!(
            refused.starts_with(&format!("02-chunked-integration is refused: {why}")),
            "{inside:?}: {refused}"
        );
    }
    assert!(
        planned(&["02-chunked-integration@"], KNOWN)
            .contains("is refused: `02-chunked-integration` is a link")
    );
}

#[test]
fn two_places_of_one_lesson_are_both_named() {
    let listed = [
        "exercises/01-refactor-to-map/src/lib.rs",
        "01-refactor-to-map/src/lib.rs",
    ];
    assert_eq!(
        planned(&listed, KNOWN),
        "01-refactor-to-map is refused: both `01-refactor-to-map` and `exercises/01-refactor-to-map` are for this lesson: hand in one of them"
    );
}

#[test]
fn a_student_without_anything_to_grade_is_told_what_was_found_instead() {
    assert_eq!(
        planned(&[], KNOWN),
        "everything is refused: the student's folder is empty"
    );
    assert_eq!(
        planned(&[".DS_Store"], KNOWN),
        "everything is refused: the student's folder is empty"
    );
    assert!(
        planned(&["README.md"], KNOWN)
            .ends_with("no folder is called as a lesson of this course with `src/lib.rs` in it")
    );
    assert!(planned(&["exercises@"], KNOWN).contains("`exercises` is a link"));
    assert_eq!(
        planned(&["07-sums/src/lib.rs"], KNOWN),
        "everything is refused: this course has no lesson that is called as `07-sums` is"
    );
}

#[test]
fn as_many_files_as_the_limit_are_taken_and_not_one_more() {
    let listed = |modules: usize| {
        let modules = (0..modules).map(|number| format!("src/{number}.rs"));
        modules.chain(["src/lib.rs".to_owned()]).collect::<Vec<_>>()
    };
    let planned = |listed: &[String]| {
        planned(
            &listed.iter().map(String::as_str).collect::<Vec<_>>(),
            ONLY_02,
        )
    };
    assert!(planned(&listed(limits::FILES - 1)).starts_with("02-chunked-integration: src: 0.rs"));
    assert!(planned(&listed(limits::FILES)).ends_with("it has more than 64 files of code"));
}

#[cfg(unix)]
#[test]
fn a_file_of_code_whose_name_cannot_be_shown_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    for name in [
        &b"\xff.rs"[..],
        b"a\nb.rs",
        b"a\xe2\x80\xaeb.rs",
        b"a\\b.rs",
    ] {
        let mut entries = entries(&["src/lib.rs"]);
        entries.push(Entry {
            path: Path::new("src").join(OsStr::from_bytes(name)),
            kind: Kind::File,
        });
        let plan = plan(&entries, ONLY_02).unwrap();
        let refusal = plan.submissions[0].files.as_ref().unwrap_err();
        assert!(matches!(refusal, Refusal::UnfitName(_)), "{refusal}");
        assert!(
            !refusal.to_string().contains(['\n', '\u{202e}']),
            "{refusal}"
        );
    }
}

#[test]
fn whatever_the_entries_are_only_plain_paths_are_planned() {
    let names = [
        "02-chunked-integration",
        "src",
        "lib.rs",
        "a.rs",
        "exercises",
        "..",
        "\u{7}.rs",
        ".git",
        "b",
        "01-refactor-to-map",
    ];
    let kinds = [
        Kind::Folder,
        Kind::File,
        Kind::File,
        Kind::Link,
        Kind::Special,
        Kind::Unreadable(String::new()),
    ];
    let mut random = fastrand::Rng::with_seed(2);
    let mut taken = 0;
    for _ in 0..20_000 {
        let entries: Vec<_> = (0..random.usize(0..8))
            .map(|_| Entry {
                path: (0..random.usize(0..5))
                    .map(|_| names[random.usize(..names.len())])
                    .collect(),
                kind: kinds[random.usize(..kinds.len())].clone(),
            })
            .collect();
        let lessons = if random.bool() { KNOWN } else { ONLY_02 };
        for planned in plan(&entries, lessons)
            .into_iter()
            .flat_map(|plan| plan.submissions)
        {
            let Ok(files) = planned.files else { continue };
            taken += 1;
            for file in &files.code {
                let path = files.root.join(file);
                let is_file = entries
                    .iter()
                    .any(|entry| entry.path == path && entry.kind == Kind::File);
                assert!(
                    is_file && !shown(file).contains(['\\', ' ']) && !shown(&path).contains(".."),
                    "{path:?} of {entries:?}"
                );
            }
        }
    }
    assert!(taken > 100, "{taken} submissions in all");
}
