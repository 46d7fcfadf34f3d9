//! Provider processes: called, watched, ended.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::client::conn::http2::SendRequest;
use hyper::header::{CONTENT_TYPE, TE};
use hyper::http::request::Parts;
use hyper::{Request, Response};
use thiserror::Error;
use tokio::sync::watch;
use tokio_util::sync::DropGuard;

use crate::answer::{self, Answer, Body};
use crate::child::Mover;
use crate::handshake::Protocol;
use crate::wire;

/// How long a broken connection waits for the news that the process has ended.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// A provider that ended, or cannot be reached any longer.
#[derive(Clone, Debug, Error)]
#[error("the provider process ended before it answered ({why})")]
pub(crate) struct Gone {
    why: String,
}

/// A provider at work; it ends when this is dropped.
pub(crate) struct Process {
    client: SendRequest<Body>,
    protocol: Protocol,
    place: Place,
    ended: watch::Receiver<Option<String>>,
    spoilt: AtomicBool,
    bound: AtomicBool,
    _ending: DropGuard,
}

/// Where a provider works, and by what it comes elsewhere.
pub(crate) struct Place {
    folder: Mutex<PathBuf>,
    mover: Mover,
}

impl Place {
    pub(crate) fn new(folder: &Path, mover: Mover) -> Place {
        Place { folder: Mutex::new(folder.to_owned()), mover }
    }

    fn folder(&self) -> MutexGuard<'_, PathBuf> {
        self.folder.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Process {
    pub(crate) fn new(
        client: SendRequest<Body>,
        protocol: Protocol,
        place: Place,
        ended: watch::Receiver<Option<String>>,
        ending: DropGuard,
    ) -> Process {
        let (spoilt, bound) = (AtomicBool::new(false), AtomicBool::new(false));
        Process { client, protocol, place, ended, spoilt, bound, _ending: ending }
    }

    /// Reads what the provider prints beside its log (go-plugin, `grpc_stdio.proto`): it would stop when nobody did.
    pub(crate) fn stdio(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut client = self.client.clone();
        let request = head("/plugin.GRPCStdio/StreamStdio")
            .map(|head| Request::from_parts(head, answer::whole(wire::framed(&[]))));
        async move {
            let Ok(request) = request else { return };
            let Ok(mut printed) = client.send_request(request).await else { return };
            while let Some(Ok(_)) = printed.frame().await {}
        }
    }

    pub(crate) fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Whether it works in `folder`.
    pub(crate) fn works_in(&self, folder: &Path) -> bool {
        *self.place.folder() == folder
    }

    /// Whether it can work in `folder`: relative paths in a configuration (a function's code, an object's source) are
    /// read by the provider, from where it is.
    pub(crate) fn can_work_in(&self, folder: &Path) -> bool {
        self.place.mover.moves() || self.works_in(folder)
    }

    /// Has it work in `folder` from now on.
    ///
    /// # Errors
    /// If it cannot be moved: nobody should be given it then.
    pub(crate) async fn move_to(&self, folder: &Path) -> io::Result<()> {
        // Also where it is there by name: that folder may have been removed and made anew.
        if self.place.mover.moves() || !self.works_in(folder) {
            self.place.mover.move_to(folder).await?;
            *self.place.folder() = folder.to_owned();
        }
        Ok(())
    }

    /// Whether it can be called.
    pub(crate) fn is_alive(&self) -> bool {
        self.ended.borrow().is_none() && !self.client.is_closed()
    }

    /// Whether somebody else may be given it: no call was broken off in it, and it was not told to stop.
    pub(crate) fn is_unspoilt(&self) -> bool {
        self.is_alive() && !self.spoilt.load(Ordering::Relaxed)
    }

    /// Keeps it from everybody else: something of its present user may go on in it.
    pub(crate) fn spoil(&self) {
        self.spoilt.store(true, Ordering::Relaxed);
    }

    /// What was feared has not come true.
    pub(crate) fn restore(&self) {
        self.spoilt.store(false, Ordering::Relaxed);
    }

    /// Whether it keeps something of its configuration whatever comes after.
    pub(crate) fn is_bound(&self) -> bool {
        self.bound.load(Ordering::Relaxed)
    }

    /// Lets nobody with another configuration have it.
    pub(crate) fn bind(&self) {
        self.bound.store(true, Ordering::Relaxed);
    }

    /// Asks for the whole schema.
    pub(crate) async fn schema(&self) -> Result<Bytes, Gone> {
        let head = head(self.protocol.schema_call()).map_err(|why| Gone { why: why.to_string() })?;
        let answer = self.ask(&head, wire::framed(&[])).await?;
        answer.message().ok_or_else(|| Gone { why: "it answered without a message".to_owned() })
    }

    /// Passes a call on and reads the answer to its end.
    pub(crate) async fn ask(&self, head: &Parts, body: Bytes) -> Result<Answer, Gone> {
        let response = self.call(Request::from_parts(head.clone(), answer::whole(body))).await?;
        match Answer::read(response).await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(self.gone(&error).await),
        }
    }

    /// Passes a call on.
    pub(crate) async fn call(&self, request: Request<Body>) -> Result<Response<Body>, Gone> {
        match self.client.clone().send_request(request).await {
            Ok(response) => Ok(response.map(answer::boxed)),
            Err(error) => Err(self.gone(&error).await),
        }
    }

    async fn gone(&self, error: &hyper::Error) -> Gone {
        // The connection breaks a moment before the process is seen to have ended.
        let how = how_it_ended(&self.ended).await;
        Gone { why: how.unwrap_or_else(|| error.to_string()) }
    }
}

/// The head of a call of our own.
fn head(path: &str) -> Result<Parts, hyper::http::Error> {
    let request = Request::post(format!("http://provider{path}"))
        .header(TE, "trailers")
        .header(CONTENT_TYPE, "application/grpc")
        .body(())?;
    Ok(request.into_parts().0)
}

/// The end of a process and its last words, if it comes within moments.
pub(crate) async fn how_it_ended(ended: &watch::Receiver<Option<String>>) -> Option<String> {
    let mut ended = ended.clone();
    tokio::time::timeout(LAST_WORDS, ended.wait_for(Option::is_some)).await.ok()?.ok()?.clone()
}
