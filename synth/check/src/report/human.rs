//! A report for people.

use std::fmt;

use super::{Place, Report};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "error[{}]: {}", finding.rule, finding.message)?;
            writeln!(f, "  --> {}", finding.place)?;
            if let Some(first) = &finding.first {
                writeln!(f, "  = first: {first}")?;
            }
            if let Some(help) = &finding.help {
                writeln!(f, "  = help: {help}")?;
            }
        }
        for undecided in &self.undecided {
            writeln!(f, "undecided: {}", undecided.message)?;
            writeln!(f, "  --> {}", undecided.place)?;
        }
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let (wrong, open) = (self.findings.len(), self.undecided.len());
        write!(f, "{wrong} mistake{}", plural(wrong))?;
        if open > 0 {
            write!(f, ", {open} undecided")?;
        }
        Ok(())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)?;
        match (self.pointer.as_str(), self.address.as_str()) {
            ("", _) => Ok(()),
            (pointer, "") => write!(f, " ({pointer})"),
            (pointer, address) => write!(f, " ({address}, {pointer})"),
        }
    }
}
