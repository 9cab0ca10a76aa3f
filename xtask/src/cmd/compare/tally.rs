//! What was said of each subject in many comparisons: how far one of them can be trusted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Contestant;

/// How often each thing was said, by subject and by number of the workload.
#[derive(Debug, Default)]
pub struct Tally {
    comparisons: usize,
    said: BTreeMap<(String, usize, &'static str), BTreeMap<String, usize>>,
}

impl Tally {
    /// Counts what was said in one comparison.
    pub fn count(&mut self, contestants: &[Contestant]) {
        self.comparisons += 1;
        for contestant in contestants {
            self.add(&contestant.name, &contestant.told["workloads"]);
        }
    }

    fn add(&mut self, name: &str, workloads: &Value) {
        for (number, workload) in workloads.as_array().into_iter().flatten().enumerate() {
            for question in ["decision", "paid"] {
                if let Some(answer) = workload[question].as_str() {
                    let key = (name.to_owned(), number, question);
                    let answers = self.said.entry(key).or_default();
                    *answers.entry(answer.to_owned()).or_default() += 1;
                }
            }
        }
    }

    /// `comparisons`, and `said`: `name` of the subject, `workload` (its number from 0), `question`, and how often each answer came.
    pub fn to_json(&self) -> Value {
        let said = self.said.iter().map(|((subject, workload, question), answers)| {
            json!({ "name": subject, "workload": workload, "question": question, "answers": answers })
        });
        json!({ "comparisons": self.comparisons, "said": said.collect::<Vec<_>>() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_subject_workload_and_question() {
        let mut tally = Tally::default();
        let workload = |decision: &str| json!([null, { "decision": decision, "paid": "faster" }]);
        for decision in ["alike", "alike", "slower"] {
            tally.add("ann", &workload(decision));
        }
        let said = &tally.to_json()["said"];
        let expected = json!([
            { "name": "ann", "workload": 1, "question": "decision", "answers": { "alike": 2, "slower": 1 } },
            { "name": "ann", "workload": 1, "question": "paid", "answers": { "faster": 3 } },
        ]);
        assert_eq!(*said, expected);
    }
}
