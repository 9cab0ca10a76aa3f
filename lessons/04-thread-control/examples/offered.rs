//! How many threads can run at once here? What the program is offered, and what the system shows.

use std::fs;
use std::thread;

fn main() {
    let offered = thread::available_parallelism().map_or(1, |cores| cores.get());
    println!("offered to this program (available_parallelism)   {offered}");
    match fs::read_to_string("/proc/cpuinfo") {
        Ok(cpuinfo) => {
            let shown = cpuinfo.lines().filter(|line| line.starts_with("processor")).count();
            println!("shown by the machine (/proc/cpuinfo)              {shown}");
        }
        Err(_) => println!("(this system has no /proc, which the rest of the list is read from)"),
    }
    for (what, told) in [
        ("may run on cores (/proc/self/status)", cores_allowed()),
        ("quota of the container (cpu.max)", quota()),
    ] {
        if let Some(told) = told {
            println!("{what:<50}{told}");
        }
    }
}

/// The affinity mask as a list of cores: `0-7`, or `0` under `taskset -c 0`.
fn cores_allowed() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    Some(list.trim().to_owned())
}

/// The quota in words. Where control groups of version 2 are used it lies in `cpu.max`, as two numbers: so many
/// microseconds of CPU time in every period of so many. Version 1 has a file for each.
fn quota() -> Option<String> {
    let group = fs::read_to_string("/proc/self/cgroup").ok()?;
    let own = group.lines().find_map(|line| line.strip_prefix("0::/"));
    let of_version_2 = |group: &str| {
        fs::read_to_string(format!("/sys/fs/cgroup/{}/cpu.max", group.trim_matches('/'))).ok()
    };
    let of_version_1 = || {
        let part = |name| fs::read_to_string(format!("/sys/fs/cgroup/cpu/cpu.cfs_{name}_us")).ok();
        Some(format!("{} {}", part("quota")?, part("period")?))
    };
    let told = own.and_then(of_version_2).or_else(|| of_version_2("")).or_else(of_version_1)?;
    let numbers: Vec<f64> =
        told.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    Some(match numbers[..] {
        [microseconds, period] if microseconds > 0.0 => {
            format!("{:.2} cores' worth of time", microseconds / period)
        }
        _ => "none".to_owned(),
    })
}
