//! The calls of each category, after the default filters of Docker and Flatpak.

use anyhow::Result;
use nix::libc::{self, c_int};
use seccompiler::{SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompRule};

use super::Calls;
use crate::confine::restrictions::{CallAction, Category, Policy};

/// The calls of a category, without `execve`, which is [`super::Key`]'s.
pub(super) fn of(category: Category) -> Result<Calls> {
    let (always, sometimes): (&[&[i64]], _) = match category {
        Category::Processes => {
            // A `clone` without this flag starts a process.
            let fork = rule(0, flag_is(libc::CLONE_THREAD, false))?;
            (&[old::FORKS], vec![(libc::SYS_clone, vec![fork])])
        }
        Category::Network => (&[], network()?),
        Category::Writing => (&[WRITES, old::WRITES], writing()?),
        Category::System => (&[SYSTEM, old::SYSTEM], system()?),
    };
    let always = always.concat().into_iter();
    Ok(always.map(|call| (call, Vec::new())).chain(sometimes).collect())
}

/// Calls whose arguments are in memory, which no filter can read. They fail as on a kernel that does not have them, so that the
/// C library falls back to calls that a filter can judge.
pub(super) fn opaque(policy: &Policy) -> Calls {
    let mut calls = Calls::from([(libc::SYS_clone3, Vec::new())]);
    if policy.action(Category::Writing) != CallAction::Allow {
        calls.insert(libc::SYS_openat2, Vec::new());
    }
    calls
}

/// Sockets of every family but `AF_UNIX`, which the standard library uses, and which reach no process outside of the sandbox.
fn network() -> Result<Vec<(i64, Vec<SeccompRule>)>> {
    let not_local = rule(0, (SeccompCmpOp::Ne, libc::AF_UNIX as u64))?;
    let calls = [libc::SYS_socket, libc::SYS_socketpair];
    Ok(calls.map(|call| (call, vec![not_local.clone()])).into())
}

/// Opening a file with a flag that lets it be changed.
fn writing() -> Result<Vec<(i64, Vec<SeccompRule>)>> {
    let changes = |flags: u8| -> Result<Vec<_>> {
        let writing = [libc::O_WRONLY, libc::O_RDWR, libc::O_CREAT, libc::O_TRUNC, libc::O_APPEND];
        writing.map(|flag| rule(flags, flag_is(flag, true))).into_iter().collect()
    };
    Ok(vec![
        #[cfg(target_arch = "x86_64")]
        (libc::SYS_open, changes(1)?),
        (libc::SYS_openat, changes(2)?),
    ])
}

/// A `clone` into a new namespace, and requests that insert input into a terminal.
fn system() -> Result<Vec<(i64, Vec<SeccompRule>)>> {
    let namespaces = [
        libc::CLONE_NEWCGROUP,
        libc::CLONE_NEWIPC,
        libc::CLONE_NEWNET,
        libc::CLONE_NEWNS,
        libc::CLONE_NEWPID,
        libc::CLONE_NEWUSER,
        libc::CLONE_NEWUTS,
    ];
    let namespaces = namespaces.map(|flag| rule(0, flag_is(flag, true)));
    #[allow(clippy::unnecessary_cast, reason = "not every C library has them as 64 bits")]
    let typing =
        [libc::TIOCSTI, libc::TIOCLINUX].map(|request| rule(1, (SeccompCmpOp::Eq, request as u64)));

    Ok(vec![
        (libc::SYS_clone, namespaces.into_iter().collect::<Result<_>>()?),
        (libc::SYS_ioctl, typing.into_iter().collect::<Result<_>>()?),
    ])
}

/// A rule that one argument, by its position, compares so with a value.
fn rule(argument: u8, (is, value): (SeccompCmpOp, u64)) -> Result<SeccompRule> {
    // Flags, families and requests are of C's type `int`: the kernel reads the lower half only.
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, is, value)?;
    Ok(SeccompRule::new(vec![condition])?)
}

/// The comparison for all bits of a flag being set, or none of them.
fn flag_is(flag: c_int, set: bool) -> (SeccompCmpOp, u64) {
    let bits = u64::from(flag as u32);
    (SeccompCmpOp::MaskedEq(bits), if set { bits } else { 0 })
}

/// The numbers of these calls.
macro_rules! calls {
    ($($name:ident)*) => { &[$(nix::libc::$name),*] };
}

const WRITES: &[i64] = calls! {
    SYS_fallocate SYS_fchmod SYS_fchmodat SYS_fchown SYS_fchownat SYS_fremovexattr SYS_fsetxattr SYS_linkat SYS_lremovexattr
    SYS_lsetxattr SYS_mkdirat SYS_mknodat SYS_removexattr SYS_renameat2 SYS_setxattr SYS_symlinkat SYS_truncate SYS_unlinkat
};

/// `memfd_create` and System V's shared memory are here because no resource limit counts them.
const SYSTEM: &[i64] = calls! {
    SYS_acct SYS_add_key SYS_adjtimex SYS_bpf SYS_chroot SYS_clock_adjtime SYS_clock_settime SYS_delete_module
    SYS_fanotify_init SYS_finit_module SYS_fsconfig SYS_fsmount SYS_fsopen SYS_fspick SYS_init_module SYS_io_setup
    SYS_io_uring_enter SYS_io_uring_register SYS_io_uring_setup SYS_kcmp SYS_kexec_load SYS_keyctl SYS_mbind
    SYS_memfd_create SYS_memfd_secret SYS_migrate_pages SYS_mount SYS_mount_setattr SYS_move_mount SYS_move_pages
    SYS_mq_open SYS_msgget SYS_name_to_handle_at SYS_open_by_handle_at SYS_open_tree SYS_perf_event_open SYS_personality
    SYS_pidfd_getfd SYS_pivot_root SYS_process_madvise SYS_process_vm_readv SYS_process_vm_writev SYS_ptrace SYS_quotactl
    SYS_reboot SYS_request_key SYS_semget SYS_set_mempolicy SYS_setdomainname SYS_sethostname SYS_setns SYS_settimeofday
    SYS_shmget SYS_swapoff SYS_swapon SYS_syslog SYS_umount2 SYS_unshare SYS_userfaultfd SYS_vhangup
};

/// Calls that not every processor has.
#[cfg(target_arch = "x86_64")]
mod old {
    pub const FORKS: &[i64] = calls! { SYS_fork SYS_vfork };
    pub const WRITES: &[i64] = calls! {
        SYS_chmod SYS_chown SYS_creat SYS_lchown SYS_link SYS_mkdir SYS_mknod SYS_rename SYS_renameat SYS_rmdir SYS_symlink
        SYS_unlink
    };
    pub const SYSTEM: &[i64] = calls! { SYS_ioperm SYS_iopl SYS_modify_ldt };
}

#[cfg(not(target_arch = "x86_64"))]
mod old {
    pub const FORKS: &[i64] = &[];
    #[cfg(target_arch = "riscv64")]
    pub const WRITES: &[i64] = &[];
    #[cfg(not(target_arch = "riscv64"))]
    pub const WRITES: &[i64] = calls! { SYS_renameat };
    pub const SYSTEM: &[i64] = &[];
}
