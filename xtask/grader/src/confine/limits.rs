//! Resource limits of this process and of every process that it starts; none of them can raise the limits again.

use anyhow::{Context, Result};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use super::restrictions::Restrictions;

/// The number of files that a process may have open at once: the usual default of a shell.
const OPEN_FILES: u64 = 1024;

/// The size of a core file that prevents one, in bytes. With 0, Linux would still start the system's program for cores, which
/// reads the submission's memory outside of the sandbox; with 1 it does not, and no core fits.
const NO_CORE: u64 = 1;

/// Sets the limits of this process.
///
/// # Errors
///
/// The system rejects one of them.
pub(super) fn apply(restrictions: &Restrictions) -> Result<()> {
    let limits = &restrictions.limits;
    limit(Resource::RLIMIT_CORE, NO_CORE, NO_CORE)?;
    limit(Resource::RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)?;
    limit(Resource::RLIMIT_FSIZE, limits.file, limits.file)?;
    limit(Resource::RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 1)?;
    if restrictions.isolated {
        // Process 1 of the namespace counts as well.
        let processes = limits.processes + 1;
        limit(Resource::RLIMIT_NPROC, processes, processes)?;
    }
    let memory = limit(Resource::RLIMIT_AS, limits.memory, limits.memory);
    // Some systems have no such limit. Linux has, and only there are programs isolated.
    if restrictions.isolated { memory } else { Ok(()) }
}

/// Sets a limit, or keeps the inherited one if that is lower.
fn limit(resource: Resource, soft: u64, hard: u64) -> Result<()> {
    let inherited = getrlimit(resource).with_context(|| format!("{resource:?} is unknown"))?;
    let (soft, hard) = (soft.min(inherited.1), hard.min(inherited.1));
    setrlimit(resource, soft, hard)
        .with_context(|| format!("{resource:?} cannot be limited to {soft}"))
}
