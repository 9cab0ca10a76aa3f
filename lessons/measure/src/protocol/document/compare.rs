//! The document of `compare`.

use std::collections::BTreeMap;

use super::Header;
use crate::Interval;
use crate::decision::{Decision, Reason};
use crate::protocol::json::{json_struct, json_words};
use crate::protocol::{OrAbsent, Tier, VerdictWord};

json_struct! {
    /// Several subjects side by side.
    #[derive(Debug, Clone, PartialEq)]
    pub struct CompareDocument extends header: Header {
        /// How many rounds there are at most.
        pub rounds: usize,
        /// The names of the workloads, with their sizes.
        pub workloads: Vec<String>,
        /// What was decided in all comparisons, if there were several.
        pub tally: OrAbsent<Tally>,
        /// The model, and those that are compared with it.
        pub subjects: Vec<ComparedSubject>,
    }
}

json_struct! {
    /// One subject.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ComparedSubject {
        /// What it is called.
        pub name: String,
        /// The file that holds its code.
        pub code: String,
        /// How many lines of code there are.
        pub lines: usize,
        /// What its checks say.
        pub verdict: VerdictWord,
        /// The tiers that were reached.
        pub tiers: Vec<ComparedTier>,
        /// The first failure, in one line.
        pub seen: Option<String>,
        /// Its code.
        pub source: String,
        /// What was measured of each workload; `None` for one that it cannot do.
        pub workloads: Vec<Option<MeasuredSubject>>,
    }
}

json_struct! {
    /// The result of a tier.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct ComparedTier {
        /// Which.
        pub tier: Tier,
        /// How many tests it has.
        pub tests: usize,
        /// How many of them do not hold.
        pub failures: usize,
    }
}

json_struct! {
    /// What was measured of a subject on one workload.
    #[derive(Debug, Clone, PartialEq)]
    pub struct MeasuredSubject {
        /// The median time.
        pub time_s: f64,
        /// How many times as fast as the model it was.
        pub to_model: Option<Interval>,
        /// How many times as fast as the serial baseline it was.
        pub to_serial: Option<Interval>,
        /// How it stands beside the model.
        pub decision: Standing,
        /// Whether running in parallel paid.
        pub paid: Gain,
        /// How many threads or processes took part.
        pub threads: Option<usize>,
        /// How many allocations a run makes.
        pub allocations: Option<usize>,
        /// How many bytes they have together.
        pub allocated_bytes: Option<usize>,
        /// How many bytes are allocated at once, at most.
        pub peak_bytes: Option<usize>,
        /// The time in each round.
        pub seconds: Vec<f64>,
    }
}

json_words! {
    /// How a subject stands beside the model.
    pub enum Standing {
        /// It is the model.
        Model = "the model",
        /// It is faster.
        Faster = "faster",
        /// It is slower.
        Slower = "slower",
        /// They differ by less than a tenth.
        Alike = "alike",
        /// The interval holds both a difference and none.
        CannotTell = "cannot tell",
    }
}

json_words! {
    /// Whether running in parallel paid.
    pub enum Gain {
        /// The subject is faster than the serial baseline.
        Faster = "faster",
        /// It is not, on a machine on which it could have been.
        NotFaster = "not faster",
        /// The interval holds both a gain and none.
        CannotJudge = "cannot judge",
        /// Even arithmetic that can scale did not.
        Busy = "cannot judge: busy",
    }
}

impl From<Decision> for Gain {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Faster => Self::Faster,
            Decision::NotFaster => Self::NotFaster,
            Decision::CannotJudge(Reason::TooClose) => Self::CannotJudge,
            Decision::CannotJudge(_) => Self::Busy,
        }
    }
}

json_words! {
    /// What is decided of a subject.
    pub enum Question {
        /// How it stands beside the model.
        Standing = "decision",
        /// Whether running in parallel paid.
        Gain = "paid",
    }
}

json_struct! {
    /// What was decided in several comparisons.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Tally {
        /// How many there were.
        pub comparisons: usize,
        /// How often each decision was taken.
        pub said: Vec<TalliedAnswers>,
    }
}

json_struct! {
    /// How often each decision was taken on one question about one subject.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct TalliedAnswers {
        /// The subject.
        pub name: String,
        /// The number of the workload, from 0.
        pub workload: usize,
        /// The question.
        pub question: Question,
        /// How often, by the word for the decision.
        pub answers: BTreeMap<String, usize>,
    }
}
