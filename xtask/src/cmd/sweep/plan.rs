//! What is swept of a workload.

use std::num::NonZeroUsize;

use anyhow::Result;
use xtask_core::bench_process::{CaseParams, Workload};

use crate::cli::Args;
use crate::cmd::measuring;

/// What is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Threads,
    Tasks,
    Size,
}

/// One workload, and one thing that is varied of it.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub workload: &'a Workload,
    /// Where nothing is varied.
    pub at: CaseParams,
    pub over: Over,
    pub values: Vec<usize>,
}

impl Plan<'_> {
    /// The parameters with what is varied at this value.
    pub fn params_at(&self, value: usize) -> CaseParams {
        let value = Some(value);
        match self.over {
            Over::Threads => CaseParams { threads: value, ..self.at },
            Over::Tasks => CaseParams { tasks: value, ..self.at },
            Over::Size => CaseParams { size: value, ..self.at },
        }
    }
}

/// What is swept of a workload: the threads; its tasks and its size, where they have something to show and no thread counts
/// were asked for.
pub fn of_workload<'a>(
    workload: &'a Workload,
    args: &Args,
    threads: Option<&[NonZeroUsize]>,
    cores: usize,
) -> Result<Vec<Plan<'a>>> {
    let at = CaseParams {
        threads: workload.info.one_thread.then_some(1),
        ..measuring::choose_params(args, workload)?
    };
    let plan = |over, values: Vec<usize>| Plan { workload, at, over, values };
    let mut plans = Vec::new();
    if !workload.info.one_thread {
        let asked = threads.map(|threads| threads.iter().map(|count| count.get()).collect());
        plans.push(plan(Over::Threads, asked.unwrap_or_else(|| thread_counts(cores))));
    }
    if threads.is_none() {
        let counts = workload.info.tasks.as_ref().filter(|_| at.tasks.is_none());
        plans.extend(counts.map(|counts| plan(Over::Tasks, counts.swept.clone())));
        let sizes = Some(&workload.info.size).filter(|_| at.size.is_none());
        plans.extend(sizes.map(|sizes| plan(Over::Size, sizes.swept.clone())));
    }
    plans.retain(|plan| !plan.values.is_empty());
    Ok(plans)
}

/// 1 to 4, and on by steps of a half, up to all cores offered; then twice as many, to see what that brings.
fn thread_counts(cores: usize) -> Vec<usize> {
    let mut counts: Vec<usize> = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]
        .into_iter()
        .filter(|&count| count < cores)
        .collect();
    counts.extend([cores, 2 * cores]);
    counts
}

/// The workload's name without the number that is varied.
pub fn name_without_number(name: &str, plan: &Plan) -> String {
    let what = &plan.workload.info.what;
    match plan.over {
        Over::Size => what.clone(),
        _ => name.split(" in ").next().unwrap_or(what).to_owned(),
    }
}

#[cfg(test)]
pub mod tests {
    use measure::protocol::{Parameter, WorkloadInfo};

    use super::*;

    pub fn workload(one_thread: bool) -> Workload {
        let parameter =
            |unit, swept: &[usize]| Parameter::new(unit, 64).sweep_over(swept.iter().copied());
        Workload {
            index: 0,
            info: WorkloadInfo {
                what: "a sum".to_owned(),
                size: parameter("numbers", &[10, 100]),
                tasks: Some(parameter("chunks", &[1, 8])),
                baseline: "the serial loop".to_owned(),
                one_thread,
            },
        }
    }

    fn plans_of(line: &str, one_thread: bool) -> Vec<(Over, Vec<usize>)> {
        let args =
            crate::cli::parse(&[&super::super::COMMAND], line.split(' ').map(Into::into)).unwrap();
        let threads = args.counts("threads").unwrap();
        let workload = workload(one_thread);
        let plans = of_workload(&workload, &args, threads.as_deref(), 2).unwrap();
        plans.into_iter().map(|plan| (plan.over, plan.values)).collect()
    }

    #[test]
    fn what_has_something_to_show_is_swept() {
        assert_eq!(
            plans_of("sweep 02", false),
            [
                (Over::Threads, vec![1, 2, 4]),
                (Over::Tasks, vec![1, 8]),
                (Over::Size, vec![10, 100])
            ]
        );
        assert_eq!(plans_of("sweep 02 --threads 1,3", false), [(Over::Threads, vec![1, 3])]);
        assert_eq!(
            plans_of("sweep 02 --tasks 5 --size 50", false),
            [(Over::Threads, vec![1, 2, 4])],
            "what is chosen is not varied"
        );
    }

    #[test]
    fn a_workload_on_one_thread_has_no_threads_to_sweep_over() {
        assert_eq!(plans_of("sweep 02", true)[0].0, Over::Tasks);
        assert_eq!(plans_of("sweep 02 --threads 1,2", true), []);
    }

    #[test]
    fn thread_counts_go_up_to_the_cores_and_once_beyond() {
        assert_eq!(thread_counts(1), [1, 2]);
        assert_eq!(thread_counts(2), [1, 2, 4]);
        assert_eq!(thread_counts(10), [1, 2, 3, 4, 6, 8, 10, 20]);
    }
}
