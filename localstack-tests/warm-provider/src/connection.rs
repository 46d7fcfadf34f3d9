//! One connection of a terraform, which is one instance of the provider to it.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Request, Response};
use prost::{DecodeError, Message};
use thiserror::Error;

use crate::answer::{self, Answer, Body};
use crate::cache::Cache;
use crate::configuration::{self, Configuration};
use crate::handshake::Protocol;
use crate::launch::LaunchError;
use crate::method::Method;
use crate::pool::{Lease, Pool, Terraform};
use crate::process::{Gone, Process};
use crate::schema::Schema;
use crate::shape::Shape;
use crate::usage::{Folder, Usage};
use crate::wire::{
    self, ConfigureResponse, DynamicValue, FrameError, PrepareResponse, ValidateRequest, ValidateResponse,
};

/// What all connections to a provider share.
pub(crate) struct Desk {
    pub(crate) kind: String,
    pub(crate) schema: Schema,
    pub(crate) cache: Cache,
    pub(crate) pool: Arc<Pool>,
    /// One at a time: of many terraforms that begin together, the first finds out for all.
    pub(crate) validating: tokio::sync::Mutex<()>,
}

/// How much of the schema is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The types that the folder uses, looked up whenever a terraform asks.
    Used,
    /// All of it.
    Whole,
}

/// A connection.
pub(crate) struct Connection {
    desk: Arc<Desk>,
    folder: Arc<Folder>,
    extent: Extent,
    terraform: Terraform,
    /// Set when it is configured.
    seat: Mutex<Option<Seat>>,
}

/// The process that a connection works with, and its right to it.
#[derive(Clone)]
struct Seat {
    process: Arc<Process>,
    _lease: Arc<Lease>,
}

/// A call under way. One that is broken off, because its terraform went away, may go on in the provider with
/// whatever configuration comes next: then there must be none.
struct Call {
    seat: Seat,
    over: bool,
}

impl Call {
    fn end(&mut self) {
        self.over = true;
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.over {
            self.seat.process.spoil();
        }
    }
}

