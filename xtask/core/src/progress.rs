//! What a student has reached, kept between two runs.
//!
//! Every state is a statement about code: what passed is remembered by its content, and nothing else is. All of it is a
//! cache under `target/`: losing it costs one `check` a lesson, and an unreadable one counts as empty.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::content;
use crate::course::{Course, Lesson};

/// How far a lesson is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    NotStarted,
    /// This code is neither the skeleton nor anything that is known.
    InWork,
    /// This code's values are right; its work does not overlap as it must, or that is not known yet.
    Correct,
    /// This code passed; how fast it is has not been measured.
    Concurrent,
    /// This code passed and was measured, whatever came of that.
    Done,
    /// Other code passed, or this code did on other checks.
    Changed,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::InWork => "in work",
            Self::Correct => "correct",
            Self::Concurrent => "concurrent",
            Self::Done => "done",
            Self::Changed => "changed since",
        }
    }

    /// Whether the lesson may be left: the speed tier cannot fail it.
    pub fn has_passed(self) -> bool {
        matches!(self, Self::Concurrent | Self::Done)
    }
}

/// What a check has found to hold for some code. Each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    Correct,
    Concurrent,
    Measured,
}

impl Milestone {
    const ALL: [Self; 3] = [Self::Correct, Self::Concurrent, Self::Measured];

    /// The word for it in the file.
    fn word(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Concurrent => "passed",
            Self::Measured => "measured",
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
    /// The fingerprint of the code and checks of which this was found last.
    found: BTreeMap<Milestone, u64>,
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
            return State::NotStarted;
        }
        match self.lessons.get(lesson.name()) {
            Some(remembered) => remembered.state(fingerprint(lesson)),
            None => State::InWork,
        }
    }

    /// Whether this very code passed these very checks.
    pub fn has_passed(&self, lesson: &Lesson) -> bool {
        self.state(lesson).has_passed()
    }

    /// Whether some code of this lesson has passed, this or other: a student with a solution may see another.
    pub fn has_been_solved(&self, lesson: &Lesson) -> bool {
        self.lessons
            .get(lesson.name())
            .is_some_and(|remembered| remembered.found.contains_key(&Milestone::Concurrent))
    }

    pub fn hints_shown(&self, lesson: &Lesson) -> usize {
        self.lessons
            .get(lesson.name())
            .map_or(0, |lesson| lesson.hints_shown)
    }

    /// Remembers what was found of the exercise when its [`fingerprint`] was this.
    pub fn remember(&mut self, lesson: &Lesson, content: u64, milestone: Milestone) {
        self.of(lesson).found.insert(milestone, content);
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
    /// What is known of code with this fingerprint.
    fn state(&self, content: Option<u64>) -> State {
        let is_known =
            |milestone| content.is_some() && self.found.get(&milestone).copied() == content;
        if is_known(Milestone::Concurrent) {
            if is_known(Milestone::Measured) {
                State::Done
            } else {
                State::Concurrent
            }
        } else if is_known(Milestone::Correct) {
            State::Correct
        } else if self.found.contains_key(&Milestone::Concurrent) {
            State::Changed
        } else {
            State::InWork
        }
    }

    fn from_json(lesson: &Value) -> Self {
        let found = Milestone::ALL
            .into_iter()
            .filter_map(|milestone| Some((milestone, lesson[milestone.word()].as_u64()?)));
        Self {
            found: found.collect(),
            hints_shown: lesson["hints_shown"]
                .as_u64()
                .and_then(|shown| usize::try_from(shown).ok())
                .unwrap_or(0),
        }
    }

    fn to_json(&self) -> Value {
        let mut lesson = json!({ "hints_shown": self.hints_shown });
        for (milestone, content) in &self.found {
            lesson[milestone.word()] = json!(content);
        }
        lesson
    }
}

/// The fingerprint of the exercise's sources and checks.
pub fn fingerprint(lesson: &Lesson) -> Option<u64> {
    content::fingerprint(&lesson.exercise())
}

#[cfg(test)]
mod tests {
    use super::*;

    const THIS: u64 = 7;
    const OTHER: u64 = 8;

    fn state(found: &[(Milestone, u64)]) -> State {
        let remembered = Remembered {
            found: found.iter().copied().collect(),
            hints_shown: 0,
        };
        Remembered::from_json(&remembered.to_json()).state(Some(THIS))
    }

    #[test]
    fn a_state_is_what_was_found_of_this_very_content() {
        use Milestone::{Concurrent, Correct, Measured};
        for (found, expected) in [
            (&[][..], State::InWork),
            (&[(Correct, OTHER)], State::InWork),
            (&[(Correct, THIS)], State::Correct),
            (&[(Concurrent, THIS)], State::Concurrent),
            (&[(Concurrent, THIS), (Measured, OTHER)], State::Concurrent),
            (&[(Concurrent, THIS), (Measured, THIS)], State::Done),
            (&[(Concurrent, OTHER), (Measured, OTHER)], State::Changed),
            (&[(Correct, THIS), (Concurrent, OTHER)], State::Correct),
        ] {
            assert_eq!(state(found), expected, "{found:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_has_reached_nothing() {
        let passed = Remembered {
            found: BTreeMap::from([(Milestone::Concurrent, THIS)]),
            hints_shown: 0,
        };
        assert_eq!(passed.state(None), State::Changed);
        let corrupt = Remembered::from_json(&json!({ "passed": "yes", "hints_shown": -1 }));
        assert_eq!(
            (corrupt.state(Some(THIS)), corrupt.hints_shown),
            (State::InWork, 0)
        );
    }
}
