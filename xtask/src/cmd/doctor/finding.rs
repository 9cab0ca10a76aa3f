//! What was found out about one part of the machine.

pub use measure::protocol::FindingState;

/// One line, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The part: `disk space`.
    pub part: &'static str,
    pub state: FindingState,
    pub seen: String,
    pub remedy: Option<String>,
}

impl Finding {
    pub fn good(part: &'static str, seen: impl Into<String>) -> Self {
        Self { part, state: FindingState::Good, seen: seen.into(), remedy: None }
    }

    pub fn limited(part: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { state: FindingState::Limited, remedy: Some(remedy.into()), ..Self::good(part, seen) }
    }

    pub fn bad(part: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { state: FindingState::Bad, ..Self::limited(part, seen, remedy) }
    }
}

/// What a user wants to do here, and the findings about what it needs.
#[derive(Debug)]
pub struct Purpose {
    /// `to work`.
    pub name: &'static str,
    pub findings: Vec<Finding>,
}

impl Purpose {
    pub fn new(name: &'static str, findings: Vec<Finding>) -> Self {
        Self { name, findings }
    }

    /// Whether nothing is missing without which it cannot be done.
    pub fn is_served(&self) -> bool {
        self.findings.iter().all(|finding| finding.state != FindingState::Bad)
    }
}
