//! `grade`: verdicts on a folder of unread submissions. The package `grader` does the work; here is its command line.

use anyhow::{Context, Result, bail};
use measure::protocol::request::{ForGrader, Grade, Merge};
use xtask_core::course::Course;

use super::measuring::JSON;
use super::{Exit, hand_over};
use crate::cli::{Args, Command};

pub const COMMAND: Command = Command {
    name: "grade",
    about: "for instructors: grade a class, in a sandbox",
    lesson: None,
    more: Some("DIR"),
    flags: &[
        ("lesson NN", "only this lesson"),
        ("student NAME", "only this student"),
        ("seed N", "draw the unseen cases from this seed, to repeat a verdict"),
        ("out DIR", "where the results go, instead of `DIR-graded`"),
        ("again", "grade all of them anew, also those whose results are there"),
        ("shard I/N", "only part I of N, by the students' names; see `merge`"),
        ("jobs N", "this many submissions at a time, instead of two a core"),
        ("unconfined", "run submissions without a sandbox, with all your rights"),
        JSON,
    ],
};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let class = match &args.more[..] {
        [class] => class.clone(),
        [] => {
            bail!("`grade` takes the folder with the students' folders: `cargo xtask grade class`")
        }
        [_, more, ..] => bail!("`grade` takes one folder; what is `{more}`?"),
    };
    let text = |name| args.value(name).map(str::to_owned);
    let lesson = match args.value("lesson") {
        Some(name) => Some(Course::here()?.lesson(name)?.name().to_owned()),
        None => None,
    };
    let seed = args.value("seed").map(|seed| {
        let error = || format!("`--seed` takes the number in a record, and not `{seed}`");
        seed.parse().with_context(error)
    });
    let request = ForGrader::Grade(Grade {
        class,
        out: text("out"),
        lesson,
        student: text("student"),
        seed: seed.transpose()?,
        shard: text("shard"),
        jobs: args.count("jobs")?,
        again: args.has("again"),
        unconfined: args.has("unconfined"),
        json: args.has(JSON.0),
    });
    hand_over("grader", &request)
}

/// `merge`: the results of several shards of a class become one.
pub const MERGE: Command = Command {
    name: "merge",
    about: "for instructors: join graded shards",
    lesson: None,
    more: Some("DIR…"),
    flags: &[("out DIR", "where the joined results go, instead of `graded/`"), JSON],
};

pub(super) fn run_merge(args: &Args) -> Result<Exit> {
    let request = ForGrader::Merge(Merge {
        parts: args.more.clone(),
        out: args.value("out").map(str::to_owned),
        json: args.has(JSON.0),
    });
    hand_over("grader", &request)
}
