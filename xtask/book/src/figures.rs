//! What this machine has measured, as it is shown beside the command that a chapter gives.

use std::fmt::Write as _;

use measure::protocol::{BenchDocument, Document};
use measure::time;

/// The outcome of one command.
#[derive(Debug)]
pub struct Figure {
    /// The command as the chapter has it.
    pub cell: String,
    pub markdown: String,
}

impl Figure {
    /// What a command has found: the document that it keeps, and the page of pictures where it draws any.
    ///
    /// `command` is what was run, and may say more than the cell: whose code it measures.
    pub fn from_document(
        cell: &str,
        command: &str,
        document: &Document,
        page: Option<&str>,
    ) -> Self {
        let body = match document {
            Document::Bench(document) => table(document),
            _ => page.and_then(pictures).unwrap_or_else(|| {
                "There is nothing to draw: its runs cannot be followed.".to_owned()
            }),
        };
        let body = format!("{}\n\n{body}", birthplace(document));
        Self::fold(cell, command, &body)
    }

    /// What is said in the place of a measurement that could not be made.
    pub fn missing(cell: &str, command: &str, why: &str) -> Self {
        Self::fold(cell, command, &format!("Not measured: {why}"))
    }

    fn fold(cell: &str, command: &str, body: &str) -> Self {
        let markdown = format!(
            "<details open class=\"here\">\n<summary>On this machine: <code>{command}</code></summary>\n\n\
             {body}\n\n</details>\n\n"
        );
        Self { cell: cell.to_owned(), markdown }
    }
}

/// The machine and the day: without them a figure says nothing.
fn birthplace(document: &Document) -> String {
    let header = document.header();
    let machine = &header.machine;
    let cores = match machine.cores_offered {
        1 => "1 core".to_owned(),
        cores => format!("{cores} cores"),
    };
    let rounds = document.rounds().map(|rounds| format!("{rounds} rounds"));
    let facts = [
        Some(cores),
        machine.cpu.clone(),
        Some(machine.system.clone()),
        rounds,
        Some(header.date.clone()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    facts.join(" · ")
}

/// The body of a page that `pictures` drew, its headings those of a part of a chapter. It is one block of HTML to
/// Markdown, which such a block ends at a blank line.
fn pictures(page: &str) -> Option<String> {
    let (_, body) = page.split_once("<h2>")?;
    let (body, _) = body.split_once("</main>")?;
    let body = body.replace("<h2>", "<h4>").replace("</h2>", "</h4>");
    let lines = body.lines().filter(|line| !line.trim().is_empty());
    let body: String = lines.map(|line| line.to_owned() + "\n").collect();
    Some(format!("<div class=\"pictures\">\n<h4>{body}</div>"))
}

/// The stylesheet that gives pictures their colours, as each picture carries it.
pub fn stylesheet(picture: &str) -> Option<&str> {
    let (_, style) = picture.split_once("<style>")?;
    Some(style.split_once("</style>")?.0)
}

/// The medians of `bench`.
fn table(document: &BenchDocument) -> String {
    let mut table = String::new();
    for group in &document.groups {
        let workload = &group.workload;
        let _ = write!(
            table,
            "**{workload}**\n\n|  | median | 95 % interval | × serial |\n|---|--:|--:|--:|\n"
        );
        for arm in &group.arms {
            let end = |seconds: Option<f64>| seconds.map_or("–".to_owned(), time);
            let faster = group.serial_s().map(|serial| serial / arm.median_s);
            let _ = writeln!(
                table,
                "| {} | {} | {} to {} | {} |",
                arm.name.word(),
                time(arm.median_s),
                end(arm.low_s),
                end(arm.high_s),
                faster.map_or("–".to_owned(), |faster| format!("{faster:.2}"))
            );
        }
        table.push('\n');
    }
    for missing in &document.missing {
        let _ = writeln!(table, "Not measured, {missing}\n");
    }
    table.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
