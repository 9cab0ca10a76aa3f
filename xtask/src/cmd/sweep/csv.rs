//! A sweep for a spreadsheet: a line a step.

use measure::protocol::{Json, SweepDocument};
use serde_json::Value;

const COLUMNS: &str = "workload,over,value,beyond_cores,time_s,serial_s,speed_up,low,high,efficiency,karp_flatt,baseline";

/// The steps of all sweeps of a document, as RFC 4180 has it. What is not known is an empty field.
pub fn csv(document: &SweepDocument) -> String {
    let mut lines = vec![COLUMNS.to_owned()];
    for sweep in &document.sweeps {
        for step in &sweep.steps {
            let fields = [
                text(&sweep.workload),
                text(sweep.over.unit()),
                step.value.to_string(),
                step.beyond_cores.to_string(),
                number(Some(step.time_s)),
                number(Some(step.serial_s)),
                number(Some(step.speed_up.median)),
                number(Some(step.speed_up.low)),
                number(Some(step.speed_up.high)),
                number(step.efficiency),
                number(step.karp_flatt),
                text(&sweep.baseline),
            ];
            lines.push(fields.join(","));
        }
    }
    lines.join("\r\n") + "\r\n"
}

fn text(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A number as JSON has it: the document shows the same.
fn number(number: Option<f64>) -> String {
    match number.to_json() {
        Value::Null => String::new(),
        number => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::screen::tests::document;
    use super::*;

    #[test]
    fn a_step_is_a_line_and_a_comma_in_a_name_is_quoted() {
        let mut document = document("threads");
        let sweep = &mut document.sweeps[0];
        sweep.workload = "a sum: 1,000 \"numbers\"".to_owned();
        sweep.steps.truncate(1);
        let step = &mut sweep.steps[0];
        (step.value, step.time_s, step.serial_s) = (2, 0.5, 0.9);
        step.speed_up = measure::Interval { low: 1.7, median: 1.8, high: 1.9 };
        step.efficiency = Some(0.9);
        step.karp_flatt = None;
        let lines: Vec<String> = csv(&document).split("\r\n").map(str::to_owned).collect();
        assert_eq!(
            lines[1],
            "\"a sum: 1,000 \"\"numbers\"\"\",threads,2,false,0.5,0.9,1.8,1.7,1.9,0.9,,the serial loop"
        );
        assert_eq!(lines.len(), 3, "every line is ended");
        assert_eq!(
            lines[0].split(',').count(),
            lines[1].split(',').count() - 1,
            "a comma is quoted"
        );
    }
}
