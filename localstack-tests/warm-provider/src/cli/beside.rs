//! The second process: started before the program, gone after it.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Stdio};

use rustix::process::Pid;

use super::{Arguments, Decision, Way};
use crate::launch::Surroundings;
use crate::proxy::{Endpoint, Proxy, ProxyError};

pub(super) const VARIABLE: &str = crate::reattach::VARIABLE;

/// The first letter of the line by which the second process says why it does not serve.
const REFUSAL: char = '!';

/// Starts the second process and answers with what the program needs in its environment.
pub(super) fn start(arguments: &Arguments) -> Result<String, String> {
    let failed = |error: io::Error| format!("cannot start the proxy: {error}");
    let mut command = Command::new(env::current_exe().map_err(failed)?);
    command.arg("--beside").arg(std::process::id().to_string());
    if let Some(cache) = &arguments.cache {
        command.arg("--cache").arg(cache);
    }
    command.arg("--").args(&arguments.program);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // Ctrl-C at the terminal is the program's to answer; it needs the provider until its end.
        .process_group(0)
        .spawn()
        .map_err(failed)?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut line).map_err(failed)?;
    }
    match line.trim_end() {
        "" => Err("the proxy ended before it was ready".to_owned()),
        value => value.strip_prefix(REFUSAL).map_or_else(|| Ok(value.to_owned()), |why| Err(why.to_owned())),
    }
}

/// Serves until the process `parent` has ended.
pub(super) fn serve(parent: i32, decision: Decision) -> ExitCode {
    match begin(parent, decision) {
        Ok((watched, serving)) => {
            say(serving.1.variable().1);
            watched.wait();
            drop(serving);
            ExitCode::SUCCESS
        }
        Err(why) => {
            say(&format!("{REFUSAL}{}", why.replace('\n', " ")));
            ExitCode::FAILURE
        }
    }
}

fn begin(parent: i32, decision: Decision) -> Result<(Watched, (Proxy, Endpoint)), String> {
    let watched = Watched::parent(parent).map_err(|error| format!("cannot watch the program: {error}"))?;
    let Way::Warm { provider, folder, extent } = decision.way else {
        return Err("the working folder has just changed".to_owned());
    };
    let open = || -> Result<(Proxy, Endpoint), ProxyError> {
        let proxy = Proxy::start(&provider, &decision.cache, Surroundings::Inherited)?;
        let endpoint = proxy.endpoint(folder, extent)?;
        Ok((proxy, endpoint))
    };
    Ok((watched, open().map_err(|error| error.to_string())?))
}

fn say(line: &str) {
    let mut output = io::stdout();
    // Whoever waited for it is gone: then this process ends as well.
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
}

/// The process that is served.
struct Watched {
    #[cfg(target_os = "linux")]
    handle: std::os::fd::OwnedFd,
    #[cfg(not(target_os = "linux"))]
    pid: Pid,
}

impl Watched {
    fn parent(pid: i32) -> io::Result<Watched> {
        let pid = Pid::from_raw(pid).ok_or(io::ErrorKind::InvalidInput)?;
        #[cfg(target_os = "linux")]
        let watched =
            Watched { handle: rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty())? };
        #[cfg(not(target_os = "linux"))]
        let watched = Watched { pid };
        // It may have ended, and its number been given away, before it could be watched.
        if rustix::process::getppid() == Some(pid) {
            Ok(watched)
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    /// Waits for its end.
    #[cfg(target_os = "linux")]
    fn wait(&self) {
        use rustix::event::{PollFd, PollFlags, poll};
        // A signal may interrupt the call; a handle that cannot be watched is as good as an end.
        while matches!(
            poll(&mut [PollFd::new(&self.handle, PollFlags::IN)], None),
            Err(rustix::io::Errno::INTR)
        ) {}
    }

    #[cfg(not(target_os = "linux"))]
    fn wait(&self) {
        while rustix::process::getppid() == Some(self.pid) {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    }
}
