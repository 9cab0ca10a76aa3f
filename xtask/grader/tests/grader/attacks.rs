//! Every attack in `attacks/` is handed in as a submission, in one class with honest ones, and graded for real: it gets the
//! verdict that its first lines state, and no other's changes.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use grader::corpus::source_of;
use grader::record::{Outcome, Record};
use grader::sanitize;
use measure::protocol::request::Grade;
use xtask_core::skeleton;

use crate::class::{Class, model, wait_for_heavy_tests};

/// What a folder has instead of a `lib.rs`.
const FOLDER_ROOT: &str = "lib.diff";

/// One attack: a file, or a folder with more of them.
struct Attack {
    /// `exit-in-the-function`.
    name: String,
    lesson: String,
    /// By their paths below `src`.
    files: Vec<(String, Vec<u8>)>,
    outcomes: Vec<String>,
    words: Option<String>,
}

impl Attack {
    fn student(&self) -> String {
        format!("{}-{}", &self.lesson[..2], self.name)
    }

    /// As the grader calls the student: a long name is cut.
    fn record_name(&self) -> String {
        sanitize::name(OsStr::new(&self.student()))
    }

    /// What is wrong with a record, if anything is.
    fn fault(&self, record: Option<&Record>) -> Option<String> {
        let Some(record) = record else {
            return Some(format!("{}: not graded at all", self.student()));
        };
        let outcome = record.outcome.id();
        let named = self.words.as_ref().is_none_or(|words| record.reason.contains(&**words));
        (!self.outcomes.contains(&outcome) || !named).then(|| {
            format!(
                "{}: {outcome} ({}) instead of {} {:?}",
                self.student(),
                record.reason,
                self.outcomes.join(" or "),
                self.words.as_deref().unwrap_or_default()
            )
        })
    }
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// All files in a folder and those below it, by their paths from there.
fn files_in(folder: &Path, before: &str) -> Vec<(String, Vec<u8>)> {
    let found = inside(folder).into_iter().flat_map(|path| {
        let name = format!("{before}{}", file_name(&path));
        if path.is_dir() {
            files_in(&path, &format!("{name}/"))
        } else {
            vec![(name, fs::read(path).unwrap())]
        }
    });
    found.collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

fn attacks() -> Vec<Attack> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks");
    let lessons = inside(&folder).into_iter().filter(|path| path.is_dir());
    let attacks = lessons.flat_map(|lesson| {
        let name = file_name(&lesson);
        inside(&lesson).into_iter().map(move |path| attack(&name, &path))
    });
    attacks.collect()
}

fn attack(lesson: &str, path: &Path) -> Attack {
    let (mut files, root) = if path.is_dir() {
        (files_in(path, ""), path.join(FOLDER_ROOT))
    } else {
        (Vec::new(), path.to_owned())
    };
    files.retain(|(name, _)| name != FOLDER_ROOT);
    let code = fs::read_to_string(&root).unwrap();
    let source = source_of(&file_name(&root), &code, &skeleton::without_markers(&model(lesson)));
    let source = source.unwrap_or_else(|fault| panic!("{}: {fault:#}", path.display()));
    files.push(("lib.rs".to_owned(), source.into_bytes()));
    let stated = |what: &str| {
        let mut lines = code.lines().take_while(|line| line.starts_with("//"));
        lines.find_map(|line| line.strip_prefix(&format!("// {what}: ")).map(str::to_owned))
    };
    let name = file_name(&path.with_extension(""));
    assert!(stated("attack").is_some(), "{name} does not say what it tries");
    let outcomes = stated("outcome").unwrap_or_else(|| panic!("{name} states no outcome"));
    Attack {
        name,
        lesson: lesson.to_owned(),
        files,
        outcomes: outcomes.split(" | ").map(|word| word.trim().to_owned()).collect(),
        words: stated("words"),
    }
}

#[test]
fn every_attack_can_be_read_and_has_a_name_of_its_own() {
    let attacks = attacks();
    let names: BTreeSet<_> = attacks.iter().map(Attack::student).collect();
    assert_eq!(names.len(), attacks.len());
}

/// Takes some minutes.
#[test]
fn every_attack_gets_the_verdict_that_names_it_and_harms_no_other() {
    let _turn = wait_for_heavy_tests();
    let attacks = attacks();
    let class = Class::new();
    for (number, attack) in attacks.iter().enumerate() {
        class.hand_in(&attack.student(), &attack.lesson, &attack.files);
        // Now and then an honest one.
        if number % 20 == 0 {
            // In alphabetical order it comes among the attacks.
            let student = format!("{:.9}-honest-{number}", attack.student());
            class.hand_in(&student, &attack.lesson, &[("lib.rs", model(&attack.lesson))]);
        }
    }

    // Many attacks wait for a time limit, so many more of them than there are cores are graded at once.
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let graded = class.run(Grade { jobs: NonZeroUsize::new(8 * cores), ..Grade::default() });
    let of = |student: &str| graded.records.iter().find(|record| record.student == student);
    let mut faults: Vec<String> =
        attacks.iter().filter_map(|attack| attack.fault(of(&attack.record_name()))).collect();
    let mut honest = 0;
    for record in graded.records.iter().filter(|record| record.student.contains("-honest-")) {
        honest += 1;
        if record.outcome != Outcome::Passed {
            faults.push(format!("{}: {:?}: {}", record.student, record.outcome, record.reason));
        }
    }
    assert!(honest >= 5, "{honest} honest submissions are too few");
    assert!(attacks.len() >= 40, "{} attacks", attacks.len());
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}\n\n{}",
        faults.len(),
        attacks.len(),
        faults.join("\n"),
        graded.said
    );
}
