//! The sandbox in which `grade` compiles and runs unread code.

use std::fs;
use std::process::Command;
use std::time::Duration;

use measure::protocol::Finding;
use xtask_core::process::{self, Limits, Termination};

const PART: &str = "sandbox";

/// The first version that can forbid user namespaces inside its own.
const OLDEST: (u32, u32) = (0, 8);

/// Settings that are 0 where the kernel lets no user, or only root, make user namespaces; and what allows it.
const FORBIDDING: [(&str, &str); 2] = [
    ("user/max_user_namespaces", "sudo sysctl user.max_user_namespaces=10000"),
    ("kernel/unprivileged_userns_clone", "sudo sysctl kernel.unprivileged_userns_clone=1"),
];

/// Arguments that make bubblewrap run a program in a sandbox as `grade` makes them.
const TRIAL: &str = "--unshare-all --unshare-user --disable-userns --cap-drop ALL --clearenv --die-with-parent --new-session \
                     --ro-bind / / true";

/// What was seen of bubblewrap and of the kernel.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// What it says of its version; `None` if it is not installed.
    version: Option<String>,
    /// Why it could not run a program in a sandbox; `None` if it could.
    refused: Option<String>,
    /// Whether AppArmor keeps ordinary programs from making user namespaces, as on Ubuntu from 23.10 on.
    restricted_by_apparmor: bool,
    /// The setting, if there is one, with which the kernel forbids them, and the command that allows them.
    forbidden: Option<(&'static str, &'static str)>,
}

pub fn inspect() -> Finding {
    if cfg!(target_os = "linux") {
        conclude(&look())
    } else {
        Finding::limited(
            PART,
            "there is none outside of Linux: `grade` runs submissions unconfined, and only with `--unconfined`",
            "grade on Linux, in a virtual machine for instance",
        )
    }
}

fn look() -> Seen {
    let limits = Limits { deadline: Duration::from_secs(20), output: 1 << 16 };
    let bwrap =
        |arguments: &[&str]| process::run(Command::new("bwrap").args(arguments), limits, |_| ());
    let Ok(version) = bwrap(&["--version"]) else {
        return Seen::default();
    };
    let tried = bwrap(&TRIAL.split(' ').collect::<Vec<_>>());
    let refused = match tried {
        Ok(output) if output.termination == Termination::Exit(0) => None,
        Ok(output) => Some(output.stderr.lines().next().unwrap_or("it gives no reason").to_owned()),
        Err(error) => Some(error.to_string()),
    };
    let kernel = |name: &str| fs::read_to_string(format!("/proc/sys/{name}")).unwrap_or_default();
    Seen {
        version: Some(version.stdout.trim().to_owned()),
        refused,
        restricted_by_apparmor: kernel("kernel/apparmor_restrict_unprivileged_userns").trim()
            == "1",
        forbidden: FORBIDDING.into_iter().find(|(name, _)| kernel(name).trim() == "0"),
    }
}

fn conclude(seen: &Seen) -> Finding {
    let Some(version) = &seen.version else {
        return Finding::bad(
            PART,
            "bubblewrap is not installed",
            "install it (Debian, Ubuntu: `sudo apt install bubblewrap`; Fedora: `sudo dnf install bubblewrap`)",
        );
    };
    let number = version.rsplit(' ').next().unwrap_or_default();
    let mut numbers = number.split('.').map(|part| part.parse().unwrap_or(0));
    let number = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if number < OLDEST {
        return Finding::bad(
            PART,
            format!("{version} is too old: it cannot forbid sandboxes inside of it"),
            "install 0.8 or newer: a newer release of your system has it",
        );
    }
    let Some(refused) = &seen.refused else {
        return Finding::good(
            PART,
            format!("{version} works; `grade` tries each of its walls before it begins"),
        );
    };
    let remedy = match seen {
        Seen {
            forbidden: Some((setting, allow)),
            ..
        } => format!(
            "the kernel forbids it ({setting} is 0): `{allow}` allows it until the next start, a file in /etc/sysctl.d for good"
        ),
        Seen {
            restricted_by_apparmor: true,
            ..
        } => "AppArmor forbids it. Ubuntu has a profile for bubblewrap: `sudo apt install apparmor-profiles`, then \
             `sudo cp /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/` and \
             `sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict`"
            .to_owned(),
        _ => "in a container: start it so that user namespaces are allowed (`--security-opt seccomp=unconfined`); else \
              grade in a virtual machine"
            .to_owned(),
    };
    Finding::bad(PART, format!("{version} cannot make one: {refused}"), remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use measure::protocol::FindingState;

    fn observation(version: &str, refused: Option<&str>) -> Seen {
        Seen {
            version: Some(version.to_owned()),
            refused: refused.map(str::to_owned),
            ..Seen::default()
        }
    }

    #[test]
    fn a_sandbox_that_works_is_good() {
        assert_eq!(conclude(&observation("bubblewrap 0.8.0", None)).state, FindingState::Good);
        assert_eq!(conclude(&observation("bubblewrap 0.11.2", None)).state, FindingState::Good);
        assert_eq!(conclude(&observation("bubblewrap 0.6.1", None)).state, FindingState::Bad);
    }

    #[test]
    fn whatever_is_missing_has_its_own_remedy() {
        let refused =
            observation("bubblewrap 0.9.0", Some("bwrap: setting up uid map: Permission denied"));
        let remedy = |seen: &Seen| conclude(seen).remedy.unwrap();
        assert!(remedy(&Seen::default()).contains("apt install bubblewrap"));
        assert!(remedy(&refused).contains("in a container"));
        let by_apparmor = Seen { restricted_by_apparmor: true, ..refused.clone() };
        assert!(remedy(&by_apparmor).contains("apparmor_parser"));
        let by_kernel = Seen { forbidden: Some(FORBIDDING[1]), ..refused };
        let words = remedy(&by_kernel);
        assert!(words.contains("`sudo sysctl kernel.unprivileged_userns_clone=1`"));
        assert!(!words.contains("max_user_namespaces"));
    }
}
