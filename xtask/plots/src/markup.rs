//! HTML, from text that may be anybody's.

use std::fmt::Write as _;

/// The text as it may stand in HTML and SVG, between tags and within quotes. Characters that would end a document, or turn
/// the direction of what follows, are written out.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(letter),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                safe.extend(letter.escape_unicode());
            }
            '\u{fffe}' | '\u{ffff}' => safe.extend(letter.escape_unicode()),
            letter if letter.is_control() => safe.extend(letter.escape_unicode()),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A column's heading, and how its cells are set.
#[derive(Clone, Copy)]
pub enum Column<'a> {
    Number(&'a str),
    Words(&'a str),
}

impl Column<'_> {
    /// The attribute and the heading.
    fn html(self) -> (&'static str, String) {
        match self {
            Column::Number(head) => ("", escape(head)),
            Column::Words(head) => (" class=\"words\"", escape(head)),
        }
    }
}

/// A table that scrolls by itself where the page is narrow. The first cell of a row is its heading; without columns there
/// are only rows of a name and a number.
pub fn table(
    caption: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let caption = escape(caption);
    let mut html = format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">\n\
         <table><caption>{caption}</caption>\n"
    );
    if !columns.is_empty() {
        html.push_str("<thead><tr>");
        for (attribute, head) in columns.iter().map(|column| column.html()) {
            let _ = write!(html, "<th scope=\"col\"{attribute}>{head}</th>");
        }
        html.push_str("</tr></thead>\n");
    }
    html.push_str("<tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for (index, cell) in row.iter().enumerate() {
            let attribute = columns.get(index).map_or("", |column| column.html().0);
            let cell = escape(cell);
            let _ = match index {
                0 => write!(html, "<th scope=\"row\"{attribute}>{cell}</th>"),
                _ => write!(html, "<td{attribute}>{cell}</td>"),
            };
        }
        html.push_str("</tr>\n");
    }
    html + "</tbody></table></div>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_read_as_markup() {
        assert_eq!(
            escape("<script src='x'>&\"\u{1}\u{202e}x² − x\n"),
            "&lt;script src=&#39;x&#39;&gt;&amp;&quot;\\u{1}\\u{202e}x² − x\n"
        );
        let table =
            table("a<b", &[Column::Number("<i>")], [vec!["<b>".to_owned(), "&".to_owned()]]);
        assert!(table.contains("<th scope=\"row\">&lt;b&gt;</th><td>&amp;</td>"), "{table}");
        assert!(!table.contains("<i>") && !table.contains("a<b"), "{table}");
    }
}
