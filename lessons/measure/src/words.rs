//! Numbers as a reader wants them.

/// A count with its thousands set apart: `10,000,000`.
pub fn group_thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A time with three digits and the unit that fits: `17.1 ms`.
pub fn time(seconds: f64) -> String {
    let (value, unit) = match seconds.abs() {
        s if s >= 1.0 => (seconds, "s"),
        s if s >= 1e-3 => (seconds * 1e3, "ms"),
        s if s >= 1e-6 => (seconds * 1e6, "µs"),
        _ => (seconds * 1e9, "ns"),
    };
    let decimals = match value.abs() {
        v if v < 9.995 => 2,
        v if v < 99.95 => 1,
        _ => 0,
    };
    format!("{value:.decimals$} {unit}")
}

/// An amount of memory: `1.5 KiB`.
pub fn bytes(count: f64) -> String {
    const KIB: f64 = 1024.0;
    match count {
        count if count >= KIB * KIB => format!("{:.1} MiB", count / (KIB * KIB)),
        count if count >= KIB => format!("{:.1} KiB", count / KIB),
        count => format!("{count:.0} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_told_in_the_unit_that_fits() {
        assert_eq!([1023.0, 1536.0, 80e6].map(bytes), ["1023 B", "1.5 KiB", "76.3 MiB"]);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0, 999, 1000, 10_000_000].map(group_thousands),
            ["0", "999", "1,000", "10,000,000"]
        );
    }

    #[test]
    fn a_time_has_three_digits() {
        assert_eq!(
            [2.0, 61.25, 0.017_12, 9.996e-6, 3.2e-9, 0.0].map(time),
            ["2.00 s", "61.2 s", "17.1 ms", "10.0 µs", "3.20 ns", "0.00 ns"]
        );
    }
}
