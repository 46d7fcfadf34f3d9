//! Finds the program that applies stacks: terraform, else tofu.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use semver::Version;
use thiserror::Error;

use crate::process::{self, Flow, Limits, Stop};

/// The variable of the environment that names the program: its path, or its name, `tofu`.
pub const VARIABLE: &str = "SYNTH_TERRAFORM";

/// Write-only arguments and ephemeral values, by which secrets stay out of the state: Terraform 1.11
/// (CHANGELOG, 1.11.0) and OpenTofu 1.11 (CHANGELOG, 1.11.0).
const OLDEST: Version = Version::new(1, 11, 0);

/// A program that plans and applies stacks.
#[derive(Clone, Debug)]
pub struct Engine {
    /// Where it is.
    pub program: PathBuf,
    /// Whose it is.
    pub product: Product,
    /// At least 1.11.
    pub version: Version,
    /// As its providers' folders spell it, `linux_amd64`.
    pub platform: String,
}

/// Who made an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// HashiCorp's.
    Terraform,
    /// The fork.
    OpenTofu,
}

impl Product {
    /// Where provider addresses without a host name point to.
    pub fn registry(self) -> &'static str {
        match self {
            Product::Terraform => "registry.terraform.io",
            Product::OpenTofu => "registry.opentofu.org",
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.product, self.version, self.program.display())
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Product::Terraform => "Terraform",
            Product::OpenTofu => "OpenTofu",
        })
    }
}

/// Where an engine is looked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The program that the user names.
    pub named: Option<Named>,
    /// Where programs are looked for, in order.
    pub path: Vec<PathBuf>,
    /// The whole environment of a program that is asked what it is.
    pub environment: Vec<(OsString, OsString)>,
}

/// A program that the user names.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its path, or its name alone.
    pub program: PathBuf,
    /// Where the user names it: [`VARIABLE`], or an option.
    pub by: &'static str,
}

impl Search {
    /// Every program called `name` on the path, in order.
    fn programs(&self, name: &str) -> impl Iterator<Item = PathBuf> {
        self.path.iter().map(move |folder| folder.join(name)).filter(|file| file.is_file())
    }
}

/// Why there is no engine.
#[derive(Debug, Error)]
pub enum EngineError {
    /// Nothing usable on the path.
    #[error(
        "no terraform that will do: install Terraform {OLDEST} or newer \
         (https://developer.hashicorp.com/terraform/install) or OpenTofu {OLDEST} or newer \
         (https://opentofu.org/docs/intro/install/), or name the program in {}{}",
        VARIABLE, list(.refused)
    )]
    Missing {
        /// What was found instead, and what is wrong with it.
        refused: Vec<String>,
    },
    /// The user named a program by its name alone, and no such program on the path does.
    #[error(
        "{by}=`{name}`: there is no such program on the path that will do; give its whole path, or install \
         {OLDEST} or newer{}", list(.refused)
    )]
    NotThere {
        /// Where the user named it.
        by: &'static str,
        /// The name.
        name: String,
        /// What was found instead, and what is wrong with it.
        refused: Vec<String>,
    },
    /// The user named a program that does not do.
    #[error("{by} names a program that will not do: {why}")]
    Refused {
        /// Where the user named it.
        by: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

fn list(refused: &[String]) -> String {
    refused.iter().map(|why| format!("\n  found: {why}")).collect()
}

/// Finds the engine: the one that the user names, else the first on the path that is new enough, terraform before
/// tofu. A bare name, `tofu`, is the first such program on the path that is new enough.
///
/// # Errors
/// If there is none, with what was found instead.
pub fn find(search: &Search) -> Result<Engine, EngineError> {
    let names = match &search.named {
        Some(Named { program, by }) if program.components().count() > 1 => {
            return probe(program, search).map_err(|why| EngineError::Refused { by, why });
        }
        Some(Named { program, .. }) => vec![program.to_string_lossy().into_owned()],
        None => vec!["terraform".to_owned(), "tofu".to_owned()],
    };
    let mut refused = Vec::new();
    for program in names.iter().flat_map(|name| search.programs(name)) {
        match probe(&program, search) {
            Ok(engine) => return Ok(engine),
            Err(why) => refused.push(why),
        }
    }
    match &search.named {
        Some(Named { program, by }) => {
            Err(EngineError::NotThere { by, name: program.to_string_lossy().into_owned(), refused })
        }
        None => Err(EngineError::Missing { refused }),
    }
}

/// Asks a program what it is.
fn probe(program: &Path, search: &Search) -> Result<Engine, String> {
    let mut command = Command::new(program);
    command.arg("version").env_clear().envs(search.environment.iter().map(|(name, value)| (name, value)));
    // No word about new versions from the network.
    command.env("CHECKPOINT_DISABLE", "1");
    let limits = Limits { deadline: Duration::from_secs(20), stop: Stop::TERMINATE };
    let answer = process::run(command, limits, |_| Flow::GoOn).map_err(|error| error.to_string())?;
    read(program, &answer.output)
        .ok_or_else(|| format!("`{}` does not say its version as terraform and tofu do", program.display()))?
}

/// Reads the answer of `terraform version`: `Terraform v1.11.4`, then `on linux_amd64`.
fn read(program: &Path, answer: &str) -> Option<Result<Engine, String>> {
    let (product, version) = answer.lines().find_map(|line| {
        let (name, version) = line.trim().split_once(" v")?;
        let product = match name {
            "Terraform" => Product::Terraform,
            "OpenTofu" => Product::OpenTofu,
            _ => return None,
        };
        Some((product, Version::parse(version).ok()?))
    })?;
    let platform = answer.lines().find_map(|line| line.trim().strip_prefix("on "))?.to_owned();
    if version < OLDEST {
        let program = program.display();
        return Some(Err(format!("`{program}` is {product} {version}, older than {OLDEST}")));
    }
    Some(Ok(Engine { program: program.to_owned(), product, version, platform }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_at(answer: &str) -> Option<Result<Engine, String>> {
        read(Path::new("/bin/engine"), answer)
    }

    #[test]
    fn terraform_is_read_even_after_a_warning() {
        let engine = read_at("Warning: something\n\nTerraform v1.11.4\non linux_amd64\n").unwrap().unwrap();
        assert_eq!((engine.product, engine.version), (Product::Terraform, Version::new(1, 11, 4)));
        assert_eq!(engine.platform, "linux_amd64");
    }

    #[test]
    fn tofu_has_its_own_registry() {
        let engine = read_at("OpenTofu v1.11.0\non darwin_arm64\n").unwrap().unwrap();
        assert_eq!(engine.product.registry(), "registry.opentofu.org");
    }

    #[test]
    fn a_prerelease_of_the_oldest_version_is_too_old() {
        let why = read_at("Terraform v1.11.0-beta1\non linux_amd64\n").unwrap().unwrap_err();
        assert_eq!(why, "`/bin/engine` is Terraform 1.11.0-beta1, older than 1.11.0");
    }

    #[test]
    fn another_program_is_not_an_engine() {
        for answer in ["", "GNU bash, version 5.2", "Terraform vNext\non linux_amd64", "Terraform v1.12.0"] {
            assert!(read_at(answer).is_none(), "{answer:?}");
        }
    }
}
