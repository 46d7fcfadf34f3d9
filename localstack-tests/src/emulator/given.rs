//! A LocalStack that somebody else started.

use std::collections::BTreeSet;
use std::time::Duration;

use super::pulse::Pulse;
use super::version::{self, Answer};
use super::{Emulator, EmulatorError, Span};

/// A LocalStack that runs on its own.
#[derive(Debug)]
pub(super) struct Given {
    endpoint: String,
    services: BTreeSet<String>,
    pulse: Pulse,
}

pub(super) fn join(endpoint: &str, patience: Duration) -> Result<Given, EmulatorError> {
    let refuse = |why: String| EmulatorError::Given { endpoint: endpoint.to_owned(), why };
    let endpoint = endpoint.trim_end_matches('/');
    if !endpoint.starts_with("http://") {
        return Err(refuse("expected an address like `http://127.0.0.1:4566`".to_owned()));
    }
    match version::ask(endpoint, None) {
        Answer::Ready(services) => {
            Ok(Given { endpoint: endpoint.to_owned(), services, pulse: Pulse::of(endpoint, patience) })
        }
        Answer::Starting(why) => Err(refuse(format!("no LocalStack is ready there ({why})"))),
        Answer::Stranger => Err(refuse("another program answers there".to_owned())),
    }
}

impl Emulator for Given {
    fn endpoint(&self) -> &str {
        &self.endpoint
    }

    fn services(&self) -> &BTreeSet<String> {
        &self.services
    }

    fn describe(&self) -> String {
        "a LocalStack that was running".to_owned()
    }

    fn check(&self) -> Result<(), String> {
        self.pulse.check()
    }

    fn span(&self) -> Span {
        Span::Longer
    }

    fn log(&self) -> Option<Vec<u8>> {
        None
    }
}
