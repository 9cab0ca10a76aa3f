use std::fs;

use super::*;

fn record(student: &str, outcome: Outcome) -> Record {
    let mut record = Record::new(student, Some("02-chunked-integration"), outcome, "a\n\"reason\"");
    record.fingerprint = Some("same".into());
    record.seed = Some(u64::MAX);
    record
}

fn reuse<'a>(prior: &'a PriorRecords, student: &str) -> Option<&'a Record> {
    prior.reusable("course", student, "02-chunked-integration", "same")
}

/// A journal with a record of `ann`, and the line of a record of `bob`.
fn journal() -> (tempfile::TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let (mut journal, prior) = open(&path).unwrap();
    assert!(prior.lines.is_empty());
    journal.append("course", record("bob", Outcome::Failed)).unwrap();
    let line = fs::read_to_string(&path).unwrap();
    fs::write(&path, "").unwrap();
    journal.append("course", record("ann", Outcome::Passed)).unwrap();
    (folder, path, line)
}

/// Appends a record to a journal, and returns what is then in it.
fn append(path: &Path, record: Record) -> PriorRecords {
    open(path).unwrap().0.append("course", record).unwrap();
    open(path).unwrap().1
}

#[test]
fn a_record_is_reused_while_submission_and_course_are_the_same() {
    let (_folder, path, _) = journal();
    let (_, prior) = open(&path).unwrap();
    assert_eq!(reuse(&prior, "ann"), Some(&record("ann", Outcome::Passed)));
    let lesson = "02-chunked-integration";
    assert_eq!(prior.reusable("another course", "ann", lesson, "same"), None);
    assert_eq!(prior.reusable("course", "bob", lesson, "same"), None);
    assert_eq!(prior.reusable("course", "ann", "01-refactor-to-map", "same"), None);
    assert_eq!(prior.reusable("course", "ann", lesson, "changed"), None);
}

#[test]
fn failures_of_the_grader_and_refusals_are_not_reused() {
    let (_folder, path, _) = journal();
    assert_eq!(reuse(&append(&path, record("ann", Outcome::NotGraded)), "ann"), None);
    let refused = Record { fingerprint: None, ..record("eve", Outcome::Refused) };
    assert_eq!(reuse(&append(&path, refused), "eve"), None);
}

#[test]
fn a_line_cut_anywhere_affects_no_other_line() {
    let (_folder, path, line) = journal();
    let before = fs::read(&path).unwrap();
    for torn in 0..line.len() {
        fs::write(&path, [&before, &line.as_bytes()[..torn]].concat()).unwrap();
        let prior = append(&path, record("cyd", Outcome::Passed));
        assert!(reuse(&prior, "ann").is_some() && reuse(&prior, "cyd").is_some(), "torn at {torn}");
        // Without its line break only, the record is complete.
        assert_eq!(reuse(&prior, "bob").is_some(), torn == line.len() - 1, "torn at {torn}");
    }
}

#[test]
fn lines_that_are_not_records_are_ignored() {
    let (_folder, path, line) = journal();
    let garbage = [
        "garbage\n".as_bytes(),
        b"\xff\xfe\n",
        b"\n",
        b"{\"schema\":1}\n",
        &[b'['; 200_000],
        b"\n",
        &vec![b'x'; 3 * usize::try_from(LINE_BYTES).unwrap()],
        b"\n",
    ];
    let older = line.replace("\"schema\":1", "\"schema\":0");
    fs::write(&path, [&garbage.concat(), older.as_bytes(), line.as_bytes()].concat()).unwrap();
    let (_, prior) = open(&path).unwrap();
    assert_eq!(reuse(&prior, "bob"), Some(&record("bob", Outcome::Failed)));
    assert_eq!(prior.lines.len(), 1);
}

#[test]
fn the_largest_record_is_read_again() {
    let (_folder, path, _) = journal();
    let control = vec!["\u{1}".repeat(10_000); 20];
    let large = record("eve", Outcome::Flooded);
    let large = Record { errors: control.clone(), flags: control, ..large };
    assert!(reuse(&append(&path, large), "eve").is_some());
}

#[test]
fn of_two_records_of_one_submission_the_last_counts() {
    let (_folder, path, _) = journal();
    let prior = append(&path, record("ann", Outcome::Failed));
    assert_eq!(reuse(&prior, "ann").unwrap().outcome, Outcome::Failed);
}

#[test]
fn a_journal_that_cannot_be_written_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let error = open(folder.path()).unwrap_err().to_string();
    assert!(error.contains(folder.path().to_str().unwrap()), "{error}");
}
