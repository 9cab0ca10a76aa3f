//! What a student has reached, kept between two runs.
//!
//! "Done" is a statement about code: what passed is remembered by its content, and any other content is not done. All of
//! it is a cache under `target/`: losing it costs one `check` a lesson, and an unreadable one counts as empty.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::course::{Course, Lesson};

/// How far a lesson is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    NotStarted,
    /// The code is neither the skeleton nor what passed.
    InWork,
    /// This very code passed these very checks.
    Done,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::InWork => "in work",
            Self::Done => "done",
        }
    }
}

/// What is remembered of every lesson.
#[derive(Debug)]
pub struct Progress {
    file: PathBuf,
    lessons: BTreeMap<String, Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    /// The fingerprint of the code and checks that passed last.
    passed: Option<u64>,
    hints_shown: usize,
}

impl Progress {
    /// What is remembered in this course; nothing, if the file is missing or unreadable.
    pub fn read(course: &Course) -> Self {
        let file = course.root().join("target/many-hands/progress.json");
        let document = fs::read(&file)
            .ok()
            .and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        let remembered = document
            .as_ref()
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let lessons = remembered
            .map(|(name, lesson)| (name.clone(), Remembered::from_json(lesson)))
            .collect();
        Self { file, lessons }
    }

    pub fn state(&self, lesson: &Lesson) -> State {
        if lesson.is_untouched().unwrap_or(false) {
            State::NotStarted
        } else if self.is_done(lesson) {
            State::Done
        } else {
            State::InWork
        }
    }

    pub fn is_done(&self, lesson: &Lesson) -> bool {
        let passed = self
            .lessons
            .get(lesson.name())
            .and_then(|lesson| lesson.passed);
        passed.is_some() && passed == fingerprint(lesson)
    }

    pub fn hints_shown(&self, lesson: &Lesson) -> usize {
        self.lessons
            .get(lesson.name())
            .map_or(0, |lesson| lesson.hints_shown)
    }

    /// Remembers that the exercise passed its checks when its [`fingerprint`] was this.
    pub fn remember_passed(&mut self, lesson: &Lesson, content: Option<u64>) {
        self.of(lesson).passed = content;
        self.write();
    }

    pub fn remember_hints_shown(&mut self, lesson: &Lesson, shown: usize) {
        self.of(lesson).hints_shown = shown;
        self.write();
    }

    fn of(&mut self, lesson: &Lesson) -> &mut Remembered {
        self.lessons.entry(lesson.name().to_owned()).or_default()
    }

    /// Replaces the file in one step, so that no reader ever sees half of it.
    ///
    /// It is a cache: where it cannot be written, on a full disk say, nothing but memory is lost.
    fn write(&self) {
        let document: serde_json::Map<_, _> = self
            .lessons
            .iter()
            .map(|(name, lesson)| (name.clone(), lesson.to_json()))
            .collect();
        let new = self
            .file
            .with_extension(format!("{}.new", std::process::id()));
        let folder = self.file.parent().unwrap_or(Path::new(""));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&new, Value::from(document).to_string()))
            .and_then(|()| fs::rename(&new, &self.file));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
    }
}

impl Remembered {
    fn from_json(lesson: &Value) -> Self {
        Self {
            passed: lesson["passed"].as_u64(),
            hints_shown: lesson["hints_shown"]
                .as_u64()
                .and_then(|shown| usize::try_from(shown).ok())
                .unwrap_or(0),
        }
    }

    fn to_json(&self) -> Value {
        json!({ "passed": self.passed, "hints_shown": self.hints_shown })
    }
}

/// A number that stands for the content of the exercise's sources and checks; `None` if they cannot be read.
pub fn fingerprint(lesson: &Lesson) -> Option<u64> {
    let mut files = Vec::new();
    let mut folders = vec![
        lesson.exercise().join("src"),
        lesson.exercise().join("tests"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            if path.is_dir() {
                &mut folders
            } else {
                &mut files
            }
            .push(path);
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(lesson.exercise()).ok()?.hash(&mut hasher);
        fs::read(&file).ok()?.hash(&mut hasher);
    }
    Some(hasher.finish())
}
