//! The messages between the grader and a test program that makes a claim.
//!
//! One program is linked with the submission and answers; one is linked with the model and judges. Neither sees the other:
//! the grader draws the cases and carries the answers. A request is a line of JSON, and so is what comes back, behind
//! [`MARK`](super::names::MARK).

use super::json::{json_messages, json_struct, json_words};

/// The environment variable that says on which side of a claim the program stands: one of the words of [`Role`].
pub const ROLE: &str = "MANY_HANDS_CLAIM";

json_words! {
    /// What a test program does with its claim.
    pub enum Role {
        /// It calls the code under test on the cases that it is asked, and never judges.
        Answer = "answer",
        /// It judges answers, and never calls the code under test.
        Judge = "judge",
    }
}

json_messages! {
    /// A case of a claim, by which both sides make the same one.
    #[derive(Copy)]
    pub enum CaseId {
        /// The fixed case of this number, from 0, which the student's check shows too.
        Fixed(number: usize) = "fixed",
        /// The case that is drawn from this seed.
        Seed(seed: u64) = "seed",
    }
}

json_messages! {
    /// What the grader asks of a test program.
    pub enum ClaimRequest {
        /// What is the claim like? The reply is a [`Description`].
        Describe = "describe",
        /// What does the code under test answer in this case? The reply is an [`Answered`] with the same token.
        Answer {
            case: CaseId,
            /// Drawn for this request alone: an answer that was prepared beforehand cannot carry it.
            token: String
        } = "answer",
        /// Is this answer right? The reply is a [`Judgement`].
        Judge {
            case: CaseId,
            /// The bytes of an [`Answered`].
            answer: Vec<u8>
        } = "judge",
    }
}

json_struct! {
    /// What a claim is like.
    #[derive(Copy)]
    pub struct Description {
        pub fixed: usize,
        /// How many random cases it wants; 0 if it draws none.
        pub random: usize,
        /// How the work of its random cases overlaps, if an observer outside the process looks at that.
        pub overlap: Option<OverlapKind>,
    }
}

json_words! {
    /// How work overlaps, in the eyes of an observer outside the process.
    pub enum OverlapKind {
        /// The threads wait for each other in every call. On a busy machine they hardly ever run at once, so only the CPU
        /// time that each of them uses can tell.
        Paired = "paired",
        /// No thread waits for another: two are runnable at once nearly all the time.
        Free = "free",
    }
}

json_struct! {
    /// What the code under test answered.
    pub struct Answered {
        pub token: String,
        /// The answer, as bytes that only the judge reads.
        pub answer: Vec<u8>,
    }
}

json_messages! {
    /// Whether an answer is right.
    pub enum Judgement {
        Right = "right",
        Wrong {
            actual: String,
            expected: String,
            /// The values are right, but the work did not overlap.
            serial: bool
        } = "wrong",
    }
}