/// Why a call has no answer; the words reach the user through terraform.
#[derive(Debug, Error)]
enum CallError {
    #[error(transparent)]
    Launch(#[from] LaunchError),
    #[error(transparent)]
    Gone(#[from] Gone),
    #[error("the call was broken off: {0}")]
    Body(#[from] hyper::Error),
    #[error("the call cannot be read: {0}")]
    Frame(#[from] FrameError),
    #[error("the call cannot be read: {0}")]
    Decode(#[from] DecodeError),
}

impl Connection {
    pub(crate) fn new(
        desk: Arc<Desk>,
        folder: Arc<Folder>,
        extent: Extent,
        terraform: Terraform,
    ) -> Connection {
        Connection { desk, folder, extent, terraform, seat: Mutex::default() }
    }

    /// Answers a call.
    pub(crate) async fn answer(
        self: Arc<Connection>,
        request: Request<Incoming>,
    ) -> Result<Response<Body>, Infallible> {
        let answered = match Method::of(request.uri().path()) {
            Method::Schema => Ok(answer::message(&self.desk.schema.for_usage(&self.usage()))),
            Method::Validate(protocol) => self.validate(protocol, request).await,
            Method::Configure => self.configure(request).await,
            Method::Stop => self.stop(request).await,
            // Terraform lets go of this instance, not of the process.
            Method::Shutdown => Ok(answer::message(&[])),
            Method::Plumbing => Ok(answer::unimplemented()),
            Method::Other => self.forward(request).await,
        };
        Ok(answered.unwrap_or_else(|why| answer::failed(&why)))
    }

    fn usage(&self) -> Usage {
        match self.extent {
            Extent::Used => self.folder.usage(&self.desk.kind, self.desk.schema.types()),
            Extent::Whole => Usage::Unknown("all of it was asked for".to_owned()),
        }
    }

    fn seat(&self) -> Option<Seat> {
        self.seat.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Has the provider check a configuration, unless it is known to find nothing wrong with one of this shape.
    async fn validate(
        &self,
        protocol: Protocol,
        request: Request<Incoming>,
    ) -> Result<Response<Body>, CallError> {
        let (head, body) = read(request).await?;
        let config = ValidateRequest::decode(wire::message(body.clone())?)?.config;
        let shape = Shape::of(&DynamicValue::decode(config.clone())?.msgpack);

        let _checking = self.desk.validating.lock().await;
        if self.desk.cache.accepts(&shape) {
            // Terraform ignores what is prepared (hashicorp/terraform, issues 26792 and 26816).
            let echo = match protocol {
                Protocol::Five => PrepareResponse { prepared_config: config }.encode_to_vec(),
                Protocol::Six => Vec::new(),
            };
            return Ok(answer::message(&echo));
        }
        let answer = self.unconfigured(&head, body).await?;
        let judged = answer.message().and_then(|message| ValidateResponse::decode(message).ok());
        if judged.is_some_and(|judged| judged.diagnostics.is_empty()) {
            self.desk.cache.accept(&shape);
        }
        Ok(answer.into_response())
    }

    /// Takes a process for this connection and configures it, unless this terraform has one with just this
    /// configuration.
    async fn configure(&self, request: Request<Incoming>) -> Result<Response<Body>, CallError> {
        let (head, body) = read(request).await?;
        let lease = self.desk.pool.lease(self.terraform, Configuration::of(&body));
        let configure = async |process: &Process| -> Result<Answer, CallError> {
            // Whatever goes wrong, or whoever goes away, from here on: nobody else gets this process.
            process.spoil();
            let answer = process.ask(&head, body.clone()).await?;
            let judged = answer.message().and_then(|message| ConfigureResponse::decode(message).ok());
            if judged.is_some_and(|judged| judged.diagnostics.iter().all(|found| found.severity != ERROR)) {
                process.restore();
            }
            Ok(answer)
        };
        let configured = lease.configured(&self.folder.path, configure).await?;
        let answer = configured.answer.clone();
        let seat = Seat { process: Arc::clone(&configured.process), _lease: Arc::clone(&lease) };
        *self.seat.lock().unwrap_or_else(PoisonError::into_inner) = Some(seat);
        Ok(answer.into_response())
    }

    /// Only what this terraform has for itself is stopped: the shared process works for others too.
    async fn stop(&self, request: Request<Incoming>) -> Result<Response<Body>, CallError> {
        match self.seat() {
            Some(seat) => {
                seat.process.spoil();
                self.forward(request).await
            }
            None => Ok(answer::message(&[])),
        }
    }

    async fn forward(&self, request: Request<Incoming>) -> Result<Response<Body>, CallError> {
        let (head, body) = read(request).await?;
        let Some(seat) = self.seat() else {
            return Ok(self.unconfigured(&head, body).await?.into_response());
        };
        let process = Arc::clone(&seat.process);
        if configuration::is_kept_for(&body) {
            process.bind();
        }
        let mut call = Call { seat, over: false };
        let response = process.call(Request::from_parts(head, answer::whole(body))).await?;
        Ok(answer::watched(response, move || call.end()))
    }

    /// Asks the shared process. Such calls change nothing, so one that a crash cuts off, maybe of somebody else's
    /// making, is made again in a process of its own.
    async fn unconfigured(&self, head: &Parts, body: Bytes) -> Result<Answer, CallError> {
        let shared = self.desk.pool.unconfigured(&self.folder.path).await?;
        if let Ok(answer) = shared.ask(head, body.clone()).await {
            return Ok(answer);
        }
        let own = self.desk.pool.fresh(&self.folder.path).await?;
        Ok(own.ask(head, body).await?)
    }
}

/// A severity (tfplugin5.proto, `Diagnostic.Severity`).
const ERROR: i32 = 1;

async fn read(request: Request<Incoming>) -> Result<(Parts, Bytes), hyper::Error> {
    let (head, body) = request.into_parts();
    Ok((head, body.collect().await?.to_bytes()))
}
