//! Sessions: commands with what they print. Those of a page are run by one shell, in a folder of their own that has the
//! project's fixtures and the files that the page shows before.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use book::block::{Block, blocks};
use book::page::Page;
use regex::Regex;

use crate::program;
use crate::top;

/// Written by the shell after each command.
const END: char = '\u{1e}';

/// A command of a session, and what it is said to print. `…` stands for anything, alone on a line for any lines.
pub(crate) struct Shown {
    line: usize,
    command: String,
    output: String,
}

/// The commands of a page, and the script that runs them.
pub(crate) struct Session {
    pub(crate) commands: Vec<Shown>,
    script: String,
}

/// The session of a page.
pub(crate) fn of(page: &Page) -> Session {
    let mut session = Session { commands: Vec::new(), script: String::new() };
    for block in blocks(&page.text) {
        if let Some(path) = block.word("file") {
            let text = &block.text;
            let _ = write!(
                session.script,
                "mkdir -p \"$(dirname '{path}')\"\ncat > '{path}' <<'END OF FILE'\n{text}END OF FILE\n"
            );
        }
        if block.language == "console" {
            session.take(&block);
        }
    }
    session
}

impl Session {
    fn take(&mut self, block: &Block) {
        let first = self.commands.len();
        for (number, line) in (block.line + 1..).zip(block.text.lines()) {
            let continued = self.commands.last().is_some_and(|last| last.command.ends_with('\\'));
            if let Some(command) = line.strip_prefix("$ ") {
                let command = command.to_owned();
                self.commands.push(Shown { line: number, command, output: String::new() });
            } else if let Some(last) = self.commands[first..].last_mut() {
                let to = if continued { &mut last.command } else { &mut last.output };
                if continued {
                    to.push('\n');
                }
                to.push_str(line);
                if !continued {
                    to.push('\n');
                }
            }
        }
        for shown in &self.commands[first..] {
            let command = &shown.command;
            let _ = writeln!(self.script, "{{ (exit $code); {command}\n}} 2>&1\ncode=$?\nprintf '{END}'");
        }
    }

    /// Each command that prints something else, with what it prints.
    pub(crate) fn differences(&self, page: &Page) -> Vec<String> {
        if self.commands.is_empty() {
            return Vec::new();
        }
        let printed = self.run();
        let mut printed = printed.split(END);
        let compared =
            self.commands.iter().map(|shown| (shown, printed.next().unwrap_or("nothing: it is not reached")));
        compared
            .filter(|(shown, printed)| !expected(&shown.output).is_match(printed))
            .map(|(shown, printed)| {
                format!("{}:{}: `{}` prints\n{printed}", page.path, shown.line, shown.command)
            })
            .collect()
    }

    fn run(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let fixtures = Command::new("cp").arg("-r").arg(top().join("fixtures")).arg(folder.path()).status();
        assert!(fixtures.unwrap().success());
        let path = format!("{}:{}", program::FOLDER.display(), std::env::var("PATH").unwrap());
        let mut script = tempfile::NamedTempFile::new().unwrap();
        script.write_all(self.script.as_bytes()).unwrap();
        let output = Command::new("bash")
            .arg(script.path())
            .current_dir(folder.path())
            .env("PATH", path)
            .env("TERM", "dumb")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

/// What an output with `…` in it stands for.
fn expected(output: &str) -> Regex {
    let mut pattern = r"\A".to_owned();
    for line in output.lines() {
        if line.trim() == "…" {
            pattern += r"(?:.*\n)*?";
        } else {
            pattern += &regex::escape(line).replace('…', ".*");
            pattern += r"\n";
        }
    }
    Regex::new(&(pattern + r"\z")).unwrap()
}
