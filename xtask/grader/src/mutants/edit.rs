//! Changes of a source text by ranges of bytes, which leave all else as it is.

use std::ops::Range;

/// A range of a text, and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub text: String,
}

impl Edit {
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    pub fn insert(place: usize, text: impl Into<String>) -> Self {
        Self::replace(place..place, text)
    }
}

/// The text after edits that do not overlap, in any order.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut changed = String::with_capacity(text.len());
    let mut done = 0;
    for Edit { range, text: new } in edits {
        changed.push_str(&text[done..range.start]);
        changed.push_str(&new);
        done = range.end;
    }
    changed.push_str(&text[done..]);
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_edit_names_stays() {
        let edits =
            vec![Edit::replace(8..9, "b + a"), Edit::insert(0, "/*·*/ "), Edit::insert(4, "!")];
        assert_eq!(apply("f(·) = a;", edits), "/*·*/ f(·!) = b + a;");
    }
}
