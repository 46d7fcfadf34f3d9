//! What `policy check` costs: time and memory of the whole process, for documents of every form and size.

mod documents;
mod native;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4 as _;

use documents::Form;

/// Asks this program to write a document instead: the peak of a process begins with that of the one
/// that starts it, which therefore must not have made documents.
const WRITE: &str = "write";

/// Of so many processes the middle one is shown.
const RUNS: usize = 3;

/// What one process took.
#[derive(Clone, Copy)]
struct Cost {
    cpu: f64,
    wall: f64,
    peak: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    if let [_, command, form, size, path] = arguments.as_slice()
        && command == WRITE
    {
        let form = Form::ALL.get(form.parse::<usize>()?).ok_or("no such form")?;
        return Ok(fs::write(path, form.document(size.parse()?))?);
    }
    let folder = tempfile::tempdir()?;
    let empty = folder.path().join("empty.tf.json");
    fs::write(&empty, "{}")?;
    let floor = cost(&empty)?;
    println!("a process that reads `{{}}`: {:.4} s CPU, {:.1} MB", floor.cpu, megabytes(floor.peak));
    println!(
        "{:<24} {:>9} {:>8} {:>9} {:>9} {:>9} {:>12}",
        "", "resources", "MB", "CPU s", "wall s", "peak MB", "peak/input"
    );
    for (index, form) in Form::ALL.into_iter().enumerate() {
        for size in form.sizes() {
            let path = folder.path().join(form.file());
            write(index, size, &path)?;
            let length = fs::metadata(&path)?.len();
            let cost = cost(&path)?;
            println!(
                "{:<24} {size:>9} {:>8.2} {:>9.4} {:>9.4} {:>9.1} {:>12.1}",
                form.name(),
                megabytes(length),
                cost.cpu,
                cost.wall,
                megabytes(cost.peak),
                megabytes(cost.peak.saturating_sub(floor.peak)) / megabytes(length),
            );
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn write(form: usize, size: usize, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut command = Command::new(env::current_exe()?);
    command.args([WRITE, &form.to_string(), &size.to_string()]).arg(path);
    if command.status()?.success() { Ok(()) } else { Err("the document was not written".into()) }
}

/// The middle one of several processes that check a file.
fn cost(path: &Path) -> Result<Cost, Box<dyn Error>> {
    let mut costs = (0..RUNS).map(|_| once(path)).collect::<Result<Vec<Cost>, _>>()?;
    costs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    Ok(*costs.get(RUNS / 2).ok_or("no process ran")?)
}

fn once(path: &Path) -> Result<Cost, Box<dyn Error>> {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_policy"));
    let child =
        command.arg("check").arg(path).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?.wait4()?;
    let wall = start.elapsed().as_secs_f64();
    if !matches!(child.status.code(), Some(0 | 1)) {
        return Err(format!("{}: {}", path.display(), child.status).into());
    }
    let cpu = child.rusage.utime + child.rusage.stime;
    Ok(Cost { cpu: cpu.as_secs_f64(), wall, peak: child.rusage.maxrss })
}

#[expect(clippy::cast_precision_loss, reason = "megabytes are shown with one digit")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
