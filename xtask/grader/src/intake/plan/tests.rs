use super::*;

const KNOWN: Lessons = Lessons { known: &["01-map", "02-sum"], only: None };
const ONLY_02: Lessons = Lessons { only: Some("02-sum"), ..KNOWN };

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
    let plan = match plan(&entries(paths), lessons) {
        Err(refusal) => return format!("everything is refused: {refusal}"),
        Ok(plan) => plan,
    };
    let lines = plan.submissions.iter().map(|planned| match &planned.files {
        Ok(files) => {
            let code: Vec<_> = files.code.iter().map(|file| display_path(file)).collect();
            format!("{}: {}: {}", planned.lesson, display_path(&files.root), code.join(" "))
        }
        Err(refusal) => format!("{} is refused: {refusal}", planned.lesson),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Checks the plans of folders: what the row shows, the paths, and the description of the plan.
#[track_caller]
fn check_plans(lessons: Lessons, rows: &[(&str, &str, &str)]) {
    for (shown, paths, expected) in rows {
        let paths: Vec<_> = paths.split_whitespace().collect();
        assert_eq!(describe_plan(&paths, lessons), *expected, "{shown}");
    }
}

#[test]
fn a_lesson_is_found_wherever_a_classroom_tool_leaves_it() {
    for place in
        ["", "exercises/", "many-hands/exercises/", "hands/hands-main/exercises/", "02-sum/"]
    {
        let lesson = format!("{place}02-sum");
        let files = ["src/lib.rs", "tests/check.rs", "Cargo.toml"];
        let paths = files.map(|file| format!("{lesson}/{file}"));
        assert_eq!(describe_plan(&paths, KNOWN), format!("02-sum: {lesson}/src: lib.rs"));
    }
}

#[test]
fn a_submission_is_the_code_in_a_folder_with_the_name_of_a_lesson() {
    check_plans(
        KNOWN,
        &[
            (
                "the solutions in a clone of the course are not submissions",
                "course/exercises/01-map/src/lib.rs course/lessons/01-map/src/lib.rs course/solutions/01-map/src/lib.rs",
                "01-map: course/exercises/01-map/src: lib.rs",
            ),
            (
                "without `src`, the code next to `lib.rs` is read",
                "01-map/lib.rs 01-map/ranges.rs 01-map/tests/check.rs 01-map/README.md@",
                "01-map: 01-map: lib.rs ranges.rs",
            ),
            (
                "two folders for one lesson are both named",
                "exercises/01-map/src/lib.rs 01-map/src/lib.rs",
                "01-map is refused: both `01-map` and `exercises/01-map` are for this lesson: hand in one of them",
            ),
            (
                "the code has no lesson's name",
                "sums/src/lib.rs",
                "everything is refused: it is not clear which lesson `sums/src` is for: put it into a folder with the lesson's name",
            ),
            (
                "the code has no folder",
                "lib.rs",
                "everything is refused: it is not clear which lesson `lib.rs` is for: put it into a folder with the lesson's name",
            ),
        ],
    );
}

#[test]
fn the_only_lesson_to_grade_needs_no_name_and_others_are_ignored() {
    check_plans(
        ONLY_02,
        &[
            ("`src` alone", "src/lib.rs", "02-sum: src: lib.rs"),
            ("`src` in another folder", "sums/src/lib.rs", "02-sum: sums/src: lib.rs"),
            ("a file alone", "lib.rs", "02-sum: .: lib.rs"),
            (
                "the lesson's name is preferred",
                "02-sum/src/lib.rs playground/src/lib.rs",
                "02-sum: 02-sum/src: lib.rs",
            ),
            (
                "another lesson as well",
                "01-map/src/lib.rs 02-sum/src/lib.rs",
                "02-sum: 02-sum/src: lib.rs",
            ),
            (
                "another lesson instead",
                "01-map/src/lib.rs",
                "everything is refused: there is no folder `02-sum` with `src/lib.rs` in it",
            ),
        ],
    );
}

#[test]
fn a_folder_without_a_submission_is_refused_with_what_it_holds() {
    for (paths, why) in [
        ("", "the student's folder is empty"),
        (".DS_Store", "the student's folder is empty"),
        ("README.md", "no folder with `src/lib.rs` has the name of a lesson"),
        (
            "exercises@",
            "`exercises` is a link, and links are not followed: hand in what it points to",
        ),
        ("07-sums/src/lib.rs", "this course has no lesson with the name of `07-sums`"),
    ] {
        check_plans(KNOWN, &[(paths, paths, &format!("everything is refused: {why}"))]);
    }
}

#[test]
fn exactly_the_code_below_src_is_read_and_an_unknown_lesson_is_reported() {
    let plan = plan(
        &entries(&[
            "07-\u{7}/src/lib.rs",
            "01-map/build.rs",
            "01-map/Cargo.toml@",
            "01-map/src/lib.rs",
            "01-map/src/ranges/mod.rs",
            "01-map/src/ranges.rs",
            "01-map/src/notes\u{202e}.txt",
            "01-map/src/._lib.rs",
            "01-map/src/.#lib.rs@",
        ]),
        KNOWN,
    );
    let Plan { mut submissions, unknown } = plan.unwrap();
    assert_eq!((submissions.len(), unknown), (1, vec!["07-\\u{7}".to_owned()]));
    let files = submissions.remove(0).files.unwrap();
    assert_eq!(files.code, ["lib.rs", "ranges/mod.rs", "ranges.rs"].map(PathBuf::from));
    assert_eq!(files.ignored, ["notes\\u{202e}.txt"]);
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
        let paths = inside.split(' ').map(|path| format!("02-sum/{path}"));
        let paths = paths.chain(["01-map/src/lib.rs".to_owned()]);
        let planned = describe_plan(&paths.collect::<Vec<_>>(), KNOWN);
        let expected = format!("01-map: 01-map/src: lib.rs\n02-sum is refused: `02-sum{why}");
        assert!(planned.starts_with(&expected), "{inside}: {planned}");
    }
    let planned = describe_plan(&["02-sum@"], KNOWN);
    assert!(planned.starts_with("02-sum is refused: `02-sum` is a link"), "{planned}");
}

#[test]
fn the_number_of_files_is_limited() {
    let with_modules = |modules: usize| {
        let modules = (0..modules).map(|number| format!("src/{number}.rs"));
        let paths = modules.chain(["src/lib.rs".to_owned()]);
        describe_plan(&paths.collect::<Vec<_>>(), ONLY_02)
    };
    assert!(with_modules(limits::FILES - 1).starts_with("02-sum: src: 0.rs"));
    assert!(with_modules(limits::FILES).ends_with("it has more than 64 files of code"));
}

#[cfg(unix)]
#[test]
fn a_source_file_with_invisible_characters_in_its_name_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    for name in [&b"\xff.rs"[..], b"a\nb.rs", b"a\xe2\x80\xaeb.rs", b"a\\b.rs"] {
        let mut entries = entries(&["src/lib.rs"]);
        let path = Path::new("src").join(OsStr::from_bytes(name));
        entries.push(Entry { path, kind: EntryKind::File });
        let plan = plan(&entries, ONLY_02).unwrap();
        let refusal = plan.submissions[0].files.as_ref().unwrap_err();
        assert!(matches!(refusal, Refusal::UnfitName(_)), "{refusal}");
        assert!(!refusal.to_string().contains(['\n', '\u{202e}']), "{refusal}");
    }
}

#[test]
fn only_plain_paths_are_planned_for_random_entries() {
    let names =
        ["02-sum", "src", "lib.rs", "a.rs", "exercises", "..", "\u{7}.rs", ".git", "b", "01-map"];
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
                assert!(
                    entries.contains(&Entry { path: path.clone(), kind: EntryKind::File })
                        && !display_path(file).contains(['\\', ' '])
                        && !display_path(&path).contains(".."),
                    "{path:?} of {entries:?}"
                );
            }
        }
    }
    assert!(taken > 100, "{taken} submissions in all");
}
