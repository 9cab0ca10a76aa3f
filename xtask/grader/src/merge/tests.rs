use super::*;

const LESSON: &str = "02-chunked-integration";

fn record(student: &str, outcome: Outcome, fingerprint: &str) -> Record {
    let mut record = Record::new(student, Some(LESSON), outcome, "");
    record.fingerprint = (!fingerprint.is_empty()).then(|| fingerprint.to_owned());
    record
}

fn part(name: &str, shard: &str, records: Vec<Record>) -> Part {
    Part {
        name: name.to_owned(),
        results: Results {
            course: "course".into(),
            shard: (!shard.is_empty()).then(|| shard.parse().unwrap()),
            confinement: vec!["a sandbox".into()],
            notes: Vec::new(),
            models: BTreeMap::new(),
            records,
        },
    }
}

/// Joins two results, each with one record of `ann`: its outcome and fingerprint.
fn merge_two(one: (Outcome, &str), other: (Outcome, &str)) -> Merged {
    let part =
        |name, (outcome, fingerprint)| part(name, "", vec![record("ann", outcome, fingerprint)]);
    merge(vec![part("out-1", one), part("out-2", other)]).unwrap()
}

/// A line for each record: `STUDENT OUTCOME`.
fn lines(merged: &Merged) -> String {
    let records = merged.results.records.iter();
    let lines = records.map(|record| format!("{} {}", record.student, record.outcome.label()));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn all_shards_together_are_the_class() {
    let parts = vec![
        part("out-2", "2/2", vec![record("ann", Outcome::Passed, "a")]),
        part("out-1", "1/2", vec![record("bob", Outcome::Failed, "b")]),
    ];
    let merged = merge(parts).unwrap();
    assert_eq!(lines(&merged), "ann passed\nbob failed");
    assert_eq!((merged.results.shard, merged.faults), (None, vec![]));
}

#[test]
fn missing_shards_are_named() {
    let faults = |shards: &[&str]| {
        let parts = shards.iter().map(|shard| part(shard, shard, Vec::new())).collect();
        let merged = merge(parts).unwrap();
        assert_eq!(merged.results.notes, merged.faults);
        merged.faults.join("; ")
    };
    assert_eq!(faults(&["1/2"]), "shard 2 of 2 is missing");
    assert_eq!(
        faults(&["1/8", "2/8", "4/8", "5/8", "6/8", "8/8"]),
        "shards 3 and 7 of 8 are missing"
    );
    assert_eq!(faults(&["5/5", "5/5"]), "shards 1, 2, 3 and 4 of 5 are missing");
    assert_eq!(faults(&["", ""]), "");
}

#[test]
fn parts_of_different_courses_or_divisions_are_not_joined() {
    let error = |one: Part, other: Part| merge(vec![one, other]).unwrap_err().to_string();
    let mut other = part("out-2", "", vec![]);
    other.results.course = "0123456789abcdef".into();
    insta::assert_snapshot!(error(part("out-1", "", vec![]), other), @"`out-1` was graded by the course course and `out-2` by the course 0123456789ab; grade both with one version of the course, then merge them");
    insta::assert_snapshot!(error(part("out-1", "1/8", vec![]), part("out-2", "2/4", vec![])), @"`out-1` is shard 1/8 and `out-2` is shard 2/4; merge shards of one division");
    insta::assert_snapshot!(merge(Vec::new()).unwrap_err().to_string(), @"there are no results to merge; name the folders that `grade` wrote");
}

#[test]
fn of_one_submission_graded_twice_the_later_verdict_counts_unless_it_is_none() {
    for (one, other, expected) in [
        (Outcome::Passed, Outcome::DidNotOverlap, "ann did not overlap"),
        (Outcome::Passed, Outcome::NotGraded, "ann passed"),
        (Outcome::NotGraded, Outcome::Passed, "ann passed"),
    ] {
        let merged = merge_two((one, "a"), (other, "a"));
        assert_eq!((&*lines(&merged), merged.faults), (expected, vec![]));
    }
}

#[test]
fn two_submissions_of_one_student_are_a_fault_that_names_both_places() {
    for other in ["changed", ""] {
        let merged = merge_two((Outcome::Failed, "a"), (Outcome::Passed, other));
        assert_eq!(lines(&merged), "ann failed");
        assert_eq!(
            merged.faults,
            [
                "ann handed in two submissions for 02-chunked-integration, one in `out-1`, which counts, and another in `out-2`, which does not"
            ]
        );
    }
}

#[test]
fn a_sandbox_of_some_machines_only_is_reported_with_their_names() {
    let mut unconfined = part("out-3", "", Vec::new());
    unconfined.results.confinement = vec!["nothing".into()];
    let merged =
        merge(vec![part("out-1", "", vec![]), part("out-2", "", vec![]), unconfined]).unwrap();
    assert_eq!(merged.results.confinement, ["out-1, out-2: a sandbox", "out-3: nothing"]);
}
