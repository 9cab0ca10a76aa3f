//! Describes the sandbox for the report, always with what is missing.

use super::Sandbox;

pub(super) fn describe(sandbox: &Sandbox) -> Vec<String> {
    #[cfg(target_os = "linux")]
    if let Some(bubblewrap) = &sandbox.bubblewrap {
        return bubblewrap.describe();
    }
    let _ = sandbox;
    let limits = if cfg!(target_os = "linux") {
        "Only memory, CPU time, file sizes and system calls are limited."
    } else if cfg!(unix) {
        "Only CPU time and file sizes are limited, and memory where the system can."
    } else {
        "Not even memory and CPU time are limited."
    };
    vec![format!(
        "NOT CONFINED: submissions could do whatever the user who graded could do. {limits}"
    )]
}

#[cfg(target_os = "linux")]
impl super::bubblewrap::Bubblewrap {
    fn describe(&self) -> Vec<String> {
        let version = &self.version;
        let user = if self.by_root {
            "as the user `nobody`"
        } else {
            "as the user who graded, without any rights"
        };
        let also = match (self.inspection.landlock, self.inspection.seccomp) {
            (true, true) => "; also by Landlock and seccomp",
            (true, false) => "; also by Landlock",
            (false, true) => "; also by seccomp",
            (false, false) => "",
        };
        let mut lines = vec![format!(
            "Submissions were compiled and run {user}, confined by {version} to files, processes and network of their own{also}."
        )];
        if !self.inspection.landlock {
            lines.push(
                "Missing: Landlock, a second layer around the files; this kernel does not have it (Linux 5.13) or does not use it (`lsm=landlock,…`).".to_owned(),
            );
        }
        if !self.inspection.seccomp {
            lines.push(
                "Missing: seccomp, which refuses system calls and shows what was tried; this kernel or processor does not have it."
                    .to_owned(),
            );
        }
        lines
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::path::Path;

    use super::super::bubblewrap::Bubblewrap;
    use super::*;
    use crate::confine::Inspection;

    fn describe(by_root: bool, landlock: bool, seccomp: bool) -> String {
        let bubblewrap = Bubblewrap {
            program: "/usr/bin/bwrap".into(),
            version: "bubblewrap 0.8.0".to_owned(),
            by_root,
            base: Vec::new(),
            inspection: Inspection { landlock, seccomp, ..Inspection::default() },
        };
        bubblewrap.describe().join("\n")
    }

    #[test]
    fn each_layer_is_named_and_each_missing_one() {
        assert_eq!(
            describe(true, true, true),
            "Submissions were compiled and run as the user `nobody`, confined by bubblewrap 0.8.0 to files, processes and network of their own; also by Landlock and seccomp."
        );
        for (seccomp, layers) in [(true, "their own; also by seccomp.\n"), (false, "their own.\n")]
        {
            let without = describe(false, false, seccomp);
            assert!(without.contains(layers) && without.contains("Missing: Landlock"), "{without}");
            assert_eq!(without.contains("Missing: seccomp"), !seccomp, "{without}");
        }
    }

    #[test]
    fn without_isolation_the_report_says_so_in_capitals() {
        let lines = Sandbox::without_isolation(Path::new("/confine")).describe();
        assert!(lines[0].starts_with("NOT CONFINED"), "{lines:?}");
    }
}
