//! What the report says of the sandbox. It never says less than what is missing.

use super::Sandbox;

pub(super) fn describe(sandbox: &Sandbox) -> Vec<String> {
    #[cfg(target_os = "linux")]
    if let Some(walls) = &sandbox.walls {
        return walls.words();
    }
    let _ = sandbox;
    let kept = if cfg!(target_os = "linux") {
        "Only limits on memory, CPU time and files hold, and refused calls to the system."
    } else if cfg!(unix) {
        "Only limits on CPU time and files hold, and on memory where the system has one."
    } else {
        "Not even memory and CPU time are limited."
    };
    vec![format!(
        "NOT CONFINED: submissions could do whatever the user who graded could do. {kept}"
    )]
}

#[cfg(target_os = "linux")]
impl super::bubblewrap::Bubblewrap {
    fn words(&self) -> Vec<String> {
        let version = &self.version;
        let user = if self.by_root {
            "as the user `nobody`"
        } else {
            "as the user who graded, without any rights"
        };
        let within = [
            (self.sight.landlock, "Landlock"),
            (self.sight.seccomp, "seccomp"),
        ];
        let held: Vec<_> = within
            .iter()
            .filter_map(|&(held, name)| held.then_some(name))
            .collect();
        let also = match held.as_slice() {
            [] => String::new(),
            names => format!("; also by {}", names.join(" and ")),
        };
        let mut words = vec![format!(
            "Submissions were compiled and run {user}, confined by {version} to files, processes and network of their own{also}."
        )];
        if !self.sight.landlock {
            words.push(
                "Missing: Landlock, a second wall around the files; this kernel does not have it (Linux 5.13) or does not use it (`lsm=landlock,…`).".to_owned(),
            );
        }
        if !self.sight.seccomp {
            words.push(
                "Missing: seccomp, which refuses calls to the system and names what was tried; this kernel or processor does not have it."
                    .to_owned(),
            );
        }
        words
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::path::Path;

    use super::super::bubblewrap::Bubblewrap;
    use super::*;
    use crate::confine::Inspection;

    fn words(by_root: bool, landlock: bool, seccomp: bool) -> String {
        let walls = Bubblewrap {
            bubblewrap: "/usr/bin/bwrap".into(),
            version: "bubblewrap 0.8.0".to_owned(),
            by_root,
            base: Vec::new(),
            sight: Inspection {
                landlock,
                seccomp,
                ..Inspection::default()
            },
        };
        walls.words().join("\n")
    }

    #[test]
    fn what_confines_is_named() {
        assert_eq!(
            words(true, true, true),
            "Submissions were compiled and run as the user `nobody`, confined by bubblewrap 0.8.0 to files, processes and network of their own; also by Landlock and seccomp."
        );
    }

    #[test]
    fn what_is_missing_is_never_silent() {
        let without_landlock = words(false, false, true);
        assert!(without_landlock.contains("also by seccomp."));
        assert!(without_landlock.contains("Missing: Landlock"));
        assert!(!without_landlock.contains("Missing: seccomp"));
        let without_both = words(false, false, false);
        assert!(without_both.contains("network of their own.\n"));
        assert!(without_both.contains("Missing: Landlock"));
        assert!(without_both.contains("Missing: seccomp"));
    }

    #[test]
    fn without_walls_the_report_shouts() {
        let words = Sandbox::unconfined(Path::new("/confine")).words();
        assert!(words[0].starts_with("NOT CONFINED"), "{words:?}");
    }
}
