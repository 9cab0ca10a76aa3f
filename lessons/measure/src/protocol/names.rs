//! The names by which a runner and a program that it measures know each other.

/// The environment variable that makes a speed test run its workloads on request, instead of judging them.
pub const SERVE: &str = "MANY_HANDS_SERVE";

/// What stands before an answer in a line of standard output, which may begin with other output.
pub const MARK: &str = "MANY_HANDS ";

/// What stands before a claim's case in a line of standard error, after the panic of the code under test in that case.
pub const CASE: &str = "in the case: ";

/// The environment variable that names the file to which measurements are appended, one JSON document a line.
pub const RECORD_FILE: &str = "MANY_HANDS_RECORD";
