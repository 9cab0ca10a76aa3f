//! What was decided about each subject in several comparisons: how far one of them can be trusted.

use std::collections::BTreeMap;

use measure::protocol::{MeasuredSubject, Question, TalliedAnswers, Tally};

use super::Entrant;

/// Counts what was decided in one comparison, by subject, by number of the workload and by question, in this order.
pub fn count_comparison(tally: &mut Tally, entrants: &[Entrant]) {
    tally.comparisons += 1;
    for entrant in entrants {
        add(&mut tally.said, &entrant.subject.name, &entrant.subject.workloads);
    }
}

fn add(said: &mut Vec<TalliedAnswers>, name: &str, workloads: &[Option<MeasuredSubject>]) {
    for (workload, measured) in workloads.iter().enumerate() {
        let Some(measured) = measured else { continue };
        for (question, answer) in
            [(Question::Standing, measured.decision.word()), (Question::Gain, measured.paid.word())]
        {
            let key = (name, workload, question);
            let place = said
                .binary_search_by(|known| (&*known.name, known.workload, known.question).cmp(&key));
            let place = place.unwrap_or_else(|place| {
                let (name, answers) = (name.to_owned(), BTreeMap::new());
                said.insert(place, TalliedAnswers { name, workload, question, answers });
                place
            });
            *said[place].answers.entry(answer.to_owned()).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use measure::protocol::{Gain, Standing};

    use super::super::screen::tests::measurements;
    use super::*;

    #[test]
    fn answers_are_counted_by_subject_workload_and_question() {
        let mut said = Vec::new();
        for standing in [Standing::Alike, Standing::Alike, Standing::Slower] {
            add(&mut said, "ann", &[None, Some(measurements(0.01, 1.0, standing))]);
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
        assert_eq!(said, expected);
    }
}
