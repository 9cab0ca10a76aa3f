//! Why submissions cannot be confined here, and what can be done about it.

use std::fmt;

/// The walls do not stand on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable {
    /// What does not hold, to follow "because".
    pub because: String,
    /// What to do, a line each; any one of them will do.
    pub remedies: Vec<String>,
}

impl Unavailable {
    pub(super) fn new<const N: usize>(because: impl Into<String>, remedies: [&str; N]) -> Self {
        Self {
            because: because.into(),
            remedies: remedies.map(str::to_owned).into(),
        }
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let because = &self.because;
        write!(f, "submissions cannot be confined here, because {because}")?;
        for (number, remedy) in self.remedies.iter().enumerate() {
            let or = if number == 0 { "" } else { "or " };
            write!(f, "\n  {or}{remedy}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Unavailable {}

/// What is known of a machine on which bubblewrap failed.
#[cfg(target_os = "linux")]
#[derive(Clone, Copy, Debug)]
pub(super) struct ProbeFailure<'a> {
    /// What it, or a step inside it, said.
    pub words: &'a str,
    pub by_root: bool,
    /// The system's settings, by their names under `/proc/sys`; `None` for one that this kernel does not have.
    pub setting: fn(&str) -> Option<String>,
}

/// Settings that forbid user namespaces: name, the value that does, why it is there, the remedy.
#[cfg(target_os = "linux")]
const FORBIDDING: [[&str; 4]; 3] = [
    [
        "user/max_user_namespaces",
        "0",
        "user namespaces are switched off",
        "allow them: `sudo sysctl user.max_user_namespaces=10000`",
    ],
    [
        "kernel/unprivileged_userns_clone",
        "0",
        "only root may make user namespaces",
        "allow them to all: `sudo sysctl kernel.unprivileged_userns_clone=1`",
    ],
    [
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor does not let bubblewrap use user namespaces, as on Ubuntu since 23.10",
        "allow them to all: `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`",
    ],
];

#[cfg(target_os = "linux")]
impl ProbeFailure<'_> {
    /// The most likely reason, with bubblewrap's own words.
    pub(super) fn explained(self) -> Unavailable {
        let words = self.words.trim();
        let (reason, remedies) = self.reason();
        Unavailable {
            because: format!("{reason} ({words})"),
            remedies: remedies.into_iter().map(str::to_owned).collect(),
        }
    }

    fn reason(self) -> (&'static str, Vec<&'static str>) {
        const PROFILE: &str =
            "allow them to bubblewrap alone, by an AppArmor profile for it with the rule `userns,`";
        const CONTAINER: &str = "in a container: start that with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined`";
        const CONTAINER_OF_ROOT: &str =
            "in a container: start that with `--privileged`, or grade as another user than root";

        let forbidding = FORBIDDING.into_iter().find(|[name, forbids, ..]| {
            (self.setting)(name).is_some_and(|value| value.trim() == *forbids)
        });
        if let Some([name, _, reason, remedy]) = forbidding {
            let also = name.contains("apparmor").then_some(PROFILE);
            return (reason, [remedy].into_iter().chain(also).collect());
        }
        if self.words.contains("/confine") && self.words.contains("denied") {
            return (
                "the user `nobody`, as whom submissions are run, must not run the program of `grade`",
                vec!["make it readable to all: `chmod o+rx target/debug/grading`"],
            );
        }
        if self.words.contains("nobody") {
            return (
                "a submission is not run as root, and root cannot become another user here",
                vec!["grade as another user than root"],
            );
        }
        let remedy = if self.by_root {
            CONTAINER_OF_ROOT
        } else {
            CONTAINER
        };
        ("bubblewrap cannot build its walls", vec![remedy])
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn explained(words: &str, by_root: bool, setting: fn(&str) -> Option<String>) -> String {
        let failure = ProbeFailure {
            words,
            by_root,
            setting,
        };
        failure.explained().to_string()
    }

    const DENIED: &str = "bwrap: setting up uid map: Permission denied\n";

    #[test]
    fn what_ubuntu_forbids_is_named_with_both_remedies() {
        let ubuntu = |name: &str| match name {
            "user/max_user_namespaces" => Some("96365\n".to_owned()),
            "kernel/apparmor_restrict_unprivileged_userns" => Some("1\n".to_owned()),
            _ => None,
        };
        assert_eq!(
            explained(DENIED, false, ubuntu),
            "submissions cannot be confined here, because AppArmor does not let bubblewrap use user namespaces, as on Ubuntu since 23.10 (bwrap: setting up uid map: Permission denied)
  allow them to all: `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`
  or allow them to bubblewrap alone, by an AppArmor profile for it with the rule `userns,`"
        );
    }

    #[test]
    fn every_setting_that_forbids_has_its_remedy() {
        let off = |name: &str| (name == "user/max_user_namespaces").then(|| "0\n".to_owned());
        assert!(explained(DENIED, false, off).contains("sysctl user.max_user_namespaces=10000"));
        let debian = |name: &str| name.ends_with("_userns_clone").then(|| "0".to_owned());
        assert!(explained(DENIED, false, debian).contains("kernel.unprivileged_userns_clone=1"));
    }

    #[test]
    fn in_a_container_root_and_others_have_remedies_of_their_own() {
        let words = "bwrap: No permissions to create a new namespace";
        assert!(explained(words, false, |_| None).contains("seccomp=unconfined"));
        assert!(explained(words, true, |_| None).contains("--privileged"));
    }

    #[test]
    fn a_program_that_nobody_may_run_is_named() {
        let words = "bwrap: execvp /confine: Permission denied";
        assert!(explained(words, true, |_| None).contains("chmod o+rx"));
    }

    #[test]
    fn root_that_cannot_become_nobody_is_refused() {
        let words = "the sandbox: root cannot become the user `nobody` here: EINVAL";
        assert!(explained(words, true, |_| None).contains("another user than root"));
    }
}
