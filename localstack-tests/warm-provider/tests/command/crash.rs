//! Whatever ends before its time, nothing stays.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::place::{Place, STACK};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[track_caller]
fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "still not: {what}");
        thread::yield_now();
    }
}

/// The processes that have `marker`, which nobody else has, in their command line or environment.
fn processes(marker: &Path) -> Vec<(Pid, String)> {
    let marker = marker.to_str().unwrap().as_bytes();
    let holds = |bytes: &[u8]| bytes.windows(marker.len()).any(|window| window == marker);
    let found = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| {
        let pid = Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)?;
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        (holds(&environment) || holds(&command))
            .then(|| (pid, String::from_utf8_lossy(&command).replace('\0', " ")))
    });
    found.filter(|(pid, _)| *pid != rustix::process::getpid()).collect()
}

fn providers(place: &Place) -> Vec<Pid> {
    let all = processes(place.folder.path());
    all.into_iter()
        .filter(|(_, command)| command.contains("terraform-provider-aws"))
        .map(|(pid, _)| pid)
        .collect()
}

/// An apply that has reached AWS, which never answers; with the connections, which would break when dropped.
fn hanging_apply(place: &Place) -> (Child, Vec<std::net::TcpStream>) {
    let aws = TcpListener::bind("127.0.0.1:0").unwrap();
    place.lead_to(&aws);
    let mut command: Command = place.warm(&["apply", "-auto-approve", "-no-color"]);
    let child = command.process_group(0).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (connection, _) = aws.accept().unwrap();
    (child, vec![connection])
}

#[track_caller]
fn assert_nothing_stays(place: &Place) {
    wait_until("all processes have ended", || processes(place.folder.path()).is_empty());
}

#[test]
fn a_provider_that_is_killed_fails_the_call_with_the_reason() {
    let place = Place::new(STACK);
    let (child, _connections) = hanging_apply(&place);
    for provider in providers(&place) {
        kill_process(provider, Signal::KILL).unwrap();
    }
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let unwrapped =
        said.split(['│', '\n', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        unwrapped.contains("the provider process ended before it answered (signal: 9 (SIGKILL))"),
        "{said}"
    );
    assert!(unwrapped.contains("with aws_iam_role.reader"), "{said}");
    assert_nothing_stays(&place);
    // The next one is served.
    place.succeed(place.warm(&["plan"]));
}

#[test]
fn an_interrupt_is_terraforms_to_answer() {
    let place = Place::new(STACK);
    let (child, connections) = hanging_apply(&place);
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(connections);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("Interrupt received."), "{said}");
    assert!(!said.contains("Two interrupts received."), "{said}");
    assert_nothing_stays(&place);
}

#[test]
fn nothing_stays_when_terraform_is_killed() {
    let place = Place::new(STACK);
    let (mut child, _connections) = hanging_apply(&place);
    assert!(!providers(&place).is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_nothing_stays(&place);
}

#[test]
fn nothing_stays_when_the_proxy_is_killed() {
    let place = Place::new(STACK);
    let (mut child, _connections) = hanging_apply(&place);
    let all = processes(place.folder.path());
    let proxy = all.iter().find(|(_, command)| command.contains("--beside")).unwrap();
    kill_process(proxy.0, Signal::KILL).unwrap();
    wait_until("the providers have ended", || providers(&place).is_empty());
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_nothing_stays(&place);
}
