//! The modules of the runner form layers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::files::{entries, files_below};

#[test]
fn no_module_imports_in_a_circle() {
    for src in ["src", "../src"] {
        let mut imports = imports(&Path::new(env!("CARGO_MANIFEST_DIR")).join(src));
        assert!(imports.len() > 1, "{imports:?}");
        // What imports nothing that is left is below all that is left; a circle has no such module.
        loop {
            let left: BTreeSet<String> = imports.keys().cloned().collect();
            imports.retain(|_, imported| !imported.is_disjoint(&left));
            if imports.len() == left.len() {
                break;
            }
        }
        assert!(imports.is_empty(), "a circle is among {imports:?}");
    }
}

/// The modules of a crate, each with those that it names behind `crate::`.
fn imports(src: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut imports = BTreeMap::<_, BTreeSet<_>>::new();
    for path in entries(src).unwrap() {
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let named = imports.entry(module.clone()).or_default();
        let files = if path.is_dir() { files_below(&path).unwrap() } else { vec![path] };
        files.iter().for_each(|file| collect_named(file, named));
        named.remove(&module);
    }
    imports
}

fn collect_named(file: &Path, named: &mut BTreeSet<String>) {
    let text = fs::read_to_string(file).unwrap();
    for used in text.split("crate::").skip(1) {
        let group = used.starts_with('{');
        let end = used.find(if group { "};" } else { ":" });
        for name in used[..end.unwrap_or(used.len())].split(['{', ',', '}']) {
            let name = name.trim_start();
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
            named.insert(name[..end.unwrap_or(name.len())].to_owned());
        }
    }
}
