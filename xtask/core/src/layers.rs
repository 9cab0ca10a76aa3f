//! The modules of the runner form layers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

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
    for entry in fs::read_dir(src).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let named = imports.entry(module.clone()).or_default();
        collect_named(&path, named);
        named.remove(&module);
    }
    imports
}

fn collect_named(path: &Path, named: &mut BTreeSet<String>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        entries.for_each(|entry| collect_named(&entry.unwrap().path(), named));
        return;
    }
    let text = fs::read_to_string(path).unwrap();
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
