//! From where on a ratio means something.

/// The ratio from which the subject counts as faster. Where a loop happens to lie in memory moves its time by a few per
/// cent, and a gain of less than a tenth is not worth a second core.
pub const FASTER_FROM: f64 = 1.1;

/// The gain that the control must show before a subject is called not faster. By Amdahl's law, a subject that is 1.5
/// times as fast on a quiet machine, of however many cores, still passes [`FASTER_FROM`] where its parallel part gains no
/// more than this: at worst two thirds of it are serial, and 1 / (2/3 + 1/3 / 1.5) is 1.125.
pub const CONTROL_SCALED: f64 = 1.5;
