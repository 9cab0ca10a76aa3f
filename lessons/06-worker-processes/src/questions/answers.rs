//! What is asked of the answers of honest workers, and of who gives them.

use std::collections::HashSet;

use fastrand::Rng;
use testkit::{Mismatch, Question, busy_calls, coverage};

use super::{PATIENCE, Start, nonzero, outcome};
use crate::meeting::{Meeting, sentences};
use crate::{Integral, again_as, integrate};

pub(super) fn questions(
    told: Start<String, String>,
    integrals: Start<Integral, f64>,
) -> Vec<Question> {
    let met_at = move |deal: &Deal, meeting: Meeting| {
        let pool = told(&mut || meeting.worker(), nonzero(deal.workers), PATIENCE);
        let said = pool.and_then(|mut pool| pool.map(&sentences(deal.tasks), nonzero(deal.chunk)));
        let visits = meeting.visits();
        let numbered = visits.iter().map(|visit| (visit.worker, visit.number()));
        (said.ok(), numbered.collect::<Vec<_>>())
    };
    vec![
        Question::new(
            "answers stand in the order of the tasks, in any chunks, of one map after the other",
            |random| (random.usize(1..4), lists(random)),
            move |(workers, lists): &(usize, Vec<List>)| {
                let pool = integrals(&mut || again_as("integrals"), nonzero(*workers), PATIENCE);
                let mut pool = pool.ok()?;
                let mut areas = |list: &List| pool.map(&list.tasks, nonzero(list.chunk)).ok();
                lists.iter().map(&mut areas).collect::<Option<Vec<_>>>()
            },
            |(workers, lists), areas| {
                let areas = areas.as_deref().unwrap_or_default();
                let seen = format!("{workers} workers, {} maps: an error", lists.len());
                Mismatch::unless(areas.len() == lists.len(), seen, "answers")?;
                lists.iter().zip(areas).try_for_each(|(list, areas)| list.are_areas(*workers, areas))
            },
        ),
        Question::new(
            "each task is done once, and a chunk is for one worker",
            |random| Deal {
                workers: random.usize(1..4),
                tasks: random.usize(1..12),
                chunk: random.usize(1..6),
            },
            move |deal| met_at(deal, Meeting::open(|_| ())),
            |deal, (said, visits)| {
                deal.is_answered(said.as_deref())?;
                deal.is_done_once(visits)?;
                deal.keeps_chunks_together(visits)
            },
        ),
        Question::new(
            "a worker that is busy gets no further chunk, and what it answers last still stands in its place",
            |random| Deal {
                workers: random.usize(2..4),
                tasks: random.usize(4..9),
                chunk: 1,
            },
            move |deal| met_at(deal, Meeting::where_the_first_comes_last(deal.tasks)),
            |deal, (said, visits)| {
                deal.is_answered(said.as_deref())?;
                deal.is_done_once(visits)?;
                deal.leaves_the_busy_alone(visits)
            },
        )
        .in_cases(5),
        Question::new(
            "the same processes serve every map",
            |random| (random.usize(1..4), random.usize(2..4), random.usize(1..6)),
            move |&(workers, maps, tasks)| {
                let who = vec!["tell your process id".to_owned(); tasks];
                let pool = told(&mut || again_as("told"), nonzero(workers), PATIENCE);
                let mut pool = pool.ok()?;
                let ids = (0..maps).map(|_| pool.map(&who, nonzero(1)).ok());
                let ids: Vec<_> = ids.collect::<Option<Vec<_>>>()?.concat();
                Some((ids.len(), ids.into_iter().collect::<HashSet<_>>().len()))
            },
            |&(workers, maps, tasks), told| {
                Mismatch::unless(
                    told.is_some_and(|(ids, processes)| ids == maps * tasks && processes <= workers),
                    format!("{workers} workers, {maps} maps of {tasks} tasks: (answers, processes) {told:?}"),
                    format!("{} answers of {workers} processes at most", maps * tasks),
                )
            },
        )
        .in_cases(10),
        Question::new(
            "tasks and answers larger than a pipe do no harm",
            |random| (random.usize(1..3), random.usize(3..6), random.usize(1..4), random.usize(200_000..300_000)),
            move |&(workers, tasks, chunk, bytes)| {
                let large: Vec<String> = (0..tasks).map(|task| task.to_string().repeat(bytes)).collect();
                let pool = told(&mut || again_as("told"), nonzero(workers), PATIENCE);
                let said = pool.and_then(|mut pool| pool.map(&large, nonzero(chunk)));
                match said {
                    Ok(answers) if answers == large => "what was sent".to_owned(),
                    Ok(_) => "something else".to_owned(),
                    error => outcome(&error),
                }
            },
            |(workers, tasks, chunk, bytes), said| {
                let case = format!("{workers} workers, {tasks} tasks of {bytes} bytes in chunks of {chunk}");
                Mismatch::unless(said == "what was sent", format!("{case}: {said}"), "what was sent")
            },
        )
        .in_cases(4),
        Question::new(
            "two workers are at work at the same time",
            |random| List::of(busy_calls(random), random.usize(4..9), random),
            move |list| {
                let pool = integrals(&mut || again_as("heavy integrals"), nonzero(2), PATIENCE);
                let said = pool.and_then(|mut pool| pool.map(&list.tasks, nonzero(list.chunk)));
                said.unwrap_or_default()
            },
            |list, areas| list.are_areas(2, areas),
        )
        .overlapping(),
    ]
}

