//! What a picture says: marks lie where the axes say, nothing is left out, and text stays text.

mod documents;
mod marks;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use marks::{PIXEL, inline, lines, number, of_class, parse_svg, tick, ticks};
use plots::{Pictures, draw};
use roxmltree::{Document, Node};
use serde_json::{Value, json};

fn one_of_each_kind() -> [Value; 4] {
    [documents::sweep(), documents::sweep_over_tasks(), documents::trace(), documents::compare()]
}

fn draw_document(document: &Value) -> Pictures {
    draw(document).unwrap_or_else(|error| panic!("{error:#}: {document}"))
}

/// A sweep without its simulation, which has separate axes.
fn sweep_alone() -> Value {
    let mut document = documents::sweep();
    document["sweeps"][0]["simulation"] = Value::Null;
    document
}

#[track_caller]
fn assert_near(seen: f64, expected: f64) {
    assert!((seen - expected).abs() <= PIXEL, "at {seen}, not at {expected}");
}

#[test]
fn medians_intervals_and_the_ideal_lie_where_the_axes_say() {
    let pictures = draw_document(&sweep_alone());
    let svg = parse_svg(&pictures.svgs[0]);
    let (zero, one) = (tick(&svg, "end", "0"), tick(&svg, "end", "1"));
    let height = |speed_up: f64| zero + speed_up * (one - zero);
    // The first dot belongs to the key.
    let dots: Vec<_> = of_class(&svg, "circle", "measured").skip(1).collect();
    assert_eq!(dots.len(), 3);
    for (dot, (threads, speed_up)) in dots.iter().zip([("1", 1.0), ("2", 1.75), ("4", 1.5)]) {
        assert_near(number(dot, "cx"), tick(&svg, "middle", threads));
        assert_near(number(dot, "cy"), height(speed_up));
    }
    let whiskers = whiskers(&pictures.svgs[0]);
    assert_eq!(whiskers.len(), 3);
    assert_near(whiskers[1].0, height(1.5));
    assert_near(whiskers[1].1, height(2.0));
    // The ideal stops growing where the cores end.
    let ideal = lines(&svg, "ideal").pop().expect("a line");
    let [_, bend, end] = ideal[..] else { panic!("{ideal:?}") };
    assert_near(bend.0, tick(&svg, "middle", "2"));
    assert_near(bend.1, height(2.0));
    assert_near(end.1, height(2.0));
}

#[test]
fn counts_lie_on_a_logarithmic_axis() {
    let pictures = draw_document(&documents::sweep_over_tasks());
    let svg = parse_svg(&pictures.svgs[0]);
    let dots: Vec<_> = of_class(&svg, "circle", "measured").skip(1).collect();
    for (dot, tasks) in dots.iter().zip(["1", "100", "10k"]) {
        assert_near(number(dot, "cx"), tick(&svg, "middle", tasks));
    }
    let one = tick(&svg, "end", "1");
    let reference = lines(&svg, "ideal").pop().expect("a reference line");
    assert!(reference.iter().all(|(_, y)| (y - one).abs() <= PIXEL), "{reference:?}");
}

/// The whiskers' ends, from the lines that stand upright.
fn whiskers(svg: &str) -> Vec<(f64, f64)> {
    lines(&parse_svg(svg), "measured")
        .into_iter()
        .filter(|line| line.len() == 2 && line[0].0 == line[1].0)
        .map(|line| (line[0].1, line[1].1))
        .skip(1)
        .collect()
}

#[test]
fn without_an_interval_or_with_one_of_no_length_there_is_no_whisker() {
    let mut document = sweep_alone();
    let steps = &mut document["sweeps"][0]["steps"];
    steps[0]["speed_up"] = json!({ "median": 1, "low": 1, "high": 1 });
    steps[1]["speed_up"]["low"] = Value::Null;
    let pictures = draw_document(&document);
    assert_eq!(whiskers(&pictures.svgs[0]).len(), 1);
    document["sweeps"][0]["steps"][2]["speed_up"]["median"] = Value::Null;
    let pictures = draw_document(&document);
    assert_eq!(whiskers(&pictures.svgs[0]), []);
    let svg = parse_svg(&pictures.svgs[0]);
    assert_eq!(of_class(&svg, "circle", "measured").skip(1).count(), 2);
}

