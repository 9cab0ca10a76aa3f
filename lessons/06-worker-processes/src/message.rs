//! Messages over a stream of bytes: a length, then so many bytes of MessagePack.
//!
//! A pipe carries bytes and knows nothing of where one message ends. So each message is led by its length: four bytes,
//! the lowest first.

use std::io::{self, ErrorKind, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that a message may have: 256 MiB.
///
/// What is read as a length may be anything, if the other side is not who we think. Four letters of printed text, read
/// as a length, are above this.
pub const LIMIT: usize = 256 << 20;

/// What a worker says before its first answer. What it prints before that, such as a banner, is passed over.
pub const GREETING: &[u8] = b"\nmany hands, protocol 1\n";

/// How much may stand before the greeting.
const LONGEST_BANNER: usize = 4096;

/// Writes one message, to the last byte: it waits while the pipe is full.
///
/// # Errors
///
/// `BrokenPipe` when nobody can read any more, because the other side has ended. `InvalidData` for a message that has no
/// form in MessagePack or is longer than [`LIMIT`]; then nothing is written.
pub fn send<M>(to: &mut impl Write, message: &M) -> io::Result<()>
where
    M: Serialize + ?Sized,
{
    let mut bytes = vec![0; 4];
    rmp_serde::encode::write(&mut bytes, message).map_err(invalid)?;
    let length = bytes.len() - 4;
    if length > LIMIT {
        return Err(invalid(format!("a message of {length} bytes")));
    }
    bytes[..4].copy_from_slice(&(length as u32).to_le_bytes());
    to.write_all(&bytes)?;
    to.flush()
}

/// Reads one message: it waits until all of it is there. `None` when the stream has ended and no message has begun.
///
/// # Errors
///
/// `InvalidData` when what came is no message of this type. `UnexpectedEof` when the stream ends inside a message.
pub fn receive<M: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<M>> {
    let mut length = [0; 4];
    if from.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut length[1..])?;
    let claimed = u32::from_le_bytes(length) as usize;
    if claimed > LIMIT {
        let text = String::from_utf8_lossy(&length);
        return Err(invalid(format!(
            "it begins with {text:?}, which would be a length of {claimed} bytes"
        )));
    }
    // The room grows with what really comes.
    let mut bytes = Vec::new();
    from.take(claimed as u64).read_to_end(&mut bytes)?;
    if bytes.len() < claimed {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    rmp_serde::from_slice(&bytes).map(Some).map_err(invalid)
}

fn invalid(what: impl ToString) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what.to_string())
}

/// A worker's standard output as its parent reads it: the greeting, then one message after the other.
#[derive(Debug)]
pub struct Answers<R> {
    from: R,
    greeted: bool,
}

impl<R: Read> Answers<R> {
    /// Reads nothing yet.
    pub fn new(from: R) -> Self {
        Self { from, greeted: false }
    }

    /// The next message, as [`receive`] reads it. The first one waits for the greeting too.
    ///
    /// # Errors
    ///
    /// As for [`receive`]; `InvalidData` also when there is no greeting in the first 4 KiB.
    pub fn receive<M: DeserializeOwned>(&mut self) -> io::Result<Option<M>> {
        if !self.wait_for_greeting()? {
            return Ok(None);
        }
        receive(&mut self.from)
    }

    /// Waits until the worker is there. `false` when the stream has ended before.
    ///
    /// # Errors
    ///
    /// `InvalidData` when there is no greeting in the first 4 KiB, and what the stream itself has to say.
    pub fn wait_for_greeting(&mut self) -> io::Result<bool> {
        let mut said = Vec::new();
        while !self.greeted {
            // One at a time, since what comes after the greeting is not ours to take.
            let mut byte = [0];
            if self.from.read(&mut byte)? == 0 {
                return Ok(false);
            }
            said.extend(byte);
            self.greeted = said.ends_with(GREETING);
            if said.len() > LONGEST_BANNER + GREETING.len() {
                return Err(invalid("no greeting: is it a worker at all?"));
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes_of<M: Serialize + ?Sized>(message: &M) -> Vec<u8> {
        let mut bytes = Vec::new();
        send(&mut bytes, message).unwrap();
        bytes
    }

    #[test]
    fn what_is_sent_is_received_to_the_last_bit() {
        let message = vec![0.1 + 0.2, f64::NAN, -0.0, f64::INFINITY];
        let received: Vec<f64> = receive(&mut &bytes_of(&message)[..]).unwrap().unwrap();
        let bits = |list: &[f64]| list.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&received), bits(&message));
    }

    #[test]
    fn messages_stand_one_after_the_other() {
        let bytes = [bytes_of("one"), bytes_of("two")].concat();
        let mut from = &bytes[..];
        let mut next = || receive::<String>(&mut from).unwrap();
        assert_eq!([next(), next(), next()], [Some("one".into()), Some("two".into()), None]);
    }

    #[test]
    fn half_a_message_is_no_message() {
        let bytes = bytes_of("half");
        for length in 1..bytes.len() {
            let error = receive::<String>(&mut &bytes[..length]).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnexpectedEof, "{length} bytes");
        }
    }

    #[test]
    fn printed_text_and_other_types_are_named() {
        let printed = receive::<String>(&mut &b"x = 3\n"[..]).unwrap_err();
        assert_eq!(printed.kind(), ErrorKind::InvalidData);
        assert!(printed.to_string().starts_with("it begins with \"x = \""));
        let other = receive::<String>(&mut &bytes_of(&3.5)[..]).unwrap_err();
        assert_eq!(other.kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn what_stands_before_the_greeting_is_passed_over() {
        let bytes = [b"welcome!", GREETING, &bytes_of("hello")].concat();
        let mut answers = Answers::new(&bytes[..]);
        assert_eq!(answers.receive::<String>().unwrap(), Some("hello".to_owned()));
    }

    #[test]
    fn who_never_greets_is_no_worker() {
        let mut answers = Answers::new(io::repeat(b'y'));
        let error = answers.receive::<String>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }
}
