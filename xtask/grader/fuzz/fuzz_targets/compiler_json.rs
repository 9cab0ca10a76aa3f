//! What rustc writes on standard error: its own lines, into which a submission's macros and names come.

#![no_main]

use grader::diagnostics::Diagnostics;
use grader::sanitize;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let stderr = String::from_utf8_lossy(input);
    let told = Diagnostics::parse(&stderr);
    assert!(told.errors.len() <= 10);
    assert!(told.errors.len() <= stderr.lines().count());
    for error in &told.errors {
        assert!(!error.is_empty() && error.len() <= 4096);
        assert!(claims::is_harmless(&sanitize::block(error)));
    }
    assert!(!told.headline().contains('\n'));
    assert_eq!(Diagnostics::parse(&stderr), told);
});
