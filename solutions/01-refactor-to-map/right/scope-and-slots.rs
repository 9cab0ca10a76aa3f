// accepted: a scope with one task a chunk, each writing into its own part of the results
//! Safe without a lock: `chunks_mut` gives every task a slice of its own.

mod model;
pub use model::integrate_map;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    let mut results: Vec<Option<U>> = Vec::new();
    results.resize_with(items.len(), || None);
    let length = items.len().div_ceil(8).max(1);
    let f = &f;
    rayon::scope(|scope| {
        for (slots, items) in results.chunks_mut(length).zip(items.chunks(length)) {
            scope.spawn(move |_| {
                for (slot, item) in slots.iter_mut().zip(items) {
                    *slot = Some(f(item));
                }
            });
        }
    });
    results.into_iter().flatten().collect()
}

pub fn integrate_parallel<F>(f: F, a: f64, b: f64, n: usize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let width = b - a;
    let mut totals = [0.0; 8];
    let length = n.div_ceil(totals.len());
    rayon::scope(|scope| {
        for (chunk, total) in totals.iter_mut().enumerate() {
            let f = &f;
            scope.spawn(move |_| {
                let first = (chunk * length).min(n);
                let end = (first + length).min(n);
                *total = (first..end)
                    .map(|i| f(a + width * i as f64 / n as f64))
                    .sum();
            });
        }
    });
    totals.iter().sum::<f64>() * width / n as f64
}
