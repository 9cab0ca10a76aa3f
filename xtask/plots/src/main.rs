//! `plots FILE.json` draws one document that a measuring command kept, writes the pictures beside it and prints their paths.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

/// The document could not be drawn.
const COULD_NOT: u8 = 2;

fn main() -> ExitCode {
    match run() {
        Ok(written) => {
            for path in written {
                println!("{}", path.display());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(COULD_NOT)
        }
    }
}

fn run() -> Result<Vec<PathBuf>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(file), None) = (arguments.next(), arguments.next()) else {
        bail!(
            "give one document: `cargo run --package plots -- ../../target/many-hands/sweep-02.json`"
        );
    };
    let file = PathBuf::from(file);
    let shown = file.display();
    let text = fs::read_to_string(&file).with_context(|| {
        format!("`{shown}` cannot be read; `cargo xtask sweep`, `trace` and `compare` say where they keep theirs")
    })?;
    let document = serde_json::from_str(&text)
        .with_context(|| format!("`{shown}` is not JSON; measure again to replace it"))?;
    let pictures = plots::draw(&document).with_context(|| format!("`{shown}` cannot be drawn"))?;
    let svgs = pictures.svgs.iter().enumerate().map(|(index, svg)| {
        let name = match index {
            0 => path_beside(&file, ".svg"),
            _ => path_beside(&file, &format!("-{}.svg", index + 1)),
        };
        (name, svg)
    });
    let mut written = Vec::new();
    for (path, text) in std::iter::once((path_beside(&file, ".html"), &pictures.page)).chain(svgs) {
        fs::write(&path, text).with_context(|| {
            format!("`{}` cannot be written; is the disk full?", path.display())
        })?;
        written.push(path);
    }
    Ok(written)
}

/// A file in the same folder whose name begins with this one's stem.
fn path_beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(ending);
    file.with_file_name(name)
}
