//! Prints what pictures of 500 boxes cost, in CPU time and by how they are arranged: `just graph-speed`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use cpu_time::ThreadTime;
use serde_json::Value;
use synth_graph::read::Places;
use synth_graph::{layout, render};

#[path = "../tests/architecture/large.rs"]
mod large;

/// As many runs as it takes for one that nothing disturbs.
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    println!("| | boxes | arrows | not drawn | reading | layout | all |\n|---|---|---|---|---|---|---|");
    println!("| in 20 stacks | {}", cost(&large::stacks())?);
    for (name, leads_to) in large::OF_ONE_FRAME {
        println!("| in one frame, {name} | {}", cost(&[large::frame(*leads_to)])?);
    }
    Ok(())
}

/// The fastest of several runs, as the rest of a row.
fn cost(documents: &[Value]) -> Result<String, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let stack = folder.path().join(format!("stack-{number}"));
        fs::create_dir(&stack)?;
        fs::write(stack.join("main.tf.json"), document.to_string())?;
        paths.push(stack);
    }
    let (mut best, mut row) = (Duration::MAX, String::new());
    for _ in 0..RUNS {
        let start = ThreadTime::now();
        let drawn = synth_graph::architecture(&Places::of(&paths).documents().stacks);
        let read = start.elapsed();
        let scene = layout::scene(&drawn)?;
        let placed = start.elapsed();
        let _picture = render::svg(&drawn, &scene, "speed");
        let all = start.elapsed();
        if all < best {
            best = all;
            let seconds = |duration: Duration| format!("{:.2} s", duration.as_secs_f64());
            let (boxes, arrows) = (drawn.nodes.len(), drawn.arrows.len());
            let (read, placed, all) = (seconds(read), seconds(placed.saturating_sub(read)), seconds(all));
            row = format!("{boxes} | {arrows} | {} | {read} | {placed} | {all} |", scene.left_out);
        }
    }
    Ok(row)
}
