//! `synth graph`: the architecture that documents describe, as a picture.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use command_line::say;
use synth::output;
use synth_graph::read::Places;
use synth_graph::{layout, render};

use super::exit::{FAILED, failed, written};
use super::manifest;

/// Shown below the options.
const AFTER_HELP: &str = "Examples:
  synth graph main.tf.json > architecture.svg
  synth graph infrastructure/ --html > architecture.html
  terraform show -json plan | synth graph - --format mermaid

Exit codes:
  0  the picture was printed
  2  the command could not do its work: wrong usage, a file that cannot be read";

/// What `synth graph` is told.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// Documents of Terraform (JSON, HCL, plans, states), folders with them, or folders of such folders; `-` reads
    /// standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Svg, conflicts_with = "html")]
    format: Format,
    /// Print a page that needs nothing else, with search, details and what `policy` finds
    #[arg(long)]
    html: bool,
}

/// What a picture can be printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A picture for every browser and README
    Svg,
    /// A flowchart that GitHub and GitLab draw
    Mermaid,
    /// A graph for Graphviz
    Dot,
}

/// Prints the picture and returns the exit code.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let paths = match listed(&arguments.paths) {
        Ok(paths) => paths,
        Err(error) => return failed(&error),
    };
    let places = Places::of(&paths);
    let documents = places.documents();
    if !documents.problems.is_empty() {
        documents.problems.iter().for_each(|problem| say::error(problem));
        return ExitCode::from(FAILED);
    }
    let drawn = synth_graph::architecture(&documents.stacks);
    match arguments.format {
        Format::Mermaid => return written(output::print(&render::mermaid(&drawn))),
        Format::Dot => return written(output::print(&render::dot(&drawn))),
        Format::Svg => {}
    }
    let scene = match layout::scene(&drawn) {
        Ok(scene) => scene,
        Err(error) => {
            say::error(&error);
            return ExitCode::from(FAILED);
        }
    };
    let title = synth_graph::title(&documents.stacks);
    let text = if arguments.html {
        render::html(&drawn, &scene, &title, &places.findings())
    } else {
        render::svg(&drawn, &scene, &title)
    };
    written(output::print(&text))
}

/// The paths, with the stacks that a manifest lists in the place of its folder.
fn listed(paths: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut listed = Vec::new();
    for path in paths {
        if path.join(manifest::FILE).is_file() {
            let stacks = manifest::read(path)?;
            listed.extend(stacks.into_iter().map(|stack| path.join(stack.folder)));
        } else {
            listed.push(path.clone());
        }
    }
    Ok(listed)
}
