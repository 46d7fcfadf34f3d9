//! Which LocalStack, and how it says that it is the one we mean.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The image of the last free edition: since 2026-03 newer ones ask for an account and a token.
pub(super) const IMAGE: &str = "localstack/localstack:4.14.0";

/// The image that `image/build.sh` makes of the lock files, where the other cannot be pulled.
pub(super) const BUILT: &str = "synth-localstack:4.12.0";

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

/// Whether anything answers at `endpoint` in time.
pub(super) fn answers(endpoint: &str, within: Duration) -> bool {
    agent(within).get(format!("{endpoint}/_localstack/init")).call().is_ok()
}

fn agent(within: Duration) -> ureq::Agent {
    let configuration = ureq::Agent::config_builder().timeout_global(Some(within)).proxy(None).build();
    ureq::Agent::new_with_config(configuration)
}

fn read<T: DeserializeOwned>(endpoint: &str, path: &str) -> Result<T, String> {
    let agent = agent(Duration::from_secs(5));
    let mut answer =
        agent.get(format!("{endpoint}{path}")).call().map_err(|error| format!("`{path}`: {error}"))?;
    let text = answer.body_mut().read_to_string().map_err(|error| format!("`{path}`: {error}"))?;
    serde_json::from_str(&text)
        .map_err(|error| format!("`{path}` does not answer as LocalStack does: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    /// Answers every request by its path, as long as the test process lives.
    fn serve(answers: fn(&str) -> Option<&'static str>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0; 2048];
                let read = stream.read(&mut request).unwrap();
                let request = String::from_utf8_lossy(&request[..read]).into_owned();
                let (status, body) = match answers(request.split(' ').nth(1).unwrap()) {
                    Some(body) => ("200 OK", body),
                    None => ("404 Not Found", ""),
                };
                let length = body.len();
                write!(
                    stream,
                    "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                )
                .unwrap();
            }
        });
        endpoint
    }

    fn localstack(path: &str) -> Option<&'static str> {
        match path {
            "/_localstack/init" => Some(r#"{"completed": {"BOOT": true, "READY": true}, "scripts": []}"#),
            "/_localstack/synth" => Some(r#"{"session": "first", "version": "0.1.0"}"#),
            "/_localstack/health" => Some(r#"{"services": {"sqs": "available", "apprunner": "running"}}"#),
            _ => None,
        }
    }

    #[test]
    fn our_own_session_is_ready_with_its_services() {
        let answer = ask(&serve(localstack), Some("first"));
        assert!(matches!(&answer, Answer::Ready(services) if services.len() == 2), "{answer:?}");
    }

    #[test]
    fn another_session_on_our_port_is_a_stranger() {
        let answer = ask(&serve(localstack), Some("second"));
        assert!(matches!(answer, Answer::Stranger), "{answer:?}");
    }

    #[test]
    fn a_localstack_without_the_plugin_is_a_stranger_unless_it_was_given() {
        let bare = |path: &str| if path == "/_localstack/synth" { None } else { localstack(path) };
        let endpoint = serve(bare);
        assert!(matches!(ask(&endpoint, Some("first")), Answer::Stranger));
        assert!(matches!(ask(&endpoint, None), Answer::Ready(_)));
    }

    #[test]
    fn what_is_not_ready_or_no_localstack_says_why() {
        let starting = serve(|_| Some(r#"{"completed": {"BOOT": true, "READY": false}}"#));
        assert!(matches!(ask(&starting, None), Answer::Starting(why) if why == "it is still starting"));
        let page = serve(|_| Some("<html>"));
        assert!(
            matches!(ask(&page, None), Answer::Starting(why) if why.contains("does not answer as LocalStack does"))
        );
    }
}
