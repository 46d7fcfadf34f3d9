//! Every API call that was made in an account, as the emulator's plugin has recorded it.

use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;

use crate::account::Account;

/// One call of one client.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Call {
    /// When it was answered, in UTC (ISO 8601).
    pub time: String,
    /// The service, by botocore's name.
    pub service: String,
    /// The operation, by the API's name.
    pub operation: String,
    /// The account.
    pub account: String,
    /// The access key that signed it; absent from an unsigned one.
    pub access_key: Option<String>,
    /// The ARN of who holds the key, where that is known.
    pub principal: Option<String>,
    /// The region.
    pub region: String,
    /// The ARN of what it was about, where that is known.
    pub resource: Option<String>,
    /// The names of the parameters that were given; never their values.
    pub parameters: Vec<String>,
    /// `ok`, or the error code.
    pub outcome: String,
    /// The program: `Terraform`, or the first product of its user agent.
    pub client: String,
}

impl Call {
    /// Whether the service did what it was asked.
    pub fn succeeded(&self) -> bool {
        self.outcome == "ok"
    }

    /// Whether Terraform made it, and not the test.
    pub fn by_terraform(&self) -> bool {
        self.client == "Terraform"
    }
}

/// Why the calls are not known.
#[derive(Debug, Error)]
pub enum CallsError {
    /// No answer.
    #[error("the emulator does not tell its calls: {0}")]
    Unreachable(#[from] ureq::Error),
    /// The emulator has no recorder.
    #[error("the emulator records no calls (HTTP {status}): is this project's plugin loaded?")]
    NotRecorded {
        /// What it answered.
        status: u16,
    },
    /// It says something else than a recorder does.
    #[error("cannot read the recorded call in line {line}: {source}")]
    Unreadable {
        /// The line of the answer, from 1.
        line: usize,
        /// The reason.
        source: serde_json::Error,
    },
}

/// The calls in `account` at the emulator at `endpoint`, oldest first.
pub fn of(endpoint: &str, account: &Account) -> Result<Vec<Call>, CallsError> {
    let agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .http_status_as_error(false)
        // The emulator is on the loopback interface, whatever the user's proxy is.
        .proxy(None)
        .build();
    let url = format!("{endpoint}/_localstack/synth/calls?account={account}");
    let mut answer = ureq::Agent::new_with_config(agent).get(url).call()?;
    match answer.status().as_u16() {
        200 => read(&answer.body_mut().read_to_string()?),
        status => Err(CallsError::NotRecorded { status }),
    }
}

fn read(lines: &str) -> Result<Vec<Call>, CallsError> {
    let numbered = lines.lines().zip(1..);
    numbered
        .map(|(text, line)| {
            serde_json::from_str(text).map_err(|source| CallsError::Unreadable { line, source })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CALL: &str = r#"{"access_key": null, "account": "000000000001", "client": "Terraform",
        "operation": "GetRole", "outcome": "NoSuchEntity", "parameters": ["RoleName"], "principal": null,
        "region": "us-east-1", "resource": null, "service": "iam", "time": "2025-12-20T12:00:00.000+00:00"}"#;

    #[test]
    fn a_call_of_which_little_is_known_is_read() {
        let calls = read(&CALL.replace('\n', " ")).unwrap();
        assert!(!calls[0].succeeded() && calls[0].by_terraform());
        assert_eq!((calls[0].resource.as_deref(), calls[0].principal.as_deref()), (None, None));
    }

    #[test]
    fn nothing_is_no_calls_and_a_wrong_line_is_named() {
        assert_eq!(read("").unwrap(), []);
        let wrong = format!("{}\n{{}}", CALL.replace('\n', " "));
        assert!(read(&wrong).unwrap_err().to_string().contains("in line 2: missing field"));
    }

    #[test]
    fn an_emulator_that_is_not_there_is_an_error() {
        let error = of("http://127.0.0.1:9", &Account::numbered(1)).unwrap_err().to_string();
        assert!(error.starts_with("the emulator does not tell its calls"), "{error}");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            prop_assert!(read(&text).is_err() || text.trim().is_empty());
        }
    }
}
