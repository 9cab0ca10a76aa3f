//! The screens that the README shows are what the runner shows.

use std::fs;
use std::path::Path;

use anstyle::RgbColor;
use anstyle_svg::{Term, WIN10_CONSOLE};
use roxmltree::Document;

use e2e::{CourseCopy, Output, target_folder};

/// A screen of a right exercise, and of one whose values are right: only the witness sees what is wrong.
#[test]
fn the_readme_shows_what_the_runner_shows() {
    let course = CourseCopy::fresh();
    let serial = course.model_with(
        "let integral_of = |range| integrate_range(&f, a, dx, range);",
        "let lock = std::sync::Mutex::new(());
        let integral_of = |range| {
            let _alone = lock.lock().unwrap();
            integrate_range(&f, a, dx, range)
        };",
    );
    for (name, code) in [("failing", &serial), ("passing", &course.model())] {
        course.write_code(code);
        let mut check = course.command(&["check", "02"]);
        let screen = Output::of(check.env("CLICOLOR_FORCE", "1")).stdout;
        let svg = terminal().render_svg(&format!("$ cargo xtask check 02\n{screen}"));
        let new = target_folder().join(format!("tmp/{name}.svg"));
        fs::write(&new, &svg).unwrap();

        let shown = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../screens/{name}.svg"));
        let in_readme = fs::read_to_string(&shown).unwrap_or_default();
        assert_eq!(
            words(&in_readme),
            words(&svg),
            "the runner shows something else by now: `cp {} {}`",
            new.display(),
            shown.display()
        );
    }
}

fn terminal() -> Term {
    Term::new()
        .palette(WIN10_CONSOLE)
        .fg_color(RgbColor(230, 230, 230).into())
        .bg_color(RgbColor(24, 24, 27).into())
}

/// The words of a picture. Figures are measured, and so is whether it paid: no two runs say the same.
fn words(svg: &str) -> Vec<String> {
    let Ok(picture) = Document::parse(svg) else {
        return Vec::new();
    };
    let lines = picture.descendants().filter(|node| {
        node.has_tag_name("tspan")
            && node.parent().is_some_and(|around| around.has_tag_name("text"))
    });
    let text = lines.flat_map(|line| line.descendants().filter(|node| node.is_text()));
    let text: String = text.filter_map(|node| node.text()).collect();
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let at = |word| words.iter().position(|other| other == word);
    if let (Some(speed), Some(after)) = (at("speed"), at("compare")) {
        // The mark before it belongs to it.
        words.drain(speed - 1..after);
    }
    words.retain(|word| !word.contains(|letter: char| letter.is_ascii_digit()));
    words
}
