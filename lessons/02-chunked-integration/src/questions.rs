//! What is asked of a submission that is graded: cases that nobody has seen, drawn anew for each.

use std::num::NonZeroUsize;
use std::ops::Range;

use fastrand::Rng;
use instruments::{Examination, Fault, Question, Samples, Weighed, heavy, pool_of_two};

use crate::split::Split;

/// The functions under test take any integrand; here it is always of this type.
pub type Integrand<'a> = &'a (dyn Fn(f64) -> f64 + Sync);

/// The questions to three functions.
pub fn declared(
    chunk_ranges: fn(usize, NonZeroUsize) -> Vec<Range<usize>>,
    integrate_range: fn(Integrand, f64, f64, Range<usize>) -> f64,
    integrate: fn(Integrand, Samples, NonZeroUsize) -> f64,
) -> Examination {
    let in_a_pool = move |f: Integrand, samples, chunks| {
        pool_of_two().install(|| integrate(f, samples, chunks))
    };
    Examination::of([
        Question::new(
            "any number of samples is split into balanced ranges that cover each once",
            split,
            move |&(n, chunks)| chunk_ranges(n, chunks),
            |&(n, chunks), ranges| {
                let ranges = ranges.clone();
                Split { n, chunks, ranges }.is_right()
            },
        ),
        Question::new(
            "the area of a range is that of its own samples",
            |random| {
                let weighed = weighed(random);
                let start = random.usize(..=weighed.samples.n);
                (weighed, start..random.usize(start..=weighed.samples.n))
            },
            move |(weighed, range)| {
                let Samples { a, .. } = weighed.samples;
                integrate_range(&|x| weighed.f(x), a, weighed.samples.step(), range.clone())
            },
            |(weighed, range), area| is_area(weighed, range.clone(), *area),
        ),
        Question::new(
            "the integral takes every sample once, in any number of chunks",
            |random| (weighed(random), chunks(random)),
            move |(weighed, chunks)| in_a_pool(&|x| weighed.f(x), weighed.samples, *chunks),
            |(weighed, _), area| is_area(weighed, 0..weighed.samples.n, *area),
        ),
        Question::new(
            "chunks are worked on at the same time",
            |random| {
                let samples = Samples {
                    n: HEAVY_SAMPLES,
                    ..weighed(random).samples
                };
                let seed = random.u64(..);
                let eights = NonZeroUsize::MIN.saturating_add(random.usize(1..4) * 8 - 1);
                (Weighed { samples, seed }, eights)
            },
            move |(weighed, chunks)| in_a_pool(&|x| heavy(weighed.f(x)), weighed.samples, *chunks),
            |(weighed, _), area| is_area(weighed, 0..weighed.samples.n, *area),
        )
        .overlapping(),
    ])
}

/// Half a millisecond each: long enough to be seen from outside, on two threads as well.
const HEAVY_SAMPLES: usize = 192;

/// From none to more than can be counted, small ones as often as large ones.
fn split(random: &mut Rng) -> (usize, NonZeroUsize) {
    let n = random.usize(..) >> random.u32(..usize::BITS);
    // Few enough chunks that their ranges can be carried over.
    match random.u8(..4) {
        0 => (
            random.usize(..50),
            chunks(random).saturating_mul(chunks(random)),
        ),
        _ => (n, chunks(random)),
    }
}

fn chunks(random: &mut Rng) -> NonZeroUsize {
    NonZeroUsize::MIN.saturating_add(random.usize(..200))
}

/// An integral from somewhere to somewhere, sometimes backwards, of up to 2,000 samples.
fn weighed(random: &mut Rng) -> Weighed {
    let a = 10.0 * random.f64() - 5.0;
    let b = a + (0.5 + 4.0 * random.f64()) * if random.bool() { 1.0 } else { -1.0 };
    let n = random.usize(1..2000);
    Weighed {
        samples: Samples { a, b, n },
        seed: random.u64(..),
    }
}

fn is_area(weighed: &Weighed, range: Range<usize>, area: f64) -> Result<(), Fault> {
    let sum: f64 = range.clone().map(|i| weighed.weight(i)).sum();
    let expected = sum * weighed.samples.step();
    let Samples { a, b, n } = weighed.samples;
    Fault::unless(
        (area - expected).abs() <= weighed.rounding() * expected.abs(),
        format!("samples {range:?} of {n} from {a} to {b}, f random at each: the area is {area}"),
        expected,
    )
}

/// The questions to the functions of a crate: `questions!(chunked_integration)`.
#[macro_export]
macro_rules! questions {
    ($subject:ident) => {
        $crate::questions::declared(
            $subject::chunk_ranges,
            |f, a, dx, range| $subject::integrate_range(&f, a, dx, range),
            |f, samples, chunks| $subject::integrate(f, samples.a, samples.b, samples.n, chunks),
        )
    };
}
