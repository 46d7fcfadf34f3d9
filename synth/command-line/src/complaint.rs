//! Why a command could not do its work, and what to do about it.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;

/// What is wrong, what to write instead, and where that is described.
///
/// It travels as an [`io::Error`] and is shown as one text: the first line follows `error: `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    what: String,
    help: Vec<String>,
    see: Vec<String>,
}

impl Complaint {
    /// A complaint without a remedy yet.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Complaint {
        Complaint { what: what.into(), help: Vec::new(), see: Vec::new() }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Complaint {
        self.help.push(help.into());
        self
    }

    /// Adds where it is described.
    #[must_use]
    pub fn see(mut self, page: impl Into<String>) -> Complaint {
        self.see.push(page.into());
        self
    }
}

impl Display for Complaint {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.what)?;
        self.help.iter().try_for_each(|help| write!(formatter, "\n  = help: {help}"))?;
        self.see.iter().try_for_each(|page| write!(formatter, "\n  = see: {page}"))
    }
}

impl Error for Complaint {}

impl From<Complaint> for io::Error {
    fn from(complaint: Complaint) -> io::Error {
        io::Error::other(complaint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_shown_as_rustc_shows_one() {
        let complaint = Complaint::new("no rule `X`").help("`policy rules` lists them").see("docs/rules");
        let shown = "no rule `X`\n  = help: `policy rules` lists them\n  = see: docs/rules";
        assert_eq!(complaint.to_string(), shown);
        assert_eq!(io::Error::from(complaint).to_string(), shown);
    }
}
