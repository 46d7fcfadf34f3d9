//! At a terminal somebody is asked, and sees what is in work.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Stdio};

use rustix::fs::{Mode, OFlags, open};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::app::{App, NETWORK};

/// `synth` with a terminal of its own.
struct Terminal {
    synth: Child,
    screen: BufReader<File>,
    keys: File,
}

impl Terminal {
    fn of(app: &App, arguments: &[&str]) -> Terminal {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        // A new terminal has no lines and no columns.
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&ours, size).unwrap();
        let theirs: OwnedFd =
            open(ptsname(&ours, Vec::new()).unwrap(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let stream = || Stdio::from(theirs.try_clone().unwrap());
        let mut command = app.process(arguments);
        let synth =
            command.env("TERM", "xterm").stdin(stream()).stdout(stream()).stderr(stream()).spawn().unwrap();
        let ours = File::from(ours);
        Terminal { synth, screen: BufReader::new(ours.try_clone().unwrap()), keys: ours }
    }

    /// Reads until a text is shown.
    fn shows(&mut self, text: &str) -> String {
        let mut shown = Vec::new();
        while !String::from_utf8_lossy(&shown).contains(text) {
            let mut byte = [0];
            self.screen.read_exact(&mut byte).unwrap();
            shown.extend(byte);
        }
        String::from_utf8_lossy(&shown).into_owned()
    }

    fn types(&mut self, line: &str) {
        writeln!(self.keys, "{line}").unwrap();
    }

    /// Reads what is left, and returns it with the exit code.
    fn ends(mut self) -> (String, Option<i32>) {
        let mut shown = Vec::new();
        // Linux ends the stream of a terminal that nobody has open with an error.
        while matches!(self.screen.read_until(b'\n', &mut shown), Ok(read) if read > 0) {}
        (String::from_utf8_lossy(&shown).into_owned(), self.synth.wait().unwrap().code())
    }
}

#[test]
fn a_plan_is_applied_after_a_yes() {
    let app = App::of(NETWORK);
    let mut terminal = Terminal::of(&app, &["apply", "out"]);
    let shown = terminal.shows("Is this plan of `out` to be applied? Only `yes` is taken for it: ");
    assert!(shown.contains("1 to add") && shown.contains("0 findings"), "{shown}");
    terminal.types("yes");
    let (shown, code) = terminal.ends();
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("terraform_data.vpc: Creation complete"), "{shown}");
    assert_eq!(app.state("."), ["terraform_data.vpc"]);
}

#[test]
fn whatever_else_is_answered_nothing_is_changed() {
    for answer in ["no", "y", ""] {
        let app = App::of(NETWORK);
        let mut terminal = Terminal::of(&app, &["apply", "out", "--quiet"]);
        let shown = terminal.shows("taken for it: ");
        assert!(shown.contains("1 to add"), "what is approved is shown: {shown}");
        terminal.types(answer);
        let (shown, code) = terminal.ends();
        assert_eq!(code, Some(1), "{shown}");
        assert!(shown.contains("out: not approved: nothing was changed"), "{shown}");
        assert!(app.state(".").is_empty() && app.plans().is_empty());
    }
}

#[test]
fn an_interrupt_is_an_answer_too() {
    let app = App::of(NETWORK);
    app.synth(&["apply", "out", "--auto-approve"]).assert().code(0);
    let mut terminal = Terminal::of(&app, &["destroy", "out"]);
    terminal.shows("Is everything in `out` to be destroyed, for good? Only `yes` is taken for it: ");
    kill_process(Pid::from_child(&terminal.synth), Signal::INT).unwrap();
    let (shown, code) = terminal.ends();
    assert_eq!(code, Some(2), "{shown}");
    assert_eq!(app.state("."), ["terraform_data.vpc"]);
}

#[test]
fn a_resource_in_work_has_a_line() {
    let slow = r#"{"resource": {"terraform_data": {"slow": {
        "provisioner": [{"local-exec": {"command": "sleep 1"}}]
    }}}}"#;
    let app = App::of(slow);
    let mut terminal = Terminal::of(&app, &["apply", "out", "--auto-approve"]);
    terminal.shows("out: apply");
    // The line has the seconds since the work began.
    terminal.shows("terraform_data.slow");
    terminal.shows(" 1s");
    assert_eq!(terminal.ends().1, Some(0));
}
