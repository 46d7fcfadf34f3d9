//! What judging costs grows as its input does, and no faster: work and memory of hostile documents.
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "tests fail by panicking; ratios are not exact"
)]

mod shapes;

use std::path::Path;

use cpu_time::ThreadTime;
use policy::terraform::{Configuration, Folder};
use policy::{Report, Sources, judge, report};

use shapes::{File, SHAPES};

/// The larger input has so many times the parts of the smaller one.
const TIMES: usize = 8;

/// What grows with the square of the input would be 64 times as much.
const MOST: f64 = 24.0;

/// What one judgement took.
struct Cost {
    seconds: f64,
    allocations: u64,
    /// The most bytes that were in use at once.
    peak: u64,
    input: usize,
}

/// Judges the files of a folder and of those below it, and writes the report of it.
fn judged(files: &[File]) -> Report {
    let mut sources = Sources::default();
    let mut read = |folder: &str| {
        let inside = files.iter().filter(|file| file.folder == folder);
        let ids: Vec<_> = inside.map(|file| sources.add(file.name.as_str(), file.text.as_str())).collect();
        Folder::read(&sources, &ids)
    };
    let mut configuration = Configuration::of(Path::new(""), read(""));
    while let Some(wanted) = configuration.wanted() {
        let folder = read(wanted.to_str().unwrap());
        configuration.add(wanted, folder);
    }
    let report = judge(configuration);
    report::human::write(&report, &sources, &mut std::io::sink()).unwrap();
    report
}

fn cost(files: &[File]) -> Cost {
    let once = || {
        let start = ThreadTime::now();
        judged(files);
        start.elapsed().as_secs_f64()
    };
    let allocated = allocation_counter::measure(|| {
        judged(files);
    });
    Cost {
        seconds: (0..2).map(|_| once()).fold(f64::INFINITY, f64::min),
        allocations: allocated.count_total,
        peak: allocated.bytes_max,
        input: files.iter().map(|file| file.text.len()).sum(),
    }
}

#[test]
fn eight_times_the_input_costs_about_eight_times_the_work() {
    let mut wrong = Vec::new();
    for shape in SHAPES {
        let (small, large) = (cost(&(shape.files)(shape.count)), cost(&(shape.files)(shape.count * TIMES)));
        let input = large.input as f64 / small.input as f64;
        let allocations = large.allocations as f64 / small.allocations as f64;
        let seconds = large.seconds / small.seconds;
        println!(
            "{:<40} input ×{input:.1}, allocations ×{allocations:.1}, {:.4} s and {:.4} s: ×{seconds:.1}, peak {:.1} times the input",
            shape.name,
            small.seconds,
            large.seconds,
            large.peak as f64 / large.input as f64
        );
        if allocations > MOST || seconds > MOST {
            wrong.push(shape.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
