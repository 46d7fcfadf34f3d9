//! Which LocalStack, and how it says that it is the one we mean.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The image of the last free edition: since 2026-03 newer ones ask for an account and a token.
pub(super) const IMAGE: &str = "localstack/localstack:4.14.0";

/// What the plugin's route answers.
#[derive(Debug, Deserialize)]
struct Identity {
    session: String,
}

#[derive(Debug, Deserialize)]
struct Health {
    services: std::collections::BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Stages {
    completed: std::collections::BTreeMap<String, bool>,
}

/// Whether a LocalStack has come up.
#[derive(Debug)]
pub(super) enum Answer {
    /// It has, with these services.
    Ready(BTreeSet<String>),
    /// Not yet.
    Starting(String),
    /// Somebody else answers at this address.
    Stranger,
}

/// Asks the LocalStack at `endpoint`, which must say that it is `session` if that is given.
pub(super) fn ask(endpoint: &str, session: Option<&str>) -> Answer {
    let asked = read::<Stages>(endpoint, "/_localstack/init").and_then(|stages| {
        if stages.completed.get("READY") == Some(&true) {
            Ok(())
        } else {
            Err("it is still starting".to_owned())
        }
    });
    if let Err(why) = asked {
        return Answer::Starting(why);
    }
    // A second LocalStack on a taken port may say "Ready." in its log while the first one answers.
    match (session, read::<Identity>(endpoint, "/_localstack/synth")) {
        (Some(ours), Ok(identity)) if identity.session != ours => return Answer::Stranger,
        (Some(_), Err(_)) => return Answer::Stranger,
        _ => {}
    }
    match read::<Health>(endpoint, "/_localstack/health") {
        Ok(health) => Answer::Ready(health.services.into_keys().collect()),
        Err(why) => Answer::Starting(why),
    }
}

fn read<T: DeserializeOwned>(endpoint: &str, path: &str) -> Result<T, String> {
    let agent =
        ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(5))).proxy(None).build();
    let agent = ureq::Agent::new_with_config(agent);
    let mut answer =
        agent.get(format!("{endpoint}{path}")).call().map_err(|error| format!("`{path}`: {error}"))?;
    let text = answer.body_mut().read_to_string().map_err(|error| format!("`{path}`: {error}"))?;
    serde_json::from_str(&text)
        .map_err(|error| format!("`{path}` does not answer as LocalStack does: {error}"))
}
