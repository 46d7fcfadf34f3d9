//! Programs whose working folder can be changed while they run.
//!
//! A thread of ours and the program that it starts have one working folder together (clone(2), `CLONE_FS`), also
//! after execve(2), which leaves that be: where the thread goes, the program is. Each has a thread of its own.

use std::ffi::{CString, OsStr, OsString};
use std::fs;
use std::io::{self, PipeReader, PipeWriter, Read};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::ptr;
use std::sync::mpsc;
use std::thread;

use rustix::process::{Pid, WaitId, WaitIdOptions, WaitOptions, waitid, waitpid};
use rustix::thread::{UnshareFlags, unshare_unsafe};
use tokio::net::unix::pipe::Receiver;
use tokio::sync::oneshot;

use super::{Program, Started};

/// A started program.
pub(crate) struct Child {
    pid: Pid,
    ended: oneshot::Receiver<()>,
}

/// The thread that shares its folder; the program ends with it (prctl(2), `PR_SET_PDEATHSIG`).
pub(crate) struct Mover {
    orders: mpsc::Sender<Order>,
}

/// A folder to go to, and where to say how that went.
type Order = (PathBuf, oneshot::Sender<io::Result<()>>);

/// Starts `program` in `folder`.
pub(super) async fn start(program: &Program, folder: &Path) -> io::Result<Started> {
    let (image, folder) = (Image::of(program)?, folder.to_owned());
    let (output, output_end) = io::pipe()?;
    let (errors, errors_end) = io::pipe()?;
    let (orders, received) = mpsc::channel();
    let (tell, told) = oneshot::channel();
    thread::Builder::new().name("warm-provider".to_owned()).spawn(move || {
        let started = begin(&image, &folder, [&output_end, &errors_end]);
        drop((output_end, errors_end));
        let pid = started.as_ref().ok().copied();
        // Nobody waits any longer: then nobody holds the other end of the orders either.
        let _ = tell.send(started);
        if let Some(pid) = pid {
            obey(pid, &received);
        }
    })?;
    let pid = told.await.map_err(io::Error::other)??;
    let (tell, ended) = oneshot::channel();
    thread::Builder::new().name("warm-provider".to_owned()).spawn(move || {
        // Its number stays its own until somebody who listens has taken note.
        let _ = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
        let _ = tell.send(());
    })?;
    Ok(Started {
        child: super::Child::Movable(Child { pid, ended }),
        mover: super::Mover::Thread(Mover { orders }),
        output: receiver(output)?,
        errors: receiver(errors)?,
    })
}

fn receiver(pipe: PipeReader) -> io::Result<Receiver> {
    Receiver::from_owned_fd(pipe.into())
}

/// Takes the thread to `folder` and starts the program there.
fn begin(image: &Image, folder: &Path, streams: [&PipeWriter; 2]) -> io::Result<Pid> {
    #[expect(unsafe_code, reason = "threads have their working folder together unless they say otherwise")]
    // SAFETY: nothing but the folder, the root and the umask are unshared; file descriptors stay what they are.
    unsafe {
        unshare_unsafe(UnshareFlags::FS)?;
    }
    rustix::process::chdir(folder)?;
    image.start(streams)
}

/// Goes where it is told until nobody can tell it any longer.
fn obey(pid: Pid, orders: &mpsc::Receiver<Order>) {
    for (folder, answer) in orders {
        let moved =
            rustix::process::chdir(&folder).map_err(Into::into).and_then(|()| assert_in(pid, &folder));
        // Whoever asked may have gone away.
        let _ = answer.send(moved);
    }
}

/// Fails unless the process works in `folder`: that it does is seen each time, not believed.
fn assert_in(pid: Pid, folder: &Path) -> io::Result<()> {
    let place = |path: &Path| fs::metadata(path).map(|about| (about.dev(), about.ino()));
    let works = Path::new("/proc").join(pid.as_raw_nonzero().to_string()).join("cwd");
    if place(&works)? == place(folder)? { Ok(()) } else { Err(io::ErrorKind::Unsupported.into()) }
}

impl Mover {
    pub(super) async fn move_to(&self, folder: &Path) -> io::Result<()> {
        let (answer, answered) = oneshot::channel();
        self.orders.send((folder.to_owned(), answer)).map_err(|_| io::ErrorKind::BrokenPipe)?;
        answered.await.map_err(io::Error::other)?
    }
}

impl Child {
    pub(super) fn pid(&self) -> Pid {
        self.pid
    }

