use super::*;

const KNOWN: Lessons =
    Lessons { known: &["01-refactor-to-map", "02-chunked-integration"], only: None };
const ONLY_02: Lessons = Lessons { only: Some("02-chunked-integration"), ..KNOWN };

/// Entries by their paths: `a/` is a folder, `a` a file, `a@` a link, `a|` a pipe and `a?` a folder that cannot be read. The
/// folders above them are added.
fn entries(paths: &[impl AsRef<str>]) -> Vec<Entry> {
    let mut entries = BTreeMap::new();
    for path in paths {
        let path = path.as_ref();
        let (path, kind) = match path.split_at(path.len() - 1) {
            (path, "/") => (path, EntryKind::Folder),
            (path, "@") => (path, EntryKind::Link),
            (path, "|") => (path, EntryKind::Special),
            (path, "?") => (path, EntryKind::Unreadable("permission denied".into())),
            _ => (path, EntryKind::File),
        };
        for around in Path::new(path).ancestors().skip(1) {
            let around = entries.entry(around.to_path_buf());
            around.or_insert(EntryKind::Folder);
        }
        entries.insert(path.into(), kind);
    }
    entries.remove(Path::new(""));
    let entry = |(path, kind)| Entry { path, kind };
    // The system lists them in any order.
    entries.into_iter().rev().map(entry).collect()
}

