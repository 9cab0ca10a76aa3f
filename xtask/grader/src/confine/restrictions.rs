//! What is taken from a program before it is started, as values: limits, refused calls, visible files.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

const MIB: u64 = 1024 * 1024;

/// What one job may use up. Wall time and output are limited by whoever runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceLimits {
    /// Bytes of address space of each process. Past them an allocation fails.
    pub memory: u64,
    /// Seconds of CPU time of each process. Past them comes SIGXCPU, and a second later the end.
    pub cpu_s: u64,
    /// Processes and threads together, of the whole job. Past them none can be started (EAGAIN).
    pub processes: u64,
    /// Bytes of any one file that is written. Past them comes SIGXFSZ.
    pub file: u64,
    /// Bytes of all files in `/tmp`, which is kept in memory and lost at the end. With 0, there is no `/tmp`.
    pub scratch: u64,
}

impl ResourceLimits {
    /// For rustc and the linker that it starts. Lesson 02's checks needed between 0.5 and 0.7 GB of address space (rustc 1.95
    /// on two cores of a shared x86-64 Linux machine, `prlimit --as`, 2026-11-22); larger machines start more threads.
    pub const COMPILE: Self = Self {
        memory: 3 * 1024 * MIB,
        cpu_s: 60,
        processes: 256,
        file: 256 * MIB,
        scratch: 512 * MIB,
    };

    /// For a submission. One of lesson 01 that starts a thread for each of 1,000 items is wrong, and is to be told so by what a
    /// check saw: there is room for their stacks, of 2 MiB of address space each, used or not.
    pub const RUN: Self = Self {
        memory: 3 * 1024 * MIB,
        cpu_s: 60,
        processes: 1200,
        file: 16 * MIB,
        scratch: 16 * MIB,
    };
}

/// What a program may ask the system for, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Category {
    Processes,
    /// Sockets for more than this machine. Allowed, they reach the loopback that the job has for itself.
    Network,
    /// Opening files for more than reading, and changing folders and names.
    Writing,
    /// All that no exercise needs and that has broken sandboxes: mounts, namespaces, tracing, `io_uring`, kernel modules, …
    System,
}

impl Category {
    pub const ALL: [Self; 4] = [Self::Processes, Self::Network, Self::Writing, Self::System];

    /// What a program did that was ended for it, to follow the name of the submission.
    pub fn attempt(self) -> &'static str {
        match self {
            Self::Processes => "it tried to start a process",
            Self::Network => "it tried to open a network connection",
            Self::Writing => "it tried to write, move or remove a file",
            Self::System => "it asked the system for what no exercise needs",
        }
    }
}

/// How the system answers a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallAction {
    /// As ever; the walls still stand.
    Allow,
    /// With an error (EPERM).
    Refuse,
    /// With the end of the process (SIGSYS).
    End,
}

/// How calls are answered, by category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub processes: CallAction,
    pub network: CallAction,
    pub writing: CallAction,
    pub system: CallAction,
}

impl Policy {
    /// For rustc, which starts the linker, writes files, and tries harmless things that are not worth ending it for.
    pub const COMPILE: Self = Self {
        processes: CallAction::Allow,
        network: CallAction::Refuse,
        writing: CallAction::Allow,
        system: CallAction::Refuse,
    };

    /// For a submission: it computes, reads its input and prints.
    pub const RUN: Self = Self {
        processes: CallAction::End,
        network: CallAction::End,
        writing: CallAction::End,
        system: CallAction::End,
    };

    /// For a program that starts processes of its own. It may write as well, since giving a child no standard output
    /// means to open `/dev/null` for writing; all else that it can open for writing is the sized `/tmp`.
    pub const RUN_WITH_PROCESSES: Self = Self {
        processes: CallAction::Allow,
        writing: CallAction::Allow,
        ..Self::RUN
    };

    pub fn answer(&self, category: Category) -> CallAction {
        match category {
            Category::Processes => self.processes,
            Category::Network => self.network,
            Category::Writing => self.writing,
            Category::System => self.system,
        }
    }

    /// The same, but for one category.
    pub fn with(mut self, category: Category, answer: CallAction) -> Self {
        *match category {
            Category::Processes => &mut self.processes,
            Category::Network => &mut self.network,
            Category::Writing => &mut self.writing,
            Category::System => &mut self.system,
        } = answer;
        self
    }

    /// To find out what ended a program: the same policy with the end for one category at a time, and an error for the
    /// others. The program did whatever it is ended for.
    pub fn one_fatal_at_a_time(self) -> impl Iterator<Item = (Category, Self)> {
        let fatal = move |&category: &Category| self.answer(category) == CallAction::End;
        Category::ALL.into_iter().filter(fatal).map(move |one| {
            let others = Category::ALL.into_iter().filter(fatal);
            let refused = others.fold(self, |policy, other| policy.with(other, CallAction::Refuse));
            (one, refused.with(one, CallAction::End))
        })
    }
}

/// All that [`super::step`] is told about the program that it starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restrictions {
    pub limits: ResourceLimits,
    pub policy: Policy,
    /// Whether there are walls around. Without them no files are hidden, and the processes are not counted: the count would be
    /// that of all programs of the user.
    pub walls: bool,
    /// Files and folders, those below included.
    pub readable: Vec<PathBuf>,
    pub writable: Vec<PathBuf>,
}

/// As they are written on a command line, and read there.
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
        let expected = |network, system| Policy {
            network,
            system,
            ..Policy::RUN_WITH_PROCESSES
        };
        assert_eq!(
            found,
            [
                (
                    Category::Network,
                    expected(CallAction::End, CallAction::Refuse)
                ),
                (
                    Category::System,
                    expected(CallAction::Refuse, CallAction::End)
                ),
            ]
        );
        assert_eq!(Policy::RUN.one_fatal_at_a_time().count(), 4);
        assert_eq!(Policy::COMPILE.one_fatal_at_a_time().count(), 0);
    }
}
