//! Panics that a contract asks for.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// Calls of [`panics`].
static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Whether the next panic of this thread is the failure of a claim.
    static IS_FAILURE: Cell<bool> = const { Cell::new(false) };
}

/// Whether `work` panics, on this thread or on one that hands its panic on. The panic is not printed, since it is expected;
/// nor are those of other threads meanwhile.
///
/// An unwritten skeleton panics too, at its `todo!`. So a claim of a panic first makes a call that must not panic.
///
/// ```
/// assert!(testkit::panics(|| panic!("as expected")));
/// assert!(!testkit::panics(|| ()));
/// ```
pub fn panics(work: impl FnOnce()) -> bool {
    let mut work = Some(work);
    catches(&mut || _ = work.take().map(|work| work()))
}

/// Not generic, so that it is compiled once, and not for each check.
fn catches(work: &mut dyn FnMut()) -> bool {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if IS_FAILURE.take() || UNDER_WAY.load(SeqCst) == 0 {
                print(panic);
            }
        }));
    });
    UNDER_WAY.fetch_add(1, SeqCst);
    let ended = panic::catch_unwind(AssertUnwindSafe(work));
    UNDER_WAY.fetch_sub(1, SeqCst);
    ended.is_err()
}

/// Has the next panic of this thread printed, also while one is expected: where work that was to panic hangs, it is expected
/// forever.
pub(crate) fn print_next() {
    IS_FAILURE.set(true);
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, mpsc};
    use std::thread;

    use super::*;
    use crate::{exclusive, expect, pool_of_two};

    #[test]
    fn a_panic_that_is_handed_on_counts() {
        assert!(panics(|| pool_of_two().install(|| panic!("in the pool"))));
    }

    #[test]
    fn a_failure_is_printed_while_work_that_was_to_panic_hangs() {
        exclusive(|| {
            let printed = Arc::new(Mutex::new(Vec::new()));
            let printer = Arc::clone(&printed);
            panic::set_hook(Box::new(move |panic| {
                let words = panic.payload().downcast_ref::<String>();
                printer.lock().unwrap().extend(words.cloned());
            }));
            let (hangs, has_begun) = mpsc::channel();
            thread::spawn(move || {
                panics(|| {
                    hangs.send(()).unwrap();
                    thread::park();
                })
            });
            has_begun.recv().unwrap();
            let expected = panic::catch_unwind(|| panic::panic_any("expected".to_owned()));
            let failure = panic::catch_unwind(|| expect(false, "it hangs", "a panic"));
            assert!(expected.is_err() && failure.is_err());
            // Not within the assertion, whose failure is printed too.
            let printed = printed.lock().unwrap().clone();
            assert_eq!(printed, ["seen: it hangs\nexpected: a panic"]);
        });
    }
}
