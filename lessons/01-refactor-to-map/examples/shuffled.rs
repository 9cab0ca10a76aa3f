//! Five loops, each run in order and in shuffled order: does the answer depend on the order?

fn main() {
    let mut random = fastrand::Rng::with_seed(1);
    let data: Vec<f64> = (0..1_000).map(|_| random.f64()).collect();
    let in_order: Vec<usize> = (0..data.len()).collect();
    let mut shuffled = in_order.clone();
    random.shuffle(&mut shuffled);

    println!("{:<26}largest difference when shuffled", "loop");
    for (name, run) in LOOPS {
        let (expected, seen) = (run(&data, &in_order), run(&data, &shuffled));
        let difference = largest_difference(&expected, &seen);
        println!("{name:<26}{difference:.1e}");
    }
}

type Loop = fn(data: &[f64], order: &[usize]) -> Vec<f64>;

const LOOPS: [(&str, Loop); 5] = [
    ("sum", sum),
    ("stencil into a new list", stencil_into_a_new_list),
    ("stencil in place", stencil_in_place),
    ("prefix sum", prefix_sum),
    ("histogram", histogram),
];

fn sum(data: &[f64], order: &[usize]) -> Vec<f64> {
    let mut total = 0.0;
    for &i in order {
        total += data[i];
    }
    vec![total]
}

fn stencil_into_a_new_list(data: &[f64], order: &[usize]) -> Vec<f64> {
    let mut smooth = data.to_vec();
    for &i in order {
        if i > 0 && i + 1 < data.len() {
            smooth[i] = (data[i - 1] + data[i] + data[i + 1]) / 3.0;
        }
    }
    smooth
}

fn stencil_in_place(data: &[f64], order: &[usize]) -> Vec<f64> {
    let mut data = data.to_vec();
    for &i in order {
        if i > 0 && i + 1 < data.len() {
            data[i] = (data[i - 1] + data[i] + data[i + 1]) / 3.0;
        }
    }
    data
}

fn prefix_sum(data: &[f64], order: &[usize]) -> Vec<f64> {
    let mut totals = data.to_vec();
    for &i in order {
        if i > 0 {
            totals[i] += totals[i - 1];
        }
    }
    totals
}

/// Counts how many of the numbers, all between 0 and 1, fall in each tenth.
fn histogram(data: &[f64], order: &[usize]) -> Vec<f64> {
    let mut counts = vec![0.0; 10];
    for &i in order {
        counts[(data[i] * 10.0) as usize] += 1.0;
    }
    counts
}

fn largest_difference(expected: &[f64], seen: &[f64]) -> f64 {
    let differences = expected.iter().zip(seen).map(|(expected, seen)| (expected - seen).abs());
    differences.fold(0.0, f64::max)
}
