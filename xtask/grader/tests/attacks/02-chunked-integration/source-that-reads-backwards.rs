// attack: hides code in a comment, by characters that turn the reading direction
// outcome: did-not-compile
// words: direction
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub fn authorised(teacher: bool) -> bool {
    /* ‮ } ⁦if teacher⁩ ⁦ begin only teachers */
    teacher
    /* end only teachers ‮ { ⁦*/
}
