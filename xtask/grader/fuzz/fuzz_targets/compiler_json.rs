//! Rustc's standard error, which contains macros and names of the submission.

#![no_main]

use grader::diagnostics::Diagnostics;
use grader::sanitize;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let stderr = String::from_utf8_lossy(input);
    let diagnostics = Diagnostics::parse(&stderr);
    assert!(diagnostics.errors.len() <= 10);
    assert!(diagnostics.errors.len() <= stderr.lines().count());
    for error in &diagnostics.errors {
        assert!(!error.is_empty() && error.len() <= 4096);
        assert!(claims::is_harmless(&sanitize::block(error)));
    }
    assert!(!diagnostics.headline().contains('\n'));
    assert_eq!(Diagnostics::parse(&stderr), diagnostics);
});
