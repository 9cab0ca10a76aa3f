//! Results for the tests of the tables and pages.

use std::collections::BTreeMap;

use crate::record::{FailedClaim, Outcome, Record};
use crate::results::Results;

/// Hostile text: markup of every table, escape sequences, characters that XML does not allow.
pub const HOSTILE: &str =
    "=1+1 \u{1b}[31m\u{0}\u{b}\u{202e}\r\n```\n]]></testcase>&\"'<b>; @SUM(A1)|\u{ffff}";

/// Texts of an unseen case, which no student may read.
pub const UNSEEN: [&str; 3] = ["n = 7919 in 13 chunks", "0.7071067811", "8675309"];

/// Six records, of `ann`, `bob`, `eve`, `zoe` (two) and `李雷`.
pub fn results() -> Results {
    let record = |student: &str, outcome, reason: &str| {
        let mut record = Record::new(student, Some("02-chunked-integration"), outcome, reason);
        record.testing_s = 0.25;
        record.compiling_s = 1.0;
        record
    };
    let mut passed = record("ann", Outcome::Passed, "");
    passed.token_fingerprint = Some("x".into());
    passed.seed = UNSEEN[2].parse().ok();
    let mut unseen = record(
        "bob",
        Outcome::WrongOnUnseen,
        "right on the course's checks, wrong on unseen cases",
    );
    unseen.token_fingerprint = Some("x".into());
    unseen.seed = UNSEEN[2].parse().ok();
    unseen.flags = vec!["it printed while it was asked".into()];
    unseen.failed_claims = vec![
        FailedClaim {
            claim: "the result agrees with the serial sum".into(),
            seen: UNSEEN[0].into(),
            expected: UNSEEN[1].into(),
            unseen: true,
        },
        FailedClaim {
            claim: "no range is empty".into(),
            seen: "5 ranges of 3 samples".into(),
            expected: "3 ranges".into(),
            unseen: false,
        },
    ];
    let mut hostile = record("eve", Outcome::DidNotCompile, HOSTILE);
    hostile.errors = vec![format!("error: {HOSTILE}")];
    hostile.flags = vec![HOSTILE.into()];
    hostile.failed_claims = vec![FailedClaim {
        claim: "a claim".into(),
        seen: HOSTILE.into(),
        expected: String::new(),
        unseen: false,
    }];
    let mut accident = record("zoe", Outcome::NotGraded, "the disk is full");
    accident.lesson = Some("01-refactor-to-map".into());
    let mut results = Results {
        course: "c0ffee".into(),
        shard: None,
        confinement: vec!["bubblewrap, as the user nobody".into()],
        notes: vec!["left out, since they are no folders: grades.csv".into()],
        models: BTreeMap::new(),
        records: vec![
            passed,
            unseen,
            hostile,
            Record::new(
                "李雷",
                None,
                Outcome::Refused,
                "`李雷` is a link, and links are not followed: hand in what it points to",
            ),
            record("zoe", Outcome::NotStarted, "the skeleton, unchanged"),
            accident,
        ],
    };
    results.sort();
    results
}
