//! The proxy: a thread with everything that runs, and the handles by which it is used.

use std::fmt;
use std::io;
use std::os::unix::net::UnixListener as StandardListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use prost::DecodeError;
use tempfile::TempDir;
use thiserror::Error;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use crate::cache::Cache;
use crate::connection::{Connection, Desk, Extent};
use crate::handshake::Protocol;
use crate::installed::Installed;
use crate::launch::{LaunchError, Launcher, STREAM_WINDOW, Surroundings};
use crate::pool::{Pool, Terraform};
use crate::reattach;
use crate::schema::Schema;
use crate::scratch;
use crate::usage::Folder;

/// Why there is no proxy.
#[derive(Debug, Error)]
pub enum ProxyError {
    /// The system refused.
    #[error("cannot {what}: {source}")]
    System {
        /// What was tried.
        what: String,
        /// The reason.
        source: io::Error,
    },
    /// No provider.
    #[error(transparent)]
    Launch(#[from] LaunchError),
    /// The provider would not tell its schema.
    #[error("the provider `{}` does not give its schema: {why}", .binary.display())]
    Schema {
        /// The program.
        binary: PathBuf,
        /// What was wrong.
        why: String,
    },
}

/// A provider that is kept warm. Dropping it ends every process that it has started, and waits for that.
pub struct Proxy {
    address: String,
    protocol: Protocol,
    scratch: TempDir,
    sockets: AtomicU64,
    listen: UnboundedSender<Listen>,
    quit: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

/// A socket to listen at.
struct Listen {
    socket: StandardListener,
    folder: Folder,
    extent: Extent,
    until: CancellationToken,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Proxy {
    /// Begins to serve `provider`, with what is known of it below `cache`; what is not known is asked first.
    pub fn start(
        provider: &Installed,
        cache: &Path,
        surroundings: Surroundings,
    ) -> Result<Proxy, ProxyError> {
        let system = |what: &str| {
            let what = what.to_owned();
            move |source| ProxyError::System { what, source }
        };
        let scratch = scratch::folder().map_err(system("make a folder for sockets"))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(system("start the proxy's runtime"))?;
        let (quit, (listen, listens), (tell, ready)) =
            (CancellationToken::new(), unbounded_channel(), mpsc::channel());
        let tasks = TaskTracker::new();
        let launcher = Launcher {
            binary: provider.binary.clone(),
            surroundings,
            scratch: scratch.path().to_owned(),
            tasks: tasks.clone(),
            quit: quit.clone(),
        };
        let (cache, kind, end) = (Cache::of(cache, provider), provider.kind().to_owned(), quit.clone());
        let work = async move {
            match open(launcher, cache, kind).await {
                Ok((desk, protocol)) => {
                    // Nobody waits: then `end` is cancelled already.
                    let _ = tell.send(Ok(protocol));
                    serve(Arc::new(desk), listens, &tasks, &end).await;
                }
                Err(error) => drop(tell.send(Err(error))),
            }
            end.cancel();
            tasks.close();
            tasks.wait().await;
        };
        let thread = thread::Builder::new()
            .name("warm-provider".to_owned())
            .spawn(move || runtime.block_on(work))
            .map_err(system("start the proxy's thread"))?;
        let mut proxy = Proxy {
            address: provider.address.clone(),
            protocol: Protocol::Five,
            scratch,
            sockets: AtomicU64::new(0),
            listen,
            quit,
            thread: Some(thread),
        };
        proxy.protocol = ready.recv().map_err(|_| ProxyError::System {
            what: "run the proxy's thread".to_owned(),
            source: io::ErrorKind::BrokenPipe.into(),
        })??;
        Ok(proxy)
    }

    /// The folder with its sockets. It goes when this is dropped; of a process that ends without that it stays, until the
    /// next proxy of the same user begins.
    pub fn folder(&self) -> &Path {
        self.scratch.path()
    }

    /// Opens a socket for the terraforms that work in `folder`.
    pub fn endpoint(&self, folder: Folder, extent: Extent) -> Result<Endpoint, ProxyError> {
        let number = self.sockets.fetch_add(1, Ordering::Relaxed);
        let path = self.scratch.path().join(format!("{number}.sock"));
        let system = |source| ProxyError::System { what: format!("listen at `{}`", path.display()), source };
        let socket = StandardListener::bind(&path).map_err(system)?;
        socket.set_nonblocking(true).map_err(system)?;
        let until = self.quit.child_token();
        // The thread ends only after `quit`, which only dropping the proxy asks for.
        let _ = self.listen.send(Listen { socket, folder, extent, until: until.clone() });
        let value = reattach::value(&self.address, self.protocol, &path);
        Ok(Endpoint { value, _until: until.drop_guard() })
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.quit.cancel();
        if let Some(thread) = self.thread.take() {
            // A panic in it was printed already.
            let _ = thread.join();
        }
    }
}

/// A socket that a terraform is sent to; dropping it closes its connections.
#[derive(Debug)]
pub struct Endpoint {
    value: String,
    _until: DropGuard,
}

impl Endpoint {
    /// The environment variable that sends terraform here.
    pub fn variable(&self) -> (&'static str, &str) {
        (reattach::VARIABLE, &self.value)
    }
}

/// Gets hold of the provider's schema: kept from an earlier time, else from the provider.
async fn open(launcher: Launcher, cache: Cache, kind: String) -> Result<(Desk, Protocol), ProxyError> {
    let refused = |why: String| ProxyError::Schema { binary: launcher.binary.clone(), why };
    let kept = cache.schema().and_then(|(protocol, whole)| Some((protocol, Schema::read(whole).ok()?)));
    let (protocol, schema) = match kept {
        Some(kept) => kept,
        None => {
            let provider = launcher.launch(&launcher.scratch).await?;
            let protocol = provider.protocol();
            let whole = provider.schema().await.map_err(|why| refused(why.to_string()))?;
            let schema = Schema::read(whole.clone()).map_err(|why: DecodeError| refused(why.to_string()))?;
            cache.keep_schema(protocol, &whole);
            (protocol, schema)
        }
    };
    let pool = Arc::new(Pool::new(launcher));
    Ok((Desk { kind, schema, cache, pool, validating: tokio::sync::Mutex::default() }, protocol))
}

/// How often it is looked for processes that nobody uses.
const TIDY: Duration = Duration::from_secs(10);

async fn serve(
    desk: Arc<Desk>,
    mut listens: UnboundedReceiver<Listen>,
    tasks: &TaskTracker,
    end: &CancellationToken,
) {
    let mut tidying = tokio::time::interval(TIDY);
    loop {
        tokio::select! {
            () = end.cancelled() => return,
            _ = tidying.tick() => desk.pool.tidy(),
            listen = listens.recv() => match listen {
                Some(listen) => drop(tasks.spawn(accept(Arc::clone(&desk), listen, tasks.clone()))),
                None => return,
            },
        }
    }
}

async fn accept(desk: Arc<Desk>, listen: Listen, tasks: TaskTracker) {
    // It was bound and made ready by a runtime-free thread; nothing can be wrong with it now.
    let Ok(socket) = UnixListener::from_std(listen.socket) else { return };
    let folder = Arc::new(listen.folder);
    let mut count = 0;
    loop {
        let stream = tokio::select! {
            () = listen.until.cancelled() => return,
            accepted = socket.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Out of file descriptors, say: terraform tries again.
                Err(_) => continue,
            },
        };
        count += 1;
        let process = stream.peer_cred().ok().and_then(|peer| peer.pid());
        let terraform = process.map_or(Terraform::Connection(count), Terraform::Process);
        let connection =
            Arc::new(Connection::new(Arc::clone(&desk), Arc::clone(&folder), listen.extent, terraform));
        tasks.spawn(listen.until.clone().run_until_cancelled_owned(converse(stream, connection)));
    }
}

async fn converse(stream: UnixStream, connection: Arc<Connection>) {
    let answer = service_fn(move |request| Arc::clone(&connection).answer(request));
    // Terraform goes away without a word, at the latest when it is killed.
    let _ = http2::Builder::new(TokioExecutor::new())
        .initial_stream_window_size(STREAM_WINDOW)
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}
