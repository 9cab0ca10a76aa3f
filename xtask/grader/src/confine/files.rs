//! Landlock: what is not listed cannot be opened, whatever can be seen, and nobody outside can be connected to or signalled. A
//! second wall behind the first, where the kernel has it (Linux 5.13; more of it in later versions).

use std::path::PathBuf;

use anyhow::{Context, Result};
use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, Scope,
};

use super::restrictions::{CallAction, Restrictions};

/// The newest Landlock that is made use of. An older one holds what it can.
const NEWEST: ABI = ABI::V6;

/// Confines this process to its files. Without Landlock in the kernel nothing happens; the probe has noticed that.
///
/// # Errors
///
/// The kernel has Landlock, but does not take the rules.
pub(super) fn apply(orders: &Restrictions) -> Result<()> {
    let reading = (&orders.readable, AccessFs::from_read(NEWEST));
    let writing = (&orders.writable, AccessFs::from_all(NEWEST));
    let rules = [reading, writing]
        .into_iter()
        .flat_map(|(paths, access)| paths.iter().filter_map(move |path| rule(path, access)));
    let connections = match orders.policy.network {
        CallAction::Allow => BitFlags::empty(),
        CallAction::Refuse | CallAction::End => AccessNet::from_all(NEWEST),
    };
    Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))
        .and_then(|rules| {
            if connections.is_empty() {
                Ok(rules)
            } else {
                rules.handle_access(connections)
            }
        })
        .and_then(|rules| rules.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create)
        .and_then(|ruleset| ruleset.add_rules(rules.map(Ok::<_, landlock::RulesetError>)))
        .and_then(|ruleset| ruleset.restrict_self())
        .context("Landlock does not take the rules")?;
    Ok(())
}

/// What is not there needs no rule.
fn rule(path: &PathBuf, access: BitFlags<AccessFs>) -> Option<PathBeneath<PathFd>> {
    // What only folders have does not go with a file.
    let access = if path.is_dir() {
        access
    } else {
        access & AccessFs::from_file(NEWEST)
    };
    Some(PathBeneath::new(PathFd::new(path).ok()?, access))
}
