//! Stale builds: cargo takes them for fresh.
//!
//! Cargo goes by the times of files. Code that was put back with its old time, or that was saved twice within one tick of a
//! drive's coarse clock, it does not build: the verdict would be on other code than the student sees. And an incremental
//! build that was interrupted at the wrong moment leads to link errors that stay (rust-lang/rust#81280). Both are mended by
//! forgetting what was built of the course's own packages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use measure::protocol::CargoMessage;

use super::messages;
use crate::process::Output;

/// The ids of the packages whose build is stale, given what a build printed and the fingerprint of the sources.
pub fn stale_packages(output: &Output, content: Option<u64>) -> BTreeSet<String> {
    let messages: Vec<CargoMessage> = messages(output).collect();
    let ids = messages.iter().filter_map(|message| message.package_id.clone());
    if linker_misses_symbols(&messages) {
        // Any of the packages that are built incrementally, which are those in folders.
        return ids.filter(|id| id.starts_with("path+file:")).collect();
    }
    let fresh_checks = fresh_checks(&messages).filter(|checks| is_of_other_code(checks, content));
    fresh_checks.and_then(|checks| checks.package_id.clone()).into_iter().collect()
}

/// Records the fingerprint of the sources that a test binary was built of.
pub fn record_fingerprint(checks: &Path, content: Option<u64>) {
    if let Some(content) = content {
        // Without a record, cargo is trusted.
        let _ = fs::write(fingerprint_file(checks), content.to_string());
    }
}

/// Whether the linker misses something, in its words on any system. If it is the student's doing, building again is in
/// vain, and all that is lost.
fn linker_misses_symbols(messages: &[CargoMessage]) -> bool {
    const MISSES: [&str; 3] = ["undefined", "unresolved external", "symbol(s) not found"];
    messages.iter().filter_map(|message| message.message.as_ref()).any(|diagnostic| {
        let says =
            |words: &&str| diagnostic.rendered.as_ref().is_some_and(|all| all.contains(*words));
        diagnostic.message.starts_with("linking with") && MISSES.iter().any(says)
    })
}

/// The message about the test binary, if cargo did not build it anew.
fn fresh_checks(messages: &[CargoMessage]) -> Option<&CargoMessage> {
    messages.iter().find(|message| message.is_about("check") && message.fresh == Some(true))
}

/// Whether this test binary is known to have been built of sources with another fingerprint.
fn is_of_other_code(checks: &CargoMessage, content: Option<u64>) -> bool {
    let noted = checks.executable.as_ref().and_then(|path| recorded_fingerprint(Path::new(path)));
    noted.is_some() && content.is_some() && noted != content
}

/// The fingerprint of the sources that this binary was built of, if it is the binary that was recorded.
fn recorded_fingerprint(checks: &Path) -> Option<u64> {
    let file = fingerprint_file(checks);
    let modified = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    if modified(&file)? < modified(checks)? {
        return None;
    }
    fs::read_to_string(file).ok()?.parse().ok()
}

fn fingerprint_file(checks: &Path) -> PathBuf {
    checks.with_extension("content")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::output;
    use super::*;

    const EXERCISE: &str = "path+file:///c/exercises/02-slug#slug@0.1.0";
    const LESSON: &str = "path+file:///c/lessons/02-slug#lesson-slug@0.1.0";
    const FOREIGN: &str = "registry+https://github.com/rust-lang/crates.io-index#rayon@1.0.0";

    fn linking(says: &str) -> Output {
        let artifact = |id| json!({ "reason": "compiler-artifact", "package_id": id });
        let error = error("linking with `cc` failed: exit status: 1", says);
        output(&[artifact(FOREIGN), artifact(LESSON), error], "")
    }

    fn error(message: &str, rendered: &str) -> Value {
        let error =
            json!({ "level": "error", "message": message, "rendered": rendered, "spans": [] });
        json!({ "reason": "compiler-message", "package_id": EXERCISE, "message": error })
    }

    fn ids(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn all_packages_of_the_course_are_stale_where_the_linker_misses_symbols() {
        for says in [
            "rust-lld: error: undefined hidden symbol: anon.ae5a.5.llvm.849",
            "error LNK2019: unresolved external symbol _ZN9rustc",
            "ld: symbol(s) not found for architecture arm64",
        ] {
            assert_eq!(stale_packages(&linking(says), None), ids(&[EXERCISE, LESSON]), "{says}");
        }
        assert_eq!(stale_packages(&linking("No space left on device"), None), ids(&[]));
        let undefined = error("cannot find value `undefined`", "undefined");
        assert_eq!(stale_packages(&output(&[undefined], ""), None), ids(&[]));
    }

    #[test]
    fn checks_that_cargo_did_not_build_are_stale_only_if_they_are_of_other_code() {
        let folder = std::env::temp_dir().join(format!("many-hands-stale-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let checks = folder.join("check-1a2b");
        let stale_packages = |fresh: bool, content| {
            let message = json!({ "reason": "compiler-artifact", "package_id": EXERCISE, "target": { "name": "check" }, "fresh": fresh,
                "executable": checks });
            stale_packages(&output(&[message], ""), content)
        };
        fs::write(&checks, "").unwrap();
        assert_eq!(stale_packages(true, Some(1)), ids(&[]), "nothing is noted");
        record_fingerprint(&checks, Some(1));
        assert_eq!(stale_packages(true, Some(1)), ids(&[]), "it is of this code");
        assert_eq!(stale_packages(true, Some(2)), ids(&[EXERCISE]), "it is of other code");
        assert_eq!(stale_packages(false, Some(2)), ids(&[]), "it was built just now");
        assert_eq!(stale_packages(true, None), ids(&[]), "the code cannot be read");

        let noted = fs::metadata(fingerprint_file(&checks)).unwrap().modified().unwrap();
        let binary = fs::File::options().write(true).open(&checks).unwrap();
        binary.set_modified(noted + std::time::Duration::from_secs(1)).unwrap();
        assert_eq!(stale_packages(true, Some(2)), ids(&[]), "it was built by others since");
        fs::remove_dir_all(folder).unwrap();
    }
}
