//! A verdict is on the code that is there, also where cargo would take an older build for it.

use std::fs::File;
use std::time::{Duration, SystemTime};

use e2e::CourseCopy;

#[test]
fn code_that_is_put_back_with_its_old_time_is_what_is_checked() {
    let course = CourseCopy::fresh();
    course.write_code(&course.model());
    course.xtask(&["check", "02"]).assert(0, &["✓ concurrent"]);

    let old = SystemTime::now() - Duration::from_secs(3600);
    course.write_chunk_ranges("vec![0..n; chunks.get()]");
    for file in ["lib.rs", "model.rs"] {
        let file = course.exercise().join("src").join(file);
        let file = File::options().write(true).open(file).unwrap();
        file.set_modified(old).unwrap();
    }
    course.xtask(&["check", "02"]).assert(1, &["✗ correct"]);
}

#[cfg(unix)]
#[test]
fn what_an_interrupted_build_leaves_behind_is_mended() {
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    let course = CourseCopy::fresh();
    course.write_chunk_ranges("vec![0..n; chunks.get()]");
    course.xtask(&["check", "02"]).assert(1, &["✗ correct"]);

    // What is kept of the checks, without what it should hold.
    let empty = course.root.join("target/empty.o");
    let compiled =
        Command::new("cc").args(["-c", "-x", "c", "/dev/null", "-o"]).arg(&empty).status();
    assert!(compiled.unwrap().success());
    let inside = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    let kept = inside(&course.root.join("target/debug/incremental"));
    let mut emptied = 0;
    for package in kept.iter().filter(|path| path.to_string_lossy().contains("/check-")) {
        for session in inside(package).iter().filter(|path| path.is_dir()) {
            for object in inside(session) {
                if object.extension().is_some_and(|extension| extension == "o") {
                    // Anew, since the file may have other names too.
                    fs::remove_file(&object).unwrap();
                    fs::copy(&empty, &object).unwrap();
                    emptied += 1;
                }
            }
        }
    }
    assert!(emptied > 0);

    course.write_code(&course.model());
    course.xtask(&["check", "02"]).assert(0, &["✓ concurrent"]);
}
