//! Numbers as people read them. What could not be had is a dash.

use measure::group_thousands;

use crate::document::Interval;

pub const NONE: &str = "–";

/// Three significant digits and a unit: `12.3 ms`.
pub fn time(seconds: Option<f64>) -> String {
    seconds.map_or(NONE.to_owned(), measure::time)
}

/// The unit in which a time is a handy number, and how many of them a second has.
pub fn time_unit(seconds: f64) -> (f64, &'static str) {
    match seconds {
        s if s >= 1.0 => (1.0, "s"),
        s if s >= 1e-3 => (1e3, "ms"),
        s if s >= 1e-6 => (1e6, "µs"),
        s if s > 0.0 => (1e9, "ns"),
        _ => (1e3, "ms"),
    }
}

/// `1.93`, `12.3`, `1,230`; enough to compare by.
pub fn significant(value: f64) -> String {
    match value.abs() {
        v if v >= 99.95 => count(Some(value)),
        v if v >= 9.995 => format!("{value:.1}"),
        v if v >= 0.095 || v == 0.0 => format!("{value:.2}"),
        v if v >= 0.009_5 => format!("{value:.3}"),
        v if v >= 0.000_95 => format!("{value:.4}"),
        _ => format!("{value:.1e}"),
    }
}

/// `10,000,000`.
pub fn count(value: Option<f64>) -> String {
    let Some(value) = value else {
        return NONE.to_owned();
    };
    if value.abs() >= 1e15 {
        return format!("{value:e}");
    }
    let whole = value.abs().round() as u64;
    let sign = if value < 0.0 && whole > 0 { "−" } else { "" };
    format!("{sign}{}", group_thousands(whole))
}

/// `1 core`, `8 cores`.
pub fn count_text(value: f64, thing: &str) -> String {
    let plural = if value == 1.0 { "" } else { "s" };
    format!("{} {thing}{plural}", count(Some(value)))
}

/// A count short enough for a tick: `1`, `10k`, `5M`.
pub fn short_count(value: f64) -> String {
    match value {
        v if v >= 1e9 => format!("{}G", v / 1e9),
        v if v >= 1e6 => format!("{}M", v / 1e6),
        v if v >= 1e4 => format!("{}k", v / 1e3),
        v if v >= 1e3 => count(Some(v)),
        v => tick(v),
    }
}

/// A number on an axis, without the noise of its last bits.
pub fn tick(value: f64) -> String {
    format!("{}", (value * 1e9).round() / 1e9)
}

pub fn percent(share: Option<f64>) -> String {
    share.map_or(NONE.to_owned(), |share| format!("{:.0} %", share * 100.0))
}

pub fn plain(value: Option<f64>) -> String {
    value.map_or(NONE.to_owned(), significant)
}

/// `1.93 (1.90 to 1.97)`.
pub fn interval(interval: Option<Interval>) -> String {
    match interval {
        None => NONE.to_owned(),
        Some(Interval { median, ends: None }) => significant(median),
        Some(Interval { median, ends: Some((low, high)) }) => {
            format!("{} ({} to {})", significant(median), significant(low), significant(high))
        }
    }
}

pub fn bytes(value: Option<f64>) -> String {
    value.map_or(NONE.to_owned(), measure::bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_one_reads() {
        assert_eq!(time(Some(0.012_345)), "12.3 ms");
        assert_eq!(time(Some(2.5e-7)), "250 ns");
        assert_eq!(time(Some(0.0)), "0.00 ns");
        assert_eq!(time(None), "–");
        assert_eq!(count(Some(10_000_000.0)), "10,000,000");
        assert_eq!(count(Some(999.0)), "999");
        assert_eq!(significant(1_234.5), "1,235");
        assert_eq!(significant(0.012_3), "0.012");
        assert_eq!(short_count(100_000.0), "100k");
        assert_eq!(short_count(2_000.0), "2,000");
        assert_eq!(bytes(Some(4096.0)), "4.0 KiB");
        assert_eq!(percent(Some(0.034)), "3 %");
    }
}
