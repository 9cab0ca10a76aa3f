//! The submissions that a lesson's author has thought of: mistakes with the words that must name them, and unusual code
//! that is right all the same.

use std::fs;

use anyhow::{Context, Result, ensure};

use xtask_core::course::Lesson;

/// A submission whose verdict is known beforehand.
#[derive(Clone, Debug)]
pub struct Known {
    /// `wrong/last-chunk-dropped.rs`.
    pub name: String,
    pub code: String,
    pub expected: Expected,
}

/// What a known submission's first lines ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `// rejected: WORDS`, once or more: the student is to see all of them. ` | ` parts words of which one will do, for
    /// a mistake that the scheduler may bring to light in one check or in another.
    ///
    /// `// only check sees: WHY` follows if no unseen case can show the mistake, but only a check, from inside.
    Rejected {
        words: Vec<String>,
        only_check: Option<String>,
    },
    /// `// accepted: WHY`.
    Accepted,
}

/// The known submissions of a lesson: `wrong/*.rs` and `right/*.rs` beside its model, by name.
///
/// # Errors
///
/// A file cannot be read, or does not begin with what is expected of it.
pub fn of(lesson: &Lesson) -> Result<Vec<Known>> {
    let mut known = Vec::new();
    for (folder, rejected) in [("wrong", true), ("right", false)] {
        let path = lesson.solution().join(folder);
        let entries = fs::read_dir(&path)
            .with_context(|| format!("`{}` cannot be read", lesson.shown(&path)))?;
        for entry in entries {
            let path = entry?.path();
            let name = format!(
                "{folder}/{}",
                path.file_name().unwrap_or_default().to_string_lossy()
            );
            let code =
                fs::read_to_string(&path).with_context(|| format!("`{name}` cannot be read"))?;
            let expected = Expected::stated(&code).with_context(|| {
                format!("`{name}` does not begin with `// rejected: WORDS` or `// accepted: WHY`")
            })?;
            let in_place = matches!(expected, Expected::Rejected { .. }) == rejected;
            ensure!(in_place, "`{name}` says the opposite of its folder");
            known.push(Known {
                name,
                code,
                expected,
            });
        }
    }
    known.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(known)
}

impl Expected {
    fn stated(code: &str) -> Option<Self> {
        let words: Vec<_> = code
            .lines()
            .map_while(|line| line.strip_prefix("// rejected: "))
            .map(str::to_owned)
            .collect();
        if code.starts_with("// accepted: ") {
            return Some(Self::Accepted);
        }
        let only_check = code
            .lines()
            .nth(words.len())
            .and_then(|line| line.strip_prefix("// only check sees: "))
            .map(str::to_owned);
        (!words.is_empty()).then_some(Self::Rejected { words, only_check })
    }

    /// How a verdict differs from what was expected; `None` if it does not. `said` is all that a student reads about the first
    /// thing that is wrong; `None` if nothing is.
    pub fn differs(&self, said: Option<&str>) -> Option<String> {
        match (self, said) {
            (Self::Accepted, None) => None,
            (Self::Accepted, Some(said)) => Some(format!("is right, but was rejected: {said}")),
            (Self::Rejected { .. }, None) => Some("is wrong, but passed".to_owned()),
            (Self::Rejected { words, .. }, Some(said)) => {
                let unsaid: Vec<_> = words
                    .iter()
                    .filter(|words| !words.split(" | ").any(|words| said.contains(words)))
                    .collect();
                (!unsaid.is_empty()).then(|| {
                    format!("was rejected without the words {unsaid:?}; what was said: {said}")
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(words: &str) -> Expected {
        Expected::stated(&format!("// rejected: {words}\nfn a() {{}}")).unwrap()
    }

    #[test]
    fn the_first_lines_state_what_is_expected() {
        let two = "// rejected: sample 9\n// rejected: never\n\npub fn a() {}";
        let words = vec!["sample 9".to_owned(), "never".to_owned()];
        let rejected = |only_check| {
            let words = words.clone();
            Some(Expected::Rejected { words, only_check })
        };
        assert_eq!(Expected::stated(two), rejected(None));
        let why = "// rejected: sample 9\n// rejected: never\n// only check sees: who called\n";
        assert_eq!(
            Expected::stated(why),
            rejected(Some("who called".to_owned()))
        );
        assert_eq!(
            Expected::stated("// accepted: own threads"),
            Some(Expected::Accepted)
        );
        assert_eq!(
            Expected::stated("pub fn a() {}\n// rejected: too late"),
            None
        );
    }

    #[test]
    fn a_rejection_counts_only_with_the_words_that_name_the_mistake() {
        let verdict = Some("error[E0596]: cannot borrow `all` as mutable");
        assert_eq!(rejection("cannot borrow").differs(verdict), None);
        assert_eq!(
            rejection("cannot move | cannot borrow").differs(verdict),
            None
        );
        let unsaid = rejection("expected u64").differs(verdict).unwrap();
        assert!(
            unsaid.starts_with("was rejected without the words [\"expected u64\"]"),
            "{unsaid}"
        );
        assert!(
            Expected::Accepted
                .differs(verdict)
                .unwrap()
                .starts_with("is right, but was rejected: error[E0596]")
        );
    }
}
