//! What cases of several parameters have in common: a large input, a pool of processes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, Weak};

/// `make`, remembering what it has made: calls with the same argument get the same value, as long as it is still in use.
///
/// Calls at the same time wait for each other.
///
/// ```
/// use std::sync::Arc;
///
/// let zeros = testkit::share(|n: usize| vec![0.0; n]);
/// let (some, more) = (zeros(1000), zeros(2000));
/// assert!(Arc::ptr_eq(&some, &zeros(1000)));
/// assert_eq!(more.len(), 2000);
/// ```
pub fn share<K: Eq + Hash + Copy, V>(make: impl Fn(K) -> V) -> impl Fn(K) -> Arc<V> {
    let made = Mutex::new(HashMap::<K, Weak<V>>::new());
    move |of| {
        let mut made = made.lock().expect("nothing was made that panicked");
        let ready = made.get(&of).and_then(Weak::upgrade);
        ready.unwrap_or_else(|| {
            let new = Arc::new(make(of));
            made.insert(of, Arc::downgrade(&new));
            new
        })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_somebody_has_is_not_made_again() {
        let times = Cell::new(0);
        let lists = share(|n: usize| {
            times.set(times.get() + 1);
            vec![n; n]
        });
        let (three, five) = (lists(3), lists(5));
        assert_eq!((&*lists(3), &*lists(5)), (&*three, &*five));
        assert_eq!(times.get(), 2);
    }

    #[test]
    fn what_nobody_has_any_more_is_gone() {
        let held = Arc::new(());
        let holders = share(|_: usize| Arc::clone(&held));
        let (first, second) = (holders(1), holders(1));
        drop(first);
        assert_eq!(Arc::strong_count(&held), 2, "the second still has it");
        drop(second);
        assert_eq!(Arc::strong_count(&held), 1);
        assert_eq!(Arc::strong_count(&holders(1)), 1, "made anew");
    }
}
