//! A class in a temporary folder, and what the grader says of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use grader::corpus::Corpus;
use grader::record::Record;
use grader::table::json;
use measure::protocol::Json;
use measure::protocol::request::{ForGrader, Grade};
use tempfile::TempDir;

pub const LESSON: &str = "02-chunked-integration";

/// Students' folders, and beside them the folder of the results.
pub struct Class(TempDir);

/// What came of a run.
pub struct Graded {
    pub status: Option<i32>,
    /// On standard error.
    pub said: String,
    pub records: Vec<Record>,
}

/// Waits until no other test runs that keeps every core busy for minutes, and lets none begin while the guard is held.
pub fn wait_for_heavy_tests() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Class {
    pub fn new() -> Self {
        let class = Self(tempfile::tempdir().unwrap());
        fs::create_dir(class.folder()).unwrap();
        class
    }

    pub fn folder(&self) -> PathBuf {
        self.0.path().join("class")
    }

    pub fn out(&self) -> PathBuf {
        self.0.path().join("class-graded")
    }

    /// Lays a submission out as a class's tools do: a folder a student, in it a folder a lesson.
    pub fn hand_in(
        &self,
        student: &str,
        lesson: &str,
        files: &[(impl AsRef<Path>, impl AsRef<[u8]>)],
    ) {
        let source = self.folder().join(student).join(lesson).join("src");
        fs::create_dir_all(&source).unwrap();
        for (name, content) in files {
            let file = source.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }
    }

    /// One file for [`LESSON`].
    pub fn hand_in_one(&self, student: &str, code: &str) {
        self.hand_in(student, LESSON, &[("lib.rs", code)]);
    }

    /// The command that grades the class, with these options.
    pub fn grade(&self, options: Grade) -> Command {
        let class = self.folder().to_str().unwrap().to_owned();
        let mut grade = grader(&ForGrader::Grade(Grade { class, ..options }));
        grade.current_dir(course());
        grade
    }

    /// Grades the class with these options.
    pub fn run(&self, options: Grade) -> Graded {
        let ran = self.grade(options).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        Graded { status: ran.status.code(), records: records(&self.out(), &said), said }
    }
}

/// The program, started as the runner starts it.
pub fn grader(request: &ForGrader) -> Command {
    let mut grader = Command::new(env!("CARGO_BIN_EXE_grader"));
    grader.arg(request.to_json().to_string());
    grader
}

/// The records in a folder of results.
pub fn records(out: &Path, said: &str) -> Vec<Record> {
    let document = fs::read_to_string(out.join("results.json"));
    json::parse(&document.unwrap_or_else(|_| panic!("{said}"))).unwrap().records
}

impl Graded {
    /// A student's only record.
    pub fn of(&self, student: &str) -> &Record {
        let mut of = self.records.iter().filter(|record| record.student == student);
        let record = of.next().unwrap_or_else(|| panic!("no record of {student}: {}", self.said));
        assert!(of.next().is_none(), "two records of {student}");
        record
    }
}

pub fn course() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// A lesson's model solution.
pub fn model(lesson: &str) -> String {
    fs::read_to_string(course().join("solutions").join(lesson).join("src/lib.rs")).unwrap()
}

/// A known submission of [`LESSON`]: `mistakes/serial-map`.
pub fn known_source(name: &str) -> String {
    let corpus = Corpus::read(&course().join("solutions").join(LESSON)).unwrap();
    let mut known = corpus.submissions.into_iter();
    known
        .find(|known| known.name.split('.').next() == Some(name))
        .unwrap_or_else(|| panic!("no submission {name}"))
        .source
}
