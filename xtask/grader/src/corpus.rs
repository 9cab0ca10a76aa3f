//! The submissions that a lesson's author has thought of: mistakes with the words that must name them, and variants, unusual
//! code that is right all the same. Each is a patch of the model (`NAME.diff`) or a whole `src/lib.rs` (`NAME.rs`).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use xtask_core::skeleton;

use crate::patch;

const MISTAKES: &str = "mistakes";
const VARIANTS: &str = "variants";

/// A submission whose verdict is known beforehand.
#[derive(Clone, Debug)]
pub struct KnownSubmission {
    /// `mistakes/last-chunk-dropped.diff`.
    pub name: String,
    /// What it would be as `src/lib.rs`.
    pub source: String,
    pub expected: Expected,
}

/// The known submissions of a lesson, by name.
#[derive(Debug, Default)]
pub struct Corpus {
    pub submissions: Vec<KnownSubmission>,
    /// Why other files are not submissions, each with its name.
    pub faults: Vec<String>,
}

/// What a known submission's first lines ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `// rejected: WORDS`, once or more: the student is to see all of them. ` | ` parts words of which one will do, for
    /// a mistake that the scheduler may bring to light in one check or in another.
    Rejected { words: Vec<String> },
    /// `// accepted: WHY`.
    Accepted,
}

impl Corpus {
    /// Reads `mistakes/` and `variants/` of a folder `solutions/NN-slug`.
    ///
    /// # Errors
    ///
    /// The folders or the model cannot be read. A file with a fault hides no other: it is in [`Corpus::faults`].
    pub fn read(solution: &Path) -> Result<Self> {
        let read = |path: &Path| {
            fs::read_to_string(path).with_context(|| format!("`{}` cannot be read", path.display()))
        };
        let model = skeleton::without_markers(&read(&solution.join("src/lib.rs"))?);
        let mut corpus = Self::default();
        for folder in [MISTAKES, VARIANTS] {
            let path = solution.join(folder);
            let entries = fs::read_dir(&path)
                .with_context(|| format!("`{}` cannot be read", path.display()))?;
            for entry in entries {
                let file = entry?.file_name();
                let name = format!("{folder}/{}", file.to_string_lossy());
                match KnownSubmission::parse(&name, &read(&path.join(file))?, &model) {
                    Ok(submission) => corpus.submissions.push(submission),
                    Err(fault) => corpus.faults.push(format!("{name}: {fault:#}")),
                }
            }
        }
        corpus.submissions.sort_by(|a, b| a.name.cmp(&b.name));
        corpus.faults.sort();
        Ok(corpus)
    }
}

impl KnownSubmission {
    /// `text` is the file's, `model` the model's source without the markers of the skeleton.
    fn parse(name: &str, text: &str, model: &str) -> Result<Self> {
        let expected = Expected::parse(text)
            .context("does not begin with `// rejected: WORDS` or `// accepted: WHY`")?;
        let folder = match expected {
            Expected::Rejected { .. } => MISTAKES,
            Expected::Accepted => VARIANTS,
        };
        ensure!(
            name.starts_with(folder),
            "says the opposite of its folder; it belongs in `{folder}/`"
        );
        Ok(Self { source: source_of(name, text, model)?, name: name.to_owned(), expected })
    }
}

/// The `src/lib.rs` that a file of a corpus stands for: itself, or the model after its patch.
///
/// # Errors
///
/// It is neither `.rs` nor `.diff`, or a patch that does not apply to the model.
pub fn source_of(name: &str, text: &str, model: &str) -> Result<String> {
    match name.rsplit_once('.') {
        Some((_, "rs")) => Ok(text.to_owned()),
        Some((_, "diff")) => patch::apply(text, model),
        _ => bail!("is neither `.diff` nor `.rs`"),
    }
}

impl Expected {
    fn parse(code: &str) -> Option<Self> {
        let words: Vec<_> = code
            .lines()
            .map_while(|line| line.strip_prefix("// rejected: "))
            .map(str::to_owned)
            .collect();
        if code.starts_with("// accepted: ") {
            return Some(Self::Accepted);
        }
        (!words.is_empty()).then_some(Self::Rejected { words })
    }

    /// How a verdict differs from what was expected; `None` if it does not. `said` is all that a student reads about the first
    /// thing that is wrong; `None` if nothing is.
    pub fn differs(&self, said: Option<&str>) -> Option<String> {
        match (self, said) {
            (Self::Accepted, None) => None,
            (Self::Accepted, Some(said)) => Some(format!("is right, but was rejected: {said}")),
            (Self::Rejected { .. }, None) => Some("is wrong, but passed".to_owned()),
            (Self::Rejected { words }, Some(said)) => {
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
        Expected::parse(&format!("// rejected: {words}\nfn a() {{}}")).unwrap()
    }

    #[test]
    fn the_first_lines_state_what_is_expected() {
        let two = "// rejected: sample 9\n// rejected: never\n\npub fn a() {}";
        let words = vec!["sample 9".to_owned(), "never".to_owned()];
        assert_eq!(Expected::parse(two), Some(Expected::Rejected { words }));
        assert_eq!(Expected::parse("// accepted: own threads"), Some(Expected::Accepted));
        assert_eq!(Expected::parse("pub fn a() {}\n// rejected: too late"), None);
    }

    #[test]
    fn a_file_with_a_fault_hides_no_other_and_is_named() {
        let solution = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("src/lib.rs", "// skeleton: todo!()\n// solution:\nfn a() {}\n// end\n"),
            ("mistakes/changed.diff", "// rejected: x\n@@\n-fn a() {}\n+fn b() {}\n"),
            ("mistakes/outdated.diff", "// rejected: x\n@@\n-fn c() {}\n"),
            ("mistakes/silent.rs", "fn a() {}\n"),
            ("mistakes/notes.txt", "// rejected: x\n"),
            ("variants/whole.rs", "// accepted: as good\nfn d() {}\n"),
            ("variants/misplaced.rs", "// rejected: x\n"),
        ] {
            let path = solution.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let corpus = Corpus::read(solution.path()).unwrap();
        let sources: Vec<_> =
            corpus.submissions.iter().map(|known| (&*known.name, &*known.source)).collect();
        assert_eq!(
            sources,
            [
                ("mistakes/changed.diff", "fn b() {}\n"),
                ("variants/whole.rs", "// accepted: as good\nfn d() {}\n"),
            ]
        );
        insta::assert_snapshot!(corpus.faults.join("\n"), @"
        mistakes/notes.txt: is neither `.diff` nor `.rs`
        mistakes/outdated.diff: the hunk in line 2: the model has changed, or this was never in it: compare with `src/lib.rs` of the solution, and correct the old lines:
            fn c() {}
        mistakes/silent.rs: does not begin with `// rejected: WORDS` or `// accepted: WHY`
        variants/misplaced.rs: says the opposite of its folder; it belongs in `mistakes/`
        ");
    }

    #[test]
    fn a_rejection_counts_only_with_the_words_that_name_the_mistake() {
        let verdict = Some("error[E0596]: cannot borrow `all` as mutable");
        assert_eq!(rejection("cannot borrow").differs(verdict), None);
        assert_eq!(rejection("cannot move | cannot borrow").differs(verdict), None);
        let unsaid = rejection("expected u64").differs(verdict).unwrap();
        assert!(
            unsaid.starts_with("was rejected without the words [\"expected u64\"]"),
            "{unsaid}"
        );
        let unfair = Expected::Accepted.differs(verdict).unwrap();
        assert!(unfair.starts_with("is right, but was rejected: error[E0596]"), "{unfair}");
    }
}