#[test]
fn what_is_not_known_is_not_marked() {
    let marks = ["capacity", "knee", "beyond"];
    let count = |document: &Value| {
        let pictures = draw_document(document);
        let svg = parse_svg(&pictures.svgs[0]);
        let marked =
            |class: &&str| svg.descendants().any(|node| node.attribute("class") == Some(class));
        marks.iter().filter(|class| marked(class)).count()
    };
    let mut document = sweep_alone();
    assert_eq!(count(&document), marks.len());
    document["sweeps"][0]["capacity"] = Value::Null;
    document["sweeps"][0]["knee"] = Value::Null;
    document["sweeps"][0]["steps"][2]["beyond_cores"] = json!(false);
    assert_eq!(count(&document), 0);
}

#[test]
fn a_knee_is_counted_in_what_is_varied() {
    for (knee, words) in [(1, "knee: 1 thread<"), (2, "knee: 2 threads<")] {
        let mut document = sweep_alone();
        document["sweeps"][0]["knee"] = json!(knee);
        assert!(draw_document(&document).svgs[0].contains(words), "{words}");
    }
}

#[test]
fn a_simulation_is_named_and_stays_below_its_limit() {
    let pictures = draw_document(&documents::sweep());
    for svg in [&pictures.svgs[0], &inline(&pictures.page)[2]] {
        assert!(svg.contains(">simulation</text>"), "{svg}");
    }
    let alone = &inline(&pictures.page)[3];
    let svg = parse_svg(alone);
    let limit = lines(&svg, "limit").pop().expect("a limit")[0].1;
    let simulated = lines(&svg, "simulated").pop().expect("a line");
    assert!(simulated.iter().all(|(_, y)| *y >= limit - PIXEL), "{simulated:?}");
    // The ideal has a slope of 1 in terms of the axes.
    let ideal = lines(&svg, "ideal").pop().expect("a line");
    let (zero, five) = (tick(&svg, "end", "0"), tick(&svg, "end", "5"));
    let (one, eight) = (tick(&svg, "middle", "1"), tick(&svg, "middle", "8"));
    let workers = (ideal[1].0 - ideal[0].0) / (eight - one) * 7.0;
    let speed_up = (ideal[1].1 - ideal[0].1) / (five - zero) * 5.0;
    assert!((workers / speed_up - 1.0).abs() < 0.01, "{workers} workers, {speed_up}×");
}

/// The shades of single pieces; those of the key have no title.
fn pieces<'a>(svg: &'a Document) -> impl Iterator<Item = Node<'a, 'a>> {
    let shades = ["even", "odd"].map(Some);
    svg.descendants()
        .filter(move |node| shades.contains(&node.attribute("class")) && has_title(node))
}

fn has_title(node: &Node) -> bool {
    node.parent().is_some_and(|parent| parent.has_tag_name("g"))
}

#[test]
fn every_piece_becomes_one_bar_in_its_place_unlike_its_neighbours() {
    let pictures = draw_document(&documents::trace());
    let svg = parse_svg(&pictures.svgs[0]);
    let (zero, four) = (tick(&svg, "middle", "0"), tick(&svg, "middle", "4"));
    let pieces: Vec<_> = pieces(&svg).collect();
    assert_eq!(pieces.len(), 7);
    for (index, piece) in pieces.iter().enumerate() {
        let start = zero + (index % 4) as f64 * (four - zero) / 4.0;
        assert_near(number(piece, "x"), start);
        assert_near(number(piece, "width"), (four - zero) / 4.0);
        let lane = tick(&svg, "end", if index < 4 { "thread 1" } else { "thread 2" });
        assert_near(number(piece, "y") + number(piece, "height") / 2.0, lane);
    }
    let shades: Vec<_> = pieces.iter().filter_map(|piece| piece.attribute("class")).collect();
    assert!(shades[..4].windows(2).all(|pair| pair[0] != pair[1]), "{shades:?}");
    let title = pieces[1].parent().and_then(|bar| bar.first_element_child());
    let title = title.and_then(|title| title.text());
    assert_eq!(title, Some("samples 200–300: 1.00 ms"));
}

