//! Runs workloads on request, for whoever times several programs in turn.
//!
//! The other side writes a JSON document a line, and gets one back for each, behind [`MARK`], since a line of standard
//! output may begin with words of somebody else's:
//!
//! | request | answer |
//! |---|---|
//! | `{"list": true}` | `{"workloads": [{"name": …, "items": …, "digest": … or null}]}` |
//! | `{"workload": 0, "arm": "serial", "threads": 1}` | `{"seconds": …}`, of one run after the pool has started |
//!
//! `arm` is `serial` or `subject`. The end of the input ends the service.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::num::NonZeroUsize;

use serde_json::{Value, json};

use crate::{Stopwatch, WitnessedPool, Workload};

/// The environment variable that turns [`paired::report`](crate::paired::report) into a service.
pub const SERVE: &str = "MANY_HANDS_SERVE";

/// What stands before every answer.
pub const MARK: &str = "MANY_HANDS ";

/// Answers requests until the input ends.
///
/// # Errors
///
/// The input cannot be read, the output not be written, or a request is none of those above; it is shown.
///
/// # Panics
///
/// If the answers of a workload's two arms differ: what is wrong is not worth timing.
pub fn serve(
    workloads: &[Workload],
    requests: impl BufRead,
    mut answers: impl Write,
) -> io::Result<()> {
    let mut pools = HashMap::new();
    for line in requests.lines() {
        let line = line?;
        let answer = answer(workloads, &mut pools, &line).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("no request: {line}"))
        })?;
        writeln!(answers, "\n{MARK}{answer}")?;
        answers.flush()?;
    }
    Ok(())
}

type Pools = HashMap<NonZeroUsize, WitnessedPool>;

fn answer(workloads: &[Workload], pools: &mut Pools, line: &str) -> Option<Value> {
    let request: Value = serde_json::from_str(line).ok()?;
    if request["list"] == true {
        let listed = workloads.iter().map(|workload| {
            crate::expect(
                workload.answers_agree(),
                &workload.name,
                "the answer of the serial baseline",
            );
            json!({ "name": workload.name, "items": workload.items, "digest": workload.digest() })
        });
        return Some(json!({ "workloads": listed.collect::<Vec<_>>() }));
    }
    let number = |of: &str| {
        request[of]
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
    };
    let workload = workloads.get(number("workload")?)?;
    let threads = NonZeroUsize::new(number("threads")?)?;
    let run: fn(&Workload) = match request["arm"].as_str()? {
        "serial" => Workload::run_serial,
        "subject" => Workload::run_subject,
        _ => return None,
    };
    let pool = pools.entry(threads).or_insert_with(|| {
        WitnessedPool::new(threads).expect("the system starts the threads asked for")
    });
    let wall = pool.install(|| {
        let stopwatch = Stopwatch::start();
        run(workload);
        stopwatch.elapsed().wall
    });
    Some(json!({ "seconds": wall.as_secs_f64() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(requests: &str) -> io::Result<Vec<Value>> {
        let workload =
            Workload::new("one and one", 1, || 1.0, || 1.0, |a, b| a == b).with_digest(|| 2.5);
        let mut answers = Vec::new();
        serve(&[workload], requests.as_bytes(), &mut answers)?;
        let answers = String::from_utf8(answers).unwrap();
        let marked = answers.lines().filter_map(|line| line.strip_prefix(MARK));
        Ok(marked
            .map(|answer| serde_json::from_str(answer).unwrap())
            .collect())
    }

    #[test]
    fn the_workloads_are_listed_with_their_digests() {
        let listed = json!({ "workloads": [{ "name": "one and one", "items": 1, "digest": 2.5 }] });
        assert_eq!(asked("{\"list\": true}\n").unwrap(), [listed]);
    }

    #[test]
    fn each_request_is_answered_with_the_seconds_of_one_run() {
        let run = |arm: &str| format!("{{\"workload\": 0, \"arm\": \"{arm}\", \"threads\": 2}}\n");
        let answers = asked(&(run("serial") + &run("subject"))).unwrap();
        assert_eq!(answers.len(), 2);
        assert!(
            answers
                .iter()
                .all(|answer| answer["seconds"].as_f64() >= Some(0.0)),
            "{answers:?}"
        );
    }

    #[test]
    fn what_is_no_request_ends_the_service_and_is_shown() {
        for line in [
            "",
            "{}",
            "{\"workload\": 1, \"arm\": \"serial\", \"threads\": 1}",
        ] {
            let error = asked(&format!("{line}\n")).unwrap_err();
            assert_eq!(error.to_string(), format!("no request: {line}"));
        }
    }
}
