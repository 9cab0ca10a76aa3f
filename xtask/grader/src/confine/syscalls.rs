//! Seccomp: which calls to the system are answered, refused, or end the process that makes them.
//!
//! Each category is a filter of its own, and of all filters' answers the strictest holds. What is on no list is allowed: the
//! filters name what a program tries and close what sandboxes have been broken with; the walls do not rest on them.

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

/// Calls by number, and when a rule of them fits. No rule at all means: always.
type Calls = BTreeMap<i64, Vec<SeccompRule>>;

/// Filters, ready for the kernel.
pub(super) struct Filters(Vec<BpfProgram>);

impl Filters {
    /// The filters of a policy, under which only an [`Key::exec`] starts a program. There are none for a processor whose
    /// calls are not known; the probe has noticed that.
    ///
    /// # Errors
    ///
    /// A list has an entry that no filter can be made of.
    pub(super) fn of(policy: &Policy, key: Key) -> Result<Self> {
        let Ok(arch) = TargetArch::try_from(ARCH) else {
            return Ok(Self(Vec::new()));
        };
        let filter = |calls: Calls, action| -> Result<BpfProgram> {
            let filter = SeccompFilter::new(calls, SeccompAction::Allow, action, arch)?;
            Ok(filter.try_into()?)
        };
        let mut filters = vec![
            no_foreign_numbers(),
            filter(
                lists::opaque(policy),
                SeccompAction::Errno(libc::ENOSYS as u32),
            )?,
        ];
        for category in Category::ALL {
            let action = match policy.answer(category) {
                CallAction::Allow => continue,
                CallAction::Refuse => SeccompAction::Errno(libc::EPERM as u32),
                CallAction::End => SeccompAction::KillProcess,
            };
            let mut calls = lists::of(category)?;
            if category == Category::Processes {
                calls.extend(key.bars_other_programs()?);
            }
            filters.push(filter(calls, action)?);
        }
        Ok(Self(filters))
    }

    /// Filters the calls of this process from now on.
    ///
    /// # Errors
    ///
    /// The kernel does not take a filter. One that knows no filters is no error; the probe has noticed that.
    pub(super) fn apply(&self) -> Result<()> {
        for (number, filter) in self.0.iter().enumerate() {
            match apply_filter(filter) {
                Err(Error::Seccomp(error))
                    if number == 0
                        && matches!(error.raw_os_error(), Some(libc::ENOSYS | libc::EINVAL)) =>
                {
                    return Ok(());
                }
                applied => applied.context("the kernel does not take a seccomp filter")?,
            }
        }
        Ok(())
    }
}

/// On x86-64 the same calls have a second set of numbers (x32), past which the lists would look.
fn no_foreign_numbers() -> BpfProgram {
    const FIRST_FOREIGN: u32 = 0x4000_0000;
    let statement = |code: u32, jf, k| sock_filter {
        code: code as u16,
        jt: 0,
        jf,
        k,
    };
    vec![
        // The number of the call is the first field of what a filter sees.
        statement(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0),
        statement(
            libc::BPF_JMP | libc::BPF_JGE | libc::BPF_K,
            1,
            FIRST_FOREIGN,
        ),
        statement(
            libc::BPF_RET | libc::BPF_K,
            0,
            libc::SECCOMP_RET_KILL_PROCESS,
        ),
        statement(libc::BPF_RET | libc::BPF_K, 0, libc::SECCOMP_RET_ALLOW),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key::of([1, 2]);

    #[test]
    fn every_policy_makes_filters_that_fit_the_kernel() {
        /// Of one filter: `BPF_MAXINSNS`.
        const MOST_INSTRUCTIONS: usize = 4096;
        let policies = [Policy::RUN, Policy::RUN_WITH_PROCESSES, Policy::COMPILE];
        for policy in policies {
            let filters = Filters::of(&policy, KEY).unwrap().0;
            let lengths: Vec<_> = filters.iter().map(Vec::len).collect();
            assert!(lengths.iter().all(|&length| length <= MOST_INSTRUCTIONS));
            let denied = Category::ALL.map(|category| policy.answer(category) != CallAction::Allow);
            let denied = denied.into_iter().filter(|&denied| denied).count();
            assert_eq!(lengths.len(), 2 + denied, "{policy:?}: {lengths:?}");
        }
    }

    #[test]
    fn no_call_is_on_two_lists() {
        // It would be named by whichever list is tried first.
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
