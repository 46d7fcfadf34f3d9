//! Ctrl-C, and whatever else ends a process: terraform lets go of its lock, and nothing is left running.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Stdio};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};

use crate::app::App;

/// A resource that is being made for a minute, and says which processes do that.
const SLOW: &str = r#"{
  "resource": {"terraform_data": {"quick": {}, "slow": {
    "depends_on": ["terraform_data.quick"],
    "provisioner": [{"local-exec": {"command": "echo processes $$ $PPID.; exec sleep 60"}}]
  }}},
  "output": {"done": {"value": "${terraform_data.slow.id}"}}
}"#;

/// Far more than terraform needs to end, and less than the minute.
const SOON: Timespec = Timespec { tv_sec: 40, tv_nsec: 0 };

/// An apply that has come to the slow resource.
struct Running {
    app: App,
    synth: Child,
    said: BufReader<std::process::ChildStderr>,
    /// The shell of the provisioner, and terraform.
    processes: Vec<OwnedFd>,
}

impl Running {
    fn begin() -> Running {
        let app = App::of(SLOW);
        let mut command = app.process(&["apply", "out", "--auto-approve"]);
        let mut synth =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(synth.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("(local-exec): processes ") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "it has ended before");
        }
        let (_, numbers) = line.trim().trim_end_matches('.').split_once("processes ").unwrap();
        let watched = numbers.split(' ').map(|number| {
            pidfd_open(Pid::from_raw(number.parse().unwrap()).unwrap(), PidfdFlags::empty()).unwrap()
        });
        let processes = watched.collect();
        Running { app, synth, said, processes }
    }

    fn send(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.synth), signal).unwrap();
    }

    /// Waits until the processes are gone, and looks at what they left.
    fn assert_left_in_order(&self) {
        for process in &self.processes {
            let ended = poll(&mut [PollFd::new(process, PollFlags::IN)], Some(&SOON)).unwrap();
            assert_eq!(ended, 1, "it still runs");
        }
        assert!(!self.app.path("out/.terraform.tfstate.lock.info").exists(), "the lock is held");
        assert!(
            self.app.state(".").contains(&"terraform_data.quick".to_owned()),
            "{:?}",
            self.app.state(".")
        );
    }
}

fn interrupted_by(signal: Signal) {
    let mut running = Running::begin();
    running.send(signal);
    let code = running.synth.wait().unwrap().code();
    let said: Vec<String> = running.said.by_ref().lines().map(Result::unwrap).collect();
    assert_eq!(code, Some(2), "{said:?}");
    assert!(
        said.iter().any(|line| line.starts_with("warning: interrupted: terraform ends what it is doing")),
        "{said:?}"
    );
    assert_eq!(said.last().unwrap(), "error: out: interrupted");
    running.assert_left_in_order();
    assert!(running.app.plans().is_empty());
    // And it can be gone on with: a lock or a torn state would be in the way.
    running.app.synth(&["destroy", "out", "--auto-approve"]).assert().code(0);
}

#[test]
fn ctrl_c_ends_terraform_in_order() {
    interrupted_by(Signal::INT);
}

#[test]
fn sigterm_and_a_closed_terminal_end_terraform_in_the_same_way() {
    interrupted_by(Signal::TERM);
    interrupted_by(Signal::HUP);
}

#[test]
fn terraform_ends_in_order_even_if_synth_is_killed() {
    let mut running = Running::begin();
    running.send(Signal::KILL);
    running.synth.wait().unwrap();
    running.assert_left_in_order();
}

/// An engine that ignores the first interrupt, and says each.
const STUBBORN: &str = r#"
case $1 in version) echo 'OpenTofu v1.11.1'; echo 'on linux_amd64'; exit;; esac
count=0
said() { count=$((count + 1)); echo "interrupt $count" >>"$HOME/asked"; [ "$count" -lt 2 ] || exit 1; }
trap said INT
trap '' TERM
echo '{"type":"provision_progress","@message":"at work","hook":{"resource":{"addr":"a.b"}}}'
while :; do sleep 0.05; done"#;

#[test]
fn each_interrupt_is_passed_on_once_and_the_second_ends_it() {
    let app = App::of(SLOW);
    app.write("home/asked", "");
    app.program("tofu", STUBBORN);
    let mut command = app.process(&["plan", "out", "--terraform", "bin/tofu"]);
    let mut synth =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(synth.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("at work")));
    let pid = Pid::from_child(&synth);
    kill_process(pid, Signal::INT).unwrap();
    assert!(lines.any(|line| line.starts_with("warning: interrupted: ")));
    kill_process(pid, Signal::INT).unwrap();
    assert!(lines.any(|line| line == "warning: interrupted again: terraform ends at once"));
    assert_eq!(lines.last().unwrap(), "error: out: interrupted");
    assert_eq!(synth.wait().unwrap().code(), Some(2));
    assert_eq!(app.read("home/asked"), "interrupt 1\ninterrupt 2\n");
}

#[test]
fn an_interrupt_begins_no_other_stack() {
    let app = App::new();
    app.write("out/network/main.tf.json", SLOW);
    let mut command = app.process(&["apply", "out", "--auto-approve"]);
    let mut synth =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(synth.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("(local-exec): processes ")));
    kill_process(Pid::from_child(&synth), Signal::INT).unwrap();
    assert!(lines.any(|line| line == "warning: not begun: web"));
    assert_eq!(synth.wait().unwrap().code(), Some(2));
    assert!(app.state("web").is_empty());
}
