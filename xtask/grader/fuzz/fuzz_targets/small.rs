//! Small parsers: shards, files of `/proc`, and the end of a program's standard error.

#![no_main]

use grader::overlap::proc_fs;
use grader::record::Outcome;
use grader::shard::Shard;
use grader::stop_reason::StopReason;
use libfuzzer_sys::fuzz_target;
use xtask_core::process::Termination;

fuzz_target!(|input: &[u8]| {
    // The state of a process follows its name, which may be any bytes.
    let mut stat = b"12 (".to_vec();
    stat.extend(input);
    stat.extend(b") S 1 12 12 0 -1");
    assert_eq!(proc_fs::parse_state(&stat), Some(b'S'));
    let _ = proc_fs::parse_state(input);
    let _ = proc_fs::parse_cpu_ns(input);

    let text = String::from_utf8_lossy(input);
    assert!(proc_fs::parse_pids(&text).len() <= text.len());
    if let Ok(shard) = text.parse::<Shard>() {
        assert!((1..=shard.of()).contains(&shard.number()));
        assert_eq!(shard.to_string().parse::<Shard>().ok(), Some(shard));
    }
    for termination in [Termination::Exit(0), Termination::Signal(6), Termination::Deadline, Termination::Flood] {
        let stop = StopReason::of(termination, &text);
        assert!(stop.outcome() != Outcome::Passed);
        let is_limit = matches!(termination, Termination::Deadline | Termination::Flood);
        assert!(!is_limit || stop == StopReason::of(termination, ""));
    }
});
