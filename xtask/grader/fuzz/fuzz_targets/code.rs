//! Source files, which the grader itself reads as tokens, outside of the sandbox: also long and deeply nested ones.

#![no_main]

use grader::intake::SourceFile;
use grader::{forbidden_words, similarity};
use libfuzzer_sys::fuzz_target;

/// The maximal size of a file.
const FILE_BYTES: usize = 256 * 1024;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    // Repeated, a short text nests deep, and shows what takes the square of its length.
    match text.strip_prefix('*') {
        Some(unit) if !unit.is_empty() => read(&unit.repeat(FILE_BYTES / unit.len())),
        _ => read(&text),
    }
});

fn read(text: &str) {
    let files = [SourceFile::root(text.to_owned())];
    let (word, fingerprint) = (forbidden_words::find(&files), similarity::token_fingerprint(&files));
    assert!(word.is_none_or(|word| text.contains(word)));
    let spaced = [SourceFile::root(format!("\n\t{text}\n"))];
    // A byte order mark or `#!` counts at the very beginning only.
    if !text.starts_with(['\u{feff}', '#']) {
        assert_eq!(forbidden_words::find(&spaced), word);
        assert_eq!(similarity::token_fingerprint(&spaced), fingerprint);
    }
}
