//! `policy access-not-granted`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use super::input::{self, Input};
use super::{Format, code};
use crate::access::{NewAccess, Policy, granted};
use crate::report::access::{self, Asked};

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy access-not-granted --actions 'iam:*,sts:AssumeRole' infrastructure/
  policy access-not-granted --resources arn:aws:s3:::payroll policy.json

Exit codes:
  0  none of it is granted
  1  some of it is granted
  2  undecided, or something could not be read";

/// What must not be granted.
#[derive(Debug, clap::Args)]
pub(super) struct Question {
    /// Actions, which may have wildcards, separated by commas; all, if there are none.
    #[arg(long, value_delimiter = ',')]
    actions: Vec<String>,
    /// Resources, which may have wildcards, separated by commas; all, if there are none.
    #[arg(long, value_delimiter = ',')]
    resources: Vec<String>,
    /// A policy document, or a configuration (a file or a folder).
    file: PathBuf,
    /// How the answer is written.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(super) fn run(question: &Question, out: &mut impl Write) -> io::Result<u8> {
    let of = |policy: &Policy| granted(policy, &question.actions, &question.resources);
    let answers = match input::read(&question.file)? {
        Input::Policy(policy) => BTreeMap::from([(question.file.display().to_string(), of(&policy))]),
        Input::Sets(sets) => {
            let mut answers = sets.unread_answers();
            for (name, set) in sets.all.into_iter().filter(|(_, set)| set.grants()) {
                let answer = match (of(&set.policy), set.attached.first()) {
                    (NewAccess::None, Some(arn)) => {
                        NewAccess::undecided(format!("the content of `{arn}` is not known here"))
                    }
                    (answer, _) => answer,
                };
                answers.insert(name, answer);
            }
            answers
        }
    };
    match question.format {
        Format::Human => access::write(Asked::Grant, &answers, out)?,
        Format::Json => access::write_json(&answers, out)?,
    }
    Ok(code(answers.values()))
}
