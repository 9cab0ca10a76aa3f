//! Sanitized texts: names, lines, blocks, cells of a table, Markdown, names of folders.

#![no_main]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path};

use grader::feedback::{folder, markdown};
use grader::table::csv::escape_formulas;
use grader::sanitize;
use libfuzzer_sys::fuzz_target;
use unicode_width::UnicodeWidthStr;

fuzz_target!(|input: &[u8]| {
    let middle = input.len() / 2;
    names(&input[..middle], &input[middle..]);
    let text = String::from_utf8_lossy(input);
    let line = sanitize::line(&text);
    assert!(claims::is_a_harmless_line(&line));
    assert!(!line.contains("  ") && line.trim() == line, "{line:?}");
    assert_eq!(sanitize::line(&line), line);
    let block = sanitize::block(&text);
    assert!(claims::is_harmless(&block));
    assert_eq!(sanitize::block(&format!("{block}\n")), block);
    for width in [1, 2, 7, 40] {
        let cut = sanitize::truncate(&text, width);
        assert!(cut.width() <= width, "{cut:?} in {width} columns");
        assert!(cut.chars().count() <= 2 * width);
        assert_eq!(sanitize::truncate(&cut, width), cut);
    }
    let cell = escape_formulas(&text);
    assert!(!claims::would_be_run(&cell), "{cell:?}");
    assert_eq!(escape_formulas(&cell), cell);
    assert_eq!(cell.replace('\'', ""), text.replace('\'', ""));
    let fenced = claims::only_code(&markdown::code_block(&text, "text"));
    assert_eq!(fenced.as_deref(), Ok(&[block + "\n"][..]));
    let code = claims::only_code(&markdown::code_span(&text)).expect("only code");
    // An empty code span is spaces.
    assert_eq!(code.len(), 1);
    assert_eq!(if line.is_empty() { code[0].trim() } else { &code[0] }, line);
});

/// Two different names remain different and fit their width, and so do the folders with these names.
fn names(one: &[u8], other: &[u8]) {
    let shown = [one, other].map(|name| sanitize::name(OsStr::from_bytes(name)));
    for shown in &shown {
        assert!(claims::is_a_harmless_line(shown) && shown.trim() == shown);
        assert!(shown.width() <= 40 && shown.chars().count() <= 80, "{shown:?}");
    }
    let [first, second] = &shown;
    assert!(first != second || one == other, "{first:?}");
    let folders = folder::folders([&**first, &**second]);
    assert!(first == second || folders[&**first].to_lowercase() != folders[&**second].to_lowercase());
    for folder in folders.values() {
        let mut parts = Path::new(folder).components();
        assert!(matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)));
        assert!(folder.len() <= 255 && !folder.starts_with(['.', '-']) && !folder.ends_with('.'));
    }
}
