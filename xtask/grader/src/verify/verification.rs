//! The result of verifying a lesson, and how it is printed.

use xtask_core::ui;

/// A lesson has at least this many mistakes and variants.
const FEWEST_MISTAKES: usize = 12;
const FEWEST_VARIANTS: usize = 3;

/// The result of verifying one lesson.
#[derive(Debug, PartialEq, Eq)]
pub struct Verification {
    /// What was verified, in a line.
    pub claims: String,
    /// What does not hold.
    pub faults: Vec<String>,
    /// What a draft still lacks.
    pub to_do: Vec<String>,
}

impl Verification {
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
        format!("{sign} lesson {lesson}: {}\n{more}", self.claims)
    }
}

/// What a lesson with these numbers of known submissions lacks: as faults, or as things still to do if it is a draft.
pub fn find_gaps(is_draft: bool, mistakes: usize, variants: usize) -> (Vec<String>, Vec<String>) {
    let too_few = format!(
        "mistakes: {mistakes} of at least {FEWEST_MISTAKES}; variants: {variants} of at least {FEWEST_VARIANTS}"
    );
    let enough = mistakes >= FEWEST_MISTAKES && variants >= FEWEST_VARIANTS;
    let gaps = Vec::from_iter((!enough).then_some(too_few));
    if !is_draft {
        return (gaps, Vec::new());
    }
    let still = "its chapter says that it is a draft: remove that line in the end".to_owned();
    (Vec::new(), [gaps, vec![still]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_may_lack_submissions_and_no_other_lesson_may() {
        assert_eq!(find_gaps(false, 12, 3), (vec![], vec![]));
        for (mistakes, variants) in [(11, 3), (12, 2)] {
            let (faults, to_do) = find_gaps(false, mistakes, variants);
            assert_eq!((faults.len(), to_do.len()), (1, 0));
            let (faults, to_do) = find_gaps(true, mistakes, variants);
            assert_eq!((faults.len(), to_do.len()), (0, 2));
        }
        // A complete draft remains one.
        let (faults, to_do) = find_gaps(true, 12, 3);
        assert!(faults.is_empty() && to_do[0].contains("draft"), "{to_do:?}");
    }

    #[test]
    fn a_fault_and_a_thing_to_do_have_different_signs() {
        let screen = |faults: &[&str], to_do: &[&str]| {
            let verification = Verification {
                claims: "the model passes".to_owned(),
                faults: faults.iter().map(|&fault| fault.to_owned()).collect(),
                to_do: to_do.iter().map(|&to_do| to_do.to_owned()).collect(),
            };
            anstream::adapter::strip_str(&verification.screen("02-sum")).to_string()
        };
        let line = "lesson 02-sum: the model passes\n";
        assert_eq!(screen(&[], &[]), format!("✓ {line}"));
        assert_eq!(screen(&[], &["text"]), format!("… {line}    to do: text\n"));
        assert_eq!(screen(&["wrong"], &["text"]), format!("✗ {line}    wrong\n    to do: text\n"));
    }
}