/// A line for each submission: `LESSON: ROOT: FILE FILE`, or its refusal.
fn describe_plan(paths: &[impl AsRef<str>], lessons: Lessons) -> String {
    match plan(&entries(paths), lessons) {
        Err(refusal) => format!("everything is refused: {refusal}"),
        Ok(plan) => {
            let lines = plan.submissions.iter().map(|planned| match &planned.files {
                Ok(files) => {
                    let code: Vec<_> = files.code.iter().map(|file| display_path(file)).collect();
                    format!("{}: {}: {}", planned.lesson, display_path(&files.root), code.join(" "))
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
        let files = ["src/lib.rs", "tests/check.rs", "Cargo.toml"];
        let paths = files.map(|file| format!("{lesson}/{file}"));
        let expected = format!("02-chunked-integration: {lesson}/src: lib.rs");
        assert_eq!(describe_plan(&paths, KNOWN), expected);
    }
}

#[test]
fn the_solutions_in_a_clone_of_the_course_are_not_submissions() {
    let clone = ["exercises", "lessons", "solutions"]
        .map(|part| format!("course/{part}/01-refactor-to-map/src/lib.rs"));

    assert_eq!(
        describe_plan(&clone, KNOWN),
        "01-refactor-to-map: course/exercises/01-refactor-to-map/src: lib.rs"
    );
}

#[test]
fn exactly_the_code_below_src_is_read() {
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
    assert_eq!(files.code, ["lib.rs", "ranges/mod.rs", "ranges.rs"].map(PathBuf::from));
    assert_eq!(files.ignored, ["notes\\u{202e}.txt"]);
}

#[test]
fn without_src_the_code_next_to_lib_rs_is_read() {
    let listed = [
        "01-refactor-to-map/lib.rs",
        "01-refactor-to-map/ranges.rs",
        "01-refactor-to-map/tests/check.rs",
        "01-refactor-to-map/README.md@",
    ];
    assert_eq!(
        describe_plan(&listed, KNOWN),
        "01-refactor-to-map: 01-refactor-to-map: lib.rs ranges.rs"
    );
}

#[test]
fn code_without_a_lessons_name_is_for_the_only_lesson_to_grade() {
    for (path, root, code) in [
        ("src/lib.rs", "src", "src"),
        ("sums/src/lib.rs", "sums/src", "sums/src"),
        ("lib.rs", ".", "lib.rs"),
    ] {
        let expected = format!("02-chunked-integration: {root}: lib.rs");
        assert_eq!(describe_plan(&[path], ONLY_02), expected);
        let refused = describe_plan(&[path], KNOWN);
        assert!(refused.contains(&format!("which lesson `{code}` is for")), "{refused}");
    }
    let named = ["02-chunked-integration/src/lib.rs", "playground/src/lib.rs"];
    assert_eq!(
        describe_plan(&named, ONLY_02),
        "02-chunked-integration: 02-chunked-integration/src: lib.rs"
    );
}

#[test]
fn other_lessons_than_the_only_one_to_grade_are_ignored() {
    let both = ["01-refactor-to-map/src/lib.rs", "02-chunked-integration/src/lib.rs"];
    assert_eq!(
        describe_plan(&both, ONLY_02),
        "02-chunked-integration: 02-chunked-integration/src: lib.rs"
    );
    assert_eq!(
        describe_plan(&both[..1], ONLY_02),
        "everything is refused: there is no folder `02-chunked-integration` with `src/lib.rs` in it"
    );
}

#[test]
fn a_folder_named_like_an_unknown_lesson_is_reported() {
    let plan =
        plan(&entries(&["07-\u{7}/src/lib.rs", "01-refactor-to-map/src/lib.rs"]), KNOWN).unwrap();
    assert_eq!(plan.unknown, ["07-\\u{7}"]);
    assert_eq!(plan.submissions.len(), 1);
}

#[test]
fn a_refusal_says_why_and_affects_no_other_lesson() {
    // What is in the folder of lesson 02, besides `src/lib.rs` where that comes first, and the refusal of that folder.
    for (inside, why) in [
        ("src@", "/src` is a link"),
        ("src/lib.rs@", "/src/lib.rs` is a link"),
        ("src/lib.rs src/notes.txt@", "/src/notes.txt` is a link"),
        ("src/lib.rs src/pipe.rs|", "/src/pipe.rs` is neither a file"),
        ("src?", "/src` cannot be read: permission denied"),
        ("src/lib.rs src/secret?", "/src/secret` cannot be read: per"),
        ("src/main.rs", "` has no `src/lib.rs`"),
        ("src/lib.rs/", "` has no `src/lib.rs`"),
        ("src", "` has no `src/lib.rs`"),
        ("README.md", "` has no `src/lib.rs`"),
        ("src/lib.rs src/1/2/3/4/5/6/7/8/9/", "/src/1/2/3/4/5/6/7/8/9` is too deep"),
    ] {
        let paths = inside.split(' ').map(|path| format!("02-chunked-integration/{path}"));
        let paths = paths.chain(["01-refactor-to-map/src/lib.rs".to_owned()]);
        let planned = describe_plan(&paths.collect::<Vec<_>>(), KNOWN);
        let (other, refused) = planned.split_once('\n').unwrap();
        assert_eq!(other, "01-refactor-to-map: 01-refactor-to-map/src: lib.rs");
        let expected = format!("02-chunked-integration is refused: `02-chunked-integration{why}");
        assert!(refused.starts_with(&expected), "{inside}: {refused}");
    }
    assert!(
        describe_plan(&["02-chunked-integration@"], KNOWN)
            .contains("is refused: `02-chunked-integration` is a link")
    );
}

#[test]
fn two_folders_for_one_lesson_are_both_named() {
    let listed = ["exercises/01-refactor-to-map/src/lib.rs", "01-refactor-to-map/src/lib.rs"];
    assert_eq!(
        describe_plan(&listed, KNOWN),
        "01-refactor-to-map is refused: both `01-refactor-to-map` and `exercises/01-refactor-to-map` are for this lesson: hand in one of them"
    );
}

#[test]
fn a_folder_without_a_submission_is_refused_with_what_it_holds() {
    assert!(describe_plan(&[""; 0], KNOWN).ends_with("the student's folder is empty"));
    for (path, why) in [
        (".DS_Store", "the student's folder is empty"),
        ("README.md", "no folder with `src/lib.rs` has the name of a lesson"),
        (
            "exercises@",
            "`exercises` is a link, and links are not followed: hand in what it points to",
        ),
        ("07-sums/src/lib.rs", "this course has no lesson with the name of `07-sums`"),
    ] {
        let expected = format!("everything is refused: {why}");
        assert_eq!(describe_plan(&[path], KNOWN), expected);
    }
}

#[test]
fn the_number_of_files_is_limited() {
    let with_modules = |modules: usize| {
        let modules = (0..modules).map(|number| format!("src/{number}.rs"));
        let paths = modules.chain(["src/lib.rs".to_owned()]);
        describe_plan(&paths.collect::<Vec<_>>(), ONLY_02)
    };
    assert!(with_modules(limits::FILES - 1).starts_with("02-chunked-integration: src: 0.rs"));
    assert!(with_modules(limits::FILES).ends_with("it has more than 64 files of code"));
}

#[cfg(unix)]
#[test]
fn a_source_file_with_invisible_characters_in_its_name_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    for name in [&b"\xff.rs"[..], b"a\nb.rs", b"a\xe2\x80\xaeb.rs", b"a\\b.rs"] {
        let mut entries = entries(&["src/lib.rs"]);
        entries.push(Entry {
            path: Path::new("src").join(OsStr::from_bytes(name)),
            kind: EntryKind::File,
        });
        let plan = plan(&entries, ONLY_02).unwrap();
        let refusal = plan.submissions[0].files.as_ref().unwrap_err();
        assert!(matches!(refusal, Refusal::UnfitName(_)), "{refusal}");
        let refusal = refusal.to_string();
        assert!(!refusal.contains(['\n', '\u{202e}']), "{refusal}");
    }
}

#[test]
fn only_plain_paths_are_planned_for_random_entries() {
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
        EntryKind::Folder,
        EntryKind::File,
        EntryKind::File,
        EntryKind::Link,
        EntryKind::Special,
        EntryKind::Unreadable(String::new()),
    ];
    let mut random = fastrand::Rng::with_seed(2);
    let mut taken = 0;
    for _ in 0..20_000 {
        let entries: Vec<_> = (0..random.usize(0..8))
            .map(|_| Entry {
                path: (0..random.usize(0..5)).map(|_| names[random.usize(..names.len())]).collect(),
                kind: kinds[random.usize(..kinds.len())].clone(),
            })
            .collect();
        let lessons = if random.bool() { KNOWN } else { ONLY_02 };
        for planned in plan(&entries, lessons).into_iter().flat_map(|plan| plan.submissions) {
            let Ok(files) = planned.files else { continue };
            taken += 1;
            for file in &files.code {
                let path = files.root.join(file);
                let is_file =
                    entries.iter().any(|entry| entry.path == path && entry.kind == EntryKind::File);
                assert!(
                    is_file
                        && !display_path(file).contains(['\\', ' '])
                        && !display_path(&path).contains(".."),
                    "{path:?} of {entries:?}"
                );
            }
        }
    }
    assert!(taken > 100, "{taken} submissions in all");
}
