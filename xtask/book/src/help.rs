//! The page of help with a lesson: its hints, one at a time, and its model solution. Nothing there is seen without a click, and
//! the search does not look there.

use xtask_core::skeleton::without_markers;

use crate::lesson::Parts;
use crate::listing::block_of_code;
use crate::places::Places;
use crate::text::{adapt, line_of_html};

pub fn help(parts: &Parts, places: &Places) -> String {
    let (number, title) = (parts.lesson.number(), &parts.title);
    let (hints, model) = (hints(parts, places), model(parts, places));
    format!(
        "# Help with lesson {number}: {title}\n\n\
         Open one hint, and try with that. The next one will still be here.\n\n{hints}\
         ## The model solution {{#model}}\n\n\
         Has yours passed? A solution found is worth more than one read. Once you have seen the model, you cannot find your own any \
         more, and it is the finding that stays.\n\n{model}"
    )
}

fn hints(parts: &Parts, places: &Places) -> String {
    let count = parts.hints.len();
    let hints = parts.hints.iter().zip(1..).map(|(hint, number)| {
        let title = line_of_html(&hint.title);
        let text = adapt(&hint.text, &parts.hints_file, places);
        format!(
            "<details class=\"hint\">\n<summary>Hint {number} of {count}: {title}</summary>\n\n{text}\n\n</details>\n\n"
        )
    });
    hints.collect()
}

/// Why the model is so, in the words of its own documentation, and its code.
fn model(parts: &Parts, places: &Places) -> String {
    let code = without_markers(&parts.model.code);
    let (about, code) = about_and_code(&code);
    let (number, file) = (parts.lesson.number(), &parts.model.file);
    let (about, code) = (adapt(&about, file, places), block_of_code("rust", &code));
    format!(
        "<details class=\"spoiler\">\n<summary>Show me the model</summary>\n\n\
         {about}\n\n**`{file}`** passes the lesson's checks: `cargo xtask check {number} --solution`.\n\n\
         {code}\n</details>\n"
    )
}

/// A source's own documentation, its headings two levels lower, as a part of a section; and the source without it.
fn about_and_code(source: &str) -> (String, String) {
    let lines: Vec<&str> = source.lines().collect();
    let is_about = |line: &&&str| line.starts_with("//!");
    let (about, code) = lines.split_at(lines.iter().take_while(is_about).count());
    let about = about.iter().map(|line| {
        let text = line.trim_start_matches("//!");
        let text = text.strip_prefix(' ').unwrap_or(text);
        let lower = if text.starts_with('#') { "##" } else { "" };
        format!("{lower}{text}\n")
    });
    (about.collect(), code.join("\n").trim().to_owned() + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_the_model_is_so_comes_before_its_code() {
        let source = "//! The model.\n//!\n//! # Why so\n//!\n//! - Because.\n\nuse a;\n";
        let expected = ("The model.\n\n### Why so\n\n- Because.\n", "use a;\n");
        let (about, code) = about_and_code(source);
        assert_eq!((about.as_str(), code.as_str()), expected);
    }
}
