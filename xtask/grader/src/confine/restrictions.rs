//! The restrictions of a program, as values: resource limits, system calls, visible files.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

const MIB: u64 = 1024 * 1024;

/// The resources that one job may use. Wall time and output are limited by `xtask_core::process` instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceLimits {
    /// Address space of each process in bytes. An allocation past the limit fails.
    pub memory: u64,
    /// CPU time of each process in seconds. The limit sends SIGXCPU, and SIGKILL one second later.
    pub cpu_s: u64,
    /// Processes and threads of the whole job. Starting one more fails with EAGAIN.
    pub processes: u64,
    /// Size of each written file in bytes. Writing past the limit sends SIGXFSZ.
    pub file: u64,
    /// Size of `/tmp` in bytes; it is in memory, and lost at the end of the job. With 0 there is no `/tmp`.
    pub scratch: u64,
}

impl ResourceLimits {
    /// For rustc and the linker. The checks of lesson 02 needed between 0.5 and 0.7 GB of address space (rustc 1.95 on two
    /// cores of a shared x86-64 Linux machine, `prlimit --as`, 2026-11-22); with more cores rustc starts more threads.
    pub const COMPILE: Self = Self {
        memory: 3 * 1024 * MIB,
        cpu_s: 60,
        processes: 256,
        file: 256 * MIB,
        scratch: 512 * MIB,
    };

    /// For a submission. One of lesson 01 that starts a thread for each of 1,000 items should fail by the check that names
    /// this, so there is address space for that many stacks of 2 MiB.
    pub const RUN: Self = Self {
        memory: 3 * 1024 * MIB,
        cpu_s: 60,
        processes: 1200,
        file: 16 * MIB,
        scratch: 16 * MIB,
    };
}

/// A category of system calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Category {
    Processes,
    /// Sockets other than local ones. Where they are allowed, they reach the job's own loopback interface.
    Network,
    /// Opening files for writing, and creating, renaming or removing files and folders.
    Writing,
    /// Calls that no exercise needs and that have broken sandboxes: mounts, namespaces, tracing, `io_uring`, kernel modules, …
    System,
}

impl Category {
    pub const ALL: [Self; 4] = [Self::Processes, Self::Network, Self::Writing, Self::System];

    /// What a submission tried when such a call ended it, as the beginning of a sentence.
    pub fn attempt(self) -> &'static str {
        match self {
            Self::Processes => "it tried to start a process",
            Self::Network => "it tried to open a network connection",
            Self::Writing => "it tried to write, move or remove a file",
            Self::System => "it asked the system for what no exercise needs",
        }
    }
}

/// How a filter answers a system call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallAction {
    /// The kernel handles the call; the namespaces still hold.
    Allow,
    /// The call fails with EPERM.
    Refuse,
    /// The process ends by SIGSYS.
    End,
}

/// The action for each category of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub processes: CallAction,
    pub network: CallAction,
    pub writing: CallAction,
    pub system: CallAction,
}

impl Policy {
    /// For rustc, which starts the linker, writes files, and makes some refused calls without harm.
    pub const COMPILE: Self = Self {
        processes: CallAction::Allow,
        network: CallAction::Refuse,
        writing: CallAction::Allow,
        system: CallAction::Refuse,
    };

    /// For a submission, which computes, reads its input and prints.
    pub const RUN: Self = Self::same_for_all(CallAction::End);

    /// For a submission that starts processes. It may write too, since a child without standard output gets `/dev/null`,
    /// opened for writing; the only other place that it can write to is `/tmp`.
    pub const RUN_WITH_PROCESSES: Self =
        Self { processes: CallAction::Allow, writing: CallAction::Allow, ..Self::RUN };

    /// The policy with one action for all categories.
    pub const fn same_for_all(action: CallAction) -> Self {
        Self { processes: action, network: action, writing: action, system: action }
    }

    pub fn action(&self, category: Category) -> CallAction {
        match category {
            Category::Processes => self.processes,
            Category::Network => self.network,
            Category::Writing => self.writing,
            Category::System => self.system,
        }
    }

    /// This policy with another action for one category.
    pub fn with(mut self, category: Category, action: CallAction) -> Self {
        *match category {
            Category::Processes => &mut self.processes,
            Category::Network => &mut self.network,
            Category::Writing => &mut self.writing,
            Category::System => &mut self.system,
        } = action;
        self
    }

    /// For each fatal category, this policy with that category fatal and the other fatal ones refused. A program that ends
    /// under one of them made a call of its category.
    pub fn one_fatal_at_a_time(self) -> impl Iterator<Item = (Category, Self)> {
        let fatal = move |&category: &Category| self.action(category) == CallAction::End;
        Category::ALL.into_iter().filter(fatal).map(move |one| {
            let others = Category::ALL.into_iter().filter(fatal);
            let refused = others.fold(self, |policy, other| policy.with(other, CallAction::Refuse));
            (one, refused.with(one, CallAction::End))
        })
    }
}

/// Everything that [`super::step`] must know of the program that it starts. `Display` writes the JSON that it reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restrictions {
    pub limits: ResourceLimits,
    pub policy: Policy,
    /// Whether the program runs inside bubblewrap. Outside, no files are hidden, and the number of processes is not limited,
    /// since that limit would count all processes of the user.
    pub isolated: bool,
    /// Files and folders, with everything below them.
    pub readable: Vec<PathBuf>,
    pub writable: Vec<PathBuf>,
}

impl fmt::Display for Restrictions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ended_a_program_is_found_among_what_could_have() {
        let found: Vec<_> = Policy::RUN_WITH_PROCESSES.one_fatal_at_a_time().collect();
        let expected = |network, system| Policy { network, system, ..Policy::RUN_WITH_PROCESSES };
        assert_eq!(
            found,
            [
                (Category::Network, expected(CallAction::End, CallAction::Refuse)),
                (Category::System, expected(CallAction::Refuse, CallAction::End)),
            ]
        );
        assert_eq!(Policy::RUN.one_fatal_at_a_time().count(), 4);
        assert_eq!(Policy::COMPILE.one_fatal_at_a_time().count(), 0);
    }
}
