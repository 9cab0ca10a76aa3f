//! `cargo xtask book`: the lessons as a book to read in a browser.
//!
//! | file | what lies there |
//! |---|---|
//! | `contents.rs` | the pages, made from what lies in the course's folders: no list of lessons, no copies |
//! | `lesson.rs` | what a lesson's pages show, read from its folders |
//! | `chapter.rs`, `help.rs` | its two pages |
//! | `listing.rs` | a file, shown as it is |
//! | `places.rs` | where each file is shown |
//! | `text.rs` | a text with its links leading there, and without what rustdoc hides |
//! | `measure.rs`, `figures.rs` | what this machine has measured, beside the commands |
//! | `render.rs` | Markdown to HTML, by mdBook; `theme/` has its looks |
//! | `links.rs` | which links of the built book lead nowhere |

mod chapter;
mod contents;
mod figures;
mod help;
mod lesson;
mod links;
mod listing;
mod measure;
mod places;
mod render;
mod text;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use ::measure::protocol::request::ForBook;
use anyhow::Result;
use xtask_core::course::Course;
use xtask_core::exit::Exit;
use xtask_core::ui::{self, Working};

pub use figures::Figure;
pub use links::Survey;
pub use measure::Measured;

/// Where the book of a course is, from its root.
const FOLDER: &str = "target/many-hands/book";

/// How long a browser's starter may take to fail.
const STARTER_FAILS_WITHIN: Duration = Duration::from_secs(2);

/// Makes the book that `cargo xtask book` asks for. Prints what is wrong with the book; that is not an error.
pub fn run(request: &ForBook) -> Result<Exit> {
    let course = Course::here()?;
    let measured = Measured::read(&course, &request.figures)?;
    let folder = course.root().join(FOLDER);
    let working = Working::start("making the book");
    let survey = make(&course, &measured, &folder)?;
    drop(working);
    ui::print(&survey_text(&survey, &measured));
    let index = folder.join("index.html");
    if request.open && open::that_detached_with_timeout(&index, STARTER_FAILS_WITHIN).is_err() {
        ui::print(&format!(
            "no browser can be started from here; open this in one: {}\n",
            index.display()
        ));
    }
    Ok(Exit::from(survey.faults.is_empty() && measured.faults.is_empty()))
}

/// Makes the book of a course in a folder, and follows its links.
pub fn make(course: &Course, measured: &Measured, folder: &Path) -> Result<Survey> {
    let contents = contents::contents(course, measured)?;
    let workshop = folder.with_extension("workshop");
    render::lay_out(&workshop, course.root(), &contents.pictures, &measured.stylesheet)?;
    render::render(&contents.parts, folder, &workshop)?;
    links::survey(folder)
}

fn survey_text(survey: &Survey, measured: &Measured) -> String {
    let mut told = format!("the book: {FOLDER}/index.html\n");
    for fault in survey.faults.iter().chain(&measured.faults) {
        let _ = writeln!(told, "  {} {fault}", ui::apply_style(ui::BAD, "✗"));
    }
    let _ = writeln!(
        told,
        "  {} links within the book were followed; out of it lead, not followed:",
        survey.inside
    );
    for address in &survey.outside {
        let _ = writeln!(told, "    {address}");
    }
    told
}
