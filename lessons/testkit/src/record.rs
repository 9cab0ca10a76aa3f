//! Hands what was measured to the runner, as one JSON line each.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use measure::protocol::names::RECORD_FILE;
use measure::protocol::{Json, SpeedRecord};

/// Appends `record` to the file that the environment variable [`RECORD_FILE`] names, if it names one.
///
/// # Panics
///
/// If the file cannot be written to: the runner waits for what it should hold.
pub fn append(record: &SpeedRecord) {
    if let Some(file) = env::var_os(RECORD_FILE) {
        let file = Path::new(&file);
        if let Err(error) = append_to(file, &record.to_json().to_string()) {
            panic!("cannot append to `{}`, which {RECORD_FILE} names: {error}", file.display());
        }
    }
}

fn append_to(file: &Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    // One write, so that the lines of two processes do not mix.
    file.write_all(format!("{line}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn each_record_is_a_line_after_those_before() {
        let folder = env::temp_dir().join(format!("many-hands-record-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("record.jsonl");
        append_to(&file, "{\"kind\":\"speed\"}").unwrap();
        append_to(&file, "{}").unwrap();
        let written = fs::read_to_string(&file).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(written, "{\"kind\":\"speed\"}\n{}\n");
    }
}
