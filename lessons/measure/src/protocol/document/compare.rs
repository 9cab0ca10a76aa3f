//! The document of `compare`.

use std::collections::BTreeMap;

use super::Header;
use crate::Interval;
use crate::decision::{Decision, Reason};
use crate::protocol::json::{json_struct, json_words};
use crate::protocol::{OrAbsent, Tier, VerdictWord};

json_struct! {
    /// Several subjects side by side.
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

    /// One subject.
    pub struct ComparedSubject {
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
        pub source: String,
        /// What was measured of each workload; `None` for one that it cannot do.
        pub workloads: Vec<Option<MeasuredSubject>>,
    }

    /// The result of a tier.
    #[derive(Copy)]
    pub struct ComparedTier {
        pub tier: Tier,
        pub tests: usize,
        pub failures: usize,
    }

    /// What was measured of a subject on one workload.
    pub struct MeasuredSubject {
        pub time_s: f64,
        pub to_model: Option<Interval>,
        pub to_serial: Option<Interval>,
        pub decision: Standing,
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
        Model = "the model",
        Faster = "faster",
        Slower = "slower",
        /// They differ by less than a tenth.
        Alike = "alike",
        /// The interval holds both a difference and none.
        CannotTell = "cannot tell",
    }

    /// Whether running in parallel paid.
    pub enum Gain {
        Faster = "faster",
        /// The subject is not faster, on a machine on which it could have been.
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
        Standing = "decision",
        Gain = "paid",
    }
}

json_struct! {
    /// What was decided in several comparisons.
    pub struct Tally {
        pub comparisons: usize,
        /// How often each decision was taken.
        pub said: Vec<TalliedAnswers>,
    }

    /// How often each decision was taken on one question about one subject.
    pub struct TalliedAnswers {
        pub name: String,
        /// The number of the workload, from 0.
        pub workload: usize,
        pub question: Question,
        /// How often, by the word for the decision.
        pub answers: BTreeMap<String, usize>,
    }
}
