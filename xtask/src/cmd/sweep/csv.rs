//! A sweep for a spreadsheet: a line a step.

use serde_json::Value;

const COLUMNS: [&str; 12] = [
    "workload",
    "over",
    "value",
    "beyond_cores",
    "time_s",
    "serial_s",
    "speed_up",
    "low",
    "high",
    "efficiency",
    "karp_flatt",
    "baseline",
];

/// The steps of all sweeps of a document, as RFC 4180 has it. What is not known is an empty field.
pub fn csv(document: &Value) -> String {
    let mut lines = vec![COLUMNS.join(",")];
    for sweep in document["sweeps"].as_array().into_iter().flatten() {
        for step in sweep["steps"].as_array().into_iter().flatten() {
            let fields = COLUMNS.map(|column| match column {
                "workload" | "over" | "baseline" => field(&sweep[column]),
                "speed_up" => field(&step["speed_up"]["median"]),
                "low" | "high" => field(&step["speed_up"][column]),
                _ => field(&step[column]),
            });
            lines.push(fields.join(","));
        }
    }
    lines.join("\r\n") + "\r\n"
}

fn field(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.contains([',', '"', '\n', '\r']) => {
            format!("\"{}\"", text.replace('"', "\"\""))
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_step_is_a_line_and_a_comma_in_a_name_is_quoted() {
        let document = json!({ "sweeps": [{
            "workload": "a sum: 1,000 \"numbers\"", "over": "threads", "baseline": "the serial loop",
            "steps": [{ "value": 2, "beyond_cores": false, "time_s": 0.5, "serial_s": 0.9, "efficiency": 0.9,
                "karp_flatt": null, "speed_up": { "low": 1.7, "median": 1.8, "high": 1.9 } }],
        }] });
        let lines: Vec<String> = csv(&document).split("\r\n").map(str::to_owned).collect();
        assert_eq!(
            lines[1],
            "\"a sum: 1,000 \"\"numbers\"\"\",threads,2,false,0.5,0.9,1.8,1.7,1.9,0.9,,the serial loop"
        );
        assert_eq!(lines.len(), 3, "every line is ended");
    }
}
