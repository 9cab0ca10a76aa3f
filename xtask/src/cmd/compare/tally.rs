//! What was decided about each subject in several comparisons: how far one of them can be trusted.

use std::collections::BTreeMap;

use measure::protocol::{self, MeasuredSubject, Question, TalliedAnswers};

use super::Entrant;

/// How often each decision was taken, by subject, by number of the workload and by question.
#[derive(Debug, Default)]
pub struct Tally {
    comparisons: usize,
    answers: BTreeMap<(String, usize, Question), BTreeMap<String, usize>>,
}

impl Tally {
    /// Counts what was decided in one comparison.
    pub fn count(&mut self, entrants: &[Entrant]) {
        self.comparisons += 1;
        for entrant in entrants {
            self.add(&entrant.subject.name, &entrant.subject.workloads);
        }
    }

    fn add(&mut self, name: &str, workloads: &[Option<MeasuredSubject>]) {
        for (number, measured) in workloads.iter().enumerate() {
            let Some(measured) = measured else { continue };
            for (question, answer) in [
                (Question::Standing, measured.decision.word()),
                (Question::Gain, measured.paid.word()),
            ] {
                let key = (name.to_owned(), number, question);
                let answers = self.answers.entry(key).or_default();
                *answers.entry(answer.to_owned()).or_default() += 1;
            }
        }
    }

    pub fn document(self) -> protocol::Tally {
        let said = self.answers.into_iter();
        let said = said.map(|((name, workload, question), answers)| TalliedAnswers {
            name,
            workload,
            question,
            answers,
        });
        protocol::Tally { comparisons: self.comparisons, said: said.collect() }
    }
}

#[cfg(test)]
mod tests {
    use measure::protocol::{Gain, Standing};

    use super::super::screen::tests::measurements;
    use super::*;

    #[test]
    fn answers_are_counted_by_subject_workload_and_question() {
        let mut tally = Tally::default();
        for standing in [Standing::Alike, Standing::Alike, Standing::Slower] {
            tally.add("ann", &[None, Some(measurements(0.01, 1.0, standing))]);
        }
        let answers = |question, answers: &[(&str, usize)]| TalliedAnswers {
            name: "ann".to_owned(),
            workload: 1,
            question,
            answers: answers.iter().map(|&(word, count)| (word.to_owned(), count)).collect(),
        };
        let expected = [
            answers(
                Question::Standing,
                &[(Standing::Alike.word(), 2), (Standing::Slower.word(), 1)],
            ),
            answers(Question::Gain, &[(Gain::Faster.word(), 3)]),
        ];
        assert_eq!(tally.document().said, expected);
    }
}
