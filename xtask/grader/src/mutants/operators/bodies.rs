//! What goes wrong around a whole function that calls a kernel: other threads, one call at a time, a lost panic.

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "pool of its own",
        sentence: "does all in a new thread pool, as large as the caller's",
        mutations: |site| {
            surround(
                site,
                "let mutant_pool = rayon::ThreadPoolBuilder::new().num_threads(rayon::current_num_threads()).build().unwrap(); \
                 mutant_pool.install(|| {",
                "})",
            )
        },
    },
    Operator {
        name: "pool of the first call",
        sentence: "does all in a thread pool that the first call has started",
        mutations: |site| {
            surround(
                site,
                "static MUTANT_POOL: std::sync::OnceLock<rayon::ThreadPool> = std::sync::OnceLock::new(); \
                 let mutant_new = || rayon::ThreadPoolBuilder::new().num_threads(rayon::current_num_threads()).build().unwrap(); \
                 MUTANT_POOL.get_or_init(mutant_new).install(|| {",
                "})",
            )
        },
    },
    Operator {
        name: "pool left open",
        sentence: "does all in a new thread pool, which is never closed",
        mutations: |site| {
            surround(
                site,
                "let mutant_new = rayon::ThreadPoolBuilder::new().num_threads(rayon::current_num_threads()).build(); \
                 let mutant_pool = std::mem::ManuallyDrop::new(mutant_new.unwrap()); mutant_pool.install(|| {",
                "})",
            )
        },
    },
    Operator {
        name: "outside of the pool",
        sentence: "does all on a thread that belongs to no pool",
        mutations: |site| {
            surround(
                site,
                "std::thread::scope(|mutant_scope| mutant_scope.spawn(|| {",
                "}).join()).unwrap_or_else(|mutant_panic| std::panic::resume_unwind(mutant_panic))",
            )
        },
    },
    Operator {
        name: "one call at a time",
        sentence: "holds a lock of all calls while it works",
        mutations: |site| {
            surround(
                site,
                "static MUTANT_LOCK: std::sync::Mutex<()> = std::sync::Mutex::new(()); \
                 let _held = MUTANT_LOCK.lock().unwrap_or_else(std::sync::PoisonError::into_inner);",
                "",
            )
        },
    },
    Operator {
        name: "broken by a panic",
        sentence: "panics at every call after one that has panicked",
        mutations: |site| {
            surround(
                site,
                "static MUTANT_BROKEN: std::sync::Mutex<bool> = std::sync::Mutex::new(false); \
                 assert!(!*MUTANT_BROKEN.lock().unwrap()); std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {",
                "})).unwrap_or_else(|mutant_panic| { *MUTANT_BROKEN.lock().unwrap() = true; \
                 std::panic::resume_unwind(mutant_panic) })",
            )
        },
    },
    Operator {
        name: "panics lost",
        sentence: "takes a default for its result when anything panics",
        mutations: |site| {
            surround(
                site,
                "std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {",
                "})).unwrap_or_default()",
            )
        },
    },
];

/// Puts text before and after all that a function with a kernel does.
fn surround(site: Site, before: &str, after: &str) -> Vec<Vec<Edit>> {
    let has_kernel = site.function.is_some_and(|function| !function.kernels.is_empty());
    match site.body() {
        Some(range) if has_kernel => {
            let mut edits = vec![Edit::insert(range.start, format!(" {before}"))];
            if !after.is_empty() {
                edits.push(Edit::insert(range.end, format!("{after} ")));
            }
            vec![edits]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::generate;
    use super::super::tests::mutants_of;
    use super::*;

    #[test]
    fn all_that_a_function_does_is_surrounded() {
        let around = [
            ("pool of its own", "mutant_pool.install(|| { a; f(x) })"),
            ("pool of the first call", "get_or_init(mutant_new).install(|| { a; f(x) })"),
            ("pool left open", "mutant_pool.install(|| { a; f(x) })"),
            ("outside of the pool", "mutant_scope.spawn(|| { a; f(x) }).join()).unwrap_or_else("),
            (
                "one call at a time",
                "MUTANT_LOCK.lock().unwrap_or_else(std::sync::PoisonError::into_inner); a; f(x)",
            ),
            (
                "broken by a panic",
                "AssertUnwindSafe(|| { a; f(x) })).unwrap_or_else(|mutant_panic| {",
            ),
            ("panics lost", "AssertUnwindSafe(|| { a; f(x) })).unwrap_or_default()"),
        ];
        assert_eq!(around.len(), OPERATORS.len());
        for (name, piece) in around {
            let mutants = mutants_of(name, "a; f(x)");
            assert_eq!(mutants.len(), 1, "{name}");
            assert!(mutants[0].contains(piece), "{name}: {}", mutants[0]);
        }
    }

    #[test]
    fn a_function_without_a_kernel_stays_as_it_is() {
        let mutants = generate("fn m(n: usize) { g(n) }").unwrap();
        let names = OPERATORS.iter().map(|operator| operator.name);
        let mut surrounded =
            names.filter(|name| mutants.iter().any(|mutant| mutant.operator.starts_with(name)));
        assert_eq!(surrounded.next(), None);
    }
}
