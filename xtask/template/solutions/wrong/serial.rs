// rejected: 64 items: never two threads inside holds at once
pub fn count<T, F>(items: &[T], holds: F) -> usize
where
    T: Sync,
    F: Fn(&T) -> bool + Sync,
{
    items.iter().filter(|item| holds(item)).count()
}
