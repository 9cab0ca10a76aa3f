//! Explains why submissions cannot be confined on this machine, with remedies.

use std::fmt;

/// The reason why this machine has no sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable {
    /// The end of a sentence, to follow "because".
    pub because: String,
    /// Remedies, of which one is enough.
    pub remedies: Vec<String>,
}

impl Unavailable {
    pub(super) fn new<const N: usize>(because: impl Into<String>, remedies: [&str; N]) -> Self {
        Self { because: because.into(), remedies: remedies.map(str::to_owned).into() }
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

/// What is known about a failure of bubblewrap.
#[cfg(target_os = "linux")]
#[derive(Clone, Copy, Debug)]
pub(super) struct ProbeFailure<'a> {
    /// The standard error of bubblewrap, or of a step inside it.
    pub stderr: &'a str,
    pub by_root: bool,
    /// The value of a kernel setting, by its name under `/proc/sys`; `None` if this kernel does not have it.
    pub setting: fn(&str) -> Option<String>,
}

/// Settings that forbid user namespaces: the name, the value that forbids them, the reason, and the remedy.
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
    /// The most likely reason, with bubblewrap's message.
    pub(super) fn explain(self) -> Unavailable {
        let (reason, remedies) = self.reason();
        Unavailable {
            because: format!("{reason} ({})", self.stderr.trim()),
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
        if self.stderr.contains("/confine") && self.stderr.contains("denied") {
            return (
                "the user `nobody`, who runs the submissions, cannot run the program of `grade`",
                vec!["make it readable for all users: `chmod o+rx target/debug/grader`"],
            );
        }
        if self.stderr.contains("nobody") {
            return (
                "submissions do not run as root, and root cannot become another user here",
                vec!["grade as another user than root"],
            );
        }
        let remedy = if self.by_root { CONTAINER_OF_ROOT } else { CONTAINER };
        ("bubblewrap cannot create the sandbox", vec![remedy])
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn explain(stderr: &str, by_root: bool, setting: fn(&str) -> Option<String>) -> String {
        let failure = ProbeFailure { stderr, by_root, setting };
        failure.explain().to_string()
    }

    const DENIED: &str = "bwrap: setting up uid map: Permission denied\n";

    #[test]
    fn the_setting_of_ubuntu_is_named_with_both_remedies() {
        let ubuntu = |name: &str| match name {
            "user/max_user_namespaces" => Some("96365\n".to_owned()),
            "kernel/apparmor_restrict_unprivileged_userns" => Some("1\n".to_owned()),
            _ => None,
        };
        assert_eq!(
            explain(DENIED, false, ubuntu),
            "submissions cannot be confined here, because AppArmor does not let bubblewrap use user namespaces, as on Ubuntu since 23.10 (bwrap: setting up uid map: Permission denied)
  allow them to all: `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`
  or allow them to bubblewrap alone, by an AppArmor profile for it with the rule `userns,`"
        );
    }

    #[test]
    fn every_cause_has_its_remedy() {
        let off = |name: &str| (name == "user/max_user_namespaces").then(|| "0\n".to_owned());
        assert!(explain(DENIED, false, off).contains("sysctl user.max_user_namespaces=10000"));
        let debian = |name: &str| name.ends_with("_userns_clone").then(|| "0".to_owned());
        assert!(explain(DENIED, false, debian).contains("kernel.unprivileged_userns_clone=1"));
        let container = "bwrap: No permissions to create a new namespace";
        let unreadable = "bwrap: execvp /confine: Permission denied";
        let root = "the sandbox: root cannot become the user `nobody` here: EINVAL";
        for (stderr, by_root, remedy) in [
            (container, false, "seccomp=unconfined"),
            (container, true, "--privileged"),
            (unreadable, true, "chmod o+rx"),
            (root, true, "another user than root"),
        ] {
            let explanation = explain(stderr, by_root, |_| None);
            assert!(explanation.contains(remedy), "{explanation}");
        }
    }
}
