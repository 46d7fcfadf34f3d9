//! What the provider that is kept warm saves: `just warm-bench`.
//!
//! A stack of twelve resources is initialized, validated, planned, applied, planned again and destroyed, by terraform
//! alone and with the provider kept warm, one after the other and several at a time; what the first stack of a process
//! costs, which starts the providers, is told apart. CPU time is that of terraform and of the providers, and what the
//! proxy's threads used.

#![expect(clippy::indexing_slicing, reason = "the tables have fixed sizes")]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use localstack_tests::emulator::{self, Emulator};
use localstack_tests::terraform::{Engine, Providers, Step, Terraform, WorkDir, engine, providers};
use localstack_tests::{Account, Failure, Settings};

const STEPS: [&str; 6] = ["init", "validate", "plan", "apply", "plan again", "destroy"];
const APPLY: &[&str] = &["-json", "-auto-approve", "-input=false"];
const PLAN: &[&str] = &["-json", "-input=false"];
/// The number of the first plan.
const PLANNED: usize = 2;
/// How often each is measured, unless the command line says another number.
const ROUNDS: usize = 3;
/// The most stacks at a time.
const MOST: usize = 8;

/// Wall and CPU time of a step.
#[derive(Clone, Copy, Default)]
struct Cost {
    wall: f64,
    cpu: f64,
}

struct Suite<'a> {
    settings: Settings,
    engine: Engine,
    providers: Providers,
    emulator: &'a dyn Emulator,
}

