//! Tells the person at the terminal what is being waited for.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Whether it is said what is being waited for, and how long that took. What is wrong is said all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Telling {
    /// It is.
    #[default]
    Aloud,
    /// It is not.
    Silent,
}

impl Telling {
    /// Says what goes on.
    pub(crate) fn tell(self, line: &str) {
        if self == Telling::Aloud {
            tell(line);
        }
    }

    /// Begins something that takes time.
    pub(crate) fn begin(self, what: impl Into<String>) -> Progress {
        let now = Instant::now();
        Progress { telling: self, what: what.into(), started: now, told: now }
    }
}

/// One thing that takes time.
#[derive(Debug)]
pub(crate) struct Progress {
    telling: Telling,
    what: String,
    started: Instant,
    told: Instant,
}

/// Time between two lines about the same thing.
const EVERY: Duration = Duration::from_secs(4);

impl Progress {
    /// Says, not too often, what is being worked on.
    pub(crate) fn on<'a>(&mut self, working: impl Iterator<Item = &'a str>) {
        if self.told.elapsed() < EVERY {
            return;
        }
        self.told = Instant::now();
        self.telling.tell(&line(&self.what, self.started.elapsed(), &working.collect::<Vec<_>>()));
    }

    /// Says that it is done.
    pub(crate) fn end(self, took: Duration) {
        self.telling.tell(&format!("  {} {:.1} s", self.what, took.as_secs_f32()));
    }
}

/// How many names fit a line.
const SHOWN: usize = 3;

fn line(what: &str, elapsed: Duration, working: &[&str]) -> String {
    let working: Vec<&str> = working.iter().filter(|name| !name.is_empty()).copied().collect();
    let mut line = format!("  {what} … {} s", elapsed.as_secs());
    if !working.is_empty() {
        let shown: Vec<&str> = working.iter().take(SHOWN).copied().collect();
        let more = working.len() - shown.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        line.push_str(&format!(" ({}{more})", shown.join(", ")));
    }
    line
}

/// Writes to the error stream itself: the test runner would keep `eprintln!` to itself until the test is over.
pub(crate) fn tell(line: &str) {
    // Without a terminal nobody waits for a word.
    let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_few_resources_and_counts_the_rest() {
        let second = Duration::from_secs(12);
        assert_eq!(line("orders apply", second, &[""]), "  orders apply … 12 s");
        assert_eq!(line("orders apply", second, &["a", "b"]), "  orders apply … 12 s (a, b)");
        assert_eq!(
            line("orders apply", second, &["a", "b", "c", "d"]),
            "  orders apply … 12 s (a, b, c and 1 more)"
        );
    }
}
