//! What the measuring commands keep under `target/many-hands/results/`, and print with `--json`.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

use serde_json::Value;

use super::json::{json_struct, json_words};
use super::{
    BenchDocument, CompareDocument, Json, JsonError, PeersDocument, SweepDocument, TraceDocument,
};

pub(super) mod bench;
pub(super) mod compare;
pub(super) mod peers;
pub(super) mod sweep;
pub(super) mod trace;

/// The version of all documents. It rises when a field changes its meaning or goes; a new field does not raise it.
pub const SCHEMA: u64 = 1;

json_words! {
    /// What a document is about: the command that made it.
    pub enum Kind {
        Sweep = "sweep",
        Trace = "trace",
        Compare = "compare",
        Bench = "bench",
        Peers = "peers",
    }
}

json_struct! {
    /// What every document begins with.
    pub struct Header {
        /// The version, [`SCHEMA`].
        pub schema: u64,
        pub kind: Kind,
        pub lesson: String,
        pub title: String,
        /// Whose code was measured.
        pub subject: String,
        /// The command that repeats the measurement.
        pub command: String,
        /// The day, in UTC: `2026-11-22`.
        pub date: String,
        /// Where it was measured.
        pub machine: Machine,
        /// Whether the measurement came to its end; false after Ctrl-C.
        pub complete: bool,
    }

    /// What a figure's reader must know of the machine.
    pub struct Machine {
        /// How many threads can run at once, by the system's account.
        pub cores_offered: usize,
        /// The system and the architecture.
        pub system: String,
        /// The processor, where the system tells.
        pub cpu: Option<String>,
    }
}

/// A document of any kind.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "a name that says all needs no comment")]
pub enum Document {
    Sweep(SweepDocument),
    Trace(TraceDocument),
    Compare(CompareDocument),
    Bench(BenchDocument),
    Peers(PeersDocument),
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// The JSON is not a document, or one of another version.
    pub fn from_json(json: &Value) -> Result<Self, DocumentError> {
        let version = Version::from_json(json).map_err(DocumentError::NotOne)?;
        match version.schema {
            SCHEMA => {}
            other => return Err(DocumentError::OtherSchema(other)),
        }
        let document = match version.kind {
            Kind::Sweep => SweepDocument::from_json(json).map(Self::Sweep),
            Kind::Trace => TraceDocument::from_json(json).map(Self::Trace),
            Kind::Compare => CompareDocument::from_json(json).map(Self::Compare),
            Kind::Bench => BenchDocument::from_json(json).map(Self::Bench),
            Kind::Peers => PeersDocument::from_json(json).map(Self::Peers),
        };
        document.map_err(|error| DocumentError::Damaged(version.kind, error))
    }

    /// What it begins with.
    pub fn header(&self) -> &Header {
        match self {
            Self::Sweep(document) => &document.header,
            Self::Trace(document) => &document.header,
            Self::Compare(document) => &document.header,
            Self::Bench(document) => &document.header,
            Self::Peers(document) => &document.header,
        }
    }

    /// How many rounds were asked for, where there are rounds.
    pub fn rounds(&self) -> Option<usize> {
        match self {
            Self::Sweep(document) => Some(document.rounds),
            Self::Compare(document) => Some(document.rounds),
            Self::Peers(document) => Some(document.rounds),
            Self::Trace(_) | Self::Bench(_) => None,
        }
    }
}

json_struct! {
    /// What tells how to read a document.
    #[derive(Copy)]
    pub struct Version {
        pub schema: u64,
        pub kind: Kind,
    }
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum DocumentError {
    /// It is not a document of a measuring command.
    NotOne(JsonError),
    /// It has another version.
    OtherSchema(u64),
    /// A field of it is missing or something else.
    Damaged(Kind, JsonError),
}

impl Display for DocumentError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOne(error) => {
                write!(f, "{error}, so it is not a document of a measuring command")
            }
            Self::OtherSchema(other) => {
                write!(f, "its schema is {other}, and this course reads schema {SCHEMA}")
            }
            Self::Damaged(kind, error) => write!(f, "{} document: {error}", kind.word()),
        }
    }
}

impl Error for DocumentError {}
