use serde_json::json;

use super::*;

fn document(kind: &str) -> Document {
    let document = Document::from_json(&json!({
        "schema": 1, "kind": kind, "lesson": "02-chunked-integration", "title": "Chunked integration",
        "subject": "solution", "command": "cargo xtask", "complete": true, "date": "2026-11-22",
        "machine": { "cores_offered": 2, "cpu": "AMD EPYC", "system": "linux x86_64" },
        "rounds": 15, "sweeps": [], "traces": [],
        "groups": [{ "workload": "integral: 100 samples", "items": 100, "arms": [
            { "name": "serial baseline", "median_s": 2e-3, "low_s": 1.9e-3, "high_s": 2.1e-3 },
            { "name": "the model", "median_s": 1e-3, "low_s": 0.9e-3, "high_s": null },
        ] }],
        "missing": ["yours: it is not started"],
    }));
    document.unwrap()
}

const PAGE: &str = "<main>\n<h1>t</h1>\n<p>b</p>\n<h2>one</h2>\n\n<figure>\n\n<svg></svg></figure>\n<h2>two</h2>\n</main>\n</body>";

#[test]
fn a_figure_says_machine_date_and_command_and_shows_the_pictures() {
    let command = "cargo xtask sweep 02 --solution";
    let figure = Figure::from_document("cell", command, &document("sweep"), Some(PAGE));
    let expected = "<details open class=\"here\">\n\
        <summary>On this machine: <code>cargo xtask sweep 02 --solution</code></summary>\n\n\
        2 cores · AMD EPYC · linux x86_64 · 15 rounds · 2026-11-22\n\n\
        <div class=\"pictures\">\n<h4>one</h4>\n<figure>\n<svg></svg></figure>\n<h4>two</h4>\n</div>\n\n\
        </details>\n\n";
    assert_eq!(figure.markdown, expected);
}

#[test]
fn a_bench_is_a_table_and_what_is_missing_is_said() {
    let figure = Figure::from_document("cell", "cargo xtask bench 02", &document("bench"), None);
    let table = "**integral: 100 samples**\n\n\
        |  | median | 95 % interval | × serial |\n|---|--:|--:|--:|\n\
        | serial baseline | 2.00 ms | 1.90 ms to 2.10 ms | 1.00 |\n\
        | the model | 1.00 ms | 900 µs to – | 2.00 |\n\n\
        Not measured, yours: it is not started\n\n</details>";
    assert!(figure.markdown.contains(table), "{}", figure.markdown);
}

#[test]
fn a_run_that_cannot_be_followed_has_a_sentence() {
    let figure = Figure::from_document("cell", "cargo xtask trace 01", &document("trace"), None);
    assert!(figure.markdown.contains("cannot be followed"), "{}", figure.markdown);
}

#[test]
fn a_picture_carries_its_colours() {
    assert_eq!(stylesheet("<svg><style>.ink{}</style></svg>"), Some(".ink{}"));
}
