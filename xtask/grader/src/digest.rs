//! Digests by SHA-256.

use sha2::{Digest, Sha256};

/// The digest of the parts, in hexadecimal. The boundaries count: `["ab"]` and `["a", "b"]` have different digests.
pub fn hex<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let digest = bytes(parts);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first 64 bits of the digest of one part.
pub fn number(part: &[u8]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = bytes([part]);
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
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
    fn the_boundaries_of_parts_count() {
        let hex = |parts: &[&str]| hex(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(hex(&["ab"]), hex(&["a", "b"]));
        assert_ne!(hex(&["a", "b"]), hex(&["a", "b", ""]));
    }

    #[test]
    fn a_digest_is_the_same_on_every_machine() {
        let digest = hex([b"ann".as_slice()]);
        assert_eq!(digest.len(), 64);
        assert_eq!(&digest[..16], format!("{:016x}", number(b"ann")));
        assert_eq!(&digest[..16], "e1453b45eedce554");
    }
}
