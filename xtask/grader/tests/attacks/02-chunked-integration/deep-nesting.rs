// attack: an expression of four thousand negations inside each other
// outcome: did-not-compile | did-not-finish | out-of-memory | passed
#![recursion_limit = "1000000"]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

macro_rules! negated {
    ($value:expr;) => { $value };
    ($value:expr; $_once:tt $($more:tt)*) => { negated!(!$value; $($more)*) };
}
macro_rules! times_ten {
    ([$($units:tt)*]) => { negated!(true; $($units)*) };
    ([$($units:tt)*] $_power:tt $($powers:tt)*) => {
        times_ten!([$($units)* $($units)* $($units)* $($units)* $($units)*
                    $($units)* $($units)* $($units)* $($units)* $($units)*] $($powers)*)
    };
}

pub static NEGATED: bool = times_ten!([1 2 3 4] 5 6 7);
