//! How many cores there are, and how many of them this process may use.

use std::fs;
use std::num::NonZeroUsize;
use std::thread;

use measure::protocol::Finding;

const PART: &str = "cores";

pub fn inspect() -> Finding {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    conclude(cores_offered(), cores_shown(&cpuinfo))
}

/// The cores that the system offers to this process.
pub fn cores_offered() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// The cores that Linux shows; `None` elsewhere.
fn cores_shown(cpuinfo: &str) -> Option<usize> {
    let cores = cpuinfo.lines().filter(|line| line.starts_with("processor")).count();
    (cores > 0).then_some(cores)
}

fn conclude(offered: usize, shown: Option<usize>) -> Finding {
    match shown {
        _ if offered == 1 => Finding::limited(
            PART,
            "1 is offered: every check works, but nothing can be faster in parallel",
            "give this container or virtual machine a second core",
        ),
        Some(shown) if offered < shown => Finding::good(
            PART,
            format!("{offered} are offered, of {shown} shown: a limit is set on this process"),
        ),
        _ => Finding::good(PART, format!("{offered} are offered")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_may_be_less_than_what_is_shown() {
        assert_eq!(cores_shown("processor\t: 0\nmodel name\t: x\n\nprocessor\t: 1\n"), Some(2));
        assert_eq!(cores_shown(""), None);
        assert_eq!(
            conclude(2, Some(8)).seen,
            "2 are offered, of 8 shown: a limit is set on this process"
        );
        assert_eq!(conclude(2, Some(2)), conclude(2, None));
        assert!(conclude(1, None).remedy.is_some());
    }
}
