//! What people see while terraform works: on a terminal a line for each resource in work, else plain lines.

use std::collections::BTreeMap;
use std::io;

use command_line::{Verbosity, say};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use synth_engine::event::{News, Work};

use super::{Planning, Stack};

/// How much is shown of what goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// Lines that change in place.
    Live,
    /// A line for each thing that happens.
    Lines,
    /// Terraform's own stream, to standard output.
    Stream,
    /// Nothing.
    Nothing,
}

/// Where it is shown: results on standard output, everything else on standard error.
#[derive(Debug)]
pub(in crate::cli) struct Screen {
    shown: Shown,
    verbosity: Verbosity,
    lines: MultiProgress,
    step: Option<ProgressBar>,
    working: BTreeMap<String, ProgressBar>,
}

impl Screen {
    /// As the command line and the terminal have it.
    pub(in crate::cli) fn of(planning: &Planning) -> Screen {
        let shown = match (planning.json, planning.verbosity.tells()) {
            (true, _) => Shown::Stream,
            (false, false) => Shown::Nothing,
            (false, true) if io::IsTerminal::is_terminal(&io::stderr()) => Shown::Live,
            (false, true) => Shown::Lines,
        };
        Screen::showing(shown, planning.verbosity)
    }

    /// For steps that take no time: results, and what is said of them.
    pub(in crate::cli) fn of_results(verbosity: Verbosity) -> Screen {
        Screen::showing(Shown::Nothing, verbosity)
    }

    fn showing(shown: Shown, verbosity: Verbosity) -> Screen {
        Screen { shown, verbosity, lines: MultiProgress::new(), step: None, working: BTreeMap::new() }
    }

    /// A step begins.
    pub(super) fn begin(&mut self, stack: &Stack, step: &str) -> io::Result<()> {
        let words = format!("{}: {step}", stack.name);
        match self.shown {
            Shown::Live => self.step = Some(self.line(words, "{spinner} {wide_msg} {elapsed}")),
            Shown::Lines => self.tell(&words),
            Shown::Stream => {
                let event = serde_json::json!({
                    "@level": "info", "@message": words, "@module": "synth", "type": "synth_step",
                    "stack": stack.name, "step": step,
                });
                self.result(&format!("{event}\n"))?;
            }
            Shown::Nothing => {}
        }
        Ok(())
    }

    /// It is over.
    pub(super) fn end(&mut self) {
        for bar in self.step.take().into_iter().chain(std::mem::take(&mut self.working).into_values()) {
            bar.finish_and_clear();
        }
    }

    /// A line of terraform's stream, as it is.
    pub(super) fn line_of_stream(&mut self, line: &str) -> io::Result<()> {
        if self.shown == Shown::Stream { self.result(&format!("{line}\n")) } else { Ok(()) }
    }

    /// What terraform tells.
    pub(super) fn news(&mut self, news: &News) {
        match (self.shown, news) {
            (Shown::Live, News::Begun(_, about)) => {
                let bar = self.line(about.address.clone(), "    {wide_msg} {elapsed}");
                self.working.insert(about.address.clone(), bar);
            }
            (Shown::Live, News::Over(work, about)) => {
                if let Some(bar) = self.working.remove(&about.address) {
                    bar.finish_and_clear();
                }
                if *work == Work::Change {
                    self.tell(&format!("  {}", about.words));
                }
            }
            (Shown::Live, News::Saying(about)) => self.tell(&format!("  {}", about.words)),
            (
                Shown::Lines,
                News::Begun(Work::Change, about)
                | News::Over(Work::Change, about)
                | News::Waiting(about)
                | News::Saying(about),
            ) => self.tell(&format!("  {}", about.words)),
            _ => {}
        }
    }

    /// Time goes by.
    pub(super) fn tick(&self) {
        for bar in self.step.iter().chain(self.working.values()) {
            bar.tick();
        }
    }

    /// Prints a result to standard output.
    pub(in crate::cli) fn result(&mut self, text: &str) -> io::Result<()> {
        match self.lines.suspend(|| synth::output::print(text)) {
            // A reader that has seen enough closes the pipe; what is begun comes to its end all the same.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            printed => printed,
        }
    }

    /// Prints findings: to standard output, unless terraform's stream goes there.
    pub(super) fn report(&mut self, text: &str) -> io::Result<()> {
        match self.shown {
            Shown::Stream => {
                self.tell(text.trim_end());
                Ok(())
            }
            Shown::Live | Shown::Lines | Shown::Nothing => self.result(text),
        }
    }

    /// Says what keeps the command from its work.
    pub(in crate::cli) fn error(&mut self, text: &str) {
        self.lines.suspend(|| say::error(&text));
    }

    /// Says what is done all the same, but should not be so.
    pub(in crate::cli) fn warning(&mut self, text: &str) {
        self.lines.suspend(|| say::warning(&text));
    }

    /// Says what is good to know.
    pub(in crate::cli) fn note(&mut self, text: &str) {
        self.lines.suspend(|| self.verbosity.note(&text));
    }

    fn tell(&self, text: &str) {
        self.lines.suspend(|| say::labelled(&text));
    }

    fn line(&self, words: String, template: &str) -> ProgressBar {
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = self.lines.add(ProgressBar::new_spinner().with_style(style).with_message(words));
        bar.tick();
        bar
    }
}