#[test]
fn a_merged_bar_is_combed_as_high_as_its_share_of_work() {
    let pictures = draw_document(&documents::trace());
    let svg = parse_svg(&pictures.svgs[0]);
    let merged: Vec<_> = of_class(&svg, "rect", "many").filter(has_title).collect();
    assert_eq!(merged.len(), 1);
    let combed = merged[0].next_sibling_element().expect("its share");
    assert_eq!(combed.attribute("fill"), Some("url(#comb)"));
    assert_near(number(&combed, "height"), number(&merged[0], "height") / 4.0);
}

#[test]
fn a_comparison_is_read_off_a_logarithmic_axis() {
    let pictures = draw_document(&documents::compare());
    let wide = &inline(&pictures.page)[1];
    let svg = parse_svg(wide);
    let dots: Vec<_> = of_class(&svg, "circle", "measured").skip(2).collect();
    assert_eq!(dots.len(), 3);
    for (dot, (name, ratio)) in
        dots.iter().zip([("the model", "1"), ("exercise", "2"), ("anna", "0.5")])
    {
        assert_near(number(dot, "cx"), tick(&svg, "middle", ratio));
        assert_near(number(dot, "cy"), tick(&svg, "end", name));
    }
    let hollow: Vec<bool> = dots.iter().map(|dot| dot.attribute("fill") == Some("none")).collect();
    assert_eq!(hollow, [false, false, true], "only of the last nothing can be told");
    assert!(inline(&pictures.page)[3].contains("could not be run"));
}

#[test]
fn differences_are_to_the_models_source() {
    let page = draw_document(&documents::compare()).page;
    assert!(page.contains("exercise, exercise/src/lib.rs: the same text"));
    assert!(page.contains("anna, anna/src/lib.rs: +1 −1 lines"));
    assert!(page.contains("<del>- fn two() {}\n</del><ins>+ fn three() {}\n</ins>"), "{page}");
}

/// Calls `change` on every value below, by its path.
fn each_value(document: &Value, path: &str, change: &mut impl FnMut(&str)) {
    change(path);
    match document {
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                each_value(value, &format!("{path}/{index}"), change);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                each_value(value, &format!("{path}/{key}"), change);
            }
        }
        _ => {}
    }
}

/// The last name in a path.
fn field(path: &str) -> &str {
    let mut names = path.rsplit('/');
    let name = names.find(|name| name.parse::<usize>().is_err());
    name.unwrap_or_default()
}

/// A number that could not be had is `null` in a document.
#[test]
fn without_a_number_the_rest_is_drawn_and_what_is_not_a_document_is_refused_with_the_field() {
    for document in one_of_each_kind() {
        each_value(&document, "", &mut |path| {
            if ["", "/schema", "/kind"].contains(&path) {
                return;
            }
            let nothings = json!([null, {}, [], 0, -1e300, 1e300, 1e-300, 1e14]);
            for nothing in nothings.as_array().expect("a list") {
                let mut partial = document.clone();
                *partial.pointer_mut(path).expect("a path") = nothing.clone();
                match draw(&partial) {
                    Ok(pictures) => pictures.svgs.iter().for_each(|svg| drop(parse_svg(svg))),
                    Err(error) => {
                        let error = error.to_string();
                        assert!(error.contains(field(path)), "{path}: {error}");
                    }
                }
            }
        });
    }
}

#[test]
fn an_interrupted_measurement_says_so() {
    for mut document in one_of_each_kind() {
        let whole = draw_document(&document);
        document["complete"] = json!(false);
        let partial = draw_document(&document);
        assert!(!whole.page.contains("<strong>interrupted"));
        assert!(partial.page.contains("<strong>interrupted"));
        assert!(partial.svgs.iter().all(|svg| svg.contains("interrupted")));
    }
}

#[test]
fn text_is_never_markup() {
    const HOSTILE: &str = "<script>alert('\"&')</script>\u{1}\u{202e}";
    for document in one_of_each_kind() {
        each_value(&document, "", &mut |path| {
            let mut hostile = document.clone();
            let place = hostile.pointer_mut(path).expect("a path");
            if !place.is_string() || path == "/kind" {
                return;
            }
            *place = json!(HOSTILE);
            // A decision is one of a few words, which are not drawn as they are.
            let Ok(pictures) = draw(&hostile) else {
                assert!(["verdict", "tier", "decision", "paid"].contains(&field(path)), "{path}");
                return;
            };
            for text in pictures.svgs.iter().chain([&pictures.page]) {
                assert!(
                    !text.contains("<script") && !text.contains(['\u{1}', '\u{202e}']),
                    "{path}"
                );
            }
            for svg in &pictures.svgs {
                parse_svg(svg);
            }
        });
    }
}

