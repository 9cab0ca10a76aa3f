//! `grade`: verdicts on a folder of submissions that nobody has read. The package `grader` does it; here are its words.

use anyhow::Result;

use super::measuring::JSON;
use super::{Answer, handed_over};
use crate::cli::{Call, Verb};

pub const VERB: Verb = Verb {
    name: "grade",
    about: "for instructors: grade a class, in a sandbox",
    lesson: None,
    more: Some("DIR"),
    flags: &[
        ("lesson NN", "only this lesson"),
        ("student NAME", "only this student"),
        (
            "seed N",
            "draw the unseen cases from this seed, to repeat a verdict",
        ),
        ("out DIR", "where the results go, instead of `DIR-graded`"),
        (
            "again",
            "grade all of them anew, also those whose results are there",
        ),
        (
            "shard I/N",
            "only part I of N, by the students' names; see `merge`",
        ),
        (
            "jobs N",
            "so many submissions at a time, instead of one a core",
        ),
        (
            "unconfined",
            "run submissions without a sandbox, with all your rights",
        ),
        JSON,
    ],
};

pub(super) fn run(_: &Call) -> Result<Answer> {
    handed_over("grader")
}

/// `merge`: the results of several shards of a class become one.
pub const MERGE: Verb = Verb {
    name: "merge",
    about: "for instructors: join graded shards",
    lesson: None,
    more: Some("DIR…"),
    flags: &[
        (
            "out DIR",
            "where the joined results go, instead of `graded/`",
        ),
        JSON,
    ],
};
