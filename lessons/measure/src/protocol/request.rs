//! What the runner asks of a program that is built when it is first used: one argument, which is a JSON document.

use std::num::NonZeroUsize;

use super::json::{json_messages, json_struct};

json_messages! {
    /// A request to the package `grader`.
    pub enum ForGrader {
        Grade(request: Grade) = "grade",
        Merge(request: Merge) = "merge",
        Verify(request: Verify) = "verify",
    }
}

json_struct! {
    /// Grade a class. Paths and numbers are as the user typed them.
    #[derive(Default)]
    pub struct Grade {
        /// The folder with the students' folders.
        pub class: String,
        /// The folder of the results; `None` is the one beside the class.
        pub out: Option<String>,
        /// Only this lesson, by the name of its folder.
        pub lesson: Option<String>,
        /// Only this student.
        pub student: Option<String>,
        /// Draw the unseen cases from this seed.
        pub seed: Option<u64>,
        /// Only this part of the class: `2/8`.
        pub shard: Option<String>,
        /// This many submissions at a time; `None` is one for each core.
        pub jobs: Option<NonZeroUsize>,
        /// Grade also what has a result.
        pub again: bool,
        /// Run submissions without a sandbox.
        pub unconfined: bool,
        /// Print the JSON document instead of the screen.
        pub json: bool,
    }

    /// Join the results of several shards.
    #[derive(Default)]
    pub struct Merge {
        /// Folders of results.
        pub parts: Vec<String>,
        /// The folder of the joined results; `None` is `graded`.
        pub out: Option<String>,
        /// Print the JSON document instead of the screen.
        pub json: bool,
    }

    /// Verify lessons.
    #[derive(Default)]
    pub struct Verify {
        /// Only this lesson, by the name of its folder.
        pub lesson: Option<String>,
        /// Only the submissions whose names contain one of these; all, if empty.
        pub submissions: Vec<String>,
        /// Judge the mutants of the models, and no known submissions; `submissions` are then pieces of operators or changes.
        pub mutants: bool,
        /// No mutants of a lesson that is as it was when none survived.
        pub changed_only: bool,
    }

    /// A request to the package `book`.
    #[derive(Default)]
    pub struct ForBook {
        /// Open the book in a browser.
        pub open: bool,
        /// What was measured for it.
        pub figures: Vec<Figure>,
    }

    /// What one command of a chapter has measured on this machine.
    pub struct Figure {
        /// The lesson, by the name of its folder.
        pub lesson: String,
        /// The command as the chapter has it.
        pub cell: String,
        /// The command that was run.
        pub command: String,
        pub outcome: FigureOutcome,
    }
}

json_messages! {
    /// What came of a command that measures.
    pub enum FigureOutcome {
        /// The path of the document that the command kept; the page and the picture have the same name.
        Document(path: String) = "document",
        /// Why there is none.
        Missing(why: String) = "missing",
    }
}
