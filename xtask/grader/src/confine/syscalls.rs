//! Seccomp: which system calls are allowed, which fail, and which end the process that makes them.
//!
//! Each category of calls has its own filter, and the strictest answer of all filters holds. A call on no list is allowed: the
//! filters name what a program tries, and close what has broken sandboxes before; the namespaces do not depend on them.

mod key;
mod lists;

use std::collections::BTreeMap;
use std::env::consts::ARCH;

use anyhow::{Context, Result};
use nix::libc;
use seccompiler::{
    BpfProgram, Error, SeccompAction, SeccompFilter, SeccompRule, TargetArch, apply_filter,
    sock_filter,
};

pub(super) use key::Key;

use super::restrictions::{CallAction, Category, Policy};

/// The rules of each call, by its number. A filter applies to a call if one of its rules matches, or if it has none.
type Calls = BTreeMap<i64, Vec<SeccompRule>>;

/// Filters in the form that the kernel takes.
pub(super) struct Filters(Vec<BpfProgram>);

impl Filters {
    /// The filters of a policy, under which only [`Key::exec`] starts a program. There are none for an unknown processor;
    /// the probe reports that.
    ///
    /// # Errors
    ///
    /// A rule is invalid.
    pub(super) fn of(policy: &Policy, key: Key) -> Result<Self> {
        let Ok(arch) = TargetArch::try_from(ARCH) else {
            return Ok(Self(Vec::new()));
        };
        let filter = |calls: Calls, action| -> Result<BpfProgram> {
            let filter = SeccompFilter::new(calls, SeccompAction::Allow, action, arch)?;
            Ok(filter.try_into()?)
        };
        let mut filters = vec![
            kill_on_x32_calls(),
            filter(lists::opaque(policy), SeccompAction::Errno(libc::ENOSYS as u32))?,
        ];
        for category in Category::ALL {
            let action = match policy.action(category) {
                CallAction::Allow => continue,
                CallAction::Refuse => SeccompAction::Errno(libc::EPERM as u32),
                CallAction::End => SeccompAction::KillProcess,
            };
            let mut calls = lists::of(category)?;
            if category == Category::Processes {
                calls.extend(key.exec_without_key()?);
            }
            filters.push(filter(calls, action)?);
        }
        Ok(Self(filters))
    }

    /// Filters the calls of this process from now on. Does nothing where the kernel has no seccomp; the probe reports that.
    ///
    /// # Errors
    ///
    /// The kernel rejects a filter.
    pub(super) fn apply(&self) -> Result<()> {
        for (number, filter) in self.0.iter().enumerate() {
            match apply_filter(filter) {
                Err(Error::Seccomp(error))
                    if number == 0
                        && matches!(error.raw_os_error(), Some(libc::ENOSYS | libc::EINVAL)) =>
                {
                    return Ok(());
                }
                applied => applied.context("the kernel rejects a seccomp filter")?,
            }
        }
        Ok(())
    }
}

/// Ends a process that makes a call by its x32 number: on x86-64 the same calls have this second set of numbers, which is on
/// no list.
fn kill_on_x32_calls() -> BpfProgram {
    const FIRST_X32: u32 = 0x4000_0000;
    const RETURN: u32 = libc::BPF_RET | libc::BPF_K;
    let statement = |code: u32, jf, k| sock_filter { code: code as u16, jt: 0, jf, k };
    vec![
        // A filter reads `struct seccomp_data`, whose first field is the number of the call.
        statement(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0),
        statement(libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K, 1, FIRST_X32),
        statement(RETURN, 0, libc::SECCOMP_RET_KILL_PROCESS),
        statement(RETURN, 0, libc::SECCOMP_RET_ALLOW),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_makes_filters_that_fit_the_kernel() {
        /// The kernel's limit for one filter, `BPF_MAXINSNS`.
        const MOST_INSTRUCTIONS: usize = 4096;
        for policy in [Policy::RUN, Policy::RUN_WITH_PROCESSES, Policy::COMPILE] {
            let filters = Filters::of(&policy, Key::random().unwrap()).unwrap().0;
            let lengths: Vec<_> = filters.iter().map(Vec::len).collect();
            assert!(lengths.iter().all(|&length| length <= MOST_INSTRUCTIONS));
            let denied = Category::ALL.map(|category| policy.action(category) != CallAction::Allow);
            let denied = denied.into_iter().filter(|&denied| denied).count();
            assert_eq!(lengths.len(), 2 + denied, "{policy:?}: {lengths:?}");
        }
    }

    #[test]
    fn no_call_is_on_two_lists() {
        // The verdict would name the category that is tried first.
        let mut seen = BTreeMap::new();
        for category in Category::ALL {
            for (number, rules) in lists::of(category).unwrap() {
                // `clone` starts a process and makes a namespace: its rules look at different flags.
                if let Some(other) = seen.insert(number, category) {
                    assert_eq!(number, libc::SYS_clone, "{other:?} and {category:?}");
                    assert!(!rules.is_empty());
                }
            }
        }
    }
}
