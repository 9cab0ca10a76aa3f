//! Landlock, a second layer behind the namespaces: a program opens only the listed files, and can neither connect to nor
//! signal a process outside. Linux has it since 5.13, and more of it in later versions.

use std::path::PathBuf;

use anyhow::{Context, Result};
use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, Scope,
};

use super::restrictions::{CallAction, Restrictions};

/// The newest version of Landlock that is used. An older kernel enforces what it knows.
const NEWEST: ABI = ABI::V6;

/// Restricts this process to the listed files. Does nothing where the kernel has no Landlock; the probe reports that.
///
/// # Errors
///
/// The kernel has Landlock, but rejects the rules.
pub(super) fn apply(restrictions: &Restrictions) -> Result<()> {
    let reading = (&restrictions.readable, AccessFs::from_read(NEWEST));
    let writing = (&restrictions.writable, AccessFs::from_all(NEWEST));
    let rules = [reading, writing]
        .into_iter()
        .flat_map(|(paths, access)| paths.iter().filter_map(move |path| rule(path, access)));
    let connections = match restrictions.policy.network {
        CallAction::Allow => BitFlags::empty(),
        CallAction::Refuse | CallAction::End => AccessNet::from_all(NEWEST),
    };
    Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))
        .and_then(
            |rules| {
                if connections.is_empty() { Ok(rules) } else { rules.handle_access(connections) }
            },
        )
        .and_then(|rules| rules.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create)
        .and_then(|ruleset| ruleset.add_rules(rules.map(Ok::<_, landlock::RulesetError>)))
        .and_then(|ruleset| ruleset.restrict_self())
        .context("Landlock rejects the rules")?;
    Ok(())
}

/// The rule for one path; `None` if it does not exist.
fn rule(path: &PathBuf, access: BitFlags<AccessFs>) -> Option<PathBeneath<PathFd>> {
    // Landlock rejects a rule that gives a file a right of folders.
    let access = if path.is_dir() { access } else { access & AccessFs::from_file(NEWEST) };
    Some(PathBeneath::new(PathFd::new(path).ok()?, access))
}
