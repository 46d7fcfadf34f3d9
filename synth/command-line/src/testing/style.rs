//! Whether a command line keeps to the style.

use clap::{Arg, Args as _, Command};

use crate::Verbosity;

/// The widest line of help that is not wrapped at a usual terminal.
const WIDTH: usize = 100;

/// What in the help of a command, and of every subcommand that it shows, does not keep to the style, and what would.
#[must_use]
pub fn breaches(mut command: Command) -> Vec<String> {
    command.build();
    let mut found = Vec::new();
    walk(&command, &[command.get_name()], &mut |part, path| found.extend(breaches_of(&command, part, path)));
    found
}

/// The rows of the README's table of exit codes: of each command that may exit with 1, what its help says.
#[must_use]
pub fn exit_codes(mut command: Command) -> Vec<String> {
    command.build();
    let mut rows = Vec::new();
    walk(&command, &[command.get_name()], &mut |part, path| {
        // What only holds subcommands does nothing itself.
        if part.is_subcommand_required_set() {
            return;
        }
        let codes = codes(&after_help(part));
        let meaning = |code| codes.iter().find(|(number, _)| number == code).map(|(_, meaning)| meaning);
        if let (Some(done), Some(found), Some(failed)) = (meaning("0"), meaning("1"), meaning("2")) {
            rows.push(format!("| `{}` | {done} | {found} | {failed} |", path.join(" ")));
        }
    });
    rows
}

/// Those rows of the table of exit codes that a README lacks.
#[must_use]
pub fn missing_exit_codes(command: Command, readme: &str) -> Vec<String> {
    exit_codes(command).into_iter().filter(|row| !readme.contains(row)).collect()
}

fn walk<'c>(command: &'c Command, path: &[&'c str], visit: &mut dyn FnMut(&Command, &[&str])) {
    visit(command, path);
    let shown = |part: &&Command| part.get_name() != "help" && !part.is_hide_set();
    for part in command.get_subcommands().filter(shown) {
        walk(part, &[path, &[part.get_name()]].concat(), visit);
    }
}

fn breaches_of(whole: &Command, part: &Command, path: &[&str]) -> Vec<String> {
    let name = path.join(" ");
    let help = after_help(part);
    let codes = codes(&help);
    let mut found = Vec::new();
    if part.get_about().is_none() {
        found.push(format!("`{name}` does not say what it does: document its variant or struct"));
    }
    if !["0", "2"].iter().all(|code| codes.iter().any(|(number, _)| number == code)) {
        found.push(format!(
            "`{name}` does not say its exit codes: end its `after_help` with `Exit codes:` and a line each, such as \
             `  0  it was written`, for 0 and 2 at least"
        ));
    }
    let examples = examples(&help);
    if !examples.iter().any(|example| asked(whole, example).is_ok_and(|asked| asked.starts_with(path))) {
        found.push(format!(
            "`{name}` shows no example of itself: begin its `after_help` with `Examples:` and a line such as \
             `  {name} …`"
        ));
    }
    for example in examples {
        if let Err(why) = asked(whole, &example) {
            found.push(format!("`{name}` shows `{example}`, which does not work: {why}"));
        }
    }
    for line in help.lines().filter(|line| line.chars().count() > WIDTH) {
        found.push(format!("`{name}` has a line of help beyond {WIDTH} characters: `{line}`"));
    }
    let silent = |argument: &&Arg| !argument.is_hide_set() && argument.get_help().is_none();
    for argument in part.get_arguments().filter(silent) {
        found.push(format!("`{name}` does not say what `{}` is: document its field", argument.get_id()));
    }
    for argument in part.get_arguments().filter(|argument| is_about_quiet(argument) && !is_ours(argument)) {
        found.push(format!(
            "`{name}` has a `{}` of its own: flatten `command_line::Verbosity`, so that it means the same everywhere",
            argument.get_id()
        ));
    }
    found
}

/// Whether users take it for what makes a command silent.
fn is_about_quiet(argument: &Arg) -> bool {
    let long = argument.get_long().is_some_and(|long| matches!(long, "quiet" | "silent" | "no-progress"));
    long || argument.get_short() == Some('q')
}

/// Whether it is that of [`Verbosity`].
fn is_ours(argument: &Arg) -> bool {
    let ours = Verbosity::augment_args(Command::new("any"));
    ours.get_arguments().any(|ours| {
        let said = |argument: &Arg| argument.get_help().map(ToString::to_string);
        let names = |argument: &Arg| (argument.get_long().map(str::to_owned), argument.get_short());
        names(ours) == names(argument) && said(ours) == said(argument)
    })
}

fn after_help(command: &Command) -> String {
    command.get_after_help().map(ToString::to_string).unwrap_or_default()
}

/// The lines of a section of help: indented, up to the next line that is not.
fn section<'h>(help: &'h str, title: &str) -> impl Iterator<Item = &'h str> {
    let lines = help.lines().skip_while(move |line| *line != title).skip(1);
    lines.take_while(|line| line.starts_with("  ")).map(str::trim)
}

/// The numbers, and what they mean.
fn codes(help: &str) -> Vec<(String, String)> {
    let lines = section(help, "Exit codes:").filter_map(|line| line.split_once("  "));
    lines.map(|(number, meaning)| (number.to_owned(), meaning.trim().to_owned())).collect()
}

fn examples(help: &str) -> Vec<String> {
    section(help, "Examples:").map(str::to_owned).collect()
}

/// The subcommand that an example asks for, last; why it asks for none otherwise. A line of a shell may name other programs:
/// each that is this command has to be understood.
fn asked<'c>(whole: &'c Command, example: &str) -> Result<Vec<&'c str>, String> {
    let words = shlex::split(example).ok_or("its quotes are not closed")?;
    let mut asked = Err(format!("`{}` is not in it", whole.get_name()));
    for words in words.split(|word| matches!(word.as_str(), "|" | "&&" | ";")) {
        let words: Vec<&String> =
            words.iter().take_while(|word| !matches!(word.as_str(), ">" | "<")).collect();
        if words.first().is_some_and(|program| *program == whole.get_name()) {
            asked = match whole.clone().try_get_matches_from(words) {
                Ok(matches) => Ok(path(whole, &matches)),
                Err(help) if !help.use_stderr() => Ok(vec![whole.get_name()]),
                Err(wrong) => return Err(wrong.to_string()),
            };
        }
    }
    asked
}

fn path<'c>(command: &'c Command, matches: &clap::ArgMatches) -> Vec<&'c str> {
    let below = matches.subcommand().and_then(|(name, below)| Some((command.find_subcommand(name)?, below)));
    let rest = below.map(|(part, below)| path(part, below)).unwrap_or_default();
    [vec![command.get_name()], rest].concat()
}