    pub(super) async fn wait(&mut self) -> io::Result<ExitStatus> {
        (&mut self.ended).await.map_err(io::Error::other)?;
        match waitpid(Some(self.pid), WaitOptions::empty())? {
            Some((_, status)) => Ok(ExitStatus::from_raw(status.as_raw())),
            None => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}

/// What execve(2) wants, made beforehand: between clone and exec nothing may be allocated.
struct Image {
    path: CString,
    environment: Vec<CString>,
}

impl Image {
    fn of(program: &Program) -> io::Result<Image> {
        let text = |text: &OsStr| CString::new(text.as_bytes()).map_err(io::Error::from);
        let variable = |(name, value): &(OsString, OsString)| {
            text(&[name.as_os_str(), value.as_os_str()].join(OsStr::new("=")))
        };
        let environment = program.environment.iter().map(variable).collect::<io::Result<_>>()?;
        Ok(Image { path: text(program.path.as_os_str())?, environment })
    }

    /// Starts it with the calling thread's folder, which both have together from then on.
    #[expect(unsafe_code, reason = "the standard library starts no program that shares anything")]
    fn start(&self, [output, errors]: [&PipeWriter; 2]) -> io::Result<Pid> {
        let arguments = [self.path.as_ptr(), ptr::null()];
        let environment: Vec<_> =
            self.environment.iter().map(|variable| variable.as_ptr()).chain([ptr::null()]).collect();
        let nothing = fs::File::open("/dev/null")?;
        let (mut failure, failed) = io::pipe()?;
        let parent = rustix::process::getpid();
        // SAFETY: as fork(2), with the folder shared and no memory. The child, below, makes system calls and nothing
        // else; what their pointers point at was made before.
        let child = unsafe { libc::syscall(libc::SYS_clone, libc::CLONE_FS | libc::SIGCHLD, 0, 0, 0, 0) };
        if child == 0 {
            // SAFETY: the descriptors are open, the pointers lead to strings and lists that end with a null.
            unsafe {
                libc::setpgid(0, 0);
                libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
                libc::dup2(nothing.as_raw_fd(), libc::STDIN_FILENO);
                libc::dup2(output.as_raw_fd(), libc::STDOUT_FILENO);
                libc::dup2(errors.as_raw_fd(), libc::STDERR_FILENO);
                // Rust programs ignore it, and what is ignored stays so.
                libc::signal(libc::SIGPIPE, libc::SIG_DFL);
                // The parent may have ended before its death was asked for.
                if libc::getppid() == parent.as_raw_nonzero().get() {
                    libc::execve(self.path.as_ptr(), arguments.as_ptr(), environment.as_ptr());
                }
                let why = *libc::__errno_location();
                libc::write(failed.as_raw_fd(), (&raw const why).cast(), size_of_val(&why));
                libc::_exit(127)
            }
        }
        if child < 0 {
            return Err(io::Error::last_os_error());
        }
        let pid = i32::try_from(child).ok().and_then(Pid::from_raw).ok_or(io::ErrorKind::InvalidData)?;
        drop(failed);
        // The pipe closes by itself with a successful exec.
        let mut why = [0; size_of::<libc::c_int>()];
        match failure.read_exact(&mut why) {
            Ok(()) => {
                waitpid(Some(pid), WaitOptions::empty())?;
                Err(io::Error::from_raw_os_error(libc::c_int::from_ne_bytes(why)))
            }
            Err(_) => Ok(pid),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::{Signal, kill_process};
    use tokio::io::AsyncReadExt;

    fn in_runtime(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test);
    }

    fn program(path: &Path) -> Program {
        Program { path: path.into(), environment: vec![("A".into(), "a = b".into())] }
    }

    /// A program that says where it works whenever it is told to by a signal.
    fn reporter(folder: &Path) -> PathBuf {
        let path = folder.join("reporter");
        let script =
            "#!/bin/sh\ntrap 'readlink /proc/$$/cwd' USR1\necho \"$A\"\nwhile :; do sleep 0.01; done\n";
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        path
    }

    async fn line(output: &mut Receiver) -> String {
        let mut line = Vec::new();
        loop {
            match output.read_u8().await.unwrap() {
                b'\n' => return String::from_utf8(line).unwrap(),
                byte => line.push(byte),
            }
        }
    }

    #[test]
    fn a_program_works_where_it_was_moved_to() {
        in_runtime(async {
            let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
            let real = |number: usize| folders[number].path().canonicalize().unwrap();
            let mut started = start(&program(&reporter(&real(0))), &real(0)).await.unwrap();
            assert_eq!(line(&mut started.output).await, "a = b");
            let pid = started.child.pid().unwrap();
            for number in [0, 1, 2, 0] {
                started.mover.move_to(&real(number)).await.unwrap();
                kill_process(pid, Signal::USR1).unwrap();
                assert_eq!(line(&mut started.output).await, real(number).to_str().unwrap());
            }
            // This thread's own folder is nobody else's.
            assert_ne!(std::env::current_dir().unwrap(), real(0));
        });
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        in_runtime(async {
            let folder = tempfile::tempdir().unwrap();
            let started = start(&program(&reporter(folder.path())), folder.path()).await.unwrap();
            let error = started.mover.move_to(&folder.path().join("none")).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::NotFound);
            assert!(start(&program(Path::new("/bin/sh")), &folder.path().join("none")).await.is_err());
        });
    }

    #[test]
    fn a_program_ends_with_its_mover() {
        in_runtime(async {
            let folder = tempfile::tempdir().unwrap();
            // Without a reader of its output it would end by SIGPIPE first.
            let Started { mut child, mover, output: _output, errors: _errors } =
                start(&program(&reporter(folder.path())), folder.path()).await.unwrap();
            drop(mover);
            assert_eq!(child.wait().await.unwrap().signal(), Some(9));
        });
    }

    #[test]
    fn how_a_program_ends_is_told() {
        in_runtime(async {
            let folder = tempfile::tempdir().unwrap();
            let mut started = start(&program(Path::new("/bin/false")), folder.path()).await.unwrap();
            assert_eq!(started.child.wait().await.unwrap().code(), Some(1));
            let missing = start(&program(Path::new("/no/such/program")), folder.path()).await.err().unwrap();
            assert_eq!(missing.kind(), io::ErrorKind::NotFound);
        });
    }
}
