//! `policy deployer`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use command_line::say;

use super::{CLEAN, FAILED, input};
use crate::deployer::{self, Needs, Phase, Place};
use crate::iam::is_account;
use crate::report::deployer as report;

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy deployer infrastructure/ > deployer.json
  policy deployer network/ service/ --phase plan --account 111122223333 --region eu-west-1
  policy deployer --explain .

Exit codes:
  0  the policy was printed
  2  what some block needs is not known, or something could not be read";

/// What is asked.
#[derive(Debug, clap::Args)]
pub(super) struct Question {
    /// Configurations, plans, states (files or folders): one policy for all of them.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What the policy is for.
    #[arg(long, value_enum, default_value = "all")]
    phase: Task,
    /// The account, where the document does not say it.
    #[arg(long, value_parser = account)]
    account: Option<String>,
    /// The region, where the document does not say it.
    #[arg(long)]
    region: Option<String>,
    /// Say which block needs what, instead of printing the policy.
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Task {
    /// `terraform plan`.
    Plan,
    /// `terraform apply` of changes that delete nothing.
    Apply,
    /// `terraform destroy`.
    Destroy,
    /// Everything; applying a change that replaces something needs it.
    All,
}

impl Task {
    fn phases(self) -> &'static [Phase] {
        match self {
            Task::Plan => &[Phase::Plan],
            Task::Apply => &[Phase::Plan, Phase::Apply],
            Task::Destroy => &[Phase::Plan, Phase::Destroy],
            Task::All => &[Phase::Plan, Phase::Apply, Phase::Destroy],
        }
    }
}

fn account(text: &str) -> Result<String, String> {
    if is_account(text) { Ok(text.to_owned()) } else { Err("an account has twelve digits".to_owned()) }
}

pub(super) fn run(question: &Question, out: &mut impl Write) -> io::Result<u8> {
    let mut elsewhere = Place::anywhere();
    if let Some(region) = &question.region {
        elsewhere = elsewhere.in_region(region);
    }
    if let Some(account) = &question.account {
        elsewhere = elsewhere.in_account(account);
    }
    let mut needs = Needs::default();
    let mut unread = Vec::new();
    for file in &question.files {
        let (blocks, later) = input::blocks(file)?;
        needs.append(deployer::needs(&blocks, &elsewhere));
        unread.extend(later.into_iter().map(|later| format!("{}: {}", file.display(), later.why)));
    }
    let phases = question.phase.phases();
    let policies = deployer::policies(&needs.all, phases);
    if question.explain {
        report::explain(&needs, phases, &policies, out)?;
    } else {
        report::write(&policies, out)?;
        out.flush()?;
        report::said(&needs, &policies).iter().for_each(|said| say::warning(said));
    }
    out.flush()?;
    unread.iter().for_each(|why| say::warning(&format!("undecided: {why}")));
    Ok(if needs.unknown.is_empty() && unread.is_empty() { CLEAN } else { FAILED })
}
