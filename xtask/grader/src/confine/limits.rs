//! The limits of a process and of all that it starts, which no process can raise again.

use anyhow::{Context, Result};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use super::restrictions::Restrictions;

/// Files that a process may have open at once: as many as a shell gives.
const OPEN_FILES: u64 = 1024;

/// With 0 there would be no core file, but where the system has a program for cores, that would still be started, outside of
/// all walls, to read the memory of a submission. With 1 Linux starts none either, and no core fits.
const NO_CORE: u64 = 1;

/// ResourceLimits this process.
///
/// # Errors
///
/// The system refuses.
pub(super) fn apply(orders: &Restrictions) -> Result<()> {
    let limits = &orders.limits;
    limit(Resource::RLIMIT_CORE, NO_CORE, NO_CORE)?;
    limit(Resource::RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)?;
    limit(Resource::RLIMIT_FSIZE, limits.file, limits.file)?;
    limit(Resource::RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 1)?;
    if orders.walls {
        // The first process of the world inside counts as well.
        limit(
            Resource::RLIMIT_NPROC,
            limits.processes + 1,
            limits.processes + 1,
        )?;
    }
    let memory = limit(Resource::RLIMIT_AS, limits.memory, limits.memory);
    // Some systems have no such limit. Behind walls, on Linux, it is not to be missed.
    if orders.walls { memory } else { Ok(()) }
}

/// Sets a limit, unless a lower one holds already.
fn limit(resource: Resource, soft: u64, hard: u64) -> Result<()> {
    let inherited = getrlimit(resource).with_context(|| format!("{resource:?} is unknown"))?;
    let (soft, hard) = (soft.min(inherited.1), hard.min(inherited.1));
    setrlimit(resource, soft, hard)
        .with_context(|| format!("{resource:?} cannot be limited to {soft}"))
}
