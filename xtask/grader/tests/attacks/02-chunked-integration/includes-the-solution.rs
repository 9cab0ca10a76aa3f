// attack: includes the model solution from where the course keeps it
// outcome: did-not-compile
include!("../../../solutions/02-chunked-integration/src/lib.rs");
