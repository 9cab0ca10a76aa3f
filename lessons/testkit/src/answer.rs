//! Values that travel from the process of the code under test to the judge of a claim.

use std::ops::Range;
use std::time::Duration;

/// What the call of a [claim](crate::claim()) returns: plain values, alone or in tuples, ranges and lists.
///
/// An answer travels as bytes, which keep every bit of an `f64`, NaN and infinities too. What is read may come from code that
/// wants to mislead: `read` allocates no more than a small multiple of the bytes that are there.
///
/// Serde is not used, since this is compiled with every submission, unoptimised, and has to compile fast.
pub trait Answer: Sized {
    /// Appends the value to `bytes`: at least one byte.
    fn write(&self, bytes: &mut Vec<u8>);

    /// Takes a value from the front of `bytes`; `None` if there is none.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

/// The value that fills `bytes`; `None` if they are anything else.
pub(crate) fn read_all<A: Answer>(mut bytes: &[u8]) -> Option<A> {
    let answer = A::read(&mut bytes)?;
    bytes.is_empty().then_some(answer)
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Answer for $number {
            fn write(&self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_le_bytes());
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                let (number, rest) = bytes.split_first_chunk()?;
                *bytes = rest;
                Some(Self::from_le_bytes(*number))
            }
        }
    )*};
}

numbers!(u8, u32, u64, u128, i32, i64, f32, f64);

/// As a `u64`, so that both sides agree.
impl Answer for usize {
    fn write(&self, bytes: &mut Vec<u8>) {
        (*self as u64).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        u64::read(bytes)?.try_into().ok()
    }
}

impl Answer for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        u8::from(*self).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        match u8::read(bytes)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Answer for () {
    fn write(&self, bytes: &mut Vec<u8>) {
        0_u8.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        (u8::read(bytes)? == 0).then_some(())
    }
}

impl Answer for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        bytes.extend(self.as_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::read(bytes)?;
        let (text, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

impl Answer for Duration {
    fn write(&self, bytes: &mut Vec<u8>) {
        (self.as_secs(), self.subsec_nanos()).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (seconds, nanoseconds) = <(u64, u32)>::read(bytes)?;
        (nanoseconds < 1_000_000_000).then(|| Self::new(seconds, nanoseconds))
    }
}

impl<A: Answer> Answer for Vec<A> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.len().write(bytes);
        self.iter().for_each(|item| item.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::read(bytes)?;
        // Every item has a byte at least.
        if length > bytes.len() {
            return None;
        }
        // By hand: what stands here is compiled for every kind of list, and an iterator over results is much.
        let mut items = Self::new();
        for _ in 0..length {
            items.push(A::read(bytes)?);
        }
        Some(items)
    }
}

impl<A: Answer> Answer for Option<A> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_some().write(bytes);
        if let Some(value) = self {
            value.write(bytes);
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(match bool::read(bytes)? {
            true => Some(A::read(bytes)?),
            false => None,
        })
    }
}

impl<A: Answer, B: Answer> Answer for Result<A, B> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_ok().write(bytes);
        match self {
            Ok(value) => value.write(bytes),
            Err(error) => error.write(bytes),
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(match bool::read(bytes)? {
            true => Ok(A::read(bytes)?),
            false => Err(B::read(bytes)?),
        })
    }
}

impl<A: Answer> Answer for Range<A> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.start.write(bytes);
        self.end.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(A::read(bytes)?..A::read(bytes)?)
    }
}

macro_rules! tuples {
    ($(($($part:ident),+)),*) => {$(
        #[allow(non_snake_case, reason = "a part's variable is called as its type is")]
        impl<$($part: Answer),+> Answer for ($($part,)+) {
            fn write(&self, bytes: &mut Vec<u8>) {
                let ($($part,)+) = self;
                $($part.write(bytes);)+
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                Some(($($part::read(bytes)?,)+))
            }
        }
    )*};
}

tuples!((A, B), (A, B, C), (A, B, C, D), (A, B, C, D, E), (A, B, C, D, E, F));

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;

    #[track_caller]
    fn comes_back<A: Answer + PartialEq + Debug>(answer: A) {
        let mut bytes = Vec::new();
        answer.write(&mut bytes);
        assert_eq!(read_all::<A>(&bytes).as_ref(), Some(&answer));
        for short in 0..bytes.len() {
            assert_eq!(read_all::<A>(&bytes[..short]), None, "{short} bytes");
        }
        bytes.push(0);
        assert_eq!(read_all::<A>(&bytes), None, "a byte too many");
    }

    #[test]
    fn every_value_comes_back_as_it_was() {
        comes_back((vec![0..3_usize, 3..usize::MAX], true));
        comes_back((Some("Σ".to_owned()), None::<f64>, -1_i64));
        comes_back(vec![Ok::<_, String>(()), Err("no".to_owned())]);
        comes_back((Duration::MAX, u128::MAX));
    }

    #[test]
    fn every_bit_of_a_float_is_kept() {
        for bits in [0x7ff8_0000_0000_0001, 1 << 63, 0xfff0_0000_0000_0000, 1] {
            let mut bytes = Vec::new();
            f64::from_bits(bits).write(&mut bytes);
            assert_eq!(read_all::<f64>(&bytes).map(f64::to_bits), Some(bits));
        }
    }

    #[test]
    fn a_length_beyond_the_bytes_allocates_nothing() {
        let mut bytes = Vec::new();
        u64::MAX.write(&mut bytes);
        assert_eq!(read_all::<Vec<()>>(&bytes), None);
        assert_eq!(read_all::<String>(&bytes), None);
    }
}
