//! Reads processes and threads from Linux's `/proc`. A process controls only its name there, which may be any bytes.

use std::fs;

use super::TaskState;

/// The children of a process, including the orphans that it inherited.
pub(super) fn children(process: u32) -> Vec<u32> {
    let read = |task| fs::read_to_string(format!("/proc/{process}/task/{task}/children"));
    let lists = task_ids(process).into_iter().filter_map(|task| read(task).ok());
    lists.flat_map(|list| parse_pids(&list)).collect()
}

/// The threads of a process.
pub(super) fn tasks(process: u32) -> Vec<TaskState> {
    let read = |tid, file| fs::read(format!("/proc/{process}/task/{tid}/{file}")).ok();
    let state = |tid| {
        Some(TaskState {
            pid: process,
            tid,
            runnable: parse_state(&read(tid, "stat")?)? == b'R',
            on_cpu_ns: read(tid, "schedstat")
                .and_then(|schedstat| parse_cpu_ns(&schedstat))
                .unwrap_or(0),
        })
    };
    task_ids(process).into_iter().filter_map(state).collect()
}

fn task_ids(process: u32) -> Vec<u32> {
    let entries = fs::read_dir(format!("/proc/{process}/task"));
    let names = entries.into_iter().flatten().flatten();
    names.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

/// Parses process ids with white space between them, up to the first error.
pub fn parse_pids(list: &str) -> Vec<u32> {
    list.split_ascii_whitespace().map_while(|number| number.parse().ok()).collect()
}

/// The letter of the state in a line `ID (NAME) STATE …`; see proc(5). The name may contain spaces, brackets and line breaks,
/// but only numbers follow the state.
pub fn parse_state(stat: &[u8]) -> Option<u8> {
    let end_of_name = stat.iter().rposition(|&byte| byte == b')')?;
    match stat.get(end_of_name + 1..)? {
        [b' ', state, b' ', ..] => Some(*state),
        _ => None,
    }
}

/// The first number, which is the CPU time in nanoseconds.
pub fn parse_cpu_ns(schedstat: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(schedstat).ok()?;
    text.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_forge_a_state() {
        let states: [(&[u8], _); 7] = [
            (b"12 (check) R 1 12 12 0 -1", Some(b'R')),
            (b"12 (a b) S 1 12", Some(b'S')),
            (b"12 () R 1 1 () S 1 12", Some(b'S')),
            (b"12 (x) R (\n) S 1 12", Some(b'S')),
            (b"12 (\xff) R 1 1) D 1 12", Some(b'D')),
            (b"12 (check)", None),
            (b"", None),
        ];
        for (stat, state) in states {
            assert_eq!(parse_state(stat), state, "{}", stat.escape_ascii());
        }
    }

    #[test]
    fn the_cpu_time_is_the_first_number() {
        assert_eq!(parse_cpu_ns(b"1234567 89 10\n"), Some(1_234_567));
        assert_eq!(parse_cpu_ns(b""), None);
        assert_eq!(parse_cpu_ns(b"\xff"), None);
    }

    #[test]
    fn process_ids_have_spaces_between() {
        assert_eq!(parse_pids("12 345 "), [12, 345]);
        assert!(parse_pids("").is_empty());
    }
}
