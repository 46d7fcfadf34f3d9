//! Why a command does not come to its end.

use std::fmt::{self, Display, Formatter};
use std::io;

use command_line::say;

use crate::cli::exit::{FAILED, WRONG};

/// Why work ends early.
#[derive(Debug)]
pub(in crate::cli) enum End {
    /// Terraform refused, policy found something, or nobody approved.
    Wrong(String),
    /// The work could not be done.
    Failed(String),
    /// Somebody asked for the end.
    Interrupted,
    /// It is said already why, and this is the exit code.
    Said(u8),
}

impl End {
    /// What the command exits with.
    pub(in crate::cli) fn code(&self) -> u8 {
        match self {
            End::Wrong(_) => WRONG,
            End::Failed(_) | End::Interrupted => FAILED,
            End::Said(code) => *code,
        }
    }

    /// Says why, if that is not said yet, and returns what the command exits with.
    pub(in crate::cli) fn said(self) -> u8 {
        if !matches!(self, End::Said(_)) {
            say::error(&self);
        }
        self.code()
    }

    /// A failure, with what it was about.
    pub(super) fn failed(error: &impl Display) -> End {
        End::Failed(error.to_string())
    }
}

impl Display for End {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            End::Wrong(why) | End::Failed(why) => formatter.write_str(why),
            End::Interrupted => formatter.write_str("interrupted"),
            End::Said(code) => write!(formatter, "exit code {code}"),
        }
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> End {
        End::failed(&error)
    }
}
