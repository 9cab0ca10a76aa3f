//! Documents of hostile records are well formed, and the parsers of documents accept any input.

#![no_main]

use grader::record::{FailedClaim, Outcome, Record};
use grader::results::Results;
use grader::table::{csv::csv, json, junit::junit};
use grader::{feedback, journal, sanitize};
use libfuzzer_sys::arbitrary::{self, Unstructured};
use libfuzzer_sys::fuzz_target;
use roxmltree::Document;

fuzz_target!(|input: &[u8]| {
    let _ = journal::parse(input);
    let _ = json::parse(&String::from_utf8_lossy(input));
    if let Ok(results) = results(&mut Unstructured::new(input)) {
        are_well_formed(&results);
    }
});

fn results(bytes: &mut Unstructured) -> arbitrary::Result<Results> {
    let mut records = Vec::new();
    for _ in 0..bytes.int_in_range(1..=3)? {
        records.push(record(bytes)?.truncate());
    }
    Ok(Results {
        course: "c0ffee".to_owned(),
        shard: None,
        confinement: Vec::new(),
        notes: bytes.arbitrary()?,
        models: bytes.arbitrary()?,
        records,
    })
}

fn record(bytes: &mut Unstructured) -> arbitrary::Result<Record> {
    let student: String = bytes.arbitrary()?;
    let lesson = bytes.choose(&[None, Some("02-chunked-integration")])?;
    let outcome = *bytes.choose(&Outcome::ALL)?;
    let student = sanitize::name(student.as_ref());
    let mut record = Record::new(&student, *lesson, outcome, bytes.arbitrary()?);
    record.flags = bytes.arbitrary()?;
    record.errors = bytes.arbitrary()?;
    record.seed = bytes.arbitrary()?;
    record.token_fingerprint = bytes.arbitrary()?;
    record.testing_s = f64::from(bytes.arbitrary::<u8>()?) / 4.0;
    for _ in 0..bytes.int_in_range(0..=2)? {
        record.failed_claims.push(FailedClaim {
            claim: bytes.arbitrary()?,
            seen: bytes.arbitrary()?,
            expected: bytes.arbitrary()?,
            unseen: bytes.arbitrary()?,
        });
    }
    Ok(record)
}

fn are_well_formed(results: &Results) {
    let text = junit(results).expect("written to memory");
    let report = Document::parse(&text).unwrap_or_else(|error| panic!("{error} in {text:?}"));
    let cases = report.descendants().filter(|node| node.has_tag_name("testcase"));
    assert_eq!(cases.count(), results.records.len());

    let table = csv(results).expect("written to memory");
    let mut rows = ::csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<_> = rows.records().map(|row| row.expect("as wide as the others")).collect();
    assert_eq!(rows.len(), results.records.len());
    let mut cells = rows.iter().flatten();
    assert!(cells.all(|cell| !claims::would_be_run(cell) && claims::is_a_harmless_line(cell)));

    let document = json::document(results).expect("all figures are numbers");
    assert_eq!(&json::parse(&document).expect("just written"), results);

    for record in &results.records {
        for (place, page) in feedback::pages(record, &feedback::folder::component(&record.student), "class") {
            assert_eq!(place.components().count(), 3);
            assert!(claims::is_harmless(&page) && !claims::shows_markup(&page), "{page:?}");
        }
    }
}
