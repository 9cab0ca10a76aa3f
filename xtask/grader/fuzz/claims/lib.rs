//! Checks the claims about every text that the grader shows, by other means than the grader's.

use pulldown_cmark::{Event, Options, Parser, Tag};

/// Whether nothing in a block of text moves the cursor or changes the direction of writing, but line breaks and tabs.
pub fn is_harmless(text: &str) -> bool {
    text.chars()
        .all(|letter| matches!(letter, '\n' | '\t') || is_harmless_in_a_line(letter))
}

/// Whether nothing in a line of text moves the cursor or changes the direction of writing.
pub fn is_a_harmless_line(text: &str) -> bool {
    text.chars().all(is_harmless_in_a_line)
}

fn is_harmless_in_a_line(letter: char) -> bool {
    let turns = matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !letter.is_control() && !turns
}

/// Whether a spreadsheet would run the cell, or a part into which it may split the cell, as a formula.
pub fn would_be_run(cell: &str) -> bool {
    let skipped = |letter: char| {
        letter.is_whitespace() || letter.is_control() || matches!(letter, '"' | '\u{200b}' | '\u{feff}')
    };
    cell.split([';', '\t', '\r', '\n']).any(|part| {
        part.trim_start_matches(skipped)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−'])
    })
}

/// The texts of all code in the document.
///
/// # Errors
///
/// The document has anything but code.
pub fn only_code(markdown: &str) -> Result<Vec<String>, String> {
    let mut code: Vec<String> = Vec::new();
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Code(text) => code.push(text.into_string()),
            Event::Start(Tag::CodeBlock(_)) => code.push(String::new()),
            Event::Text(text) if !code.is_empty() => {
                code.last_mut().expect("not empty").push_str(&text);
            }
            Event::Start(Tag::Paragraph) | Event::End(_) => {}
            other => return Err(format!("{other:?} in {markdown:?}")),
        }
    }
    Ok(code)
}

/// Whether the page shows a link, an image, a table or HTML.
pub fn shows_markup(page: &str) -> bool {
    Parser::new_ext(page, Options::all()).any(|event| {
        matches!(
            event,
            Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Start(
                    Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock | Tag::Table(_)
                )
        )
    })
}
