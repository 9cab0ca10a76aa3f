//! Which calls belong to which category, after the default filters of Docker and Flatpak.

use anyhow::Result;
use nix::libc::{self, c_int};
use seccompiler::{SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompRule};

use super::Calls;
use crate::confine::restrictions::{CallAction, Category, Policy};

/// The calls of a category, without `execve`, which is [`super::Key`]'s.
pub(super) fn of(category: Category) -> Result<Calls> {
    let (always, sometimes) = match category {
        Category::Processes => (&FORKS[..], vec![(libc::SYS_clone, forks()?)]),
        Category::Network => (&[][..], network()?),
        Category::Writing => (WRITES, writing()?),
        Category::System => (SYSTEM, system()?),
    };
    let always = always.iter().map(|&call| (call, Vec::new()));
    Ok(always.chain(sometimes).collect())
}

/// Calls whose arguments lie in memory, where no filter sees them. They are answered as by a kernel that does not know them,
/// so that the C library falls back to those that can be seen.
pub(super) fn opaque(policy: &Policy) -> Calls {
    let mut calls = Calls::from([(libc::SYS_clone3, Vec::new())]);
    if policy.writing != CallAction::Allow {
        calls.insert(libc::SYS_openat2, Vec::new());
    }
    calls
}

#[cfg(target_arch = "x86_64")]
const FORKS: [i64; 2] = [libc::SYS_fork, libc::SYS_vfork];
#[cfg(not(target_arch = "x86_64"))]
const FORKS: [i64; 0] = [];

/// A `clone` that makes no thread makes a process.
fn forks() -> Result<Vec<SeccompRule>> {
    Ok(vec![rule(0, flag_is(libc::CLONE_THREAD, false))?])
}

/// Sockets inside this machine are the standard library's own means; they lead nowhere from inside the walls.
fn network() -> Result<Vec<(i64, Vec<SeccompRule>)>> {
    let other_than_local = || -> Result<_> {
        let local = libc::AF_UNIX as u64;
        Ok(vec![rule(0, (SeccompCmpOp::Ne, local))?])
    };
    Ok(vec![
        (libc::SYS_socket, other_than_local()?),
        (libc::SYS_socketpair, other_than_local()?),
    ])
}

/// An open that may change anything.
fn writing() -> Result<Vec<(i64, Vec<SeccompRule>)>> {
    let changes = |flags: u8| -> Result<Vec<_>> {
        [
            libc::O_WRONLY,
            libc::O_RDWR,
            libc::O_CREAT,
            libc::O_TRUNC,
            libc::O_APPEND,
        ]
        .map(|flag| rule(flags, flag_is(flag, true)))
        .into_iter()
        .collect()
    };
    Ok(vec![
        #[cfg(target_arch = "x86_64")]
        (libc::SYS_open, changes(1)?),
        (libc::SYS_openat, changes(2)?),
    ])
}

/// A `clone` into a new namespace, and typing on the terminal in somebody else's name.
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
    let request = |request: u64| {
        // The kernel looks at the lower half only.
        let condition =
            SeccompCondition::new(1, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, request)?;
        Ok(SeccompRule::new(vec![condition])?)
    };
    #[allow(
        clippy::unnecessary_cast,
        reason = "not every C library has them as 64 bits"
    )]
    let typing = [libc::TIOCSTI, libc::TIOCLINUX].map(|call| request(call as u64));
    Ok(vec![
        (
            libc::SYS_clone,
            namespaces.into_iter().collect::<Result<_>>()?,
        ),
        (libc::SYS_ioctl, typing.into_iter().collect::<Result<_>>()?),
    ])
}

fn rule(argument: u8, (is, value): (SeccompCmpOp, u64)) -> Result<SeccompRule> {
    // Flags and families are C's `int`: the kernel looks at the lower half only.
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, is, value)?;
    Ok(SeccompRule::new(vec![condition])?)
}

/// All bits of the flag are set, or none.
fn flag_is(flag: c_int, set: bool) -> (SeccompCmpOp, u64) {
    let bits = u64::from(flag as u32);
    (SeccompCmpOp::MaskedEq(bits), if set { bits } else { 0 })
}

const WRITES: &[i64] = &[
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chmod,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_creat,
    libc::SYS_fallocate,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_fremovexattr,
    libc::SYS_fsetxattr,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_lchown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_link,
    libc::SYS_linkat,
    libc::SYS_lremovexattr,
    libc::SYS_lsetxattr,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_mkdir,
    libc::SYS_mkdirat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_mknod,
    libc::SYS_mknodat,
    libc::SYS_removexattr,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_rename,
    #[cfg(not(target_arch = "riscv64"))]
    libc::SYS_renameat,
    libc::SYS_renameat2,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_rmdir,
    libc::SYS_setxattr,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_symlink,
    libc::SYS_symlinkat,
    libc::SYS_truncate,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_unlink,
    libc::SYS_unlinkat,
];

/// `memfd_create` and the memory shared by System V's calls are here because no limit counts what they hold.
const SYSTEM: &[i64] = &[
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_adjtimex,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_adjtime,
    libc::SYS_clock_settime,
    libc::SYS_delete_module,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_init_module,
    libc::SYS_io_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_uring_setup,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    libc::SYS_kcmp,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_mbind,
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_migrate_pages,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
    libc::SYS_mount,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_move_pages,
    libc::SYS_mq_open,
    libc::SYS_msgget,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_personality,
    libc::SYS_pidfd_getfd,
    libc::SYS_pivot_root,
    libc::SYS_process_madvise,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_quotactl,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_semget,
    libc::SYS_set_mempolicy,
    libc::SYS_setdomainname,
    libc::SYS_sethostname,
    libc::SYS_setns,
    libc::SYS_settimeofday,
    libc::SYS_shmget,
    libc::SYS_swapoff,
    libc::SYS_swapon,
    libc::SYS_syslog,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
];
