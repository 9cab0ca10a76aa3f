//! What a check says when it fails.

use std::fmt::Display;

use crate::panics;

/// Does nothing when `holds`; otherwise panics with what was seen and what was expected, each on a labelled line.
///
/// `seen` starts with the case, so that the reader can try it: `n = 10, chunks = 3: sample 9 is never evaluated`.
///
/// # Panics
///
/// Unless `holds`, with the message `seen: …`, a line break, `expected: …`, at the caller's line.
///
/// ```
/// let total: u32 = (1..=4).sum();
/// testkit::expect(total == 10, format!("n = 4: the sum is {total}"), "10");
/// ```
///
/// ```should_panic
/// testkit::expect(false, "n = 10, chunks = 3: sample 9 is never evaluated", "every sample exactly once");
/// ```
#[track_caller]
pub fn expect(holds: bool, seen: impl Display, expected: impl Display) {
    if !holds {
        panics::print_next();
        panic!("seen: {seen}\nexpected: {expected}");
    }
}

/// What [`expect()`] would say, as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What was seen, which starts with the case.
    pub actual: String,
    /// What was expected.
    pub expected: String,
}

impl Mismatch {
    /// # Errors
    ///
    /// The mismatch, unless the condition `holds`.
    pub fn unless(holds: bool, seen: impl Display, expected: impl Display) -> Result<(), Self> {
        if holds {
            return Ok(());
        }
        Err(Self { actual: seen.to_string(), expected: expected.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_is_silent() {
        expect(true, "anything", "anything");
    }

    #[test]
    #[should_panic(expected = "seen: n = 3: 2 chunks\nexpected: 3 chunks")]
    fn what_does_not_hold_is_told_on_two_labelled_lines() {
        expect(false, "n = 3: 2 chunks", "3 chunks");
    }
}