/// Tasks for one map.
#[derive(Debug)]
struct List {
    tasks: Vec<Integral>,
    chunk: usize,
}

/// One to three, some of them empty.
fn lists(random: &mut Rng) -> Vec<List> {
    let maps = random.usize(1..4);
    let list = |_| {
        let tasks = random.usize(..50).saturating_sub(10);
        let chunk = match random.u8(..8) {
            0 => usize::MAX,
            _ => random.usize(1..12),
        };
        List::of(tasks, chunk, random)
    };
    (0..maps).map(list).collect()
}

impl List {
    fn of(tasks: usize, chunk: usize, random: &mut Rng) -> Self {
        let mut task = || (1.0 + random.f64(), 2.0 + random.f64(), random.u64(1..100));
        Self {
            tasks: (0..tasks).map(|_| task()).collect(),
            chunk,
        }
    }

    fn are_areas(&self, workers: usize, areas: &[f64]) -> Result<(), Mismatch> {
        let (n, chunk) = (self.tasks.len(), self.chunk);
        let case = format!("{workers} workers, {n} random integrals in chunks of {chunk}");
        let seen = format!("{case}: {} answers", areas.len());
        Mismatch::unless(areas.len() == n, seen, format!("{n} answers"))?;
        for (place, (&task, area)) in self.tasks.iter().zip(areas).enumerate() {
            let expected = integrate(task);
            Mismatch::unless(
                (area - expected).abs() <= 1e-12 * expected.abs(),
                format!("{case}: answer {place} is {area}"),
                expected,
            )?;
        }
        Ok(())
    }
}

/// Sentences for workers that report from inside each task.
#[derive(Debug)]
struct Deal {
    workers: usize,
    tasks: usize,
    chunk: usize,
}

/// A worker's process id, and the number of the task that it was about to do.
type Visited = (u32, Option<usize>);

impl Deal {
    fn words(&self) -> String {
        let Self {
            workers,
            tasks,
            chunk,
        } = self;
        format!("{workers} workers, {tasks} tasks in chunks of {chunk}")
    }

    fn is_answered(&self, said: Option<&[String]>) -> Result<(), Mismatch> {
        let expected = sentences(self.tasks);
        let seen = format!("{}: {said:?}", self.words());
        Mismatch::unless(said == Some(&expected[..]), seen, format!("{expected:?}"))
    }

    fn is_done_once(&self, visits: &[Visited]) -> Result<(), Mismatch> {
        let numbers = visits.iter().filter_map(|(_, number)| *number);
        let done = coverage(self.tasks, numbers);
        let fault = done.map_err(|fault| fault.to_string().replace("sample", "task"));
        let seen = format!(
            "{}: {}",
            self.words(),
            fault.clone().err().unwrap_or_default()
        );
        Mismatch::unless(fault.is_ok(), seen, "each task done once")
    }

    fn keeps_chunks_together(&self, visits: &[Visited]) -> Result<(), Mismatch> {
        for first in (0..self.tasks).step_by(self.chunk) {
            let chunk = first..self.tasks.min(first + self.chunk);
            let own = |number: Option<usize>| number.is_some_and(|number| chunk.contains(&number));
            let own = visits.iter().filter(|(_, number)| own(*number));
            let workers: HashSet<u32> = own.map(|(worker, _)| *worker).collect();
            let seen = format!(
                "{}: tasks {chunk:?} are done by {} workers",
                self.words(),
                workers.len()
            );
            Mismatch::unless(workers.len() == 1, seen, "one chunk, one worker")?;
        }
        Ok(())
    }

    fn leaves_the_busy_alone(&self, visits: &[Visited]) -> Result<(), Mismatch> {
        let mut since = visits.iter().skip_while(|(_, number)| *number != Some(0));
        let busy = since.next().map(|(worker, _)| *worker);
        let more: Vec<_> = since.filter(|(worker, _)| Some(*worker) == busy).collect();
        let seen = format!(
            "{}, task 0 waits until the others are begun: its worker does {} more",
            self.words(),
            more.len()
        );
        Mismatch::unless(more.is_empty(), seen, "none: the others do them")
    }
}
