// accepted: two halves by `join`, down to single items
pub fn count<T, F>(items: &[T], holds: F) -> usize
where
    T: Sync,
    F: Fn(&T) -> bool + Sync,
{
    count_of(items, &holds)
}

fn count_of<T: Sync>(items: &[T], holds: &(impl Fn(&T) -> bool + Sync)) -> usize {
    if let [item] = items {
        return usize::from(holds(item));
    }
    let (left, right) = items.split_at(items.len() / 2);
    if left.is_empty() {
        return 0; // there are no items at all
    }
    let (left, right) = rayon::join(|| count_of(left, holds), || count_of(right, holds));
    left + right
}
