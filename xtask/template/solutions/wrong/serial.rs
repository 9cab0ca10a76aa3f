// rejected: 64 items: never two threads inside at once: one thread did all the work
pub fn count<T, F>(items: &[T], holds: F) -> usize
where
    T: Sync,
    F: Fn(&T) -> bool + Sync,
{
    items.iter().filter(|item| holds(item)).count()
}