impl<'a> Suite<'a> {
    fn new(warm_provider: Option<String>, emulator: &'a dyn Emulator) -> Result<Suite<'a>, Failure> {
        let settings = Settings { warm_provider, ..Settings::from_environment() };
        let engine = engine::find(&settings)?;
        let providers = providers::find(&settings, &engine)?;
        Ok(Suite { settings, engine, providers, emulator })
    }

    /// One stack, from init to destroy; the cost of each step.
    fn stack(&self) -> Result<[Cost; 6], Failure> {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("warm-provider/fixtures/storage");
        let stack = fs::read(fixture.join("main.tf.json"))?;
        let folder = WorkDir::create(&self.settings.work, "bench", &Account::fresh(), &stack)?;
        folder.lead_to(self.emulator.endpoint())?;
        fs::copy(fixture.join("greeting.txt"), folder.path().join("greeting.txt"))?;
        let mut terraform = Terraform::new(self.engine.clone(), folder, self.settings.inherited.clone());
        let mut costs = [Cost::default(); 6];
        for (number, cost) in costs.iter_mut().enumerate() {
            let (began, used) = (Instant::now(), cpu()?);
            let run = |terraform: &mut Terraform, step, arguments| {
                terraform.run(step, arguments, &|| Ok(())).map(drop)
            };
            match number {
                0 => terraform.init(&self.providers)?,
                1 => run(&mut terraform, Step::Validate, &["-json"])?,
                3 => run(&mut terraform, Step::Apply, APPLY)?,
                5 => run(&mut terraform, Step::Destroy, APPLY)?,
                _ => run(&mut terraform, Step::Plan, PLAN)?,
            }
            *cost = Cost { wall: began.elapsed().as_secs_f64(), cpu: cpu()? - used };
        }
        terraform.folder().remove()?;
        Ok(costs)
    }

    /// Stacks a minute, `parallel` at a time, and CPU seconds a stack.
    fn throughput(&self, stacks: usize, parallel: usize) -> Result<Cost, Failure> {
        let (next, began, used) = (AtomicUsize::new(0), Instant::now(), cpu()?);
        thread::scope(|scope| {
            let work = || -> Result<(), Failure> {
                while next.fetch_add(1, Ordering::Relaxed) < stacks {
                    self.stack()?;
                }
                Ok(())
            };
            let threads: Vec<_> = (0..parallel).map(|_| scope.spawn(work)).collect();
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread panicked")?)
        })?;
        let count = stacks as f64;
        Ok(Cost { wall: 60.0 * count / began.elapsed().as_secs_f64(), cpu: (cpu()? - used) / count })
    }
}

/// CPU seconds of everything that was waited for, of the providers that still run, and of the proxies.
fn cpu() -> Result<f64, Failure> {
    let mut ticks = 0;
    let own = std::process::id().to_string();
    for process in fs::read_dir("/proc")? {
        let Ok(stat) = fs::read_to_string(process?.path().join("stat")) else { continue };
        let fields = fields(&stat);
        if stat.contains("(terraform-provi") && fields.get(1) == Some(&own.as_str()) {
            ticks += used(&fields, 11);
        }
    }
    ticks += used(&fields(&fs::read_to_string("/proc/self/stat")?), 13);
    Ok((ticks as f64) / TICKS + proxy()?)
}

/// CPU seconds of the proxies' threads.
fn proxy() -> Result<f64, Failure> {
    let mut ticks = 0;
    for thread in fs::read_dir("/proc/self/task")? {
        let Ok(stat) = fs::read_to_string(thread?.path().join("stat")) else { continue };
        if stat.contains("(warm-provider)") {
            ticks += used(&fields(&stat), 11);
        }
    }
    Ok((ticks as f64) / TICKS)
}

/// proc(5): what follows the name, which may hold anything; `ppid` is the second.
fn fields(stat: &str) -> Vec<&str> {
    stat.rsplit_once(") ").map_or(Vec::new(), |(_, rest)| rest.split(' ').collect())
}

/// User and system time: of the process at 11, of the children that it has waited for at 13.
fn used(fields: &[&str], at: usize) -> u64 {
    fields.iter().skip(at).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

/// Linux reports in hundredths of a second (sysconf(3), `_SC_CLK_TCK`).
const TICKS: f64 = 100.0;

/// Resident memory of the providers, in GB, counting what they share once for each.
fn memory() -> Result<f64, Failure> {
    let own = std::process::id().to_string();
    let mut kilobytes = 0;
    for process in fs::read_dir("/proc")? {
        let folder = process?.path();
        let Ok(stat) = fs::read_to_string(folder.join("stat")) else { continue };
        if !stat.contains("(terraform-provi") || fields(&stat).get(1) != Some(&own.as_str()) {
            continue;
        }
        let smaps = fs::read_to_string(folder.join("smaps_rollup")).unwrap_or_default();
        let share = smaps.lines().find_map(|line| line.strip_prefix("Pss:"));
        kilobytes +=
            share.and_then(|share| share.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(kilobytes as f64 / 1e6)
}

fn medians(rounds: &[[Cost; 6]]) -> [Cost; 6] {
    let median = |of: &dyn Fn(&[Cost; 6]) -> f64| {
        let mut all: Vec<f64> = rounds.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    std::array::from_fn(|step| Cost {
        wall: median(&|round| round[step].wall),
        cpu: median(&|round| round[step].cpu),
    })
}

fn sum(steps: &[Cost]) -> Cost {
    let add = |sum: Cost, step: &Cost| Cost { wall: sum.wall + step.wall, cpu: sum.cpu + step.cpu };
    steps.iter().fold(Cost::default(), add)
}

fn row(name: &str, alone: Cost, warm: Cost) {
    let (wall, cpu) = (alone.wall / warm.wall, alone.cpu / warm.cpu);
    println!(
        "| {name} | {:.2} / {:.2} | {:.2} / {:.2} | {wall:.1} / {cpu:.1} |",
        alone.wall, alone.cpu, warm.wall, warm.cpu
    );
}

fn main() -> Result<(), Failure> {
    let rounds = std::env::args().nth(1).map_or(Ok(ROUNDS), |rounds| rounds.parse())?.max(1);
    let emulator = emulator::start(&Settings::from_environment())?;
    let alone = Suite::new(Some("off".to_owned()), emulator.as_ref())?;
    let warm = Suite::new(None, emulator.as_ref())?;
    // The emulator loads its services when they are first called.
    alone.stack()?;
    let alone_rounds = (0..rounds).map(|_| alone.stack()).collect::<Result<Vec<_>, _>>()?;
    let first = warm.stack()?;
    // It needs one process more, since the first took the unconfigured one; from here on there are enough.
    warm.stack()?;
    let before = proxy()?;
    let warm_rounds = (0..rounds).map(|_| warm.stack()).collect::<Result<Vec<_>, _>>()?;
    let proxy_used = proxy()? - before;
    let (alone_steps, warm_steps) = (medians(&alone_rounds), medians(&warm_rounds));
    println!("| step, wall s / CPU s | terraform alone | warm provider | times |\n|---|---|---|---|");
    for (step, name) in STEPS.iter().enumerate() {
        row(name, alone_steps[step], warm_steps[step]);
    }
    row("loop", sum(&alone_steps), sum(&warm_steps));
    println!("\n| first stack of a process | terraform alone | warm provider | times |\n|---|---|---|---|");
    row("plan", alone_steps[PLANNED], first[PLANNED]);
    row("loop", sum(&alone_steps), sum(&first));
    let all: f64 = warm_rounds.iter().map(|steps| sum(steps).cpu).sum();
    println!("\nproxy: {:.1} % of the CPU time of a stack", 100.0 * proxy_used / all);

    println!(
        "\n| stacks at a time | terraform alone, a minute | warm provider, a minute | times terraform's best | CPU s a stack | providers, GB |"
    );
    println!("|---|---|---|---|---|---|");
    let mut best: f64 = 0.0;
    let mut alone_at = |parallel: usize| -> Result<String, Failure> {
        let made = alone.throughput(rounds * parallel, parallel)?.wall;
        best = best.max(made);
        Ok(format!("{made:.1}"))
    };
    let alone_made = [alone_at(1)?, alone_at(2)?, alone_at(4)?, "–".to_owned()];
    let stop = AtomicUsize::new(0);
    for (parallel, alone) in [1, 2, 4, MOST].into_iter().zip(alone_made) {
        stop.store(0, Ordering::Relaxed);
        let (made, most) = thread::scope(|scope| {
            let watching = scope.spawn(|| {
                let mut most: f64 = 0.0;
                while stop.load(Ordering::Relaxed) == 0 {
                    most = most.max(memory().unwrap_or_default());
                    thread::sleep(Duration::from_millis(500));
                }
                most
            });
            let made = warm.throughput(rounds * MOST, parallel);
            stop.store(1, Ordering::Relaxed);
            (made, watching.join().unwrap_or_default())
        });
        let made = made?;
        let times = made.wall / best;
        println!("| {parallel} | {alone} | {:.1} | {times:.1} | {:.2} | {most:.1} |", made.wall, made.cpu);
    }
    Ok(())
}
