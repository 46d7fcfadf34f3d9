//! What the style of help is, and that what does not keep to it is found.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Args as _, Command, Parser};
use command_line::testing::{breaches, exit_codes};
use command_line::{Generated, Verbosity};

/// Mends what is torn
#[derive(Debug, Parser)]
#[command(
    name = "mend",
    after_help = "Examples:
  cat net | mend net - > mended

Exit codes:
  0  it is mended
  2  it could not be mended"
)]
struct Mend {
    #[command(subcommand)]
    command: Part,
}

#[derive(Debug, clap::Subcommand)]
enum Part {
    /// Mend a net
    #[command(after_help = "Examples:
  mend net 'a net'

Exit codes:
  0  it is whole
  1  it is torn
  2  there is no net")]
    Net {
        /// The net; `-` reads standard input
        net: PathBuf,
    },
    #[command(flatten)]
    Generated(Generated),
}

fn mend() -> Command {
    command_line::command::<Mend>()
}

/// What is found when the help of `mend net` ends so.
fn found(after_help: &'static str) -> String {
    breaches(mend().mut_subcommand("net", |net| net.after_help(after_help))).join("\n")
}

#[test]
fn a_command_with_examples_and_exit_codes_keeps_to_it() {
    assert_eq!(breaches(mend()), Vec::<String>::new());
}

#[test]
fn the_table_has_the_commands_that_may_exit_with_1() {
    assert_eq!(exit_codes(mend()), ["| `mend net` | it is whole | it is torn | there is no net |"]);
}

#[test]
fn a_command_without_any_help_is_found_with_all_that_it_lacks() {
    let found = breaches(mend().subcommand(Command::new("sock").arg(clap::Arg::new("size")))).join("\n");
    for what in ["say what it does", "say its exit codes", "no example of itself", "say what `size` is"] {
        assert!(found.contains(what), "{what}: {found}");
    }
}

#[test]
fn an_example_of_another_subcommand_is_none_of_this_one() {
    let found = found("Examples:\n  mend man\n\nExit codes:\n  0  a\n  2  b");
    assert!(found.contains("`mend net` shows no example of itself"), "{found}");
}

#[test]
fn an_example_that_is_not_understood_is_found() {
    let found = found("Examples:\n  mend net a\n  mend net --size 3\n\nExit codes:\n  0  a\n  2  b");
    assert!(found.contains("`mend net --size 3`, which does not work"), "{found}");
}

#[test]
fn an_example_with_open_quotes_is_found() {
    let found = found("Examples:\n  mend net a\n  mend net 'a\n\nExit codes:\n  0  a\n  2  b");
    assert!(found.contains("its quotes are not closed"), "{found}");
}

#[test]
fn an_exit_code_that_is_not_said_is_found() {
    let found = found("Examples:\n  mend net a\n\nExit codes:\n  0  a");
    assert!(found.contains("`mend net` does not say its exit codes"), "{found}");
}

#[test]
fn a_line_that_is_too_wide_is_found() {
    let wide = format!("Examples:\n  mend net {}\n\nExit codes:\n  0  a\n  2  b", "a".repeat(100));
    let found = breaches(mend().mut_subcommand("net", |net| net.after_help(wide))).join("\n");
    assert!(found.contains("beyond 100 characters"), "{found}");
}

#[test]
fn every_shell_and_every_subcommand_is_written() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let mut written = Vec::new();
        generated(&["mend", "completions", shell]).write(mend(), &mut written).unwrap();
        assert!(String::from_utf8(written).unwrap().contains("completions"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("made/man1");
    generated(&["mend", "man", pages.to_str().unwrap()]).write(mend(), &mut Vec::new()).unwrap();
    for page in ["mend.1", "mend-net.1", "mend-man.1"] {
        assert!(pages.join(page).is_file(), "{page}");
    }
}

#[test]
fn pages_that_cannot_be_written_name_their_folder() {
    let failed = generated(&["mend", "man", "/dev/null/man1"]).write(mend(), &mut Vec::new());
    assert!(failed.unwrap_err().to_string().starts_with("`/dev/null/man1` could not be written: "));
}

fn generated(words: &[&str]) -> Generated {
    match Mend::parse_from(words).command {
        Part::Generated(generated) => generated,
        Part::Net { net } => unreachable!("{}", net.display()),
    }
}

#[test]
fn every_command_has_the_same_quiet_or_none() {
    let own = Arg::new("quiet").long("quiet").action(ArgAction::SetTrue).help("Print nothing");
    let found = breaches(mend().mut_subcommand("net", |net| net.arg(own))).join("\n");
    assert!(
        found.contains("`mend net` has a `quiet` of its own: flatten `command_line::Verbosity`"),
        "{found}"
    );
    let ours = mend().mut_subcommand("net", Verbosity::augment_args);
    assert_eq!(breaches(ours), Vec::<String>::new());
}
