//! What is passed on to terraform: variables, and what stands behind `--`.

use std::ffi::{OsStr, OsString};
use std::path::absolute;

use super::{End, Planning, Stack, variables};

/// What the commands say themselves, with what to write instead.
const OURS: [(&str, &str); 8] = [
    ("auto-approve", "write it before the `--`"),
    ("chdir", "name the folder as PATH"),
    ("destroy", "`synth destroy` does that"),
    ("detailed-exitcode", "write it before the `--`"),
    ("input", "terraform is never let ask: give values by --var or --var-file"),
    ("json", "write it before the `--`"),
    ("no-color", "set NO_COLOR"),
    ("out", "a plan is applied by the command that made it, and is gone afterwards"),
];

/// The options that terraform takes also where it applies a plan ("Command: apply", "Apply Options").
const OF_APPLY: [&str; 8] =
    ["backup", "lock", "lock-timeout", "parallelism", "state", "state-out", "var", "var-file"];

/// Those of them that need no value.
const FLAGS: [&str; 1] = ["lock"];

/// The arguments of the two steps.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Passed {
    /// Of plan.
    pub(super) plan: Vec<OsString>,
    /// Of apply: ephemeral variables need their values again.
    pub(super) apply: Vec<OsString>,
}

impl Planning {
    /// Refuses what would take a step out of our hands.
    pub(in crate::cli) fn check(&self) -> Result<(), End> {
        let ours = |argument: &OsString| OURS.iter().find(|(ours, _)| Some(*ours) == name(argument));
        match self.passed.iter().find_map(|argument| Some((argument, ours(argument)?))) {
            Some((argument, (_, instead))) => {
                let argument = argument.to_string_lossy();
                Err(End::Failed(format!("`{argument}` cannot be passed on to terraform: {instead}")))
            }
            None => Ok(()),
        }
    }

    /// Refuses a value for a variable that no stack declares.
    pub(in crate::cli) fn check_variables(&self, stacks: &[Stack]) -> Result<(), End> {
        for variable in self.var.iter().map(|value| variable_of(value)) {
            let declare = stacks.iter().map(|stack| variables::declares(stack, variable));
            if !declare.collect::<Result<Vec<bool>, End>>()?.contains(&true) {
                return Err(End::Failed(format!("no stack declares the variable `{variable}`")));
            }
        }
        Ok(())
    }

    /// The arguments for a stack.
    pub(super) fn passed(&self, stack: &Stack) -> Result<Passed, End> {
        let mut plan = Vec::new();
        for file in &self.var_file {
            // Terraform works in another folder.
            plan.push(joined("-var-file=", absolute(file)?.as_os_str()));
        }
        for value in &self.var {
            if variables::declares(stack, variable_of(value))? {
                plan.push(joined("-var=", OsStr::new(value)));
            }
        }
        plan.extend(self.passed.iter().cloned());
        Ok(Passed { apply: of_apply(&plan), plan })
    }
}

/// The name in `NAME=VALUE`.
fn variable_of(value: &str) -> &str {
    value.split_once('=').map_or(value, |(variable, _)| variable)
}

fn of_apply(arguments: &[OsString]) -> Vec<OsString> {
    let (mut kept, mut arguments) = (Vec::new(), arguments.iter());
    while let Some(argument) = arguments.next() {
        let Some(name) = name(argument).filter(|name| OF_APPLY.contains(name)) else { continue };
        kept.push(argument.clone());
        if !argument.to_string_lossy().contains('=') && !FLAGS.contains(&name) {
            kept.extend(arguments.next().cloned());
        }
    }
    kept
}

/// The name of an option, `-lock=false` or `--lock`.
fn name(argument: &OsString) -> Option<&str> {
    let text = argument.to_str()?;
    let option = text.strip_prefix("--").or(text.strip_prefix('-'))?;
    Some(option.split_once('=').map_or(option, |(name, _)| name))
}

fn joined(option: &str, value: &OsStr) -> OsString {
    let mut joined = OsString::from(option);
    joined.push(value);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(arguments: &[&str]) -> Vec<OsString> {
        arguments.iter().map(OsString::from).collect()
    }

    #[test]
    fn apply_is_given_what_a_plan_does_not_hold() {
        let passed = texts(&[
            "-target=a.b",
            "-var",
            "a=-lock",
            "-lock=false",
            "-refresh=false",
            "--parallelism",
            "3",
            "-lock",
            "-replace=a.c",
            "-var-file=x",
        ]);
        let kept = texts(&["-var", "a=-lock", "-lock=false", "--parallelism", "3", "-lock", "-var-file=x"]);
        assert_eq!(of_apply(&passed), kept);
    }

    #[test]
    fn an_option_without_its_value_is_terraforms_to_complain_about() {
        assert_eq!(of_apply(&texts(&["-var"])), texts(&["-var"]));
        assert_eq!(of_apply(&texts(&["a", "-", ""])), Vec::<OsString>::new());
    }
}
