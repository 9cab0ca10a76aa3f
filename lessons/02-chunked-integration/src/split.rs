//! The contract of `chunk_ranges`, sentence by sentence, for the checks: each names the first place where it is broken.

use std::cmp::Ordering;
use std::num::NonZeroUsize;
use std::ops::Range;

use testkit::Mismatch;

/// The ranges that were made of the samples `0..n`.
#[derive(Debug, Clone)]
pub struct Split {
    pub n: usize,
    pub chunks: NonZeroUsize,
    pub ranges: Vec<Range<usize>>,
}

impl Split {
    /// All four sentences.
    pub fn is_right(&self) -> Result<(), Mismatch> {
        self.covers()?;
        self.is_in_order()?;
        self.is_balanced()?;
        self.has_a_range_a_chunk()
    }

    /// Every sample is in one range and in no other, in whatever order the ranges stand.
    pub fn covers(&self) -> Result<(), Mismatch> {
        self.without(self.find_uncovered(), "every sample of 0..n in one range and in no other")
    }

    fn find_uncovered(&self) -> Option<String> {
        let mut ranges = self.ranges.clone();
        ranges.sort_by_key(|range| range.start);
        let mut covered = 0;
        for Range { start, end } in ranges {
            if end < start {
                return Some(format!("{start}..{end} ends before it begins"));
            } else if start > covered {
                return Some(format!("sample {covered} is in no range"));
            } else if start < covered && start < end {
                return Some(format!("sample {start} is in two ranges"));
            }
            covered = covered.max(end);
        }
        match covered.cmp(&self.n) {
            Ordering::Less => Some(format!("sample {covered} is in no range")),
            Ordering::Equal => None,
            Ordering::Greater => Some(format!("there is no sample {}", covered - 1)),
        }
    }

    /// The ranges stand in the order of their samples.
    pub fn is_in_order(&self) -> Result<(), Mismatch> {
        let mut pairs = self.ranges.windows(2);
        let back = pairs.find(|pair| pair[1].start < pair[0].start);
        let fault = back.map(|pair| format!("{:?} stands before {:?}", pair[0], pair[1]));
        self.without(fault, "the ranges in the order of their samples")
    }

    /// The lengths differ by at most one.
    pub fn is_balanced(&self) -> Result<(), Mismatch> {
        let lengths = || self.ranges.iter().map(Range::len);
        let (shortest, longest) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
        let seen = format!("the shortest range has {shortest}, the longest {longest} samples");
        let fault = (longest - shortest > 1).then_some(seen);
        self.without(fault, "lengths that differ by at most one")
    }

    /// As many ranges as chunks, or as samples where those are fewer, and none of them empty.
    pub fn has_a_range_a_chunk(&self) -> Result<(), Mismatch> {
        let (count, expected) = (self.ranges.len(), self.n.min(self.chunks.get()));
        let empty = self.ranges.iter().filter(|range| range.is_empty()).count();
        let seen = format!("ranges: {count}, empty ones: {empty}");
        let fault = (count != expected || empty > 0).then_some(seen);
        self.without(fault, &format!("ranges: {expected}, empty ones: 0"))
    }

    fn without(&self, fault: Option<String>, expected: &str) -> Result<(), Mismatch> {
        let Some(fault) = fault else {
            return Ok(());
        };
        let shown = &self.ranges[..self.ranges.len().min(6)];
        let more = if shown.len() < self.ranges.len() { " and more" } else { "" };
        Err(Mismatch {
            actual: format!("n = {}, chunks = {}: {fault}: {shown:?}{more}", self.n, self.chunks),
            expected: expected.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ten_in_three(ranges: [Range<usize>; 3]) -> Split {
        let chunks = NonZeroUsize::new(3).unwrap();
        Split { n: 10, chunks, ranges: ranges.to_vec() }
    }

    #[test]
    fn a_balanced_split_is_right_wherever_the_longer_range_stands() {
        assert_eq!(ten_in_three([0..4, 4..7, 7..10]).is_right(), Ok(()));
        assert_eq!(ten_in_three([0..3, 3..6, 6..10]).is_right(), Ok(()));
    }

    #[test]
    fn a_gap_an_overlap_and_an_overrun_are_named_by_their_sample() {
        let seen = |ranges| ten_in_three(ranges).covers().unwrap_err().actual;
        assert_eq!(
            seen([0..3, 3..6, 6..9]),
            "n = 10, chunks = 3: sample 9 is in no range: [0..3, 3..6, 6..9]"
        );
        assert!(seen([0..3, 4..7, 7..10]).contains("sample 3 is in no range"));
        assert!(seen([0..4, 3..7, 7..10]).contains("sample 3 is in two ranges"));
        assert!(seen([0..4, 4..8, 8..12]).contains("there is no sample 11"));
    }

    #[test]
    fn cover_does_not_ask_for_order() {
        let split = ten_in_three([7..10, 4..7, 0..4]);
        assert_eq!(split.covers(), Ok(()));
        let seen = split.is_in_order().unwrap_err().actual;
        assert!(seen.contains("7..10 stands before 4..7"));
    }
}
