//! What a student has reached, kept between two runs.
//!
//! Every state is a statement about code: what passed is remembered by its content, and nothing else is. All of it is a
//! cache under `target/`: losing it costs one `check` a lesson, and an unreadable one counts as empty.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use measure::protocol::LessonState;
use measure::protocol::{Json, OrAbsent, Remembered, from_text};
use serde_json::Value;

use crate::content;
use crate::course::{Course, Lesson};

/// What a check has found to hold for some code. Each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    Correct,
    Concurrent,
    Measured,
}

/// What is remembered of every lesson.
#[derive(Debug)]
pub struct Progress {
    file: PathBuf,
    lessons: BTreeMap<String, Remembered>,
}

impl Progress {
    /// What is remembered in this course; nothing, if the file is missing or unreadable.
    pub fn read(course: &Course) -> Self {
        let file = course.root().join("target/many-hands/progress.json");
        // One lesson that cannot be read does not take the others with it.
        let document = fs::read_to_string(&file)
            .ok()
            .and_then(|text| from_text::<BTreeMap<String, Value>>(&text).ok());
        let remembered = document.into_iter().flatten();
        let lessons = remembered.map(|(name, lesson)| (name, read(&lesson))).collect();
        Self { file, lessons }
    }

    pub fn state(&self, lesson: &Lesson) -> LessonState {
        if lesson.is_untouched().unwrap_or(false) {
            return LessonState::NotStarted;
        }
        match self.lessons.get(lesson.name()) {
            Some(remembered) => state(remembered, fingerprint(lesson)),
            None => LessonState::InWork,
        }
    }

    /// Whether this very code passed these very checks.
    pub fn has_passed(&self, lesson: &Lesson) -> bool {
        self.state(lesson).has_passed()
    }

    /// Whether some code of this lesson has passed, this or other: a student with a solution may see another.
    pub fn has_been_solved(&self, lesson: &Lesson) -> bool {
        self.lessons.get(lesson.name()).is_some_and(|remembered| remembered.passed.0.is_some())
    }

    pub fn hints_shown(&self, lesson: &Lesson) -> usize {
        self.lessons.get(lesson.name()).map_or(0, |lesson| lesson.hints_shown)
    }

    /// Remembers what was found of the exercise when its [`fingerprint`] was this.
    pub fn remember(&mut self, lesson: &Lesson, content: u64, milestone: Milestone) {
        let remembered = self.of(lesson);
        let found = match milestone {
            Milestone::Correct => &mut remembered.correct,
            Milestone::Concurrent => &mut remembered.passed,
            Milestone::Measured => &mut remembered.measured,
        };
        *found = OrAbsent(Some(content));
        self.write();
    }

    /// Forgets what was found of the exercise, but not the hints that were shown.
    pub fn forget(&mut self, lesson: &Lesson) {
        let hints_shown = self.hints_shown(lesson);
        *self.of(lesson) = Remembered { hints_shown, ..Remembered::default() };
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
        let new = self.file.with_extension(format!("{}.new", std::process::id()));
        let folder = self.file.parent().unwrap_or(Path::new(""));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&new, self.lessons.to_json().to_string()))
            .and_then(|()| fs::rename(&new, &self.file));
        if written.is_err() {
            let _ = fs::remove_file(&new);
        }
    }
}

/// What is remembered of a lesson; nothing, if that is unreadable.
fn read(lesson: &Value) -> Remembered {
    Remembered::from_json(lesson).unwrap_or_default()
}

/// What is known of code with this fingerprint.
fn state(remembered: &Remembered, content: Option<u64>) -> LessonState {
    let is_known = |found: OrAbsent<u64>| content.is_some() && found.0 == content;
    if is_known(remembered.passed) {
        if is_known(remembered.measured) { LessonState::Done } else { LessonState::Concurrent }
    } else if is_known(remembered.correct) {
        LessonState::Correct
    } else if remembered.passed.0.is_some() {
        LessonState::Changed
    } else {
        LessonState::InWork
    }
}

/// The fingerprint of the exercise's sources and checks.
pub fn fingerprint(lesson: &Lesson) -> Option<u64> {
    content::fingerprint(&lesson.exercise())
}

#[cfg(test)]
mod tests {
    use super::*;

    const THIS: OrAbsent<u64> = OrAbsent(Some(7));
    const OTHER: OrAbsent<u64> = OrAbsent(Some(8));
    const NO: OrAbsent<u64> = OrAbsent(None);

    fn record([correct, passed, measured]: [OrAbsent<u64>; 3]) -> Remembered {
        Remembered { hints_shown: 0, correct, passed, measured }
    }

    #[test]
    fn a_state_is_what_was_found_of_this_very_content() {
        for (found, expected) in [
            ([NO, NO, NO], LessonState::InWork),
            ([OTHER, NO, NO], LessonState::InWork),
            ([THIS, NO, NO], LessonState::Correct),
            ([NO, THIS, NO], LessonState::Concurrent),
            ([NO, THIS, OTHER], LessonState::Concurrent),
            ([NO, THIS, THIS], LessonState::Done),
            ([NO, OTHER, OTHER], LessonState::Changed),
            ([THIS, OTHER, NO], LessonState::Correct),
        ] {
            let written = record(found).to_json();
            assert_eq!(state(&read(&written), THIS.0), expected, "{written}");
        }
    }

    #[test]
    fn what_cannot_be_read_has_reached_nothing() {
        assert_eq!(state(&record([NO, THIS, NO]), None), LessonState::Changed);
        let corrupt = serde_json::json!({ "passed": "yes", "hints_shown": -1 });
        assert_eq!(read(&corrupt), Remembered::default());
    }
}
