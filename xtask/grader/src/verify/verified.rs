//! What was verified of a lesson, and how it is said.

use xtask_core::ui;

/// A lesson has at least this many mistakes and variants.
const FEWEST_WRONG: usize = 12;
const FEWEST_RIGHT: usize = 3;

/// The result of verifying one lesson.
#[derive(Debug, PartialEq, Eq)]
pub struct Verified {
    /// What was verified, in a line.
    pub promises: String,
    /// What does not hold.
    pub faults: Vec<String>,
    /// What a draft still lacks.
    pub to_do: Vec<String>,
}

impl Verified {
    /// A line, and one more for each fault and for each thing to do.
    pub fn screen(&self, lesson: &str) -> String {
        let sign = match (&self.faults[..], &self.to_do[..]) {
            ([], []) => ui::apply_style(ui::GOOD, "✓"),
            ([], _) => ui::apply_style(ui::OPEN, "…"),
            _ => ui::apply_style(ui::BAD, "✗"),
        };
        let faults = self.faults.iter().map(|fault| format!("    {fault}\n"));
        let to_do = self.to_do.iter();
        let to_do = to_do.map(|to_do| format!("    to do: {to_do}\n"));
        let more: String = faults.chain(to_do).collect();
        format!("{sign} lesson {lesson}: {}\n{more}", self.promises)
    }
}

/// What a lesson with these numbers of known submissions lacks: as faults, or as things still to do if it is a draft.
pub fn lacking(is_draft: bool, wrong: usize, right: usize) -> (Vec<String>, Vec<String>) {
    let too_few = format!(
        "it knows {wrong} wrong and {right} right submissions; at least {FEWEST_WRONG} and {FEWEST_RIGHT} are asked for"
    );
    let enough = wrong >= FEWEST_WRONG && right >= FEWEST_RIGHT;
    let lacking = Vec::from_iter((!enough).then_some(too_few));
    if !is_draft {
        return (lacking, Vec::new());
    }
    let still = "its chapter says that it is a draft: remove that line in the end".to_owned();
    (Vec::new(), [lacking, vec![still]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_may_lack_submissions_and_no_other_lesson_may() {
        assert_eq!(lacking(false, 12, 3), (vec![], vec![]));
        for (wrong, right) in [(11, 3), (12, 2)] {
            let (faults, to_do) = lacking(false, wrong, right);
            assert_eq!((faults.len(), to_do.len()), (1, 0));
            let (faults, to_do) = lacking(true, wrong, right);
            assert_eq!((faults.len(), to_do.len()), (0, 2));
        }
    }

    #[test]
    fn a_draft_that_is_complete_is_a_draft_still() {
        let (faults, to_do) = lacking(true, 12, 3);
        assert!(faults.is_empty() && to_do[0].contains("draft"), "{to_do:?}");
    }

    #[test]
    fn what_is_to_do_is_told_apart_from_what_does_not_hold() {
        let verified = |faults: &[&str], to_do: &[&str]| Verified {
            promises: "the model passes".to_owned(),
            faults: faults.iter().map(|&fault| fault.to_owned()).collect(),
            to_do: to_do.iter().map(|&to_do| to_do.to_owned()).collect(),
        };
        let said = |verified: Verified| {
            let screen = verified.screen("02-a-lesson");
            anstream::adapter::strip_str(&screen).to_string()
        };
        let line = "lesson 02-a-lesson: the model passes\n";
        assert_eq!(said(verified(&[], &[])), format!("✓ {line}"));
        assert_eq!(said(verified(&[], &["text"])), format!("… {line}    to do: text\n"));
        assert_eq!(
            said(verified(&["wrong"], &["text"])),
            format!("✗ {line}    wrong\n    to do: text\n")
        );
    }
}
