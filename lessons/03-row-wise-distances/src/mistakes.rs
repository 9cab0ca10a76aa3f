//! What a well-known mistake makes of a distance, for the checks: a wrong number is easier to mend with its cause.

use ndarray::{ArrayView1, s};

use crate::distance;

/// Stands in a row before it is filled. No distance is negative.
pub const UNWRITTEN: f64 = -1.0;

/// The well-known mistake that gives `seen` for the distance from `p` to `q`, in words that go on after a colon.
pub fn mistake_behind(seen: f64, p: ArrayView1<f64>, q: ArrayView1<f64>) -> Option<String> {
    let right = distance(p, q);
    if right.is_nan() {
        return Some("a measurement that is not a number must show".to_owned());
    }
    if right.is_infinite() {
        return None;
    }
    let is = |value: f64| (seen - value).abs() <= 1e-12 * value.abs();
    let manhattan = p.iter().zip(q).map(|(x, y)| (x - y).abs()).sum();
    let words = if seen == UNWRITTEN && right == 0.0 {
        "what stood there before is still there: not written, or added to?"
    } else if seen == UNWRITTEN {
        "its place is not written"
    } else if is(right + UNWRITTEN) {
        "it is added to what stood there"
    } else if is(right * right) {
        "the square root is missing"
    } else if is(manhattan) {
        "a sum without squares"
    } else if right < NEAR && (seen.is_nan() || seen.abs() < NEAR) {
        "nearly equal numbers were subtracted, as in |p|² + |q|² − 2·p·q"
    } else if let Some(count) = left_out(is, p, q) {
        return Some(format!("the last {count} of {} measurements are left out", p.len()));
    } else if (IN_F32.0 * right..IN_F32.1 * right).contains(&(seen - right).abs()) {
        "right to 7 digits, as in f32"
    } else {
        return None;
    };
    Some(words.to_owned())
}

/// f32 keeps 7 digits, of which adding may cost one or two; by chance a few more are right.
const IN_F32: (f64, f64) = (1e-10, 1e-5);

/// Of points whose measurements are about 1: the rounding of their squares, 1e-16, is no longer small beside (x − y)².
const NEAR: f64 = 1e-6;

/// How many measurements at the end are not in the distance, if it is what full chunks of a power of two give.
fn left_out(is: impl Fn(f64) -> bool, p: ArrayView1<f64>, q: ArrayView1<f64>) -> Option<usize> {
    let d = p.len();
    let chunks = [2, 4, 8, 16].into_iter();
    chunks.map(|chunk| d % chunk).find(|&rest| {
        let kept = s![..d - rest];
        rest > 0 && is(distance(p.slice(kept), q.slice(kept)))
    })
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn each_mistake_is_told_by_its_number() {
        let (p, q) = (array![0.0, 0.0, 0.0, 0.0, 3.0], array![1.0, 1.0, 1.0, 1.0, 0.0]);
        let words = |seen| mistake_behind(seen, p.view(), q.view()).unwrap_or_default();
        let right = 13_f64.sqrt();
        assert_eq!(words(UNWRITTEN), "its place is not written");
        assert_eq!(words(right - 1.0), "it is added to what stood there");
        assert_eq!(words(13.0), "the square root is missing");
        assert_eq!(words(7.0), "a sum without squares");
        assert_eq!(words(2.0), "the last 1 of 5 measurements are left out");
        assert_eq!(words(f64::from(right as f32)), "right to 7 digits, as in f32");
        for unknown in [5.0, f64::NAN, right * (1.0 + 1e-14)] {
            assert_eq!(words(unknown), "");
        }
        let far = array![1e200, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(mistake_behind(1e200, p.view(), far.view()), None);
    }

    #[test]
    fn cancellation_is_told_where_points_are_near() {
        let (p, q) = (array![1.0, 1.0], array![1.0 + 1e-9, 1.0]);
        let words = mistake_behind(0.0, p.view(), q.view()).unwrap_or_default();
        assert!(words.starts_with("nearly equal numbers were subtracted"), "{words}");
    }
}
