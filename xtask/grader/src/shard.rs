//! Divides a class among several machines.

use std::fmt::{self, Display};
use std::str::FromStr;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::digest;

/// The largest number of shards: more than any class needs, and small enough to enumerate after a typing error.
const MOST: u32 = 10_000;

/// One part of a class: `2/8` is the second of eight. A student's name decides alone in which part the student is, the same
/// on every machine. The parts are about equally large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    /// Counted from 1.
    number: u32,
    of: u32,
}

impl Shard {
    /// The number of this part, counted from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// The number of parts.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Whether the student with this name is in this part.
    pub fn contains(self, student: &str) -> bool {
        digest::number(student.as_bytes()) % u64::from(self.of) == u64::from(self.number - 1)
    }
}

impl FromStr for Shard {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text
            .split_once('/')
            .and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        let (number, of) = parts
            .with_context(|| format!("`{text}` is not a shard; the second of eight is `2/8`"))?;
        ensure!(
            (1..=MOST).contains(&of),
            "`{text}` is not a shard; a class has 1 to {MOST} of them"
        );
        ensure!(
            (1..=of).contains(&number),
            "there is no shard `{text}`; the shards of {of} are `1/{of}` to `{of}/{of}`"
        );
        Ok(Self { number, of })
    }
}

impl TryFrom<String> for Shard {
    type Error = anyhow::Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> Self {
        shard.to_string()
    }
}

impl Display for Shard {
    fn fmt(&self, text: &mut fmt::Formatter) -> fmt::Result {
        write!(text, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(text: &str) -> Shard {
        text.parse().unwrap()
    }

    #[test]
    fn every_student_is_in_exactly_one_shard() {
        for of in [1, 2, 3, 8, 64] {
            let shards: Vec<_> = (1..=of).map(|number| shard(&format!("{number}/{of}"))).collect();
            for student in 0..500 {
                let student = format!("student-{student}");
                let count = shards.iter().filter(|shard| shard.contains(&student)).count();
                assert_eq!(count, 1, "{student}, shards of {of}");
            }
        }
    }

    #[test]
    fn no_shard_of_a_class_has_much_more_than_its_share() {
        for number in 1..=8 {
            let shard = shard(&format!("{number}/8"));
            let count =
                (0..800).filter(|student| shard.contains(&format!("student-{student}"))).count();
            assert!((60..140).contains(&count), "{count} of 800 in {shard}");
        }
    }

    /// The numbers must not change, or machines with different versions of the course would omit students.
    #[test]
    fn a_student_is_in_the_same_shard_everywhere() {
        let of = |student: &str| {
            (1..=8).find(|number| shard(&format!("{number}/8")).contains(student)).unwrap()
        };
        assert_eq!(["ann", "bob", "josé", "李雷", ""].map(of), [5, 2, 1, 3, 3]);
    }

    #[test]
    fn the_error_for_another_text_says_what_a_shard_is() {
        let not_parts = ["", "2", "x/y", "2/", "/8", "-1/8", "2/8/1", "99999999999/8"];
        for (texts, expected) in [
            (&not_parts[..], "`TEXT` is not a shard; the second of eight is `2/8`"),
            (&["0/8", "9/8"], "there is no shard `TEXT`; the shards of 8 are `1/8` to `8/8`"),
            (&["0/0", "1/10001"], "`TEXT` is not a shard; a class has 1 to 10000 of them"),
        ] {
            for text in texts {
                let error = text.parse::<Shard>().unwrap_err().to_string();
                assert_eq!(error, expected.replace("TEXT", text));
            }
        }
    }

    #[test]
    fn a_shard_is_written_as_it_is_typed() {
        assert_eq!(serde_json::to_string(&shard("2/8")).unwrap(), "\"2/8\"");
        assert_eq!(serde_json::from_str::<Shard>("\"2/8\"").unwrap(), shard("2/8"));
        assert!(serde_json::from_str::<Shard>("\"9/8\"").is_err());
    }
}
