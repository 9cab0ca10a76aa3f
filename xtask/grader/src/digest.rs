//! Fingerprints of what a submission is made of.

use sha2::{Digest, Sha256};

/// SHA-256 of the parts, in hexadecimal. Where one part ends and the next begins counts: `["ab"]` is not `["a", "b"]`.
pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let digest = bytes(parts);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first 64 bits of the same, for what is to be told apart or dealt out.
pub fn number(part: &[u8]) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&bytes([part])[..8]);
    u64::from_be_bytes(first)
}

fn bytes<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_part_ends_counts() {
        let of = |parts: &[&str]| of(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(of(&["ab"]), of(&["a", "b"]));
        assert_ne!(of(&["a", "b"]), of(&["a", "b", ""]));
    }

    #[test]
    fn a_digest_is_the_same_on_every_machine() {
        let digest = of([b"ann".as_slice()]);
        assert_eq!(digest.len(), 64);
        assert_eq!(&digest[..16], format!("{:016x}", number(b"ann")));
        assert_eq!(&digest[..16], "e1453b45eedce554");
    }
}