#[test]
fn letters_are_large_enough_and_inside_the_picture() {
    for mut document in one_of_each_kind() {
        let long = "a name that is longer than any that fits into a narrow picture, or even into a wide one, beside a chart";
        for path in ["/sweeps/0/baseline", "/traces/0/lanes/0/name", "/subjects/1/name"] {
            if let Some(name) = document.pointer_mut(path) {
                *name = json!(long);
            }
        }
        for svg in inline(&draw_document(&document).page) {
            let svg = parse_svg(&svg);
            let size = svg.root_element().attribute("viewBox").expect("a size");
            let width: f64 =
                size.split(' ').nth(2).and_then(|width| width.parse().ok()).expect("a width");
            for text in svg.descendants().filter(|node| node.has_attribute("font-size")) {
                // A narrow picture is shown no smaller than it is, a wide one at 800 of 880 pixels.
                let shown = if width > 400.0 { 800.0 / width } else { 1.0 };
                let size = number(&text, "font-size");
                assert!(size * shown >= 11.0, "{size} pixels");
                if text.has_attribute("transform") {
                    continue;
                }
                let words = text.text().unwrap_or_default();
                let length = words.chars().count() as f64 * size * 0.58;
                let left = number(&text, "x")
                    - match text.attribute("text-anchor") {
                        Some("middle") => length / 2.0,
                        Some("end") => length,
                        _ => 0.0,
                    };
                assert!(
                    left >= -1.0 && left + length <= width + 1.0,
                    "`{words}` at {left} of {width}"
                );
            }
        }
    }
}

#[test]
fn labels_of_an_axis_do_not_touch() {
    let mut document = sweep_alone();
    let steps: Vec<Value> = (0..7)
        .map(|power| {
            json!({
                "value": 1 << power, "beyond_cores": false, "time_s": 1, "serial_s": 1,
                "speed_up": { "median": 1, "low": 1, "high": 1 }, "seconds": [], "serial_seconds": [],
            })
        })
        .collect();
    document["sweeps"][0]["steps"] = json!(steps);
    for svg in inline(&draw_document(&document).page) {
        let svg = parse_svg(&svg);
        let mut places: Vec<f64> = ticks(&svg, "middle")
            .into_iter()
            .filter(|(label, _)| label != "threads")
            .map(|(_, place)| place)
            .collect();
        places.sort_by(f64::total_cmp);
        assert!(
            places.len() >= 3 && places.windows(2).all(|pair| pair[1] - pair[0] > 15.0),
            "{places:?}"
        );
    }
}

/// A separate file in the folder for this package's tests.
fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("a file");
    path
}

fn run(file: &PathBuf) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plots"));
    command.arg(file).output().expect("the program runs")
}

#[test]
fn the_paths_written_are_printed_and_nothing_else() {
    let mut document = documents::sweep();
    document["sweeps"] = json!([document["sweeps"][0], document["sweeps"][0]]);
    let output = run(&file("sweep 02.json", &document.to_string()));
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let printed = String::from_utf8(output.stdout).expect("text");
    let names: Vec<_> = printed.lines().map(|line| line.rsplit(['/', '\\']).next()).collect();
    assert_eq!(names, ["sweep 02.html", "sweep 02.svg", "sweep 02-2.svg"].map(Some));
    assert!(printed.lines().all(|path| PathBuf::from(path).is_file()), "{printed}");
}

#[test]
fn a_bad_document_is_refused_with_its_name_and_a_next_step() {
    for (name, text) in [
        ("broken.json", "{"),
        ("other.json", "{}"),
        ("newer.json", r#"{"schema": 2, "kind": "sweep"}"#),
        ("unknown.json", r#"{"schema": 1, "kind": "bench"}"#),
    ] {
        let output = run(&file(name, text));
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(output.stdout.is_empty(), "{name}");
        assert!(
            said.contains(name) && (said.contains("measure") || said.contains("cargo xtask")),
            "{said}"
        );
    }
}
