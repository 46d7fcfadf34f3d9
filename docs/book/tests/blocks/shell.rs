//! Commands that are shown for people to type: each is held against the program that it names, and not run.

use std::fs;

use crate::program::{self, OURS};
use crate::top;

/// Programs of others, with what would have to be there to run their commands.
const OTHERS: &[(&str, &str)] = &[
    ("aws", "an account of AWS"),
    ("cat", "files that the reader has"),
    ("cd", "folders that the reader has"),
    ("cdktf", "CDK for Terraform, beside which synth is shown"),
    ("curl", "a service that was deployed"),
    ("docker", "an engine, and an image"),
    ("env", "a LocalStack that was installed by hand"),
    ("export", "values that the reader has"),
    ("git", "the reader's repository"),
    ("jq", "what a deployment wrote"),
    ("localstack-tests", "a LocalStack, which it starts"),
    ("mypy", "an index of packages"),
    ("python", "an index of packages"),
    ("python3", "an index of packages"),
    ("python3.13", "an index of packages"),
    ("ruff", "an index of packages"),
    ("terraform", "providers, and an account"),
    ("time", "the command after it"),
    ("tofu", "providers, and an account"),
    ("VENV/bin/python", "an index of packages"),
    ("VENV/bin/uv", "an index of packages"),
];

/// Words of the shell's own that a command can follow.
const KEYWORDS: [&str; 5] = ["do", "then", "else", "time", "!"];

/// What is wrong with the commands of a block: the first that is.
pub(crate) fn wrong(text: &str) -> Option<String> {
    let joined = text.replace("\\\n", " ");
    joined.lines().find_map(|line| {
        let Some(words) = shlex::split(line) else {
            return Some(format!("`{line}` is no command of a shell"));
        };
        let commands = words.split(|word| ["|", "||", "&&", ";"].contains(&word.as_str()));
        commands.filter_map(simple).find_map(|command| {
            let wrong = command_is_wrong(&command)?;
            Some(format!("`{}`: {wrong}", command.join(" ")))
        })
    })
}

/// A command without what the shell takes away: settings of variables, redirections, keywords.
fn simple(words: &[String]) -> Option<Vec<String>> {
    let mut command: Vec<String> = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if [">", ">>", "<", "2>"].contains(&word.as_str()) {
            words.next();
        } else if word.starts_with("#") {
            break;
        } else if !(command.is_empty() && (KEYWORDS.contains(&word.as_str()) || sets_a_variable(word))) {
            command.push(word.clone());
        }
    }
    (!command.is_empty()).then_some(command)
}

fn sets_a_variable(word: &str) -> bool {
    let Some((name, _)) = word.split_once('=') else { return false };
    !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
}

fn command_is_wrong(command: &[String]) -> Option<String> {
    let (program, arguments) = command.split_first()?;
    match program.as_str() {
        "cargo" => cargo_is_wrong(arguments),
        "just" => unknown_recipe(arguments),
        "for" | "done" | "fi" | "break" => None,
        program if OURS.contains(&program) => program::refuses(program, arguments),
        program if OTHERS.iter().any(|(name, _)| *name == program) => None,
        program if program.contains('/') => {
            let known = top().join(program).is_file()
                || ["localstack-tests/localstack"]
                    .iter()
                    .any(|folder| top().join(folder).join(program).is_file());
            (!known).then(|| "there is no such file".to_owned())
        }
        _ => Some("nobody knows the program: it is neither ours nor in the list of others'".to_owned()),
    }
}

/// `cargo run -p synth -- ARGUMENTS` are arguments of synth.
fn cargo_is_wrong(arguments: &[String]) -> Option<String> {
    let wrong = program::unknown_to_cargo(arguments);
    let of = |name: &str| arguments.windows(2).any(|pair| pair[0] == "-p" && pair[1] == name);
    let runs_main = arguments.first().is_some_and(|verb| verb == "run")
        && !arguments.iter().any(|one| one == "--example");
    let program = OURS.into_iter().find(|name| runs_main && of(name));
    wrong.or_else(|| {
        let at = arguments.iter().position(|argument| argument == "--")?;
        program::refuses(program?, &arguments[at + 1..])
    })
}

fn unknown_recipe(arguments: &[String]) -> Option<String> {
    let recipes = fs::read_to_string(top().join("Justfile")).unwrap();
    let name = arguments.first()?;
    let is_there = recipes.lines().any(|line| {
        let head = line.split([' ', ':']).next().unwrap_or_default();
        !line.starts_with(char::is_whitespace) && head == name
    });
    (!is_there).then(|| "there is no recipe of this name".to_owned())
}
