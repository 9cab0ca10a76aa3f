// attack: includes what the student beside has handed in
// outcome: did-not-compile
include!("../../../ada/02-chunked-integration/src/lib.rs");
